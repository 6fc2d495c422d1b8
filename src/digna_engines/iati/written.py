"""Dates and numbers as the schema writes them, read without guessing."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")


def day_of(text: str) -> date | None:
    """The day that a schema date or time says, in UTC when it says a zone; ``None`` if it is none.

    >>> day_of("2022-08-02"), day_of("2022-08-02T23:30:00-04:00").isoformat(), day_of("ayer")
    (datetime.date(2022, 8, 2), '2022-08-03', None)
    """
    cleaned = text.strip()
    try:
        if "T" in cleaned:
            moment = datetime.fromisoformat(cleaned)
            return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
        return date.fromisoformat(cleaned[:10])  # a zone after a date changes nothing here
    except (ValueError, OverflowError):  # the first day of year 1, a zone ahead of UTC
        return None


def number_of(text: str) -> Decimal | None:
    """The number that a text is, written as the schema wants it; ``None`` if it is none.

    >>> number_of(" 33.40 "), number_of("1,5"), number_of("n/a"), number_of("")
    (Decimal('33.40'), None, None, None)
    """
    cleaned = text.strip()
    return Decimal(cleaned) if _NUMBER.fullmatch(cleaned) else None
