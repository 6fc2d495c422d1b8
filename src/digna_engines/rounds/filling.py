"""Filling slots: the best set of meetings of one slot is an assignment, solved exactly.

Assignment by the shortest augmenting path (Jonker and Volgenant 1987, as in SciPy). A limit of k
tables is exact too: with n buyers, n − k columns of great worth take as many buyers out.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from digna_engines.rounds.board import NOBODY, Board
from digna_engines.rounds.pairs import Bools, Pairs

Floats = npt.NDArray[np.float64]


def fill(board: Board, slot: int, candidates: npt.NDArray[np.int64], worth: Floats) -> None:
    """Place the most worthy set of ``candidates`` that can meet in ``slot``.

    Symbols: ``candidates`` places of pairs that are not placed; ``worth`` > 0 of each.
    """
    if not candidates.size:
        return
    given = board.given
    buyers, at_buyer = np.unique(given.buyers[candidates], return_inverse=True)
    sellers, at_seller = np.unique(given.sellers[candidates], return_inverse=True)
    table = np.zeros((len(buyers), len(sellers)))
    table[at_buyer, at_seller] = worth
    which = np.full(table.shape, NOBODY, dtype=np.int64)
    which[at_buyer, at_seller] = candidates
    left = given.pool - board.tables[slot]
    rows, columns = linear_sum_assignment(_limited(table, left), maximize=True)
    proposed = [
        (table[r, c], int(which[r, c]))
        for r, c in zip(rows, columns, strict=True)
        if c < len(sellers) and which[r, c] != NOBODY and table[r, c] > 0
    ]
    for _, pair in sorted(proposed, key=lambda one: (-one[0], one[1])):
        if board.fits(pair, slot):  # tables of their own, rooms and interpreters have the last word
            board.place(pair, slot)


def _limited(table: Floats, most: int) -> Floats:
    """Columns of great worth that as many rows must take as there are tables too few."""
    rows = table.shape[0]
    forced = max(rows - max(most, 0), 0)
    great = (table.max() + 1.0) * 4
    return np.hstack([table, np.full((rows, forced), great), np.zeros((rows, rows))])


def open_pairs(board: Board, slot: int, among: Bools) -> npt.NDArray[np.int64]:
    """Pairs of ``among`` that are not placed, whose parties are free in the slot and want more."""
    given = board.given
    busy = np.array([row[slot] != NOBODY for row in board.at], dtype=bool)
    done = busy | (board.counts >= given.caps)
    ok = among & given.free[:, slot] & (board.slot_of == NOBODY)
    ok &= ~done[given.buyers] & ~done[given.sellers]
    return np.flatnonzero(ok)


def build(board: Board, among: Bools) -> None:
    """Fill slot after slot with the pairs of ``among``, those with the least room left first.

    A party's urgency is the meetings it still needs over the slots it still has: at 1 it must meet
    now or lose one.
    """
    given = board.given
    slots = sorted(range(len(given.slots)), key=lambda s: int(given.there[:, s].sum()))
    left = given.there.sum(axis=1).astype(float)
    need = _needs(given, among & (board.slot_of == NOBODY))
    scale = max(float(given.points.max(initial=1)), 1.0)
    for slot in slots:
        candidates = open_pairs(board, slot, among)
        urgency = np.divide(need, left, out=np.zeros_like(need), where=left > 0)
        worth = (
            given.points[candidates] / scale
            + 6 * urgency[given.buyers[candidates]] ** 4
            + 6 * urgency[given.sellers[candidates]] ** 4
        )
        before = board.counts.copy()
        fill(board, slot, candidates, worth + 1e-3)
        need -= board.counts - before
        left -= given.there[:, slot]


def _needs(given: Pairs, among: Bools) -> Floats:
    need = np.zeros(len(given.parties))
    np.add.at(need, given.buyers[among], 1)
    np.add.at(need, given.sellers[among], 1)
    return need
