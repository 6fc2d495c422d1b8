"""Least squares with the errors that the data deserve: classical, or robust to clusters (CR1)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digna_engines.errors import EngineError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """A regression: ``coefficients`` (k), their ``covariance`` (k × k), ``df`` for t, R²."""

    coefficients: Array
    covariance: Array
    df: float
    r_squared: float
    clusters: int | None = None

    @property
    def errors(self) -> Array:
        """The standard errors (k)."""
        variances = np.diag(self.covariance)  # rounding can leave one a hair below 0
        return np.sqrt(np.maximum(variances, 0))


def least_squares(
    y: npt.ArrayLike, x: npt.ArrayLike, clusters: npt.NDArray[np.int64] | None = None
) -> Fit:
    """Ordinary least squares.

    Formula
        b = (X'X)⁻¹X'y. Without clusters V = s² (X'X)⁻¹, s² = u'u / (n - k), df = n - k. With
        clusters V = c (X'X)⁻¹ [Σ_g X_g'u_g u_g'X_g] (X'X)⁻¹, c = G/(G-1) · (n-1)/(n-k), df = G-1.
    Symbols
        ``y`` (n), ``x`` (n × k) with its column of ones, ``clusters`` (n) numbers from 0.
    Source
        Liang and Zeger (1986); the correction c is Stata's, «CR1» in Cameron and Miller (2015).
    Edge cases
        With n = k there is nothing left to measure the spread: the covariance is ``nan``.
    Errors
        ``attribution.collinear`` when columns repeat each other; ``attribution.few_clusters`` with
        fewer than two.

    >>> fit = least_squares([1.0, 2.0, 4.0], [[1, 0], [1, 1], [1, 2]])
    >>> fit.coefficients.round(4).tolist(), fit.errors.round(4).tolist()
    ([0.8333, 1.5], [0.3727, 0.2887])
    """
    y_, x_ = np.asarray(y, dtype=float), np.asarray(x, dtype=float)
    n, k = x_.shape
    if np.linalg.matrix_rank(x_) < k:
        raise EngineError(
            "attribution.collinear",
            "Dos columnas dicen lo mismo, o un grupo está vacío: no se pueden separar sus efectos.",
            "Two columns say the same, or a group is empty: their effects cannot be told apart.",
        )
    bread = np.linalg.inv(x_.T @ x_)
    coefficients = bread @ x_.T @ y_
    rest = y_ - x_ @ coefficients
    spread = float(((y_ - y_.mean()) ** 2).sum())
    r_squared = 1 - float(rest @ rest) / spread if spread > 0 else float("nan")
    if clusters is None:
        left = n - k
        variance = float(rest @ rest) / left if left > 0 else float("nan")
        return Fit(coefficients, variance * bread, left, r_squared)
    covariance, count = _cr1(x_, rest, bread, clusters)
    return Fit(coefficients, covariance, count - 1, r_squared, count)


def _cr1(x: Array, rest: Array, bread: Array, clusters: npt.NDArray[np.int64]) -> tuple[Array, int]:
    n, k = x.shape
    count = len(np.unique(clusters))
    if count < 2:
        raise EngineError(
            "attribution.few_clusters",
            "Con un solo conglomerado no hay error que calcular: hacen falta al menos dos.",
            "With a single cluster there is no error to compute: at least two are needed.",
        )
    scores = np.zeros((int(clusters.max()) + 1, k))
    np.add.at(scores, clusters, x * rest[:, None])
    factor = count / (count - 1) * (n - 1) / (n - k) if n > k else float("nan")
    return factor * bread @ (scores.T @ scores) @ bread, count
