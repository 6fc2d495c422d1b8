"""Weights: from judgements in pairs, ranks, points and swings; and from the data's spread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from digna_engines.decisions.normalising import normalised
from digna_engines.decisions.problem import VERSION, Array, Problem
from digna_engines.errors import EngineError

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Saaty's random index for 1 to 10 criteria."""
CONSISTENT = 0.10


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights that sum to one, how they came about, and how far to trust them."""

    method: str
    weights: Array
    consistency_ratio: float | None = None
    workings: Mapping[str, object] = None  # type: ignore[assignment]
    warnings: tuple[str, ...] = ()
    version: str = VERSION


def ahp_weights(matrix: npt.ArrayLike | Sequence[npt.ArrayLike]) -> Weights:
    """Principal eigenvector of a matrix of pairwise judgements; CR = CI/RI, CI = (λmax−n)/(n−1).

    Symbols: a_ij says how many times i matters more than j (1/9 … 9), a_ji = 1/a_ij. Several
    matrices (k × n × n) are first joined by geometric means. A ratio over 0.10 warns: judgements
    contradict each other. Beyond ten criteria RI is 1.49.

    Source: Saaty (1980). Errors: ``decisions.ahp_shape``, ``decisions.ahp_reciprocal``.

    >>> ahp_weights([[1, 2, 4], [1/2, 1, 2], [1/4, 1/2, 1]]).weights.round(4)
    array([0.5714, 0.2857, 0.1429])
    """
    table = np.array(matrix, dtype=float)
    if table.ndim == 3:
        table = np.exp(np.log(table).mean(axis=0))
    _refuse_unfit(table)
    n = len(table)
    values, vectors = np.linalg.eig(table)
    top = int(np.argmax(values.real))
    weights = np.abs(vectors[:, top].real)
    largest = float(values[top].real)
    index = 0.0 if n < 3 else (largest - n) / (n - 1)
    random = RANDOM_INDEX[min(n, len(RANDOM_INDEX)) - 1]
    ratio = 0.0 if random == 0 else max(index / random, 0.0)
    told: tuple[str, ...] = ()
    if ratio > CONSISTENT:
        told = (f"judgements contradict each other: consistency ratio {ratio:.2f} over 0.10",)
    workings = {"lambda_max": largest, "consistency_index": index, "random_index": random}
    return Weights("ahp", weights / weights.sum(), ratio, workings, told)


def _refuse_unfit(table: Array) -> None:
    if table.ndim != 2 or table.shape[0] != table.shape[1] or not (table > 0).all():
        raise EngineError(
            "decisions.ahp_shape",
            "Los juicios deben ser una tabla cuadrada de números positivos.",
            "Judgements must be a square table of positive numbers.",
        )
    if not np.allclose(table * table.T, 1, rtol=1e-3):
        raise EngineError(
            "decisions.ahp_reciprocal",
            "Cada juicio debe ser el inverso de su contrario (si A es 3 veces B, B es 1/3 de A).",
            "Each judgement must be the inverse of its opposite (A is 3 times B, B is 1/3 of A).",
        )


Surrogate = Literal["roc", "sum", "reciprocal", "equal"]


def surrogate_weights(ranking: npt.ArrayLike, *, how: Surrogate = "roc") -> Weights:
    """Weights from nothing but the order of importance; ties share the mean of their places.

    Symbols: ``ranking`` is 1 for the most important. ``roc`` rank-order centroid
    w_k = (1/n) Σ_{i=k..n} 1/i (the mean of all weights that respect the order); ``sum`` n+1−k;
    ``reciprocal`` 1/k.

    Source: Barron and Barrett (1996). Error: ``decisions.ranking``.

    >>> surrogate_weights([1, 2, 3]).weights.round(4)
    array([0.6111, 0.2778, 0.1111])
    """
    places = np.asarray(ranking, dtype=float)
    if places.ndim != 1 or not len(places) or not np.isfinite(places).all():
        raise EngineError(
            "decisions.ranking", "Falta el orden de los criterios.", "The order is missing."
        )
    n = len(places)
    by_place = {
        "roc": np.cumsum(1 / np.arange(n, 0, -1))[::-1] / n,
        "sum": np.arange(n, 0, -1, dtype=float),
        "reciprocal": 1 / np.arange(1, n + 1),
        "equal": np.ones(n),
    }[how]
    by_place = by_place / by_place.sum()
    placed = np.argsort(np.argsort(places, kind="stable"), kind="stable")
    weights = by_place[placed]
    for value in np.unique(places):
        weights[places == value] = weights[places == value].mean()
    return Weights(f"surrogate({how})", weights, workings={"order": places})


def points_weights(points: npt.ArrayLike) -> Weights:
    """Weights from points that each person shares out (100, or any total): evaluators × criteria.

    Each row is made to sum to one before the mean, so nobody weighs more by giving more points;
    an evaluator's missing row (all ``nan``) is left out.

    >>> points_weights([[60, 40], [20, 20]]).weights
    array([0.55, 0.45])
    """
    table = np.atleast_2d(np.asarray(points, dtype=float))
    given = ~np.isnan(table).all(axis=1)
    rows = np.nan_to_num(table[given])
    totals = rows.sum(axis=1, keepdims=True)
    if not len(rows) or (rows < 0).any() or (totals <= 0).any():
        raise EngineError(
            "decisions.points",
            "Cada persona reparte puntos, ninguno negativo y no todos cero.",
            "Each person shares out points, none negative and not all zero.",
        )
    shares = rows / totals
    weights = shares.mean(axis=0)
    workings = {"shares": shares, "spread": shares.std(axis=0), "evaluators": len(rows)}
    return Weights("points", weights / weights.sum(), workings=workings)


def swing_weights(swings: npt.ArrayLike) -> Weights:
    """Weights from swings: 100 for the criterion whose change from worst to best matters most.

    Unlike importance in the abstract, a swing is asked with the scale in view. Source: von
    Winterfeldt and Edwards (1986). The arithmetic is that of points.
    """
    found = points_weights(swings)
    return Weights("swing", found.weights, workings=found.workings)


def entropy_weights(problem: Problem) -> Weights:
    """w_j ∝ 1 + Σ p ln p / ln m, p = x/Σx of each column. A diagnostic: spread is not importance.

    Source: Shannon (1948); Zeleny (1982). Scores must be positive.
    """
    shares = problem.scores / problem.scores.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(shares > 0, shares * np.log(shares), 0.0)
    spread = 1 + terms.sum(axis=0) / np.log(len(shares))
    return _diagnostic("entropy", spread)


def std_weights(problem: Problem, *, normalise: bool = False) -> Weights:
    """w_j ∝ standard deviation of each column (n−1). A diagnostic.

    Of the scores as they are, which only makes sense on one common scale; with ``normalise`` of
    the min–max normalised ones.
    """
    table = normalised(problem, "minmax") if normalise else problem.scores
    return _diagnostic("std", table.std(axis=0, ddof=1))


def critic_weights(problem: Problem) -> Weights:
    """w_j ∝ σ_j Σ_k (1 − r_jk): spread times conflict with the others. A diagnostic.

    Source: Diakoulaki, Mavrotas and Papayannakis (1995). A constant column has no weight.
    """
    table = normalised(problem, "minmax")
    spread = table.std(axis=0, ddof=1)
    centred = table - table.mean(axis=0)
    norm = np.sqrt((centred**2).sum(axis=0))
    scale = np.outer(norm, norm)
    products = centred.T @ centred
    r = np.divide(products, scale, out=np.zeros_like(products), where=scale > 0)
    return _diagnostic("critic", spread * (1 - r).sum(axis=0))


def _diagnostic(name: str, raw: Array) -> Weights:
    total = float(raw.sum())
    weights = raw / total if total > 0 else np.full(len(raw), 1 / len(raw))
    told = ("a measure of spread in the data, not of what matters to anybody",)
    return Weights(name, weights, workings={"raw": raw}, warnings=told)
