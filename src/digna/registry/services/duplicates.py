"""Doubtful pairs: noted when found, decided by a person."""

from collections.abc import Sequence
from decimal import Decimal

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.likeness import Likeness
from digna.registry.models import DuplicatePair, Enterprise, Person

State = DuplicatePair.State


@writes("registry.duplicate.noted")
def note_pair(
    *, actor: Actor, one: Person | Enterprise, other: Person | Enterprise, likeness: Likeness
) -> DuplicatePair:
    """Put two records in the queue, once; a pair already decided stays decided."""
    a, b = sorted((one, other), key=lambda row: row.pk)
    sides = (
        {"person_a": a, "person_b": b}
        if isinstance(one, Person)
        else {"enterprise_a": a, "enterprise_b": b}
    )
    standing = DuplicatePair.objects.filter(**sides).first()
    if standing is not None:
        return standing
    score = Decimal(str(likeness.score)).quantize(Decimal("0.001"))
    return record.add(
        DuplicatePair(**sides, score=score, reasons=list(likeness.reasons), found_at=actor.at)
    )


@writes("registry.duplicate.told_apart")
def tell_apart(*, actor: Actor, pair: DuplicatePair) -> DuplicatePair:
    """Decide that the two are different; they are not asked about again."""
    return record.change(pair, state=State.DIFFERENT, decided_at=actor.at, decided_by=actor.user)


@writes("registry.duplicate.reopened")
def reopen_pair(*, actor: Actor, pair: DuplicatePair) -> DuplicatePair:
    """Put a decided pair back in the queue: the decision was a slip."""
    return record.change(pair, state=State.OPEN, decided_at=None, decided_by=None)


def sides_of(pair: DuplicatePair) -> Sequence[Person | Enterprise]:
    """Return both records of a pair, the older first."""
    if pair.person_a is not None and pair.person_b is not None:
        return (pair.person_a, pair.person_b)
    assert pair.enterprise_a is not None  # noqa: S101 — the table's own constraint
    assert pair.enterprise_b is not None  # noqa: S101
    return (pair.enterprise_a, pair.enterprise_b)
