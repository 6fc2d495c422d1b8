"""What training asks of improvement: whether a measurement is enough, and the firm's board.

The one place where this room reads the other, so that a guard and a page ask the same question.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from digna.improvement import savings
from digna.improvement.models import Measurement, Project
from digna.improvement.selectors import board, completeness
from digna.registry.models import Enterprise
from digna.training.models import CycleFirm, Opportunity
from digna.training.states import Lack


@dataclass(frozen=True, slots=True)
class Held:
    """How far a measurement of a firm's way has come."""

    measurement: Measurement | None
    is_enough: bool
    missing: tuple[Lack, ...]


NOT_ASKED = Held(None, is_enough=False, missing=())
"""A measurement that no guard of the next step looks at."""


def held(occasion: uuid.UUID, point: str) -> Held:
    """Return the measurement of an occasion at a point; none opened is not enough."""
    row = (
        Measurement.objects.filter(occasion=occasion, point=point)
        .select_related("enterprise")
        .first()
    )
    if row is None:
        return Held(None, False, ())
    found = completeness.of(row)
    missing = tuple(
        Lack(f"{point}_incomplete", point, (), lack.url, lack.what) for lack in found.missing
    )
    return Held(row, found.is_enough, missing)


def board_of(enterprise: Enterprise, as_of: date) -> board.Board:
    """Return what the firm's board shows on a day."""
    return board.of(enterprise, as_of)


def payback_of(firm: CycleFirm) -> savings.Payback:
    """Return the months in which a firm's savings pay its fee, with the subsidy and without.

    The price is that of the offer it accepted for this module; with none, nothing is reckoned.
    """
    row = (
        Opportunity.objects.filter(enterprise=firm.enterprise, module__code=firm.cycle.module.code)
        .exclude(price_offered=None)
        .filter(currency="BOB")
        .order_by("-since")
        .first()
    )
    if row is None:
        return savings.payback(None, None, None)
    yearly = board.annual_saving(firm.enterprise)
    return savings.payback(row.price_offered, row.subsidy, yearly)


def projects_of(enterprise_id: int) -> list[Project]:
    """Return a firm's projects, the unfinished first."""
    rows = Project.objects.filter(enterprise=enterprise_id).exclude(status="dropped")
    return sorted(rows, key=lambda row: (row.status == "done", -row.pk))


def unmet_practices(enterprise_id: int) -> frozenset[str]:
    """Return the practices that the firm's last measurement says are not, or only partly, there."""
    last = (
        Measurement.objects.filter(enterprise=enterprise_id, practices__isnull=False)
        .order_by("-on", "-pk")
        .first()
    )
    if last is None:
        return frozenset()
    rows = last.practices.filter(value__in=("no", "partly"))
    return frozenset(rows.values_list("practice_code", flat=True))
