"""The world's export potential in one pass: every exporter, product and market, none of them kept.

A row is one exporter and product over all markets: it is worked out in a kilobyte that stays in the
processor, summed, compared with what is sold, and its best markets are kept. Markets are dealt like
cards into lanes of ``DEPTH``, the largest first: the best are then nearly always the greatest of
their lanes, and eight lanes are compared at once. Products are shared out between threads.
``compiled.potential_pass`` is the pass (numba); ``plainly`` says the same in numpy and is its test
and its fallback.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from digna_engines.trade.tables import Array, Codes

Singles = npt.NDArray[np.float32]
Places = npt.NDArray[np.int16]

DEPTH = 8
"""Markets to a lane: 226 make 32 lanes. Deeper ones hide more of the best behind each other, and
of more lanes each is compared with every other."""


@dataclass(frozen=True, eq=False)
class Cells:
    """What the pass reads: factors in single precision, flows, tariffs on cells.

    Symbols: ``supply`` products × exporters, ``ease`` exporters × markets, ``demand`` products ×
    markets; ``km`` exporters × markets and ``mean_km`` products × markets, both ``None`` where
    there are no distances, ``nan`` where one is not known. Flows ``j, v`` of product k and exporter
    i stand from ``rows[k n + i]`` to the next; likewise ``charge_…``, the factors of tariffs.
    """

    supply: Array
    ease: Array
    demand: Array
    km: Array | None
    mean_km: Array | None
    rows: Codes
    j: Any
    v: Array
    charge_rows: Codes
    charge_j: Codes
    charge_factor: Array


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
    top = max(1, min(top, n))
    found = Passed(
        np.zeros((p, n)), np.zeros((p, n)), np.zeros((p, n)),
        np.full((p, n, top), -1, dtype=np.int16), np.zeros((p, n, top), dtype=np.float32),
    )  # fmt: skip
    run: Any = plainly
    if compiled:
        from digna_engines.trade.compiled import potential_pass as run
    given = (*_dealt(cells, top), found.potential, found.actual, found.unrealised, found.best_at,
             found.best)  # fmt: skip
    parts = _parts(cells.rows[::n], p, threads)
    if len(parts) == 1:
        run(*given, *parts[0])
        return found
    with ThreadPoolExecutor(len(parts)) as pool:
        for done in [pool.submit(run, *given, *part) for part in parts]:
            done.result()
    return found


def _dealt(cells: Cells, top: int) -> tuple[Any, ...]:
    """The arguments of the pass, with markets dealt into lanes by the size of their demand.

    Column ``d lanes + l`` is the d-th card of lane l. Lanes are as many as best markets or more,
    and a multiple of sixteen, so that nothing is left over where they are taken together.
    """
    n = cells.ease.shape[1]
    lanes = -(-max(top, -(-n // DEPTH)) // 16) * 16
    order = np.argsort(-cells.demand.sum(axis=0), kind="stable")
    column = np.empty(n, dtype=np.int16)
    column[order] = np.arange(n)
    place = np.full(DEPTH * lanes, -1, dtype=np.int16)
    place[column] = np.arange(n)

    def laid(values: Array | None) -> Singles:
        if values is None:
            return np.zeros((0, 0), dtype=np.float32)
        found = np.zeros((len(values), DEPTH * lanes), dtype=np.float32)
        found[:, column] = values
        return found

    km, mean = laid(cells.km), laid(cells.mean_km)
    with np.errstate(divide="ignore"):
        inverse_km, inverse_mean = (np.divide(np.float32(1), one) for one in (km, mean))
    return (
        np.ascontiguousarray(cells.supply, dtype=np.float32), laid(cells.ease), laid(cells.demand),
        km, inverse_km, mean, inverse_mean, cells.rows, cells.j, cells.v,
        cells.charge_rows, cells.charge_j, cells.charge_factor.astype(np.float32), column, place,
    )  # fmt: skip


def _parts(starts: Codes, p: int, threads: int) -> Sequence[tuple[int, int]]:
    """Runs of products with about as many flows each."""
    if threads < 2 or p < 2 * threads:
        return [(0, p)]
    edges = np.searchsorted(starts, np.linspace(0, starts[-1], threads + 1)[1:-1])
    cuts = [0, *(int(edge) for edge in edges), p]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def plainly(
    supply: Singles, ease: Singles, demand: Singles, km: Singles, inverse_km: Singles,
    mean_km: Singles, inverse_mean: Singles, rows: Codes, j: Any, v: Array,
    charge_rows: Codes, charge_j: Codes, charge_factor: Singles, column: Places, place: Places,
    potential: Array, actual: Array, unrealised: Array, best_at: Places, best: Singles,
    first: int, last: int,
) -> None:  # fmt: skip
    """The pass over products ``first`` to ``last`` in numpy, a product at a time.

    Symbols: ``column`` says where each market was dealt to, ``place`` which market a column is; the
    rest as in
    ``Cells`` and ``Passed``.
    """
    n, top = supply.shape[1], best.shape[2]
    for k in range(first, last):
        cell = supply[k][:, None] * ease * demand[k][None, :]
        if km.size:
            with np.errstate(invalid="ignore"):
                near = np.minimum(mean_km[k] * inverse_km, km * inverse_mean[k])
            cell *= np.where(np.isnan(near), np.float32(1), near)
        own, at = _rows_of(charge_rows, k, n)
        cell[at, column[charge_j[own]]] *= charge_factor[own]
        potential[k] = cell.sum(axis=1, dtype=np.float64)
        own, at = _rows_of(rows, k, n)
        there = at, column[j[own]]
        worth, value = cell[there].astype(float), v[own]
        actual[k] = np.bincount(at, np.where(worth > 0, value, 0.0), minlength=n)
        unrealised[k] = potential[k] - np.bincount(at, np.minimum(worth, value), minlength=n)
        cell[there] = np.maximum(worth - value, 0.0)
        order = np.argsort(-cell, axis=1, kind="stable")[:, :top]
        best[k] = np.take_along_axis(cell, order, axis=1)
        best_at[k] = np.where(best[k] > 0, place[order], -1)


def _rows_of(rows: Codes, k: int, n: int) -> tuple[slice, Codes]:
    """Where product k's entries stand, and the exporter of each."""
    counts = np.diff(rows[k * n : (k + 1) * n + 1])
    return slice(rows[k * n], rows[(k + 1) * n]), np.repeat(np.arange(n), counts)
