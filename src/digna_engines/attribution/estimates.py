"""What a design gives: an estimate with everything needed to doubt it."""

from dataclasses import dataclass, replace
from typing import Final

from scipy.special import stdtr, stdtrit

VERSION: Final = "1"
LEAST_PER_ARM: Final = 10
"""Below this many firms in an arm an estimate is not told as impact: a rule of the house."""


@dataclass(frozen=True)
class Notice:
    """Something the reader of an estimate should know, with a stable code and both sentences."""

    code: str
    message_es: str
    message_en: str


@dataclass(frozen=True)
class Estimate:
    """The effect that a design finds, in the unit of what was measured.

    Symbols
        ``value``; ``error`` its standard error, ``None`` when it has none (one firm, no spread
        to measure); ``low`` and ``high`` its interval at ``confidence``, ``p`` two-sided for no
        effect, by Student's t with ``df`` degrees of freedom; ``n_treated`` and ``n_control``
        firms with what the design needs (``n_control`` ``None`` without a comparison);
        ``clusters`` how many, ``None`` when firms stand for themselves; ``design`` and ``version``
        what computed it; ``dropped`` firms left out because a value was missing.
    """

    value: float
    error: float | None
    low: float | None
    high: float | None
    p: float | None
    df: float | None
    confidence: float
    n_treated: int
    n_control: int | None
    design: str
    clusters: int | None = None
    dropped: int = 0
    r_squared: float | None = None
    notices: tuple[Notice, ...] = ()
    version: str = VERSION

    @property
    def has_comparison(self) -> bool:
        """Whether somebody without the programme was measured too."""
        return self.n_control is not None

    @property
    def is_impact(self) -> bool:
        """Whether it may be told as impact: a comparison, and enough firms in each arm."""
        enough = min(self.n_treated, self.n_control or 0) >= LEAST_PER_ARM
        return self.has_comparison and enough

    def noting(self, *notices: Notice) -> "Estimate":
        """The same estimate with more for its reader."""
        return replace(self, notices=(*self.notices, *notices))


@dataclass(frozen=True)
class Interval:
    """A test of no effect: the bounds of the interval and the two-sided p."""

    low: float
    high: float
    p: float


def interval(value: float, error: float, df: float, confidence: float) -> Interval:
    """Student's interval and test.

    Formula: value ± t(df; (1 + confidence)/2) error; p = 2 P(T > |value/error|).
    Edge case: an error of 0 gives a point, and p of 0 (1 when the value is 0 too).

    >>> interval(18.333333, 7.8173596, 4, 0.95).p.__round__(4)
    0.0789
    """
    if error == 0:
        return Interval(value, value, 1.0 if value == 0 else 0.0)
    reach = float(stdtrit(df, (1 + confidence) / 2)) * error
    p = 2 * float(stdtr(df, -abs(value / error)))
    return Interval(value - reach, value + reach, p)
