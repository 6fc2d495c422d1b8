"""Quarters and years as stretches of days: what a trainer's or a partner's report covers. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days, both ends inside; `key` names it in an address."""

    key: str
    starts_on: date
    ends_on: date


def quarter(year: int, number: int) -> Stretch:
    """Return a quarter.

    >>> found = quarter(2021, 3)
    >>> found.key, str(found.starts_on), str(found.ends_on)
    ('2021-T3', '2021-07-01', '2021-09-30')
    """
    first = date(year, 3 * number - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    return Stretch(f"{year}-T{number}", first, after - timedelta(1))


def year(of: int) -> Stretch:
    """Return a year."""
    return Stretch(str(of), date(of, 1, 1), date(of, 12, 31))


def quarter_of(day: date) -> Stretch:
    """Return the quarter a day is in."""
    return quarter(day.year, (day.month + 2) // 3)


def after(stretch: Stretch) -> Stretch:
    """Return the stretch of the same kind that follows.

    >>> after(quarter(2021, 4)).key, after(year(2021)).key
    ('2022-T1', '2022')
    """
    if "-T" in stretch.key:
        return quarter_of(stretch.ends_on + timedelta(1))
    return year(stretch.ends_on.year + 1)


def between(starts_on: date, ends_on: date) -> Iterator[Stretch]:
    """Yield the quarters that touch these days, the last first, each year after its quarters."""
    found = quarter_of(ends_on)
    while found.ends_on >= starts_on:
        yield found
        if found.key.endswith("T1"):
            yield year(found.starts_on.year)
        found = quarter_of(found.starts_on - timedelta(1))


def parse(key: str) -> Stretch | None:
    """Return the stretch a key names; None for any other text.

    >>> parse("2021-T2") == quarter(2021, 2), parse("2021").key, parse("ayer")
    (True, '2021', None)
    """
    head, _, number = key.partition("-T")
    if not (head.isascii() and head.isdigit() and len(head) == 4):
        return None
    if not number:
        return year(int(head)) if "-" not in key else None
    return quarter(int(head), int(number)) if number in "1234" and len(number) == 1 else None
