"""The compiled twin of ``kernels.plainly``: loaded only where it is run, for numba is heavy.

The steps are functions of their own so that each may be told what it may assume: sums and maxima
may be taken in any order (``reassoc``), the cells themselves are multiplied as they are written.
"""

import numpy as np
from numba import njit

LANES = 16


@njit(nogil=True, cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def _cells(row, supply, ease, demand):  # type: ignore[no-untyped-def]
    for j in range(ease.shape[0]):
        row[j] = supply * ease[j] * demand[j]


@njit(nogil=True, cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def _near(row, km, inverse_km, mean, inverse_mean):  # type: ignore[no-untyped-def]
    one = np.float32(1)
    for j in range(km.shape[0]):
        a, b = mean[j] * inverse_km[j], km[j] * inverse_mean[j]
        near = a if a < b else b
        row[j] *= near if near == near else one  # noqa: PLR0124 — not a number is not itself


@njit(nogil=True, cache=True, fastmath={"reassoc", "nsz"})  # type: ignore[untyped-decorator]
def _total(row, n):  # type: ignore[no-untyped-def]
    total = 0.0
    for j in range(n):
        total += row[j]
    return total


@njit(nogil=True, cache=True, fastmath={"nnan", "nsz", "reassoc"})  # type: ignore[untyped-decorator]
def _lanes(row, lanes):  # type: ignore[no-untyped-def]
    """The greatest of every sixteenth: sixteen maxima in one sweep."""
    for lane in range(LANES):
        lanes[lane] = row[lane]
    for block in range(1, row.shape[0] // LANES):
        for lane in range(LANES):
            value = row[block * LANES + lane]
            lanes[lane] = value if value > lanes[lane] else lanes[lane]


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _floor(lanes, sorted_, top):  # type: ignore[no-untyped-def]
    """A value that at least ``top`` cells reach, 0 where the maxima are too few to tell."""
    if top > LANES:
        return np.float32(0)
    for lane in range(LANES):
        value, at = lanes[lane], lane
        while at > 0 and sorted_[at - 1] < value:
            sorted_[at] = sorted_[at - 1]
            at -= 1
        sorted_[at] = value
    return sorted_[top - 1]


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def _best(row, n, floor, best_at, best):  # type: ignore[no-untyped-def]
    """Keep the greatest; of equal ones the first."""
    top, count = best.shape[0], 0
    for j in range(n):
        value = row[j]
        if value < floor or not value > 0:
            continue
        if count == top and not value > best[top - 1]:
            continue
        at = count if count < top else top - 1
        while at > 0 and best[at - 1] < value:
            best[at], best_at[at] = best[at - 1], best_at[at - 1]
            at -= 1
        best[at], best_at[at] = value, j
        count = min(count + 1, top)


@njit(nogil=True, cache=True, error_model="numpy")  # type: ignore[untyped-decorator]
def potential_pass(  # type: ignore[no-untyped-def]  # noqa: PLR0917
    supply, ease, demand, km, inverse_km, mean_km, inverse_mean, starts, i, j, v,
    charge_starts, charge_i, charge_j, charge_factor,
    potential, actual, unrealised, best_at, best, first, last,
):  # fmt: skip
    """The pass over products ``first`` to ``last``: see ``kernels.plainly``."""
    n, top = ease.shape[0], best.shape[2]
    row = np.zeros(-(-n // LANES) * LANES, dtype=np.float32)
    lanes, sorted_ = np.zeros(LANES, dtype=np.float32), np.zeros(LANES, dtype=np.float32)
    for k in range(first, last):
        at, charge = starts[k], charge_starts[k]
        for e in range(n):
            begin, charged = at, charge
            while at < starts[k + 1] and i[at] == e:
                at += 1
            while charge < charge_starts[k + 1] and charge_i[charge] == e:
                charge += 1
            if not supply[k, e] > 0:
                continue
            _cells(row, supply[k, e], ease[e], demand[k])
            if km.size:
                _near(row, km[e], inverse_km[e], mean_km[k], inverse_mean[k])
            for one in range(charged, charge):
                row[charge_j[one]] *= charge_factor[one]
            potential[k, e] = _total(row, n)
            sold, met = 0.0, 0.0
            for one in range(begin, at):
                cell = row[j[one]]
                if cell > 0:
                    sold += v[one]
                    met += min(np.float64(cell), v[one])
                row[j[one]] = max(cell - v[one], 0.0)
            actual[k, e], unrealised[k, e] = sold, potential[k, e] - met
            _lanes(row, lanes)
            _best(row, n, _floor(lanes, sorted_, top), best_at[k, e], best[k, e])
