"""Doubts about values: outliers, heaping, straight lines, recounts, a grade.

Each check says what to look at; none changes a value. A correction is somebody's, with a reason.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final, Literal, get_args

from digna_engines.errors import EngineError
from digna_engines.values import Number, Share, quotient

Dimension = Literal[
    "validity", "integrity", "precision", "reliability", "timeliness", "completeness", "uniqueness"
]
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
Mark = Literal["good", "fair", "poor"]
Grade = Literal["A", "B", "C", "D"]

_ABSOLUTE_DEVIATIONS: Final = Decimal("3.5")
_RATIO: Final = (Decimal("0.90"), Decimal("1.10"))


@dataclass(frozen=True)
class Outliers:
    """Places of the values outside ``low`` to ``high``; no bounds where values do not spread."""

    places: tuple[int, ...]
    low: Decimal | None
    high: Decimal | None
    median: Decimal | None
    deviation: Decimal | None


def outliers(
    values: Sequence[Number | None],
    *,
    limit: Number = _ABSOLUTE_DEVIATIONS,
    scale: Number = 1,
) -> Outliers:
    """Values far from the middle, by the median absolute deviation.

    Formula
        outside median ± limit · scale · MAD, MAD = median |x - median|.
    Symbols
        ``scale`` 1 takes the deviation as it is; 1.4826 makes it a standard deviation where values
        are normal, and the gate half as strict again.
    Source
        USAID data-quality practice, 3.5 MAD; Iglewicz and Hoaglin (1993) on the limit.
    Edge cases
        Missing values are passed over, not taken for 0. Where more than half of the values are
        equal MAD is 0, the gate would refuse everything else, and none is told.

    >>> outliers([10, 12, 11, 13, None, 90]).places
    (5,)
    """
    known = [Decimal(value) for value in values if value is not None]
    if not known:
        return Outliers((), None, None, None, None)
    middle = median(known)
    deviation = median(abs(value - middle) for value in known)
    if deviation == 0:
        return Outliers((), None, None, middle, deviation)
    reach = Decimal(limit) * Decimal(scale) * deviation
    low, high = middle - reach, middle + reach
    places = tuple(
        place
        for place, value in enumerate(values)
        if value is not None and not low <= value <= high
    )
    return Outliers(places, low, high, middle, deviation)


@dataclass(frozen=True)
class Heaping:
    """Values that end round: ``round`` of n, ``expected`` of them, ``p`` of as many by chance."""

    round: Share
    expected: Share
    p: float

    @property
    def is_suspect(self) -> bool:
        """Whether there are more of them than chance gives once in a hundred."""
        return self.p < 0.01


def heaping(values: Sequence[int | None], *, base: int = 10) -> Heaping:
    """Whether whole numbers were guessed: too many multiples of ``base``.

    Formula
        p = P(X ≥ k), X binomial of n values with chance 1/base.
    Source
        Heaping of digits as in Myers (1940) and Whipple's index.
    Edge cases
        Zeros are left out: none sold is an answer, not a rounding. Without values p is 1.
    Error
        ``quality.base`` below 2.

    >>> found = heaping([100, 200, 150, 300, 50, 120, 80, 57])
    >>> found.round, found.is_suspect
    (Share(numerator=7, denominator=8), True)
    """
    if base < 2:
        raise EngineError(
            "quality.base",
            f"Los múltiplos de {base} no dicen nada: use 5, 10, 100…",
            f"Multiples of {base} say nothing: use 5, 10, 100…",
        )
    known = [value for value in values if value is not None and value != 0]
    n, k = len(known), sum(value % base == 0 for value in known)
    chance = 1 / base
    p = math.fsum(math.comb(n, i) * chance**i * (1 - chance) ** (n - i) for i in range(k, n + 1))
    return Heaping(Share(k, n), Share(1, base), min(1.0, p))


def straight_lines(
    answers: Sequence[Sequence[Hashable | None]], *, least: int = 5
) -> tuple[int, ...]:
    """Places of those who answered every question of a block alike.

    Symbols: ``answers`` one row a person; ``least`` answers below which being alike says nothing.
    Source: Krosnick (1991) on satisficing. Edge case: missing answers are passed over.

    >>> straight_lines([[3, 3, 3, 3, 3], [1, 2, 3, 4, 5], [2, 2, None, None, None]])
    (0,)
    """
    found = []
    for place, row in enumerate(answers):
        given = [answer for answer in row if answer is not None]
        if len(given) >= least and len(set(given)) == 1:
            found.append(place)
    return tuple(found)


@dataclass(frozen=True)
class Recount:
    """A sample counted again: ``ratio`` recounted over reported, and whether it is ``within``."""

    ratio: Decimal | None
    within: bool | None


def recount(
    recounted: Number, reported: Number, *, low: Number = _RATIO[0], high: Number = _RATIO[1]
) -> Recount:
    """The verification ratio of a routine data-quality assessment.

    Formula: recounted / reported, sound within 0.90 to 1.10 (general practice).
    Edge case: nothing reported has no ratio; it is sound only when nothing was found either.

    >>> recount(81, 90).within, recount(70, 90).within, recount(0, 0).within
    (True, False, True)
    """
    ratio = quotient(recounted, reported)
    if ratio is None:
        return Recount(None, recounted == 0)
    return Recount(ratio, low <= ratio <= high)


@dataclass(frozen=True)
class Graded:
    """A grade, what drew it down, and the dimensions that nobody judged."""

    grade: Grade | None
    weak: tuple[Dimension, ...]
    unjudged: tuple[Dimension, ...]


def grade(marks: Mapping[Dimension, Mark | None]) -> Graded:
    """One letter for the quality of a figure, from seven dimensions.

    Formula
        D with two or more poor; C with one poor or three or more fair; B with a fair one or a
        dimension unjudged; A with seven good. ``None`` when fewer than four are judged.
    Source
        USAID ADS 201: validity, integrity, precision, reliability, timeliness; completeness and
        uniqueness added. The letters are ours: what matters is the list of what is weak.

    >>> grade({"validity": "good", "integrity": "good", "precision": "poor", "timeliness": "good"})
    Graded(grade='C', weak=('precision',), unjudged=('reliability', 'completeness', 'uniqueness'))
    """
    judged = {name: marks.get(name) for name in DIMENSIONS}
    unjudged = tuple(name for name, mark in judged.items() if mark is None)
    weak = tuple(name for name, mark in judged.items() if mark in {"fair", "poor"})
    poor = sum(mark == "poor" for mark in judged.values())
    fair = len(weak) - poor
    letter: Grade | None = "A"
    if len(unjudged) > len(DIMENSIONS) - 4:
        letter = None
    elif poor >= 2:
        letter = "D"
    elif poor == 1 or fair >= 3:
        letter = "C"
    elif weak or unjudged:
        letter = "B"
    return Graded(letter, weak, unjudged)
