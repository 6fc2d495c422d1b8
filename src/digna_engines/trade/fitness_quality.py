"""Fitness of exporters and quality of products (Tacchella et al. 2012)."""

from dataclasses import dataclass

import numpy as np

from digna_engines.trade.specialisation import rca
from digna_engines.trade.tables import VERSION, Array, Exports, frozen


@dataclass(frozen=True, eq=False)
class Fitness:
    """Fitness by exporter and quality by product, each of mean 1.

    ``rounds`` that were taken; ``settled`` whether the order of exporters stood still for the last
    fifty: the smallest fitnesses may go towards 0 for ever, and then only their order means much.
    """

    exporters: tuple[str, ...]
    products: tuple[str, ...]
    fitness: Array
    quality: Array
    rounds: int
    settled: bool
    version: str = VERSION


STILL = 50
"""Rounds without a change of order after which the order is taken as found."""


def fitness(exports: Exports, *, most_rounds: int = 1000, tolerance: float = 1e-10) -> Fitness:
    """Iterate F = M Q and Q = 1 / (Mᵀ (1/F)), each divided by its mean.

    Exporters without a product and products without an exporter have ``nan``. Stops when nothing
    changes by more than ``tolerance``, when the order has stood still, or after ``most_rounds``.
    """
    m = (np.nan_to_num(rca(exports)) >= 1).astype(float)
    rows, columns = np.asarray(m.any(axis=1)), np.asarray(m.any(axis=0))
    own = m[np.ix_(rows, columns)]
    f, q = np.ones(own.shape[0]), np.ones(own.shape[1])
    order, still, step = np.argsort(f, kind="stable"), 0, 0
    for step in range(1, most_rounds + 1):  # noqa: B007 — the last step is told
        new_f = own @ q
        new_q = 1 / (own.T @ (1 / np.maximum(f, np.finfo(float).tiny)))
        new_f, new_q = new_f / new_f.mean(), new_q / new_q.mean()
        moved = max(np.abs(new_f - f).max(), np.abs(new_q - q).max())
        f, q = new_f, new_q
        now = np.argsort(f, kind="stable")
        still = still + 1 if np.array_equal(now, order) else 0
        order = now
        if moved < tolerance or still >= STILL:
            break
    whole_f, whole_q = np.full(len(rows), np.nan), np.full(len(columns), np.nan)
    whole_f[rows], whole_q[columns] = f, q
    return Fitness(
        exports.exporters, exports.products, frozen(whole_f), frozen(whole_q), step,
        still >= STILL or moved < tolerance,
    )  # fmt: skip
