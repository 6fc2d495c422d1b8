"""Which target a figure is held against, and how far towards it. Pure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from digna_engines.indicators import Achievement, achievement
from digna_engines.indicators.declaration import Direction
from digna_engines.values import Number


class Stretch(Protocol):
    """Some days, both ends inside."""

    starts_on: date
    ends_on: date


class Promise(Stretch, Protocol):
    """A target as it is kept: `percent` in hundredths, a ratio by its parts."""

    subject: str
    kind: str
    amount: Decimal | None
    base: Decimal | None


P = TypeVar("P", bound=Promise)


def target_for(targets: Iterable[P], stretch: Stretch | None, *, is_cumulative: bool) -> P | None:
    """Return the target of the whole programme that a figure is held against.

    To date: the one that covers most days. In a period: the one of the same days; for what is
    cumulative, whose figure counts from the start, any that ends on the same day.
    """
    whole = sorted(
        (target for target in targets if not target.subject),
        key=lambda target: (target.ends_on - target.starts_on, target.ends_on),
        reverse=True,
    )
    if stretch is None:
        return whole[0] if whole else None
    fitting = [target for target in whole if target.ends_on == stretch.ends_on]
    same = [target for target in fitting if target.starts_on == stretch.starts_on]
    fitting = same or (fitting if is_cumulative else [])
    return fitting[0] if fitting else None


def aimed_at(target: Promise | None) -> Decimal | None:
    """Return a target's one number in the unit it is shown in; None where it has none."""
    if target is None or target.kind in {"text", "missing"}:
        return None
    return target.amount


def reached(target: Promise | None, actual: Number | None, direction: str) -> Achievement:
    """Return how far towards a target; undefined with its reason where it is."""
    towards: Direction = "descending" if direction == "descending" else "ascending"
    return achievement(None, aimed_at(target), actual, towards)
