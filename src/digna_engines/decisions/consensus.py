"""How far people agree: within a cell, on a ranking, and as a measuring instrument."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from digna_engines.decisions.problem import Array
from digna_engines.errors import EngineError


def consensus(votes: npt.ArrayLike, *, low: float, high: float) -> float | None:
    """Cns = 1 + Σ p_i log₂(1 − |X_i − μ|/d): 1 all alike, 0 half at each end.

    Symbols: votes on a scale from ``low`` to ``high``, d its width; missing votes are left out.
    None without votes. Source: Tastle and Wierman (2007).

    >>> round(consensus([1, 5, 5, 5], low=1, high=5), 4)
    0.1887
    """
    given = _given(votes, low, high)
    if not given.size:
        return None
    far = np.abs(given - given.mean()) / (high - low)
    with np.errstate(divide="ignore"):
        terms = np.log2(1 - far)
    return float(max(1 + terms.mean(), 0.0)) if np.isfinite(terms).all() else 0.0


def r_wg(votes: npt.ArrayLike, *, options: int) -> float | None:
    """r_wg = 1 − s²/σ², σ² = (A² − 1)/12: agreement against answering at random.

    Symbols: s² with n−1; ``options`` A points of the scale. Negative values (more disagreement
    than chance) are kept. None with fewer than two votes. Source: James, Demaree and Wolf (1984).

    >>> round(r_wg([4, 4, 5, 5], options=5), 4)
    0.8333
    """
    given = np.asarray(votes, dtype=float)
    given = given[~np.isnan(given)]
    if given.size < 2:
        return None
    return float(1 - given.var(ddof=1) / ((options**2 - 1) / 12))


def _given(votes: npt.ArrayLike, low: float, high: float) -> Array:
    given = np.asarray(votes, dtype=float)
    given = given[~np.isnan(given)]
    if high <= low or (given < low).any() or (given > high).any():
        raise EngineError(
            "decisions.votes",
            f"Hay un voto fuera de la escala de {low:g} a {high:g}.",
            f"A vote lies outside the scale from {low:g} to {high:g}.",
        )
    return np.asarray(given, dtype=float)


@dataclass(frozen=True)
class Concordance:
    """Kendall's W, its chi-square and degrees of freedom; ``w`` is None when nobody ranks."""

    w: float | None
    chi2: float | None
    df: int
    judges: int
    items: int


def kendall_w(matrix: npt.ArrayLike) -> Concordance:
    """W = 12 S/(m²(n³−n) − m T), T = Σ over judges Σ (t³−t); χ² = m(n−1)W.

    Symbols: ``matrix`` is m judges × n items, scores or ranks (larger or smaller, the same for
    all); S sums the squared deviations of rank sums; t are sizes of ties. A judge with a missing
    item is left out. 1 full agreement, 0 none. Source: Kendall and Babington Smith (1939).
    """
    table = np.atleast_2d(np.asarray(matrix, dtype=float))
    table = table[~np.isnan(table).any(axis=1)]
    m, n = table.shape
    ranked = np.array([_mid_ranks(row) for row in table]) if m else np.empty((0, n))
    ties = sum(_tied(row) for row in table)
    sums = ranked.sum(axis=0) if m else np.zeros(n)
    spread = float(((sums - sums.mean()) ** 2).sum())
    scale = m**2 * (n**3 - n) - m * ties
    if m < 2 or scale <= 0:
        return Concordance(None, None, max(n - 1, 0), m, n)
    w = 12 * spread / scale
    return Concordance(w, m * (n - 1) * w, n - 1, m, n)


def _mid_ranks(row: Array) -> Array:
    below = (row[None, :] < row[:, None]).sum(axis=1)
    level = (row[None, :] == row[:, None]).sum(axis=1)
    return np.asarray(below + (level + 1) / 2, dtype=float)


def _tied(row: Array) -> float:
    counts = np.unique(row, return_counts=True)[1]
    return float((counts.astype(float) ** 3 - counts).sum())


