"""Getting nearer to the bound: empty two slots, fill them again, keep what is no worse."""

import random
from collections.abc import Callable

import numpy as np

from digna_engines.rounds import chains
from digna_engines.rounds.board import NOBODY, Board
from digna_engines.rounds.filling import Floats, fill, open_pairs
from digna_engines.rounds.pairs import Bools, Ints

Watch = Callable[[], bool]
"""Says whether there is time left; the caller owns the clock."""


def improve(
    board: Board, aim: tuple[int, int], chance: random.Random, watch: Watch, patience: int
) -> int:
    """Re-match slots until the board is worth ``aim``; return how many tries it took.

    Symbols: ``aim``: promised meetings and points that cannot be passed; ``patience``: tries
    without a gain after which it ends.
    """
    slots = len(board.given.slots)
    every = board.given.points > 0
    tries = idle = 0
    while idle < patience and board.worth() < aim and watch():
        before = board.worth()
        tries += 1
        chosen = chance.sample(range(slots), min(slots, 2 + (tries % 7 == 0)))
        _again(board, chosen, every, chance)
        if tries % 10 == 0:
            squeeze_in(board, every, chance, watch)
        idle = 0 if board.worth() > before else idle + 1
    return tries


def _again(board: Board, slots: list[int], among: Bools, chance: random.Random) -> None:
    worth = board.worth()
    was = _empty(board, slots)
    for slot in slots:
        candidates = open_pairs(board, slot, among)
        fill(board, slot, candidates, _worth(board, candidates, chance))
    if board.worth() < worth:
        _empty(board, slots)
        for pair, slot in was:
            board.place(pair, slot)


def _empty(board: Board, slots: list[int]) -> list[tuple[int, int]]:
    """Take off what may move from these slots; return it."""
    own = [pair for slot in slots for pair in board.in_slot(slot) if not board.locked[pair]]
    return [(pair, board.remove(pair)) for pair in own]


def _worth(board: Board, candidates: Ints, chance: random.Random) -> Floats:
    """Points, a promise above all points, and a little noise so that ties fall differently."""
    given = board.given
    promise = float(given.points.max(initial=1)) * len(given.parties) + 1
    short = board.counts < given.least
    noise = np.random.default_rng(chance.getrandbits(32)).random(len(candidates)) * 0.4
    worth = given.points[candidates] + noise
    for side in (given.buyers, given.sellers):
        worth = worth + promise * short[side[candidates]]
    return worth


def squeeze_in(
    board: Board, among: Bools, chance: random.Random, watch: Watch, tries: int = 400
) -> int:
    """Place what is not placed yet, the worthiest first, by chains; return how many went in."""
    open_ = [int(k) for k in np.flatnonzero(among & (board.slot_of == NOBODY))]
    chance.shuffle(open_)
    open_.sort(key=lambda k: -int(board.given.points[k]))
    placed = 0
    for pair in open_:
        if not watch():
            break
        placed += chains.insert(board, pair, tries)
    return placed
