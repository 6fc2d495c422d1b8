"""Jobs as full-time equivalents: created, retained and lost, each apart, heads beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from digna_engines.errors import EngineError
from digna_engines.values import Number, quotient

Fate = Literal["created", "retained", "lost"]

FULL_WEEK: Final = 40
"""Hours of a full-time week (IndiKit)."""
WEEK: Final = 168
"""Hours that a week has."""
FULL_YEAR: Final = 12
"""Months of a full-time year."""
WORKING_DAYS: Final = 240
"""Working days of one full-time year (DCED Standard)."""


class Job(NamedTuple):
    """One person's job in a year: weekly hours and months worked, ``None`` not known."""

    fate: Fate
    hours: Number | None
    months: Number | None
    is_part_time: bool | None = None


def full_time_equivalent(
    hours: Number, months: Number, *, at_most: Number | None = None
) -> Decimal:
    """One job in full-time equivalents.

    Formula
        (hours / 40) · (months / 12).
    Symbols
        ``hours`` a week; ``months`` of the year, 0 to 12; ``at_most`` a ceiling, ``None`` for the
        formula as published: a week of 60 hours is then a job and a half, which a programme for
        decent work may not want to report as a gain.
    Source
        IndiKit, «Number of full-time equivalent jobs».
    Errors
        ``jobs.outside`` for negative hours, more than 168 of them, or months outside 0 to 12.

    >>> full_time_equivalent(20, 12), full_time_equivalent(40, 3), full_time_equivalent(20, 3)
    (Decimal('0.5'), Decimal('0.25'), Decimal('0.125'))
    """
    if not (0 <= hours <= WEEK and 0 <= months <= FULL_YEAR):
        raise EngineError(
            "jobs.outside",
            f"{hours} horas por semana y {months} meses no son un empleo de un año: revise.",
            f"{hours} hours a week and {months} months are not a job of one year: review them.",
            hours=hours,
            months=months,
        )
    found = quotient(Decimal(hours) * Decimal(months), FULL_WEEK * FULL_YEAR)
    assert found is not None  # noqa: S101  (the divisor is a constant)
    return found if at_most is None else min(found, Decimal(at_most))


def days_as_jobs(days: Number) -> Decimal | None:
    """Days worked as full-time years: days / 240.

    >>> days_as_jobs(60)
    Decimal('0.25')
    """
    return quotient(days, WORKING_DAYS)


@dataclass(frozen=True)
class Tally:
    """Jobs of one fate: people, their full-time equivalents, and people whose hours are unknown.

    ``estimated`` is how many of ``heads`` entered by the rule of thumb.
    """

    heads: int
    equivalents: Decimal
    unknown: int
    estimated: int


@dataclass(frozen=True)
class Jobs:
    """Jobs created, retained and lost; ``net`` is created less lost, in equivalents and heads."""

    created: Tally
    retained: Tally
    lost: Tally

    @property
    def net(self) -> Decimal:
        """Created less lost; what was retained is another indicator."""
        return self.created.equivalents - self.lost.equivalents

    @property
    def net_heads(self) -> int:
        """People gained less people lost."""
        return self.created.heads - self.lost.heads


def count_jobs(
    jobs: Iterable[Job], *, at_most: Number | None = None, part_time_as: Number | None = None
) -> Jobs:
    """Jobs of a year, by fate.

    Symbols
        ``at_most`` as above; ``part_time_as`` what a part-time job without hours counts as (the
        ILO's rule of thumb: two make one, 0.5), ``None`` to leave it unknown.
    Source
        DCED Standard (universal indicators): net additional jobs, retained ones reported apart.
    Edge cases
        Hours or months that are not known are no 0: the person is in ``heads`` and in
        ``unknown``, not in ``equivalents``.

    >>> jobs = [Job("created", 20, 12), Job("created", 40, 3), Job("lost", 40, 12),
    ...         Job("created", None, None, True)]
    >>> found = count_jobs(jobs)
    >>> found.created.heads, found.created.equivalents, found.created.unknown, found.net
    (3, Decimal('0.75'), 1, Decimal('-0.25'))
    """
    everyone = list(jobs)
    tallies = (
        _tally([one for one in everyone if one.fate == fate], at_most, part_time_as)
        for fate in ("created", "retained", "lost")
    )
    return Jobs(*tallies)


def _tally(jobs: list[Job], at_most: Number | None, part_time_as: Number | None) -> Tally:
    equivalents, unknown, estimated = Decimal(0), 0, 0
    for one in jobs:
        if one.hours is not None and one.months is not None:
            equivalents += full_time_equivalent(one.hours, one.months, at_most=at_most)
        elif one.is_part_time and part_time_as is not None:
            equivalents += Decimal(part_time_as)
            estimated += 1
        else:
            unknown += 1
    return Tally(len(jobs), equivalents, unknown, estimated)
