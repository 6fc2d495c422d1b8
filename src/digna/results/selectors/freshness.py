"""Whether figures have seen what the journal holds."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from digna.journal.models import Change
from digna.programmes.models import Programme
from digna.results import sources
from digna.results.models import Computation, Indicator

DECLARED = ("results.indicator", "programmes.programme")
"""Changes that call for other figures although no fact has moved."""

NEW_PERIOD = Q(model="results.reportingperiod", kind=Change.Kind.ADDED)
"""A period that is frozen or opened again asks for no new figures; a new period does."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """When figures were computed, whether they are being computed, whether facts moved since."""

    computed_at: datetime | None
    is_under_way: bool
    is_stale: bool
    problem: str


def of(programme: Programme) -> Freshness:
    """Return how fresh a programme's figures are."""
    last = Computation.objects.filter(programme=programme).first()
    if last is None:
        wanted = Indicator.objects.filter(programme=programme, is_reported=False).exists()
        return Freshness(None, is_under_way=False, is_stale=wanted, problem="")
    return Freshness(
        computed_at=last.computed_at,
        is_under_way=last.is_under_way,
        is_stale=last.computed_at is None or _has_moved(last.as_of_line),
        problem=last.problem if last.state == Computation.State.FAILED else "",
    )


def _has_moved(line: int) -> bool:
    touching = sources.models_read(sources.SOURCES) | set(DECLARED)
    moved = Change.objects.filter(Q(model__in=touching) | NEW_PERIOD, line_id__gt=line)
    return moved.exists()
