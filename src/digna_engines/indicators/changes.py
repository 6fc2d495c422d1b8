"""Change of firms measured twice, and practices taken up and dropped again: pairs only."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal, NamedTuple

from digna_engines.indicators.declaration import Direction
from digna_engines.values import Number, Period, Share, quotient

Window = Literal["any", "same_season"]


class Pair(NamedTuple):
    """One firm's value before and after (``None`` not known), and the periods they are of."""

    before: Number | None
    after: Number | None
    before_in: Period | None = None
    after_in: Period | None = None


@dataclass(frozen=True)
class MatchedChange:
    """What changed in the firms measured twice.

    Symbols: ``pairs`` n firms with both values in comparable windows, of ``cohort`` N;
    ``mean`` and ``median`` of after less before, in the unit; ``relative`` total change over total
    before (never a mean of percentages); ``improved``, ``worsened`` and ``unchanged`` of the n, by
    the indicator's direction; ``unmatched`` lacked a value, ``other_window`` had one of another
    season. ``mean`` and ``median`` are ``None`` without pairs.
    """

    pairs: int
    cohort: int
    mean: Decimal | None
    median: Decimal | None
    relative: Share
    improved: Share
    worsened: Share
    unchanged: Share
    unmatched: int
    other_window: int


def matched_change(
    firms: Iterable[Pair], *, direction: Direction = "ascending", window: Window = "any"
) -> MatchedChange:
    """The change between two moments, of the same firms.

    Formula
        mean and median of (after - before); relative = Σ(after - before) / Σ before; a firm has
        improved when its change goes the way of ``direction``.
    Symbols
        ``window`` «same_season»: both periods must be given and cover the same days of the year,
        because a trade that sells at Christmas always grows from June to December.
    Source
        DCED Standard VIII (2017), 3: change measured in the same firms; docs/methods/change.md.
    Edge cases
        A firm with one value is not a change from or to 0: it is unmatched. A firm that answers
        0 is matched. The mean of who answered before against who answered after is not offered.

    >>> found = matched_change([Pair(100, 130), Pair(80, 60), Pair(None, 900), Pair(0, 20)])
    >>> found.mean, found.median, found.improved, found.unmatched
    (Decimal('10'), Decimal('20'), Share(numerator=2, denominator=3), 1)
    """
    everyone = list(firms)
    whole = [one for one in everyone if one.before is not None and one.after is not None]
    compared = [one for one in whole if window == "any" or _same_season(one)]
    sign = 1 if direction == "ascending" else -1
    changes = [_change(one) for one in compared]
    ways = [sign * change for change in changes]
    n = len(compared)
    before = sum((Decimal(one.before or 0) for one in compared), Decimal(0))
    return MatchedChange(
        n,
        len(everyone),
        quotient(sum(changes, Decimal(0)), n),
        quotient(median(changes), 1) if changes else None,
        Share(sum(changes, Decimal(0)), before),
        Share(sum(way > 0 for way in ways), n),
        Share(sum(way < 0 for way in ways), n),
        Share(sum(way == 0 for way in ways), n),
        len(everyone) - len(whole),
        len(whole) - n,
    )


def _change(pair: Pair) -> Decimal:
    assert pair.before is not None  # noqa: S101  (only matched pairs come here)
    assert pair.after is not None  # noqa: S101
    return Decimal(pair.after) - Decimal(pair.before)


def _same_season(pair: Pair) -> bool:
    if pair.before_in is None or pair.after_in is None:
        return False
    first, second = pair.before_in, pair.after_in
    edges = [(one.starts_on, one.ends_on) for one in (first, second)]
    starts, ends = zip(*edges, strict=True)
    days = {(day.month, day.day) for day in starts}, {_end(day.month, day.day) for day in ends}
    years = {end.year - start.year for start, end in edges}
    return all(len(same) == 1 for same in (*days, years))


def _end(month: int, day: int) -> tuple[int, int]:
    return (2, 28) if (month, day) == (2, 29) else (month, day)  # February ends in every year


class Practised(NamedTuple):
    """Whether a firm had a practice before and after; ``None`` not known."""

    before: bool | None
    after: bool | None


@dataclass(frozen=True)
class Adoption:
    """A practice taken up, kept, dropped or never had, among firms asked twice.

    Symbols: ``adopted`` of those without it before; ``back_slid`` of those with it before;
    ``before`` and ``after`` of all asked twice; ``net`` firms more (or fewer) that have it;
    ``unknown`` firms with an answer missing.
    """

    adopted: Share
    back_slid: Share
    before: Share
    after: Share
    net: int
    unknown: int


def adoption(firms: Iterable[Practised]) -> Adoption:
    """Adoption and back-sliding of a yes/no practice.

    Formula
        adopted = (no → yes) / no before; back-slid = (yes → no) / yes before; net = their
        difference in firms.
    Source
        DCED Standard VIII (2017), 3.1; practice indicators of SCORE Training (ILO).
    Edge cases
        Not knowing is not «no»: firms with an answer missing are counted apart. A net of 0 may
        hide as many who dropped it as took it up: both are told.

    >>> found = adoption([Practised(False, True), Practised(True, False), Practised(None, True)])
    >>> found.adopted, found.back_slid, found.net, found.unknown
    (Share(numerator=1, denominator=1), Share(numerator=1, denominator=1), 0, 1)
    """
    everyone = list(firms)
    known = [one for one in everyone if one.before is not None and one.after is not None]
    had = [one for one in known if one.before]
    lacked = [one for one in known if not one.before]
    gained = sum(bool(one.after) for one in lacked)
    dropped = sum(not one.after for one in had)
    n = len(known)
    return Adoption(
        Share(gained, len(lacked)),
        Share(dropped, len(had)),
        Share(len(had), n),
        Share(len(had) + gained - dropped, n),
        gained - dropped,
        len(everyone) - n,
    )
