"""The compiled twin of ``kernels.plainly``: loaded only where it is run, for numba is heavy.

The steps are functions of their own so that each may be told what it may assume: sums and maxima
may be taken in any order (``reassoc``), the cells themselves are multiplied as they are written.
Choosing the best markets is most of the work, and a branch that cannot be foreseen costs more than
ten comparisons: so the row's groups give a floor, every cell is laid down and only the count moves
on where it reaches the floor, and the few left are ranked by counting who is greater.
"""

import numpy as np
from numba import njit


@njit(nogil=True, cache=True, error_model="numpy")
def _cells(row, supply, ease, demand):  # type: ignore[no-untyped-def]
    for j in range(row.shape[0]):
        row[j] = supply * ease[j] * demand[j]


@njit(nogil=True, cache=True, error_model="numpy")
def _near(row, km, inverse_km, mean, inverse_mean):  # type: ignore[no-untyped-def]
    one = np.float32(1)
    for j in range(km.shape[0]):
        a, b = mean[j] * inverse_km[j], km[j] * inverse_mean[j]
        near = a if a < b else b
        row[j] *= near if near == near else one  # noqa: PLR0124 — not a number is not itself


@njit(nogil=True, cache=True, fastmath={"reassoc", "nsz"})
def _total(row):  # type: ignore[no-untyped-def]
    total = 0.0
    for j in range(row.shape[0]):
        total += row[j]
    return total


@njit(nogil=True, cache=True, fastmath={"nnan", "nsz", "reassoc"})
def _floor(row, groups):  # type: ignore[no-untyped-def]
    """The least of the groups' greatest: at least one cell of each group reaches it."""
    width = row.shape[0] // groups
    floor = np.float32(np.inf)
    for group in range(groups):
        greatest = np.float32(0)
        for j in range(group * width, (group + 1) * width):
            greatest = max(greatest, row[j])
        floor = min(floor, greatest)
    return floor


@njit(nogil=True, cache=True)
def _best(row, floor, kept, kept_at, ranks, place, best_at, best):  # type: ignore[no-untyped-def]
    """Keep the greatest; of equal ones the first met. ``place`` gives a column's market."""
    least = max(floor, np.float32(1e-45))
    count = np.int64(0)
    for j in range(row.shape[0]):
        kept_at[count] = j
        count += np.int64(row[j] >= least)
    for a in range(count):
        kept[a] = row[kept_at[a]]
    for a in range(count):
        rank = np.int64(0)
        for b in range(count):
            rank += np.int64(kept[b] > kept[a])
        ranks[a] = rank
    for a in range(count):
        rank = ranks[a]
        while rank < best.shape[0] and best[rank] > 0:  # taken by an equal one
            rank += 1
        if rank < best.shape[0]:
            best[rank], best_at[rank] = kept[a], place[kept_at[a]]


@njit(nogil=True, cache=True, error_model="numpy")
def potential_pass(  # type: ignore[no-untyped-def]
    supply, ease, demand, km, inverse_km, mean_km, inverse_mean, rows, j, v,
    charge_rows, charge_j, charge_factor, column, place,
    potential, actual, unrealised, best_at, best, first, last,
):  # fmt: skip
    """The pass over products ``first`` to ``last``: see ``kernels.plainly``."""
    n, width, top = supply.shape[1], ease.shape[1], best.shape[2]
    row = np.zeros(width, dtype=np.float32)
    kept, ranks = np.zeros(width + 1, dtype=np.float32), np.zeros(width + 1, dtype=np.int32)
    kept_at = np.zeros(width + 1, dtype=np.int16)
    for k in range(first, last):
        for e in range(n):
            if not supply[k, e] > 0:
                continue
            _cells(row, supply[k, e], ease[e], demand[k])
            if km.size:
                _near(row, km[e], inverse_km[e], mean_km[k], inverse_mean[k])
            at = k * n + e
            for one in range(charge_rows[at], charge_rows[at + 1]):
                row[column[charge_j[one]]] *= charge_factor[one]
            total = _total(row)
            sold, met = 0.0, 0.0
            for one in range(rows[at], rows[at + 1]):
                there, value = column[j[one]], v[one]
                cell = np.float64(row[there])
                sold += value if cell > 0 else 0.0
                met += min(cell, value)
                row[there] = max(cell - value, 0.0)
            potential[k, e], actual[k, e], unrealised[k, e] = total, sold, total - met
            _best(
                row, _floor(row, top), kept, kept_at, ranks, place, best_at[k, e], best[k, e]
            )  # fmt: skip
