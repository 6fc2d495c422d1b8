"""What no timetable can pass: whole programmes, solved by SciPy's HiGHS.

Two of them. ``relaxed`` forgets when people meet (a pair is met or not; tables are counted over the
whole day): it is small, nearly always whole at once, and every timetable obeys it, so its optimum
is a bound. ``exact`` places pairs in slots: for small rounds it proves the best timetable itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from digna_engines.rounds.pairs import Ints, Pairs

ROUNDING = 1e-6
"""Points are whole numbers: a bound is rounded down, after forgiving what floats lose."""

Row = tuple[list[int], list[float], float, float]  # columns, coefficients, lowest, highest
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The day without its hours.

    Symbols: ``promised`` most promised meetings that can be given together (proven); ``points``
    the bound on the worth of a timetable that gives ``given`` of them; ``chosen`` K pairs that
    reach it on paper.
    """

    promised: int
    points: int
    chosen: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Exact:
    """Pairs in slots: ``placed`` (pair, slot); ``is_proven`` when nothing is worth more."""

    placed: tuple[tuple[int, int], ...]
    bound: int
    is_proven: bool


def relaxed(
    pairs: Pairs, *, given: int | None = None, locked: Sequence[int] = (), seconds: float = 30.0
) -> Relaxed:
    """Bound a round, slots forgotten.

    Symbols: ``given``: how many promised meetings a timetable must give to be compared (None: as
    many as possible); ``locked`` pairs that are held anyway.
    """
    count = len(pairs.pairs)
    if not count:
        return Relaxed(0, 0, np.zeros(0, dtype=bool))
    columns, rows, promises = _day(pairs)
    fixed = [*locked, *(k for k, p in enumerate(pairs.pairs) if p.is_fixed)]
    least = _lowest(columns, fixed)
    high = np.ones(columns)
    high[count:] = promises
    promised = 0
    if promises.size:
        cost = np.zeros(columns)
        cost[count:] = -1
        promised = _whole(_solve(cost, rows, least, high, seconds)[1])
        floor = promised if given is None else min(given, promised)
        rows.append((list(range(count, columns)), [1.0] * promises.size, floor, np.inf))
    cost = np.zeros(columns)
    cost[:count] = -pairs.points
    found, bound = _solve(cost, rows, least, high, seconds)
    chosen = found[:count] > 0.5 if found is not None else pairs.points > 0
    return Relaxed(promised, _whole(bound), chosen)


def _whole(bound: float) -> int:
    return int(np.floor(bound + ROUNDING))


def _lowest(columns: int, fixed: Iterable[int]) -> Floats:
    least = np.zeros(columns)
    least[list(fixed)] = 1
    return least


def _day(pairs: Pairs) -> tuple[int, list[Row], Floats]:
    """Columns, rows and the highest of each promise, of the day without hours.

    One column a pair, then one a party with a promise: the promised meetings it gets.
    """
    count = len(pairs.pairs)
    rows: list[Row] = []
    promised = [int(k) for k in np.flatnonzero(pairs.least)]
    for party, own in _of_parties(pairs, range(count)).items():
        rows.append((own, [1.0] * len(own), 0, float(pairs.caps[party])))
    rows += _things(pairs)
    own_pairs = _of_parties(pairs, range(count))
    for place, party in enumerate(promised):
        own = own_pairs.get(party, [])
        rows.append(([*own, count + place], [1.0] * len(own) + [-1.0], 0, np.inf))
    return count + len(promised), rows, pairs.least[promised].astype(float)


