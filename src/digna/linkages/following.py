"""When a deal is to be asked after: at 3, 6 and 12 months, and on the day that was agreed. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CHECKPOINTS = (3, 6, 12)
EARLY = timedelta(days=30)
"""News of the month before a checkpoint are the news of that checkpoint."""


@dataclass(frozen=True, slots=True)
class Due:
    """The next day to ask: at a checkpoint of so many months, or one that was agreed (None)."""

    on: date
    months: int | None


@dataclass(frozen=True, slots=True)
class News:
    """A day on which a deal was asked after; whether anything was heard; when to ask again."""

    on: date
    next_on: date | None = None
    is_known: bool = True


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; the month's last day where there is no such day.

    >>> months_after(date(2023, 11, 30), 3)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def next_due(opened_on: date, news: Sequence[News]) -> Due | None:
    """Return when to ask after a deal that is still open; None when a year was followed.

    A checkpoint is met by something heard in the month before it or later. The day agreed the last
    time somebody asked takes the place of what was due until then.

    >>> next_due(date(2024, 1, 10), [])
    Due(on=datetime.date(2024, 4, 10), months=3)
    >>> next_due(date(2024, 1, 10), [News(date(2024, 4, 20), date(2024, 5, 2), is_known=False)])
    Due(on=datetime.date(2024, 5, 2), months=None)
    """
    asked = max((one.on for one in news), default=None)
    heard = max((one.on for one in news if one.is_known), default=None)
    agreed = [one.next_on for one in news if one.on == asked and one.next_on is not None]
    found = [Due(day, None) for day in agreed]
    for months in CHECKPOINTS:
        day = months_after(opened_on, months)
        is_met = heard is not None and heard >= day - EARLY
        is_put_off = bool(agreed) and asked is not None and day <= asked
        if not (is_met or is_put_off):
            found.append(Due(day, months))
    return min(found, key=lambda due: due.on, default=None)
