"""Whether two arms were alike at the start, and who was lost on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from digna_engines.attribution.pairs import Firm
from digna_engines.values import Share

LARGE_DIFFERENCE = 0.25
"""A standardised difference that linear adjustment no longer mends (Imbens and Rubin 2015)."""


@dataclass(frozen=True)
class BalanceRow:
    """One characteristic before the programme, in each arm.

    Symbols: ``n_…``, ``mean_…``, ``sd_…`` (``None`` where there are too few) of those with a
    value; ``difference`` of means; ``standardised`` over the pooled spread; ``p`` of no difference.
    """

    name: str
    n_treated: int
    n_control: int
    mean_treated: float | None
    mean_control: float | None
    sd_treated: float | None
    sd_control: float | None
    difference: float | None
    standardised: float | None
    p: float | None

    @property
    def is_large(self) -> bool:
        """Whether the arms differ by more than a quarter of a standard deviation."""
        return self.standardised is not None and abs(self.standardised) > LARGE_DIFFERENCE


def balance(
    characteristics: Mapping[str, Sequence[float | None]], treated: Sequence[bool]
) -> tuple[BalanceRow, ...]:
    """The table of what the arms were like before.

    Formula
        difference = mean₁ - mean₀; standardised = difference / √((s₁² + s₀²)/2); p by Welch's t.
    Symbols
        ``characteristics`` name → a value a firm, ``None`` not known; ``treated`` a flag a firm.
    Source
        Imbens and Rubin (2015), chapter 14; Welch (1947).
    Edge cases
        The standardised difference is what to look at: p grows small with n and large without it.
        No spread in both arms: no standardised difference and no p.

    >>> row = balance({"workers": [4, 6, 8, 5, 7, 9]}, [True] * 3 + [False] * 3)[0]
    >>> row.difference, row.standardised, round(row.p, 4)
    (-1.0, -0.5, 0.5734)
    """
    flags = np.asarray(treated, dtype=bool)
    return tuple(_row(name, values, flags) for name, values in characteristics.items())


def _row(name: str, values: Sequence[float | None], flags: npt.NDArray[np.bool_]) -> BalanceRow:
    numbers = np.array([np.nan if value is None else value for value in values], dtype=float)
    one, other = (numbers[side & np.isfinite(numbers)] for side in (flags, ~flags))
    means = [float(part.mean()) if len(part) else None for part in (one, other)]
    spreads = [float(part.std(ddof=1)) if len(part) > 1 else None for part in (one, other)]
    difference = None if None in means else means[0] - means[1]  # type: ignore[operator]
    standardised, p = _compared(difference, spreads, (len(one), len(other)))
    return BalanceRow(
        name, len(one), len(other), means[0], means[1], spreads[0], spreads[1],
        difference, standardised, p,
    )  # fmt: skip


def _compared(
    difference: float | None, spreads: list[float | None], sizes: tuple[int, int]
) -> tuple[float | None, float | None]:
    first, second = spreads
    if difference is None or first is None or second is None or first + second == 0:
        return None, None
    parts = first**2 / sizes[0], second**2 / sizes[1]
    df = sum(parts) ** 2 / sum(part**2 / (n - 1) for part, n in zip(parts, sizes, strict=True))
    p = 2 * float(stdtr(df, -abs(difference) / sum(parts) ** 0.5))
    return difference / ((first**2 + second**2) / 2) ** 0.5, p


@dataclass(frozen=True)
class Attrition:
    """Who was measured before and not after, in each arm.

    Symbols: ``treated`` and ``control`` lost of those measured before; ``difference`` of the two
    shares, in points of 100; ``p`` exact of no difference; ``left`` the mean before of those lost
    less that of those found, by arm.
    """

    treated: Share
    control: Share
    difference: float | None
    p: float
    left: tuple[float | None, float | None]


def attrition(firms: Iterable[Firm]) -> Attrition:
    """The table of losses: an effect among survivors is one only if both arms lose alike.

    Formula
        lost / measured before, by arm; p by Fisher's exact test on the two by two table.
    Source
        Fisher (1935); DCED Standard VIII (2017), 3: good research practice.
    Edge cases
        Firms never measured before are not lost. Without firms in an arm: no difference, p = 1.

    >>> firms = [Firm(1, None, True), Firm(2, 3, True), Firm(2, 2, False), Firm(4, 4, False)]
    >>> found = attrition(firms)
    >>> found.treated, found.difference, found.p, found.left
    (Share(numerator=1, denominator=2), 50.0, 1.0, (-1.0, None))
    """
    rows = [one for one in firms if one.before is not None]
    arms = [[one for one in rows if one.is_treated is side] for side in (True, False)]
    lost = [sum(one.after is None for one in arm) for arm in arms]
    shares = [Share(gone, len(arm)) for gone, arm in zip(lost, arms, strict=True)]
    values = [share.pct for share in shares]
    known = values[0] is not None and values[1] is not None
    difference = float(values[0] - values[1]) if known else None  # type: ignore[operator]
    p = _fisher(lost[0], len(arms[0]), lost[1], len(arms[1])) if known else 1.0
    return Attrition(shares[0], shares[1], difference, p, (_left(arms[0]), _left(arms[1])))


def _fisher(a: int, of_a: int, b: int, of_b: int) -> float:
    from scipy.stats import fisher_exact  # takes a second to load: only here

    return float(fisher_exact([[a, of_a - a], [b, of_b - b]]).pvalue)


def _left(arm: list[Firm]) -> float | None:
    gone = [one.before for one in arm if one.after is None and one.before is not None]
    there = [one.before for one in arm if one.after is not None and one.before is not None]
    return float(np.mean(gone) - np.mean(there)) if gone and there else None
