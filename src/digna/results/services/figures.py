"""A programme's figures: asked for once, computed by the worker, journalled as they change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results.models import Computation, Figure, FigureSlice, Indicator, ReportingPeriod

LOST_AFTER = timedelta(minutes=15)
"""A computation that nobody finished by then was killed: asking again is allowed."""

SAYS = ("numerator", "denominator", "value", "n", "cohort", "parts", "workings", "declaration")


@dataclass(frozen=True, slots=True)
class ComputedFigure:
    """What came out for one indicator in one period, in the columns of a figure."""

    indicator: Indicator
    period: ReportingPeriod | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Computed:
    """Everything that came out for a programme, and the last journal line the facts had seen."""

    line: int
    figures: tuple[ComputedFigure, ...]


@writes("results.figures.asked")
def ask_for_figures(*, actor: Actor, programme: Programme) -> bool:
    """Note that figures are wanted; whether somebody has to start computing them.

    Asking while they are being computed changes nothing.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)  # two at once: one of them asks
    standing = Computation.objects.filter(programme=programme).first()
    if standing is None:
        record.add(Computation(programme=programme, asked_at=actor.at))
        return True
    if standing.is_under_way and actor.at - standing.asked_at < LOST_AFTER:
        return False
    record.change(standing, state=Computation.State.QUEUED, asked_at=actor.at, problem="")
    return True


@writes("results.figures.computed")
def record_figures(*, actor: Actor, programme: Programme, computed: Computed) -> Computation:
    """Keep the figures that were computed for a programme, to date and in each of its periods.

    Only those that came out otherwise than before are written, so that the journal tells when
    and from what to what each one moved. `computing.compute_figures` computes and calls this.
    """
    standing = _standing(programme)
    for one in computed.figures:
        new = {**one.values, "as_of_line": computed.line, "computed_at": actor.at}
        place = (one.indicator.pk, one.period.pk if one.period is not None else None)
        _keep(standing.pop(place, None), one, new)
    for left in standing.values():
        record.remove(left)
    return _finished(actor, programme, computed.line)


def _standing(programme: Programme) -> dict[tuple[int, int | None], Figure]:
    current = Figure.objects.filter(indicator__programme=programme, kind=Figure.Kind.CURRENT).defer(
        "records"
    )
    return {(figure.indicator_id, figure.period_id): figure for figure in current}


def _keep(standing: Figure | None, one: ComputedFigure, new: Mapping[str, Any]) -> None:
    if standing is None:
        record.add(Figure(indicator=one.indicator, period=one.period, **new))
        return
    if all(getattr(standing, name) == new[name] for name in (*SAYS, "records_sha256")):
        return
    FigureSlice.objects.filter(figure=standing).delete()  # found anew when somebody asks
    record.change(standing, **new)


def _finished(actor: Actor, programme: Programme, line: int) -> Computation:
    state = {
        "state": Computation.State.DONE,
        "as_of_line": line,
        "computed_at": actor.at,
        "problem": "",
    }
    standing = Computation.objects.select_for_update().filter(programme=programme).first()
    if standing is None:
        return record.add(Computation(programme=programme, asked_at=actor.at, **state))
    return record.change(standing, **state)


@writes("results.figures.failed")
def fail(*, actor: Actor, programme: Programme, problem: str) -> None:
    """Say that computing did not come to an end, and why."""
    standing = Computation.objects.filter(programme=programme).first()
    if standing is not None:
        record.change(standing, state=Computation.State.FAILED, problem=problem[:500])
