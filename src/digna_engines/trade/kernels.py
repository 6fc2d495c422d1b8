"""The world's export potential in one pass: every exporter, product and market, none of them kept.

A row is one exporter and product over all markets: it is worked out in a few kilobytes that stay in
the processor, summed, compared with what is sold, and its best markets are kept. Products are
shared out between threads; the flows of a product are found through ``starts``. ``fused`` is
compiled (numba); ``plainly`` says the same in numpy and is its test and its fallback.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from digna_engines.trade.tables import Array, Codes

Singles = npt.NDArray[np.float32]
Places = npt.NDArray[np.int16]
LANES = 16
"""Columns of maxima kept while a row passes: a floor under its best markets."""


@dataclass(frozen=True, eq=False)
class Cells:
    """What the pass reads, in single precision: the factors, the flows, the tariffs on cells.

    Symbols: ``supply`` products × exporters, ``ease`` exporters × markets, ``demand`` products ×
    markets; ``km`` exporters × markets and ``mean_km`` products × markets, both empty where there
    are no distances, ``nan`` where one is not known; flows ``i, j, v`` of product k from
    ``starts[k]`` to ``starts[k+1]``, sorted by i; likewise the ``charge_…`` of tariffs.
    """

    supply: Singles
    ease: Singles
    demand: Singles
    km: Singles
    mean_km: Singles
    starts: Codes
    i: Codes
    j: Codes
    v: Array
    charge_starts: Codes
    charge_i: Codes
    charge_j: Codes
    charge_factor: Singles


@dataclass(frozen=True, eq=False)
class Passed:
    """Sums over the markets with a potential, products × exporters, and the best markets of each.

    ``best_at`` positions of markets by unrealised potential, products × exporters × top, -1 where
    there are fewer; ``best`` their unrealised potential.
    """

    potential: Array
    actual: Array
    unrealised: Array
    best_at: Places
    best: Singles


def passed(cells: Cells, top: int, *, threads: int = 2, compiled: bool = True) -> Passed:
    """Run the pass; ``threads`` share the products out. Same figures whatever the number."""
    p, n = cells.supply.shape
    top = min(top, n)
    found = Passed(
        np.zeros((p, n)), np.zeros((p, n)), np.zeros((p, n)),
        np.full((p, n, top), -1, dtype=np.int16), np.zeros((p, n, top), dtype=np.float32),
    )  # fmt: skip
    run = fused() if compiled else plainly
    parts = _parts(cells.starts, p, threads)
    if len(parts) == 1:
        run(*_arguments(cells, found), *parts[0])
        return found
    with ThreadPoolExecutor(len(parts)) as pool:
        for done in [pool.submit(run, *_arguments(cells, found), *part) for part in parts]:
            done.result()
    return found


def _arguments(cells: Cells, found: Passed) -> tuple[Any, ...]:
    inverse = [np.divide(np.float32(1), one) for one in (cells.km, cells.mean_km)]
    return (
        cells.supply, cells.ease, cells.demand, cells.km, inverse[0], cells.mean_km, inverse[1],
        cells.starts, cells.i, cells.j, cells.v, cells.charge_starts, cells.charge_i,
        cells.charge_j, cells.charge_factor, found.potential, found.actual, found.unrealised,
        found.best_at, found.best,
    )  # fmt: skip


def _parts(starts: Codes, p: int, threads: int) -> Sequence[tuple[int, int]]:
    """Runs of products with about as many flows each."""
    if threads < 2 or p < 2 * threads:
        return [(0, p)]
    edges = np.searchsorted(starts, np.linspace(0, starts[-1], threads + 1)[1:-1])
    cuts = [0, *(int(edge) for edge in edges), p]
    return [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if b > a]


def plainly(
    supply: Singles, ease: Singles, demand: Singles, km: Singles, inverse_km: Singles,
    mean_km: Singles, inverse_mean: Singles, starts: Codes, i: Codes, j: Codes, v: Array,
    charge_starts: Codes, charge_i: Codes, charge_j: Codes, charge_factor: Singles,
    potential: Array, actual: Array, unrealised: Array, best_at: Places, best: Singles,
    first: int, last: int,
) -> None:  # fmt: skip
    """The pass over products ``first`` to ``last`` in numpy, a product at a time."""
    top = best.shape[2]
    for k in range(first, last):
        cell = supply[k][:, None] * ease * demand[k][None, :]
        if km.size:
            near = np.minimum(mean_km[k][None, :] * inverse_km, km * inverse_mean[k][None, :])
            cell *= np.where(np.isnan(near), np.float32(1), near)
        part = slice(charge_starts[k], charge_starts[k + 1])
        cell[charge_i[part], charge_j[part]] *= charge_factor[part]
        potential[k] = cell.sum(axis=1, dtype=np.float64)
        own = slice(starts[k], starts[k + 1])
        at = i[own], j[own]
        sold = np.where(cell[at] > 0, v[own], 0.0)
        actual[k] = np.bincount(at[0], sold, minlength=cell.shape[0])
        met = np.minimum(cell[at].astype(float), sold)
        unrealised[k] = potential[k] - np.bincount(at[0], met, minlength=cell.shape[0])
        cell[at] = np.maximum(cell[at].astype(float) - v[own], 0.0)
        order = np.argsort(-cell, axis=1, kind="stable")[:, :top]
        values = np.take_along_axis(cell, order, axis=1)
        best[k] = values
        best_at[k] = np.where(values > 0, order, -1)


@cache
def fused() -> Any:
    """The compiled pass. Numba is loaded, and the pass compiled, when first asked for."""
    from digna_engines.trade.compiled import potential_pass

    return potential_pass
