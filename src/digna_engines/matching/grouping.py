"""Groups: one mentor, up to k mentees, who all share one weekly slot and one language.

Each mentor chooses one *way* (a slot and a language) and each mentee at most one mentor. Exact by
an integer programme (HiGHS in SciPy) while it is small; beyond that each mentor takes the way that
most people could share and the rest is a linear assignment, which the result says.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from digna_engines.matching import methods
from digna_engines.matching.methods import Floats, Ints
from digna_engines.matching.pool import Pool
from digna_engines.matching.tables import Tables

LARGEST = 20_000
"""Pairs of a mentee and a way up to which the exact method is used."""
NODES = 20_000
GAP = 1e-9


@dataclass(frozen=True, slots=True)
class Way:
    """How a mentor could meet a group: the slot, the language and who could come."""

    mentor: int
    slot: str
    language: str
    rows: tuple[int, ...]


def ways(pool: Pool, told: Tables) -> list[Way]:
    """Return every mentor's ways, without those that another of theirs contains."""
    found: list[Way] = []
    for column, one in enumerate(pool.mentors):
        able = [int(i) for i in np.flatnonzero(told.possible[:, column])]
        own: list[Way] = []
        for slot in sorted(one.slots):
            for language in sorted(one.languages):
                rows = tuple(
                    i for i in able
                    if slot in pool.mentees[i].slots and language in pool.mentees[i].languages
                )  # fmt: skip
                if rows:
                    own.append(Way(column, slot, language, rows))
        found += _widest(own)
    return found


def _widest(own: list[Way]) -> list[Way]:
    kept: list[Way] = []
    for way in sorted(own, key=lambda w: -len(w.rows)):
        if not any(set(way.rows) <= set(other.rows) for other in kept):
            kept.append(way)
    return kept


def solve(pool: Pool, told: Tables, size: int) -> tuple[Ints, list[Way], bool]:
    """Return each mentee's mentor, the way chosen by mentors with a group, whether it is proven."""
    some = ways(pool, told)
    seats = [min(size, one.free) for one in pool.mentors]
    if not some:
        return np.full(len(pool.mentees), -1, dtype=np.intp), [], True
    if sum(len(way.rows) for way in some) <= LARGEST:
        exact = _exact(told.fit, some, seats)
        if exact is not None:
            return exact
    return *_widest_first(told.fit, some, seats), False


def _exact(fit: Floats, some: list[Way], seats: list[int]) -> tuple[Ints, list[Way], bool] | None:
    pairs = [(i, w) for w, way in enumerate(some) for i in way.rows]
    n = len(pairs)
    people = len(fit)
    gains = [float(people + 1) + fit[i, some[w].mentor] for i, w in pairs]
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []

    def put(row: int, column: int, value: float) -> None:
        rows.append(row)
        columns.append(column)
        values.append(value)

    for place, (i, w) in enumerate(pairs):
        put(i, place, 1.0)  # a mentee has one mentor
        put(people + w, place, 1.0)  # a way takes its seats, once chosen
    for w, way in enumerate(some):
        put(people + w, n + w, -float(seats[way.mentor]))
        put(people + len(some) + way.mentor, n + w, 1.0)  # a mentor has one way
    height = people + len(some) + len(seats)
    above = np.concatenate([np.ones(people), np.zeros(len(some)), np.ones(len(seats))])
    matrix = coo_matrix((values, (rows, columns)), shape=(height, n + len(some)))
    found = milp(
        c=-np.array(gains + [0.0] * len(some)),
        constraints=LinearConstraint(matrix.tocsr(), -np.inf, above),
        integrality=np.ones(n + len(some)),
        bounds=Bounds(0, 1),
        options={"node_limit": NODES, "mip_rel_gap": GAP},
    )
    if found.x is None:
        return None
    chosen = np.full(people, -1, dtype=np.intp)
    used: set[int] = set()
    for place, (i, w) in enumerate(pairs):
        if found.x[place] > 0.5:
            chosen[i] = some[w].mentor
            used.add(w)
    return chosen, [some[w] for w in sorted(used)], found.status == 0


def _widest_first(fit: Floats, some: list[Way], seats: list[int]) -> tuple[Ints, list[Way]]:
    best: dict[int, Way] = {}
    for way in some:
        if way.mentor not in best or len(way.rows) > len(best[way.mentor].rows):
            best[way.mentor] = way
    possible = np.zeros(fit.shape, dtype=bool)
    for way in best.values():
        possible[list(way.rows), way.mentor] = True
    chosen = methods.optimal(fit, possible, [[0.0] * n for n in seats], 0.0)
    return chosen, [best[j] for j in sorted(set(chosen.tolist()) - {-1})]
