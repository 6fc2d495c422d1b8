"""When the answers of a pulse may be shown, and how coarsely. Pure.

Nobody sees a result while a round is open (an answer more would show what it said), nor with
fewer than five answers; and results are told in thirds, so that one answer more or less, between
two looks or two rounds, does not show.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

FEWEST = 5
FEWEST_FIRMS = 3
FEW, HALF, MOST = "few", "half", "most"


@dataclass(frozen=True, slots=True)
class Told:
    """One question as it may be told: how much of the answers is favourable, in thirds."""

    code: str
    band: str
    was: str = ""


def week_of(day: date) -> date:
    """Return the Monday of a day: nothing finer is kept.

    >>> week_of(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    """Return the first of the month.

    >>> month_of(date(2026, 11, 22))
    datetime.date(2026, 11, 1)
    """
    return day.replace(day=1)


def may_show(answer_count: int, closes_on: date, today: date) -> bool:
    """Whether a round's results may be seen: it is over, and five or more answered.

    >>> over = date(2026, 11, 1)
    >>> may_show(5, over, date(2026, 11, 2)), may_show(4, over, date(2026, 11, 2))
    (True, False)
    >>> may_show(50, over, over)
    False
    """
    return answer_count >= FEWEST and today > closes_on


def may_compare(before: int, now: int) -> bool:
    """Whether two rounds may be set side by side: their difference must not single anybody out.

    >>> may_compare(12, 12), may_compare(12, 13), may_compare(12, 17), may_compare(4, 12)
    (True, False, True, False)
    """
    gap = abs(now - before)
    return min(before, now) >= FEWEST and (gap == 0 or gap >= FEWEST)


def band(favourable: int, answered: int) -> str:
    """Return in which third a share lies; "" under five answers to this very question.

    >>> band(5, 5), band(3, 5), band(0, 5), band(4, 4)
    ('most', 'half', 'few', '')
    """
    if answered < FEWEST:
        return ""
    if favourable * 3 <= answered:
        return FEW
    return MOST if favourable * 3 > answered * 2 else HALF


def tell(
    questions: Iterable[Mapping[str, Any]], counts: Mapping[str, Mapping[str, int]]
) -> tuple[Told, ...]:
    """Return each question with its band. Options whose `is` is none are outside the share."""
    told = []
    for question in questions:
        code = str(question["code"])
        good = bad = 0
        for option in question["options"]:
            count = counts.get(code, {}).get(str(option["value"]), 0)
            if option["is"] == "good":
                good += count
            elif option["is"] != "none":
                bad += count
        told.append(Told(code, band(good, good + bad)))
    return tuple(told)
