"""Attempts: begun, and kept up with what parts report."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.packages import records, settling, weighing
from digna.packages.access import Learner
from digna.packages.models import Package, PackageAttempt, PackageVersion, PartProgress
from digna.packages.standards import runtime
from digna.packages.standards.runtime import Outcome
from digna.packages.standards.values import Part
from digna.xapi import texts

MOST_DATA = 512 * 1024


def newest(package: Package) -> PackageVersion:
    """Return the version that is played now."""
    row = package.versions.order_by("-number").first()
    assert row is not None  # noqa: S101 — a package is kept together with its first version
    return row


def version_for(
    package: Package, learner: Learner, *, is_trial: bool = False, anew: bool = False
) -> PackageVersion:
    """Return the version somebody opens: the one they are in the middle of, else the newest."""
    if not anew and not is_trial:
        mine = _of_learner(PackageAttempt.objects.filter(version__package=package), learner)
        last = mine.filter(is_trial=False).order_by("-started_at", "-pk").first()
        if last is not None and last.completed_at is None:
            return last.version
    return newest(package)


def _of_learner(rows: QuerySet[PackageAttempt], learner: Learner) -> QuerySet[PackageAttempt]:
    if learner.person is not None:
        return rows.filter(person=learner.person)
    return rows.filter(person=None, user=learner.user)


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
    rows = PackageAttempt.objects.filter(version=version, is_trial=is_trial)
    mine = _of_learner(rows, learner)
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
    settling.tell(actor, records.begun(attempt))
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
    row = settling.progress_of(attempt, key)
    if row.sitting == sitting and sequence <= row.sequence:
        return row
    kept = texts.written(data)
    if len(kept) > MOST_DATA:
        raise Refused("packages.progress.too_big", _("La lección quiso guardar demasiados datos."))
    kind = attempt.version.package.kind
    outcome = _outcome(kind, row, data, part)
    if kind == Package.Kind.H5P:
        settling.tell(actor, records.of_h5p(attempt, data.get("statement")))
    settling.note(actor, row, outcome, data=kept, sitting=sitting, sequence=sequence)
    return row


def _outcome(kind: str, row: PartProgress, data: Mapping[str, Any], part: Part) -> Outcome:
    if kind == Package.Kind.H5P:
        return weighing.of_h5p(data, weighing.of_row(row))
    cmi = data.get("cmi")
    return runtime.outcome(kind, cmi if isinstance(cmi, Mapping) else {}, part.mastery)
