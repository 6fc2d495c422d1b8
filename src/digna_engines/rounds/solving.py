"""The front door: `solve` a round."""

import random
import time
from statistics import median
from typing import Any

import numpy as np

from digna_engines.errors import DeclarationError, Fault
from digna_engines.rounds import bounds, gaps, improving, keeping, reasons, seating
from digna_engines.rounds.board import NOBODY, Board
from digna_engines.rounds.filling import build
from digna_engines.rounds.improving import Watch
from digna_engines.rounds.pairs import Pairs, read
from digna_engines.rounds.problem import Round
from digna_engines.rounds.timetable import Fairness, Share, Timetable

SMALL = 4_000
"""Pairs times open slots up to which the exact programme is tried."""
PATIENCE = 4_000
"""Tries without a gain after which looking on is given up."""


def solve(
    round_: Round, *, seconds: float = 10.0, seed: int = 0, keep: Timetable | None = None
) -> Timetable:
    """Timetable a round: promised meetings first, then points, then few gaps.

    Symbols: ``seconds`` is the most time spent (about; a bound of a very large round may take
    longer); ``seed`` of the chance by which ties fall; ``keep`` a timetable whose meetings stay
    where they are wherever they still can, the most of them that is possible.

    The same round, seed and ``keep`` give the same timetable when it reaches its bound or runs out
    of patience before it runs out of time (``workings["ended"]`` says which).

    Errors: ``declaration.faulty`` when a fixed appointment cannot be seated.

    >>> from datetime import datetime
    >>> from digna_engines.rounds import Party, Slot, Wish
    >>> nine = datetime.fromisoformat("2021-06-01T09:00-04:00")
    >>> two = (Party(key="B", side="buyer"), Party(key="S", side="seller"))
    >>> t = solve(Round(slots=(Slot("1", nine),), parties=two, tables=1,
    ...                 wishes=(Wish("B", "S", "must", "meet"),)))
    >>> t.value, t.upper_bound, t.meetings[0].table
    (6, 6, '1')
    """
    watch = _watch(seconds)
    pairs = read(round_)
    board = Board(pairs)
    _hold_fixed(board)
    if keep is not None:
        keeping.keep_what_stands(board, pairs, keep, max(seconds, 1.0))
        keeping.place_again(board, pairs, keep)
    day = bounds.relaxed(pairs, locked=_locked(board), seconds=max(seconds / 3, 2.0))
    chance = random.Random(seed)  # noqa: S311 - ties of a timetable, no secret
    ended, tries, proven = _work(board, day, chance, watch, seconds)
    bound = board.value if proven else _bound(board, day, seconds)
    closed = gaps.close(board, chance, watch)
    found = seating.meetings(board, keep)
    workings: dict[str, Any] = {
        "tries": tries, "ended": ended, "seconds": seconds, "seed": seed, "gaps_closed": closed,
        "pairs": len(pairs.pairs), "kept": len(_locked(board)),
    }  # fmt: skip
    return Timetable(
        meetings=found,
        value=board.value,
        upper_bound=bound,
        unmet=reasons.unmet(board),
        fairness=_fairness(board, board.given_least if proven else day.promised),
        gaps=gaps.total(board),
        changes=None if keep is None else keeping.changes(keep, found),
        warnings=(),
        workings=workings,
    )


def _watch(seconds: float) -> Watch:
    """The only clock of the engine: it says when the time it was given is over."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end


def _hold_fixed(board: Board) -> None:
    index, slot_at = board.given.index(), {key: t for t, key in enumerate(board.given.slots)}
    faults = []
    for number, one in enumerate(board.given.round.fixed):
        pair, slot = index[one.buyer, one.seller], slot_at[one.slot]
        if board.fits(pair, slot):
            board.place(pair, slot)
            board.locked[pair] = True
            continue
        es, en = reasons.lacking(board.lacks(pair, slot))
        faults.append(
            Fault(
                f"fixed[{number}]", "round.fixed_impossible",
                f"La cita fija de «{one.buyer}» y «{one.seller}» en «{one.slot}» no cabe: {es}.",
                f"The fixed meeting of “{one.buyer}” and “{one.seller}” in “{one.slot}” "
                f"does not fit: {en}.",
            )
        )  # fmt: skip
    if faults:
        raise DeclarationError("round", faults)


def _locked(board: Board) -> list[int]:
    return [pair for pair, is_locked in enumerate(board.locked) if is_locked]


def _work(
    board: Board, day: bounds.Relaxed, chance: random.Random, watch: Watch, seconds: float
) -> tuple[str, int, bool]:
    """Fill the board; return how it ended, the tries it took, whether nothing can be better."""
    aim = (day.promised, day.points)
    build(board, day.chosen)
    every = board.given.points > 0
    improving.squeeze_in(board, day.chosen, chance, watch)
    improving.squeeze_in(board, every, chance, watch)
    tries = improving.improve(board, aim, chance, watch, patience=200)
    if board.worth() < aim and _columns(board) <= SMALL and _prove(board, seconds):
        return "proven", tries, True
    tries += improving.improve(board, aim, chance, watch, patience=PATIENCE)
    if board.worth() >= aim:
        return "bound", tries, False
    return ("patience" if watch() else "time"), tries, False


def _columns(board: Board) -> int:
    return int(board.given.free.sum())


def _prove(board: Board, seconds: float) -> bool:
    """Look for the best timetable exactly and put it on the board; return whether it is proven."""
    given = board.given
    columns = [
        (pair, slot)
        for pair, row in enumerate(board.free)
        for slot, is_free in enumerate(row)
        if (int(board.slot_of[pair]) == slot if board.locked[pair] else is_free)
    ]
    promise = int(given.points.sum()) + 1
    found = bounds.exact(
        given, columns, locked=frozenset(_locked(board)), promise=promise, seconds=seconds / 3
    )
    if found is None:
        return False
    worth, was = board.worth(), _placed(board)
    _lay(board, found.placed)
    if board.worth() < worth:
        _lay(board, was)
        return False
    return found.is_proven


def _placed(board: Board) -> list[tuple[int, int]]:
    return [(k, int(board.slot_of[k])) for k in np.flatnonzero(board.slot_of != NOBODY).tolist()]


def _lay(board: Board, placed: Any) -> None:
    for pair, _ in _placed(board):
        board.remove(pair)
    for pair, slot in placed:
        board.place(pair, slot)


def _bound(board: Board, day: bounds.Relaxed, seconds: float) -> int:
    """The bound of timetables that give as many promised meetings as this one."""
    if board.given_least >= day.promised:
        return day.points
    given, locked = board.given_least, _locked(board)
    return bounds.relaxed(board.given, given=given, locked=locked, seconds=seconds / 3).points


def _fairness(board: Board, most_possible: int) -> Fairness:
    given = board.given
    shares = tuple(
        Share(party.key, party.least, _possible(given, place), int(board.counts[place]))
        for place, party in enumerate(given.parties)
        if party.least
    )
    wished = set(given.sellers[given.points > 0].tolist())
    counts = [int(board.counts[place]) for place in wished]
    return Fairness(
        shares=shares,
        given=board.given_least,
        most_possible=most_possible,
        fewest=min(counts, default=0),
        median=float(median(counts)) if counts else 0.0,
    )


def _possible(given: Pairs, party: int) -> int:
    """The most meetings a party could have by its own wishes, times and limit."""
    own = (given.buyers == party) | (given.sellers == party)
    return min(int(own.sum()), int(given.caps[party]))
