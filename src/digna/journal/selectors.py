"""Reading the journal: a record's history, an auditor's search, the proof that nothing moved."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from digna.journal import sealing, writes
from digna.journal.models import Change, Head, Line


def history_of(row: models.Model) -> models.QuerySet[Change]:
    """Return what was ever done to `row`, the latest first, with its lines."""
    return (
        Change.objects.filter(model=row._meta.label_lower, object_id=str(row.pk))
        .select_related("line__actor")
        .order_by("-line_id", "id")
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the journal is not what was written."""

    line: int | None
    code: str
    message: str


def verify() -> Iterator[Fault]:
    """Walk the whole chain and yield every place where it does not hold.

    Detects an edited line, an edited, added or removed change, a removed or inserted line and a
    cut tail (by the head's count). What it cannot detect is a chain rewritten whole together
    with the head: keep a seal printed by `digna journal verify` outside the server.
    """
    previous, count = sealing.GENESIS, 0
    for line in Line.objects.order_by("id").prefetch_related("changes").iterator(2000):
        count += 1
        if line.previous != previous:
            yield Fault(
                line.pk, "chain", f"line {line.pk}: the line before it is not the one sealed"
            )
        if line.seal != sealing.seal_of(previous=line.previous, facts=writes.facts_of(line)):
            yield Fault(line.pk, "line", f"line {line.pk}: its facts were altered")
        yield from _faults_of_changes(line)
        previous = line.seal
    head = Head.objects.filter(pk=1).first() or Head()
    if (head.line_count, head.seal) != (count, previous):
        yield Fault(
            None, "head", f"the head counts {head.line_count} lines, the journal has {count}"
        )


def _faults_of_changes(line: Line) -> Iterator[Fault]:
    changes = sorted(line.changes.all(), key=lambda change: change.pk)
    if sealing.digest_of_all(change.digest for change in changes) != line.digest:
        yield Fault(line.pk, "changes", f"line {line.pk}: a change was added, removed or replaced")
    for change in changes:
        if change.forgotten_at is None and change.digest != sealing.digest_of(
            change.salt, change.kind, change.model, change.object_id, change.before, change.after
        ):
            yield Fault(line.pk, "change", f"line {line.pk}: change {change.pk} was altered")


def has_seal(seal: str) -> bool:
    """Whether a seal noted outside the server is still a link of the chain."""
    return Line.objects.filter(seal=seal).exists()


def version() -> int:
    """Return how many lines there are: it moves with every write, so it dates what is cached."""
    return Head.objects.filter(pk=1).values_list("line_count", flat=True).first() or 0


def head_seal(alias: str = "default") -> str:
    """Return the seal of the last line, in one database."""
    seals = Head.objects.using(alias).filter(pk=1).values_list("seal", flat=True)
    return seals.first() or sealing.GENESIS
