"""What firms of the programme really spent on each step; told from three firms on, never whose."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.pathways import costs
from digna.pathways.models import StepProgress
from digna_engines.pathways import Spent, really
from digna_engines.pathways.totals import LEAST_PEOPLE


@dataclass(frozen=True, slots=True)
class Really:
    """Medians of one step: days from beginning to end, bolivianos; `firms` that did it."""

    firms: int
    days: Spent
    money: Spent


def of_steps() -> dict[str, Really]:
    """Return what was really spent, by step: each firm counts once, with its latest turn."""
    rows = StepProgress.objects.filter(
        state=StepProgress.State.DONE, enterprise__merged_into=None
    ).order_by("turn", "pk")
    latest: dict[str, dict[int, StepProgress]] = defaultdict(dict)
    for row in rows.only(
        "enterprise_id", "step", "spent", "currency", "began_on", "finished_on", "turn"
    ):
        latest[row.step][row.enterprise_id] = row
    return {step: _of(list(own.values())) for step, own in latest.items()}


def _of(rows: list[StepProgress]) -> Really:
    days = [Decimal(row.days) for row in rows if row.days is not None]
    money = [row.spent for row in rows if row.spent is not None and row.currency == "BOB"]
    return Really(len(rows), really(days), really(money))


def told(found: Mapping[str, Really], step: str) -> str:
    """Return the sentence of a step; "" when no firm has told anything."""
    one = found.get(step)
    if one is None:
        return ""
    parts = []
    if one.days.median is not None:
        length = ngettext("%(n)s día", "%(n)s días", int(one.days.median))
        days = length % {"n": costs.plain(one.days.median)}
        parts.append(_("%(value)s (n = %(n)s)") % {"value": days, "n": one.days.n})
    if one.money.median is not None:
        amount = costs.money(one.money.median, "BOB")
        parts.append(_("%(value)s (n = %(n)s)") % {"value": amount, "n": one.money.n})
    if parts:
        return _("Empresas del programa: mediana %(parts)s") % {"parts": ", ".join(parts)}
    few = _("Empresas del programa que lo hicieron: n = %(n)s; la mediana se dice desde %(least)s")
    return few % {"n": one.firms, "least": LEAST_PEOPLE}