@dataclass(frozen=True)
class Icc:
    """The six intraclass correlations of Shrout and Fleiss, and the mean squares behind them."""

    icc1: float
    icc2: float
    icc3: float
    icc1k: float
    icc2k: float
    icc3k: float
    between: float
    within: float
    judges: float
    residual: float


def icc(matrix: npt.ArrayLike) -> Icc:
    """Intraclass correlation of n targets × k judges.

    Forms: 1 each target its own judges, 2 judges drawn at random, 3 these judges only; ``k`` of
    the mean of k. Source: Shrout and Fleiss (1979), Psychological Bulletin 86.
    Errors: ``decisions.icc`` for missing values or fewer than two of either.
    """
    table = np.asarray(matrix, dtype=float)
    if table.ndim != 2 or min(table.shape) < 2 or np.isnan(table).any():
        raise EngineError(
            "decisions.icc",
            "Hacen falta al menos dos personas y dos cosas, sin puntajes faltantes.",
            "At least two people and two things are needed, with no missing score.",
        )
    n, k = table.shape
    grand = table.mean()
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    between = k * ((rows - grand) ** 2).sum() / (n - 1)
    within = ((table - rows[:, None]) ** 2).sum() / (n * (k - 1))
    judges = n * ((columns - grand) ** 2).sum() / (k - 1)
    left = table - rows[:, None] - columns[None, :] + grand
    residual = (left**2).sum() / ((n - 1) * (k - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        told = (
            (between - within) / (between + (k - 1) * within),
            (between - residual) / (between + (k - 1) * residual + k * (judges - residual) / n),
            (between - residual) / (between + (k - 1) * residual),
            (between - within) / between,
            (between - residual) / (between + (judges - residual) / n),
            (between - residual) / between,
        )
    squares = (between, within, judges, residual)
    return Icc(*(float(value) for value in told), *(float(value) for value in squares))


Level = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(matrix: npt.ArrayLike, *, level: Level = "interval") -> float | None:
    """α = 1 − D_o/D_e: agreement of judges on a measuring scale, missing values allowed.

    Symbols: ``matrix`` is judges × units, ``nan`` for missing; D_o and D_e the observed and
    expected disagreement under the level's difference. None when fewer than two values can be
    paired or all are the same (there is nothing to disagree on).

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    table = np.atleast_2d(np.asarray(matrix, dtype=float))
    values = np.unique(table[~np.isnan(table)])
    pairs = np.zeros((len(values), len(values)))
    for unit in table.T:
        given = unit[~np.isnan(unit)]
        if given.size < 2:
            continue
        counts = (given[:, None] == values[None, :]).sum(axis=0).astype(float)
        pairs += (np.outer(counts, counts) - np.diag(counts)) / (given.size - 1)
    totals = pairs.sum(axis=1)
    n = totals.sum()
    if n < 2:
        return None
    far = _difference(values, totals, level)
    expected = (np.outer(totals, totals) - np.diag(totals)) / (n - 1)
    disagreed = float((expected * far).sum())
    return None if disagreed == 0 else float(1 - (pairs * far).sum() / disagreed)


def _difference(values: Array, totals: Array, level: str) -> Array:
    a, b = values[:, None], values[None, :]
    if level == "nominal":
        return np.asarray(a != b, dtype=float)
    if level == "interval":
        return np.asarray((a - b) ** 2, dtype=float)
    if level == "ratio":
        total = a + b
        return np.divide(a - b, total, out=np.zeros(total.shape), where=total != 0) ** 2
    if level == "ordinal":
        # n_c + … + n_k less half of both ends, for every pair of categories c < k
        upto = np.cumsum(totals)
        is_later = upto[:, None] >= upto[None, :]
        last = np.where(is_later, totals[:, None], totals[None, :])
        first = np.where(is_later, totals[None, :], totals[:, None])
        told: Array = (np.abs(upto[:, None] - upto[None, :]) + (first - last) / 2) ** 2
        np.fill_diagonal(told, 0)
        return told
    raise EngineError(
        "decisions.level", f"No hay un nivel «{level}».", f"There is no level “{level}”."
    )
