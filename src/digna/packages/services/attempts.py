"""Attempts: begun, kept up with what parts report, settled when everything is done."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.packages import records, weighing
from digna.packages.access import Learner
from digna.packages.models import Package, PackageAttempt, PackageVersion, PartProgress
from digna.packages.standards import runtime
from digna.packages.standards.runtime import Outcome
from digna.packages.standards.values import Part
from digna.xapi import texts
from digna.xapi.services import statements

MOST_DATA = 512 * 1024


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


def newest(package: Package) -> PackageVersion:
    """Return the version that is played now."""
    row = package.versions.order_by("-number").first()
    assert row is not None  # noqa: S101 — a package is kept together with its first version
    return row


@writes("packages.attempt.begun")
def begin(
    *,
    actor: Actor,
    version: PackageVersion,
    learner: Learner,
    is_trial: bool = False,
    anew: bool = False,
) -> PackageAttempt:
    """Begin an attempt, or go on with the one that is open; a finished one is opened again to look.

    Raises:
        Refused: `packages.withdrawn`.
    """
    if version.package.withdrawn_at is not None and not is_trial:
        raise Refused("packages.withdrawn", _("Este paquete se retiró: ya no se puede abrir."))
    mine = PackageAttempt.objects.filter(version=version, is_trial=is_trial)
    if learner.person is not None:
        mine = mine.filter(person=learner.person)
    else:
        mine = mine.filter(person=None, user=learner.user)
    last = mine.order_by("-number").first()
    if last is not None and not anew:
        return last
    attempt = record.add(
        PackageAttempt(
            version=version,
            person=learner.person,
            user=learner.user,
            number=1 if last is None else last.number + 1,
            is_trial=is_trial,
            started_at=actor.at,
            last_at=actor.at,
        )
    )
    _tell(actor, records.begun(attempt))
    return attempt


@writes("packages.progress.kept")
def keep(
    *,
    actor: Actor,
    attempt: PackageAttempt,
    key: str,
    sitting: uuid.UUID,
    sequence: int,
    data: Mapping[str, Any],
) -> PartProgress:
    """Keep what a part reported. Sent twice, or late after a newer word, it has no effect.

    Raises:
        Refused: `packages.progress.unknown_part`, `packages.progress.too_big`.
    """
    part = attempt.version.piece(key)
    if part is None:
        raise Refused("packages.progress.unknown_part", _("El paquete no tiene esa parte."))
    row = progress_of(attempt, key)
    if row.sitting == sitting and sequence <= row.sequence:
        return row
    kept = texts.written(data)
    if len(kept) > MOST_DATA:
        raise Refused(
            "packages.progress.too_big", _("La lección quiso guardar demasiados datos.")
        )
    outcome = _outcome(attempt.version.package.kind, row, data, part)
    note(actor, row, outcome, data=kept, sitting=sitting, sequence=sequence)
    return row


def progress_of(attempt: PackageAttempt, key: str) -> PartProgress:
    """Return the progress of a part, begun where nobody has yet. Inside a service."""
    row = PartProgress.objects.select_for_update().filter(attempt=attempt, key=key).first()
    return row or record.add(PartProgress(attempt=attempt, key=key))


def _outcome(kind: str, row: PartProgress, data: Mapping[str, Any], part: Part) -> Outcome:
    if kind == Package.Kind.H5P:
        return weighing.of_h5p(data, weighing.of_row(row))
    cmi = data.get("cmi")
    return runtime.outcome(kind, cmi if isinstance(cmi, Mapping) else {}, part.mastery)


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
        _tell(actor, records.changed(row, before, after))
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


def _tell(actor: Actor, said: list[dict[str, Any]]) -> None:
    if said:
        statements.store(actor=actor, statements=said, authority=records.authority())
