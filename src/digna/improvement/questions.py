"""What is asked of a doubtful figure, in sentences that a person can answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from digna.improvement import kpis
from digna.web.days import day
from digna.web.numbers import money, number

if TYPE_CHECKING:
    from digna.improvement.models import Observation, Project


def of_kpi(
    doubts: Sequence[str], kpi: kpis.Kpi, before: "Observation | None", row: "Observation"
) -> str:
    """Return the questions that the doubts about one reading ask."""
    return " ".join(_of_one(doubt, kpi, before, row) for doubt in doubts)


def _of_one(doubt: str, kpi: kpis.Kpi, before: "Observation | None", row: "Observation") -> str:
    if doubt == "future":
        return _("El período termina el %(day)s, que todavía no llegó.") % {
            "day": day(row.period_end)
        }
    if doubt == "zero_denominator":
        return _("La segunda cantidad es cero: no se puede dividir entre ella.")
    if doubt == "part_over_whole":
        return _("La parte (%(part)s) es mayor que el total (%(whole)s).") % {
            "part": number(row.numerator),
            "whole": number(row.denominator),
        }
    first = None if before is None else kpis.value(kpi, before.reading)
    return _("El valor pasa de %(before)s a %(now)s: cambia más del 80 %%.") % {
        "before": number(first, 2),
        "now": number(kpis.value(kpi, row.reading), 2),
    }


def of_project(doubts: Sequence[str], project: "Project") -> str:
    """Return the questions that the doubts about a saving ask."""
    amount = money(project.saving, project.currency)
    asked = {
        "saving_small": _("Un ahorro de %(amount)s es muy pequeño; ¿falta una cifra?"),
        "saving_large": _("%(amount)s es más del 30 %% de las ventas de un año."),
    }
    return " ".join(asked[doubt] % {"amount": amount} for doubt in doubts)
