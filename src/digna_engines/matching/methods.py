"""The bare methods over tables: arrays in, columns out. -1 stands for nobody.

``seats`` holds, for every mentor, the spread's bonus of each free seat, the best first.
"""

import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


def optimal(
    fit: Floats,
    possible: Bools,
    seats: Sequence[Sequence[float]],
    share: float,
    kept: Bools | None = None,
) -> Ints:
    """Return each mentee's mentor: most people, then fewest changes, then the best value.

    Value: Σ (1 − share) fit_ij + share · bonus of the seat. Mentors are repeated, a column a free
    seat; the linear assignment problem (Kuhn 1955; Crouse 2016 in SciPy) is solved with a reward
    for being matched that no fit can outweigh, and a lesser one for a pair that is ``kept``.
    Bonuses fall from seat to seat, so the optimum fills the first seats first.

    >>> optimal(np.array([[.9, .8], [.9, .1]]), np.ones((2, 2), bool), [[0.], [0.]], 0.).tolist()
    [1, 0]
    """
    owners = np.array([j for j, one in enumerate(seats) for _ in one], dtype=np.intp)
    found = np.full(len(fit), -1, dtype=np.intp)
    if not (len(fit) and len(owners)):
        return found
    bonus = np.array([b for one in seats for b in one])
    most = min(len(fit), len(owners))
    profit = (1 - share) * fit[:, owners] + share * bonus
    reward = np.full(profit.shape, float(most + 1))
    if kept is not None:
        reward = (most + 1.0) * (most + 2.0) + kept[:, owners] * (most + 1.0)
    profit = np.where(possible[:, owners], profit + reward, 0.0)
    rows, columns = linear_sum_assignment(profit, maximize=True)
    is_pair = profit[rows, columns] > 0
    found[rows[is_pair]] = owners[columns[is_pair]]
    return found


def stable(orders: Sequence[Sequence[int]], ranks: NDArray[np.intp], free: Sequence[int]) -> Ints:
    """Return each mentee's mentor so that no two would both rather have each other.

    Deferred acceptance with capacities, mentees proposing (Gale and Shapley 1962): the stable
    matching that is best for every mentee. ``orders[i]`` are i's possible mentors, best first;
    ``ranks[i, j]`` is the place of i in j's order, the lower the dearer, without ties.

    >>> stable([[0, 1], [0]], np.array([[0, 0], [1, 1]]), [1, 1]).tolist()
    [0, -1]
    """
    found = np.full(len(orders), -1, dtype=np.intp)
    nexts = [0] * len(orders)
    held: list[list[tuple[int, int]]] = [[] for _ in free]
    waiting = list(range(len(orders)))[::-1]
    while waiting:
        i = waiting.pop()
        if nexts[i] >= len(orders[i]):
            continue
        j = orders[i][nexts[i]]
        nexts[i] += 1
        heapq.heappush(held[j], (-int(ranks[i, j]), i))
        if len(held[j]) > free[j]:
            _rank, out = heapq.heappop(held[j])
            waiting.append(out)
    for j, some in enumerate(held):
        for _rank, i in some:
            found[i] = j
    return found


def greedy(fit: Floats, possible: Bools, free: Sequence[int]) -> Ints:
    """Return what a person with a list does: the best pair of all, then the next. For comparison.

    >>> greedy(np.array([[.9, .8], [.85, .1]]), np.ones((2, 2), bool), [1, 1]).tolist()
    [0, 1]
    """
    left = list(free)
    found = np.full(len(fit), -1, dtype=np.intp)
    order = np.argsort(-np.where(possible, fit, -1.0), axis=None, kind="stable")
    for flat in order:
        i, j = divmod(int(flat), fit.shape[1])
        if possible[i, j] and found[i] < 0 and left[j] > 0:
            found[i], left[j] = j, left[j] - 1
    return found
