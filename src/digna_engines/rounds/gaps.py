"""Fewer idle slots: swap two slots along a chain when it brings meetings together."""

import random

from digna_engines.rounds import chains
from digna_engines.rounds.board import NOBODY, Board
from digna_engines.rounds.improving import Watch

WANDER = 0.5
"""Share of swaps that do not aim at a gap: they lead out of where every aimed swap is stuck."""


def gaps_of(board: Board, party: int) -> int:
    """Slots between a party's first and last meeting in which it was there and idle."""
    row = board.at[party]
    busy = [slot for slot, pair in enumerate(row) if pair != NOBODY]
    if not busy:
        return 0
    there = board.given.there[party]
    return sum(row[s] == NOBODY and bool(there[s]) for s in range(busy[0], busy[-1]))


def total(board: Board) -> int:
    """Gaps of all parties."""
    return sum(gaps_of(board, party) for party in range(len(board.at)))


def close(board: Board, chance: random.Random, watch: Watch, patience: int = 3_000) -> int:
    """Swap chains while it closes gaps and nothing of worth changes; return how many closed.

    A party's first or last meeting is tried in one of its gaps. Swaps that close nothing stay
    made: they lead elsewhere. ``patience``: tries in a row without a gap closed.
    """
    closed = idle = 0
    while idle < patience and watch():
        waiting = [party for party in range(len(board.at)) if gaps_of(board, party)]
        if not waiting:
            break
        for party in chance.sample(waiting, len(waiting)):
            gained = _bring_in(board, party, chance)
            closed += gained
            idle = 0 if gained > 0 else idle + 1
    return closed


def _bring_in(board: Board, party: int, chance: random.Random) -> int:
    row, there = board.at[party], board.given.there[party]
    busy = [slot for slot, pair in enumerate(row) if pair != NOBODY]
    idle = [s for s in range(busy[0], busy[-1]) if row[s] == NOBODY and there[s]] if busy else []
    if not idle:
        return 0  # closed meanwhile by another's swap
    if chance.random() < WANDER:
        away = [s for s, pair in enumerate(row) if pair == NOBODY and there[s]]
        return _try(board, party, chance.choice(busy), chance.choice(away))
    return _try(board, party, chance.choice((busy[0], busy[-1])), chance.choice(idle))


def _try(board: Board, party: int, first: int, second: int) -> int:
    meetings = chains.chain(board, party, first, second)
    if not meetings:
        return 0
    people = {p for m in meetings for p in _both(board, m)}
    before = sum(gaps_of(board, one) for one in people)
    if not chains.swap(board, meetings, first, second):
        return 0
    after = sum(gaps_of(board, one) for one in people)
    if after > before:
        chains.swap(board, meetings, first, second)
        return 0
    return before - after


def _both(board: Board, pair: int) -> tuple[int, int]:
    one = board.given.pairs[pair]
    return one.buyer, one.seller
