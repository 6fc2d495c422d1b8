"""How attempts come to stand, inside the services: parts noted, the whole weighed, rooms told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from digna.journal import record
from digna.journal.actor import Actor
from digna.packages import records, weighing
from digna.packages.models import Package, PackageAttempt, PartProgress
from digna.packages.standards.runtime import Outcome
from digna.xapi.services import statements


@dataclass(frozen=True, slots=True)
class Result:
    """How an attempt stands, for rooms above: `scaled` is a share, -1 to 1, of `parts_with_score`
    parts' scores; `complete_count` of `part_count` parts are done."""

    attempt: PackageAttempt
    is_complete: bool
    is_passed: bool | None
    scaled: Decimal | None
    parts_with_score: int
    complete_count: int
    part_count: int
    at: datetime


RESULTS: list[Callable[[Actor, Result], None]] = []
"""Who wants to know how attempts stand: rooms above append from their `apps.ready`. Trials never
reach them."""


def progress_of(attempt: PackageAttempt, key: str) -> PartProgress:
    """Return the progress of a part, begun where nobody has yet. Inside a service."""
    row = PartProgress.objects.select_for_update().filter(attempt=attempt, key=key).first()
    return row or record.add(PartProgress(attempt=attempt, key=key))


def note(actor: Actor, row: PartProgress, outcome: Outcome, **more: Any) -> None:
    """Write how a part went, tell its learning records, and settle the attempt. In a service.

    What was finished stays finished: a part that is looked at again reports from the start.
    """
    before = weighing.of_row(row)
    after = weighing.kept_best(before, outcome)
    record.change(
        row,
        is_complete=after.is_complete,
        is_passed=after.is_passed,
        scaled=after.scaled,
        raw=after.raw,
        most=after.most,
        seconds=after.seconds,
        updated_at=actor.at,
        **more,
    )
    if row.attempt.version.package.kind in (Package.Kind.SCORM12, Package.Kind.SCORM2004):
        tell(actor, records.changed(row, before, after))
    settle(actor, row.attempt)


def settle(actor: Actor, attempt: PackageAttempt) -> None:
    """Weigh an attempt by its parts, and say so to the rooms above when it changed."""
    rows = {row.key: row for row in PartProgress.objects.filter(attempt=attempt)}
    total = weighing.total(attempt.version.pieces, rows)
    done_at = attempt.completed_at or (actor.at if total.is_complete else None)
    before = (attempt.completed_at, attempt.is_passed, attempt.scaled)
    record.change(
        attempt,
        last_at=actor.at,
        completed_at=done_at,
        is_passed=total.is_passed,
        scaled=total.scaled,
    )
    if attempt.is_trial or before == (attempt.completed_at, attempt.is_passed, attempt.scaled):
        return
    result = Result(
        attempt=attempt,
        is_complete=attempt.completed_at is not None,
        is_passed=attempt.is_passed,
        scaled=attempt.scaled,
        parts_with_score=total.with_score,
        complete_count=total.complete_count,
        part_count=total.part_count,
        at=actor.at,
    )
    for told in RESULTS:
        told(actor, result)


def tell(actor: Actor, said: list[dict[str, Any]]) -> None:
    """Keep statements of our own. In a service."""
    if said:
        statements.store(actor=actor, statements=said, authority=records.authority())
