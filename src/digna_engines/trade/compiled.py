"""The compiled twin of ``kernels.plainly``: loaded only where it is run, for numba is heavy.

The steps are functions of their own so that each may be told what it may assume: sums and maxima
may be taken in any order (``reassoc``), the cells themselves are multiplied as they are written.
Choosing the best markets is most of the work, and a branch that cannot be foreseen costs more than
ten comparisons. So every lane first sends its greatest cell, the lanes are ranked by counting who
is greater, and only the few lanes whose second cell would also be among the best are looked into.

A *key* is a cell's bits, which order as positive numbers do, and behind them its column from the
end: keys are never equal, and of equal cells the first column is the greater.
"""

import numpy as np
from numba import njit

from digna_engines.trade.kernels import DEPTH

LAST = 65_535
"""A column counted from the end fills the sixteen bits behind a cell's own."""


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


@njit(nogil=True, cache=True, fastmath={"nnan", "nsz"})
def _greatest(row, first, depth, second):  # type: ignore[no-untyped-def]
    """Of each lane its greatest cell, how deep the first such stands, and the next greatest."""
    lanes = first.shape[0]
    for lane in range(lanes):
        greatest, at, after = row[lane], np.int32(0), np.float32(0)
        for d in range(1, DEPTH):
            cell = row[lane + d * lanes]
            after = max(after, min(greatest, cell))
            at = np.int32(d) if cell > greatest else at
            greatest = max(greatest, cell)
        first[lane], depth[lane], second[lane] = greatest, at, after


@njit(nogil=True, cache=True)
def _key(bits, column):  # type: ignore[no-untyped-def]
    return (np.int64(bits) << 16) | (np.int64(LAST) - column)


@njit(nogil=True, cache=True)
def _in_order(keys, ranks, ordered):  # type: ignore[no-untyped-def]
    """Order keys by counting, for each, how many are greater: sixteen at a time, no branch."""
    ranks[:] = 0
    for start in range(0, keys.shape[0], 16):
        for one in range(keys.shape[0]):
            key, greater = keys[one], np.int64(0)
            for other in range(16):
                greater += np.int64(keys[start + other] > key)
            ranks[one] += greater
    for one in range(keys.shape[0]):
        ordered[ranks[one]] = keys[one]


@njit(nogil=True, cache=True)
def _put(best, key):  # type: ignore[no-untyped-def]
    """Put a key in its place among the best; the last falls out."""
    for at in range(best.shape[0] - 1, 0, -1):
        best[at] = max(best[at], min(best[at - 1], key))
    best[0] = max(best[0], key)


@njit(nogil=True, cache=True)
def _add_seconds(bits, second_bits, keys, best):  # type: ignore[no-untyped-def]
    """Add the cells that are among the best but not the greatest of their lane."""
    lanes, least = keys.shape[0], max(best[-1] >> 16, np.int64(1))
    for lane in range(lanes):
        if second_bits[lane] >= least:
            for column in range(lane, DEPTH * lanes, lanes):
                key = _key(bits[column], column)
                if key > best[-1] and key != keys[lane]:
                    _put(best, key)


@njit(nogil=True, cache=True)
def _told(keys, row, place, best_at, best):  # type: ignore[no-untyped-def]
    """Write the best down. ``place`` gives a column's market."""
    for at in range(best.shape[0]):
        column = LAST - (keys[at] & LAST)
        best[at] = row[column]
        best_at[at] = place[column] if row[column] > 0 else -1


@njit(nogil=True, cache=True, error_model="numpy")
def potential_pass(  # type: ignore[no-untyped-def]
    supply, ease, demand, km, inverse_km, mean_km, inverse_mean, rows, j, v,
    charge_rows, charge_j, charge_factor, column, place,
    potential, actual, unrealised, best_at, best, first, last,
):  # fmt: skip
    """The pass over products ``first`` to ``last``: see ``kernels.plainly``."""
    n, width, top = supply.shape[1], ease.shape[1], best.shape[2]
    lanes = width // DEPTH
    row, greatest = np.zeros(width, dtype=np.float32), np.zeros(lanes, dtype=np.float32)
    second, depth = np.zeros(lanes, dtype=np.float32), np.zeros(lanes, dtype=np.int32)
    keys, ranks = np.zeros(lanes, dtype=np.int64), np.zeros(lanes, dtype=np.int64)
    ordered = np.zeros(lanes, dtype=np.int64)
    bits, greatest_bits = row.view(np.int32), greatest.view(np.int32)
    second_bits = second.view(np.int32)
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
            _greatest(row, greatest, depth, second)
            for lane in range(lanes):
                keys[lane] = _key(greatest_bits[lane], np.int64(depth[lane]) * lanes + lane)
            _in_order(keys, ranks, ordered)
            _add_seconds(bits, second_bits, keys, ordered[:top])
            _told(ordered, row, place, best_at[k, e], best[k, e])