def _of_parties(pairs: Pairs, places: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place in places:
        found.setdefault(pairs.pairs[place].buyer, []).append(place)
        found.setdefault(pairs.pairs[place].seller, []).append(place)
    return found


def _things(pairs: Pairs) -> Iterable[Row]:
    """Tables, rooms and interpreters over the whole day."""
    slots = len(pairs.slots)
    at_pool = [k for k, p in enumerate(pairs.pairs) if p.at_table and not p.own_table]
    on_screen = [k for k, p in enumerate(pairs.pairs) if p.on_screen]
    helped = [k for k, p in enumerate(pairs.pairs) if p.helpers]
    yield at_pool, [1.0] * len(at_pool), 0, float(pairs.pool * slots)
    if pairs.round.rooms is not None:
        yield on_screen, [1.0] * len(on_screen), 0, float(pairs.round.rooms * slots)
    if helped:
        hours = sum(
            pairs.interpreter_is_there(helper, slot)
            for helper in range(len(pairs.round.interpreters))
            for slot in range(slots)
        )
        yield helped, [1.0] * len(helped), 0, float(hours)
    for table in {p.own_table for p in pairs.pairs} - {""}:
        own = [k for k, p in enumerate(pairs.pairs) if p.own_table == table and p.at_table]
        yield own, [1.0] * len(own), 0, float(slots)


def _solve(
    cost: Floats, rows: Sequence[Row], low: Floats, high: Floats, seconds: float
) -> tuple[Floats | None, float]:
    """The best columns (None when none was found in time) and the proven bound on −cost."""
    answer = milp(
        cost,
        constraints=_matrix(rows, len(cost)),
        bounds=Bounds(low, high),
        integrality=np.ones(len(cost)),
        options={"time_limit": max(seconds, 0.5), "mip_rel_gap": 0.0},
    )
    bound = answer.mip_dual_bound
    if bound is None or not np.isfinite(bound):
        bound = answer.fun if answer.fun is not None and answer.status == 0 else -np.abs(cost).sum()
    return answer.x, -float(bound)


def _matrix(rows: Sequence[Row], columns: int) -> LinearConstraint:
    lengths = [len(row[0]) for row in rows]
    indptr = np.concatenate([[0], np.cumsum(lengths)])
    where = np.fromiter((c for row in rows for c in row[0]), dtype=np.int64, count=sum(lengths))
    what = np.fromiter((v for row in rows for v in row[1]), dtype=float, count=sum(lengths))
    table = csr_array((what, where, indptr), shape=(len(rows), columns))
    return LinearConstraint(table, [row[2] for row in rows], [row[3] for row in rows])


def exact(
    pairs: Pairs,
    columns: Sequence[tuple[int, int]],
    *,
    gains: Ints | None = None,
    locked: frozenset[int] = frozenset(),
    promise: int = 0,
    seconds: float = 30.0,
) -> Exact | None:
    """Choose among (pair, slot) columns the best that do not clash; None when none was found.

    Symbols: ``gains`` what each column is worth (None: the pair's points); ``promise`` what each
    promised meeting that is given is worth besides; ``locked`` pairs must be placed: give them one
    column.
    """
    if not columns:
        return Exact((), 0, is_proven=True)
    rows, width, promises = _hours(pairs, columns)
    cost = np.zeros(width)
    cost[: len(columns)] = -(
        np.array([pairs.points[k] for k, _ in columns]) if gains is None else gains
    )
    high = np.ones(width)
    if promises.size:
        high[-promises.size :] = promises
        cost[-promises.size :] = -promise
    low = _lowest(width, (place for place, (pair, _) in enumerate(columns) if pair in locked))
    found, bound = _solve(cost, rows, low, high, seconds)
    if found is None:
        return None
    placed = tuple(c for c, x in zip(columns, found[: len(columns)], strict=True) if x > 0.5)
    value = -float(cost @ np.round(found))
    return Exact(placed, _whole(bound), is_proven=_whole(bound) <= value + ROUNDING)


def _hours(pairs: Pairs, columns: Sequence[tuple[int, int]]) -> tuple[list[Row], int, Floats]:
    """Rows of the exact programme; interpreters add a column for each pair, slot and helper."""
    groups: dict[tuple[object, ...], list[int]] = {}
    highest: dict[tuple[object, ...], float] = {}

    def count(key: tuple[object, ...], place: int, most: float) -> None:
        groups.setdefault(key, []).append(place)
        highest[key] = most

    rooms = pairs.round.rooms
    for place, (pair, slot) in enumerate(columns):
        one = pairs.pairs[pair]
        count(("once", pair), place, 1)
        for party in (one.buyer, one.seller):
            count(("free", party, slot), place, 1)
            count(("cap", party), place, float(pairs.caps[party]))
        if one.at_table:
            count(("table", one.own_table, slot), place, 1 if one.own_table else pairs.pool)
        if one.on_screen and rooms is not None:
            count(("room", slot), place, rooms)
    rows: list[Row] = [(own, [1.0] * len(own), 0, highest[key]) for key, own in groups.items()]
    width = _interpreting(pairs, columns, rows)
    promised = [int(k) for k in np.flatnonzero(pairs.least)]
    for number, party in enumerate(promised):
        own = groups.get(("cap", party), [])
        rows.append(([*own, width + number], [1.0] * len(own) + [-1.0], 0, np.inf))
    return rows, width + len(promised), pairs.least[promised].astype(float)


def _interpreting(pairs: Pairs, columns: Sequence[tuple[int, int]], rows: list[Row]) -> int:
    """Rows that give each meeting its interpreter; return how many columns there are then."""
    width = len(columns)
    busy: dict[tuple[int, int], list[int]] = {}
    for place, (pair, slot) in enumerate(columns):
        helpers = pairs.pairs[pair].helpers
        if not helpers:
            continue
        joins = []
        for helper in helpers:
            if pairs.interpreter_is_there(helper, slot):
                joins.append(width)
                busy.setdefault((helper, slot), []).append(width)
                width += 1
        rows.append(([place, *joins], [1.0] + [-1.0] * len(joins), -np.inf, 0))
    rows += [(own, [1.0] * len(own), 0, 1) for own in busy.values()]
    return width
