"""Series in time: what a period added, what has been reached, and totals that fall."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from digna_engines.values import Number


@dataclass(frozen=True)
class Fall:
    """A cumulative series that falls: where, and by how much."""

    place: int
    by: Decimal


def falls(
    cumulative: Sequence[Number | None], *, corrected: Sequence[int] = ()
) -> tuple[Fall, ...]:
    """Where a cumulative series falls without a correction that explains it.

    Symbols: ``corrected`` the places whose fall somebody explained. Missing values are passed over.

    >>> falls([10, 25, None, 20, 30])
    (Fall(place=3, by=Decimal('5')),)
    """
    found: list[Fall] = []
    last: Decimal | None = None
    for place, value in enumerate(cumulative):
        if value is None:
            continue
        now = Decimal(value)
        if last is not None and now < last and place not in corrected:
            found.append(Fall(place, last - now))
        last = now
    return tuple(found)


def increments(cumulative: Sequence[Number | None]) -> tuple[Decimal | None, ...]:
    """What each period added to a cumulative series; unknown next to what is missing.

    >>> increments([10, 25, None, 40])
    (Decimal('10'), Decimal('15'), None, None)
    """
    found: list[Decimal | None] = []
    before: Number | None = 0
    for value in cumulative:
        known = value is not None and before is not None
        found.append(Decimal(value) - Decimal(before) if known else None)  # type: ignore[arg-type]
        before = value
    return tuple(found)


def accumulated(added: Sequence[Number | None]) -> tuple[Decimal | None, ...]:
    """The running total of what each period added; unknown from the first missing one on.

    >>> accumulated([10, 15, None, 15])
    (Decimal('10'), Decimal('25'), None, None)
    """
    found: list[Decimal | None] = []
    total: Decimal | None = Decimal(0)
    for value in added:
        total = None if total is None or value is None else total + Decimal(value)
        found.append(total)
    return tuple(found)
