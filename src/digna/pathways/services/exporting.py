"""How ready a firm is to export, answered on a day; the versions of its export plan."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.pathways.models import ExportPlan, ReadinessCheck
from digna.pathways.selectors import exporting
from digna.pathways.selectors.library import shelf
from digna.registry.models import Enterprise

REPLIES = ("yes", "partly", "no", "unknown")


@writes("pathways.readiness.checked")
def check_readiness(
    *,
    actor: Actor,
    enterprise: Enterprise,
    answers: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
    on: date | None = None,
) -> ReadinessCheck:
    """Keep the answers of a day; what a done step of a pathway shows answers by itself.

    Raises:
        Refused: `pathways.readiness.unknown` (an item or an answer that is not in the kit).
    """
    found, day = shelf(), on or timezone.localdate(actor.at)
    items = {item.key for block in found.blocks for item in block.items}
    if set(answers) - items or set(answers.values()) - set(REPLIES):
        raise Refused(
            "pathways.readiness.unknown", _("Esa pregunta ya cambió. Vuelva a abrir la página.")
        )
    shown = exporting.shown_by_steps(enterprise, day)
    told = {key: value for key, value in answers.items() if value != "unknown"}
    return record.add(
        ReadinessCheck(
            enterprise=enterprise, on=day, answers=told | dict.fromkeys(shown, "yes"),
            notes={k: v.strip() for k, v in (notes or {}).items() if v.strip() and k in items},
            from_steps=sorted(shown), kit_version=found.versions.get("export", ""),
            by=actor.user, at=actor.at,
        )
    )  # fmt: skip


@writes("pathways.export_plan.written")
def write_plan(
    *, actor: Actor, enterprise: Enterprise, product: str, on: date | None = None, **values: Any
) -> ExportPlan:
    """Write a version of a firm's export plan; the ones before stay as they were.

    Raises:
        Refused: `pathways.export_plan.negative`, `pathways.export_plan.hs_code`.
    """
    for name in ("volume", "price", "budget"):
        if values.get(name) is not None and values[name] < 0:
            raise Refused(
                "pathways.export_plan.negative", _("Escriba el número sin signo."), field=name
            )
    digits = values.get("hs_code", "").replace(".", "").replace(" ", "")
    if digits and not (digits.isdigit() and 4 <= len(digits) <= 12):
        raise Refused(
            "pathways.export_plan.hs_code",
            _("La partida son de 4 a 12 cifras, por ejemplo 1008.50.90.00."),
            field="hs_code",
        )
    standing = ExportPlan.objects.filter(enterprise=enterprise)
    number = max((row.version for row in standing), default=0) + 1
    return record.add(
        ExportPlan(
            enterprise=enterprise, version=number, product=product, by=actor.user, at=actor.at,
            on=on or timezone.localdate(actor.at), **values,
        )
    )  # fmt: skip
