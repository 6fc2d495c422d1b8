"""The arithmetic of a firm's KPIs: value, change, grade, and what makes a figure doubtful. Pure.

A value is numerator × factor ÷ denominator. Missing is None and stays so; a base of zero gives a
difference and no percentage; a count under five gives no percentage either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

SMALL_COUNT = 5
BIG_CHANGE = Decimal("0.80")
UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class Kpi:
    """What the rules must know of a KPI: the part of its document that decides."""

    code: str
    factor: int
    better: str
    has_denominator: bool
    is_share: bool
    is_count: bool
    is_money: bool
    is_seasonal: bool
    seasonal_sectors: frozenset[str]
    grows_with_register: bool

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Kpi":
        """Read a KPI as the kit wrote it."""
        return cls(
            code=str(document["code"]),
            factor=int(document["factor"]),
            better=str(document["better"]),
            has_denominator=document.get("denominator_es") is not None,
            is_share=bool(document["is_share"]),
            is_count=bool(document["is_count"]),
            is_money=bool(document["is_money"]),
            is_seasonal=bool(document["is_seasonal"]),
            seasonal_sectors=frozenset(document.get("seasonal_sectors", ())),
            grows_with_register=bool(document["grows_with_register"]),
        )

    def is_seasonal_in(self, sector: str) -> bool:
        """Whether only the same months of another year compare, in this trade."""
        return self.is_seasonal or sector in self.seasonal_sectors


@dataclass(frozen=True, slots=True)
class Reading:
    """One observation as plain values."""

    start: date
    end: date
    numerator: Decimal | None
    denominator: Decimal | None
    currency: str = ""
    is_record: bool = True
    is_new_register: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """From one reading to a later one. `is_better` is None where no judgement is due.

    `why` says why there is no percentage or no comparison: "" | "no_base" | "zero_base" |
    "small_count" | "season" | "currency" | "new_register".
    """

    before: Decimal | None
    now: Decimal | None
    difference: Decimal | None
    share: Decimal | None
    is_better: bool | None
    is_comparable: bool
    why: str = ""


def grade(method: str, *, record_seen: bool) -> str:
    """Return the quality of an observation: A record seen, B not seen, C estimate, D recalled.

    >>> grade("record", record_seen=True), grade("record", record_seen=False)
    ('A', 'B')
    >>> grade("estimate", record_seen=True), grade("recalled", record_seen=False)
    ('C', 'D')
    """
    if method == "record":
        return "A" if record_seen else "B"
    return "C" if method == "estimate" else "D"


def value(kpi: Kpi, reading: Reading) -> Decimal | None:
    """Return what the KPI is worth over the period; None without a base or on a base of zero."""
    if reading.numerator is None:
        return None
    if not kpi.has_denominator:
        return reading.numerator * kpi.factor
    if reading.denominator is None or reading.denominator == 0:
        return None
    return reading.numerator * kpi.factor / reading.denominator


def same_season(one: Reading, other: Reading) -> bool:
    """Whether two periods are the same days of the calendar in different years.

    A period may begin or end up to three days apart: months end on different days.

    >>> q1 = Reading(date(2020, 1, 1), date(2020, 3, 31), None, None)
    >>> same_season(q1, Reading(date(2021, 1, 1), date(2021, 3, 31), None, None))
    True
    >>> same_season(q1, Reading(date(2021, 4, 1), date(2021, 6, 30), None, None))
    False
    """
    years = other.start.year - one.start.year
    if years == 0 or other.end.year - one.end.year != years:
        return False
    return _near(one.start, other.start) and _near(one.end, other.end)


def _near(one: date, other: date) -> bool:
    moved = date(one.year, other.month, min(other.day, 28 if other.month == 2 else other.day))
    return abs((moved - one).days) <= 3


def change(kpi: Kpi, before: Reading | None, now: Reading, sector: str = "") -> Change:
    """Return how `now` stands against `before`, signed by what is better for this KPI."""
    later = value(kpi, now)
    if before is None:
        return Change(None, later, None, None, None, is_comparable=False, why="no_base")
    first = value(kpi, before)
    if why := _incomparable(kpi, before, now, sector):
        return Change(first, later, None, None, None, is_comparable=False, why=why)
    if first is None or later is None:
        return Change(first, later, None, None, None, is_comparable=False, why="no_base")
    difference = later - first
    why = _no_share(kpi, before, now, first)
    share = None if why in {"zero_base", "small_count"} else difference / abs(first)
    return Change(first, later, difference, share, _judged(kpi, difference, why), True, why)


def _incomparable(kpi: Kpi, before: Reading, now: Reading, sector: str) -> str:
    if before.currency != now.currency:
        return "currency"
    if kpi.is_seasonal_in(sector) and not same_season(before, now):
        return "season"
    return ""


def _no_share(kpi: Kpi, before: Reading, now: Reading, first: Decimal) -> str:
    if kpi.grows_with_register and (now.is_new_register or not before.is_record):
        return "new_register"
    if first == 0:
        return "zero_base"
    counts = (before.numerator, now.numerator)
    if kpi.is_count and any(c is not None and c < SMALL_COUNT for c in counts):
        return "small_count"
    return ""


def _judged(kpi: Kpi, difference: Decimal, why: str) -> bool | None:
    """A register just begun finds more, which is no failure; no change is neither way."""
    if why == "new_register" or difference == 0 or kpi.better not in {UP, DOWN}:
        return None
    return (difference > 0) == (kpi.better == UP)


def doubts(kpi: Kpi, before: Reading | None, now: Reading, *, today: date) -> tuple[str, ...]:
    """Return the codes of what makes a reading doubtful: to be asked, never silently dropped."""
    found = []
    if now.end > today:
        found.append("future")
    if kpi.has_denominator and now.denominator == 0:
        found.append("zero_denominator")
    if kpi.is_share and _exceeds(now):
        found.append("part_over_whole")
    if before is not None and _jumps(kpi, before, now):
        found.append("big_change")
    return tuple(found)


def _exceeds(now: Reading) -> bool:
    parts = (now.numerator, now.denominator)
    return None not in parts and parts[0] > parts[1] > 0  # type: ignore[operator]


def _jumps(kpi: Kpi, before: Reading, now: Reading) -> bool:
    first, later = value(kpi, before), value(kpi, now)
    if first is None or later is None or first == 0 or before.currency != now.currency:
        return False
    if kpi.is_count and max(before.numerator or 0, now.numerator or 0) < SMALL_COUNT:
        return False
    return abs((later - first) / first) > BIG_CHANGE
