"""How a pair is doing, by rules over plain values. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

SILENT, NO_SHOWS, LOW_MOOD, NO_AGREEMENT = "silent", "no_shows", "low_mood", "no_agreement"
ALERTS = (SILENT, NO_SHOWS, LOW_MOOD, NO_AGREEMENT)
LOW = 2
AGREE_WITHIN = 30
"""Days a new pair has for its agreement before somebody asks."""


@dataclass(frozen=True, slots=True)
class Met:
    """A session that was held, or to which somebody did not come."""

    on: date
    is_held: bool
    moods: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of a pair: since when, its sessions in order of day, its agreement."""

    started_on: date
    sessions: Sequence[Met] = field(default=())
    has_agreement: bool = False

    @property
    def last_contact_on(self) -> date | None:
        """The day of the last session that was held; None when there was none."""
        held = [one.on for one in self.sessions if one.is_held]
        return max(held, default=None)


def days_silent(course: Course, today: date) -> int:
    """Return the days since the last contact, or since the pair began.

    >>> days_silent(Course(date(2026, 1, 1)), date(2026, 1, 22))
    21
    """
    return max(0, (today - (course.last_contact_on or course.started_on)).days)


def no_shows(course: Course) -> int:
    """Return how many of the latest sessions failed in a row; one that is held starts anew.

    >>> day = date(2026, 1, 1)
    >>> no_shows(Course(day, (Met(day, True), Met(day, False), Met(day, False))))
    2
    """
    count = 0
    for one in reversed(course.sessions):
        if one.is_held:
            break
        count += 1
    return count


def alerts(
    course: Course, today: date, *, silent_days: int = 21, no_show_limit: int = 2
) -> tuple[str, ...]:
    """Return what asks for the coordinator's attention, the gravest first.

    >>> alerts(Course(date(2026, 1, 1), has_agreement=True), date(2026, 1, 22))
    ('silent',)
    >>> alerts(Course(date(2026, 1, 1), has_agreement=True), date(2026, 1, 21))
    ()
    """
    latest = next((one for one in reversed(course.sessions) if one.moods), None)
    found = {
        SILENT: days_silent(course, today) >= silent_days,
        NO_SHOWS: no_shows(course) >= no_show_limit,
        LOW_MOOD: latest is not None and min(latest.moods) <= LOW,
        NO_AGREEMENT: not course.has_agreement and (today - course.started_on).days >= AGREE_WITHIN,
    }
    return tuple(name for name in ALERTS if found[name])


def months_later(day: date, months: int) -> date:
    """Return the day some months later; the last of a shorter month.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
