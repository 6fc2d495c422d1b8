"""Solving again without upsetting the day: appointments that can stand, stand."""

from collections.abc import Mapping

import numpy as np

from digna_engines.rounds import bounds, chains
from digna_engines.rounds.board import Board
from digna_engines.rounds.pairs import Pairs
from digna_engines.rounds.timetable import Changes, Meeting, Timetable


def keep_what_stands(board: Board, pairs: Pairs, before: Timetable, seconds: float) -> None:
    """Place and lock as many meetings of ``before`` as can stay where they were.

    A meeting stays when its pair may still meet in its slot. When tables, rooms, interpreters or
    limits have become fewer, the most meetings stay and, among equals, the worthiest: an exact
    programme over the old places alone.
    """
    slot_at = {key: place for place, key in enumerate(pairs.slots)}
    index = pairs.index()
    columns = []
    for meeting in before.meetings:
        pair = index.get((meeting.buyer, meeting.seller))
        slot = slot_at.get(meeting.slot)
        if pair is None or slot is None or board.locked[pair]:
            continue
        if pairs.free[pair, slot]:
            columns.append((pair, slot))
    for pair, slot in _most(board, pairs, columns, seconds):
        if board.fits(pair, slot):
            board.place(pair, slot)
            board.locked[pair] = True


def _most(
    board: Board, pairs: Pairs, columns: list[tuple[int, int]], seconds: float
) -> list[tuple[int, int]]:
    placed = []
    for pair, slot in columns:
        if not board.fits(pair, slot):
            break
        board.place(pair, slot)
        placed.append((pair, slot))
    for pair, _ in placed:
        board.remove(pair)
    if len(placed) == len(columns):
        return columns  # they stand side by side as they did
    held = [(k, int(board.slot_of[k])) for k in np.flatnonzero(board.slot_of >= 0).tolist()]
    every = held + columns
    one = int(pairs.points[[k for k, _ in columns]].sum()) + 1
    gains = np.array([0] * len(held) + [one + int(pairs.points[k]) for k, _ in columns])
    found = bounds.exact(
        pairs, every, gains=gains, locked=frozenset(k for k, _ in held), seconds=seconds
    )
    chosen = placed if found is None else list(found.placed)
    return [one_ for one_ in chosen if one_ not in set(held)]


def place_again(board: Board, pairs: Pairs, before: Timetable) -> None:
    """Give who lost their slot another one before anybody new is placed, the worthiest first."""
    index = pairs.index()
    lost = [index.get((m.buyer, m.seller)) for m in before.meetings]
    waiting = [k for k in lost if k is not None and not board.locked[k]]
    for pair in sorted(waiting, key=lambda k: -int(pairs.points[k])):
        if chains.insert(board, pair):
            board.locked[pair] = True


def changes(before: Timetable, meetings: tuple[Meeting, ...]) -> Changes:
    """What stayed, moved, fell out and came in."""
    old: Mapping[tuple[str, str], Meeting] = {(m.buyer, m.seller): m for m in before.meetings}
    new = {(m.buyer, m.seller): m for m in meetings}
    both = [key for key in old if key in new]
    return Changes(
        kept=tuple(new[k] for k in both if old[k].slot == new[k].slot),
        moved=tuple((old[k], new[k]) for k in both if old[k].slot != new[k].slot),
        dropped=tuple(m for k, m in old.items() if k not in new),
        added=tuple(m for k, m in new.items() if k not in old),
    )
