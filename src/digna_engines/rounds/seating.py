"""Who sits where: tables and interpreters of the meetings of each slot."""

from collections.abc import Iterable, Mapping

from digna_engines.rounds.board import NOBODY, Board
from digna_engines.rounds.timetable import Meeting, Timetable

Places = Mapping[tuple[str, str, str], str]
"""Tables of a timetable before, by buyer, seller and slot."""


def meetings(board: Board, before: Timetable | None = None) -> tuple[Meeting, ...]:
    """The meetings of a board with their tables and interpreters, by slot and table.

    A buyer keeps one table all day where there is one for each; else the one it sat at last, when
    free. A meeting that stood before keeps its table.
    """
    given = board.given
    tables = _pool(board)
    was: Places = {
        (m.buyer, m.seller, m.slot): m.table for m in (before.meetings if before else ())
    }
    at_home = _homes(board, tables)
    found: list[Meeting] = []
    for slot, key in enumerate(given.slots):
        pairs = board.in_slot(slot)
        helpers = board.interpreters([k for k in pairs if given.pairs[k].helpers], slot) or {}
        seats = _seats(board, slot, pairs, tables, was, at_home)
        for pair in pairs:
            one = given.pairs[pair]
            helper = helpers.get(pair, NOBODY)
            found.append(
                Meeting(
                    key,
                    *_keys(board, pair),
                    seats.get(pair, ""),
                    "" if helper == NOBODY else given.round.interpreters[helper].key,
                    one.mode,
                    one.points,
                    one.is_fixed,
                )
            )
    place = {key: number for number, key in enumerate(given.slots)}
    return tuple(sorted(found, key=lambda m: (place[m.slot], _natural(m.table), m.buyer, m.seller)))


def _natural(table: str) -> tuple[int, int, str]:
    """Table 10 comes after table 9, named tables after numbers, no table last."""
    if table.isdigit():
        return 0, int(table), ""
    return (1, 0, table) if table else (2, 0, "")


def _pool(board: Board) -> list[str]:
    """Numbers of the tables that are nobody's own."""
    taken = {p.table for p in board.given.parties if p.table}
    free = (str(n) for n in range(1, board.given.round.tables + len(taken) + 1))
    return [key for key in free if key not in taken][: board.given.pool]


def _homes(board: Board, tables: list[str]) -> dict[int, str]:
    """A table all day for each buyer who meets at one, when there are enough."""
    needing = sorted(
        {p.buyer for k, p in enumerate(board.given.pairs) if _sits(board, k)},
        key=lambda party: board.given.parties[party].key,
    )
    return dict(zip(needing, tables, strict=False)) if len(needing) <= len(tables) else {}


def _sits(board: Board, pair: int) -> bool:
    one = board.given.pairs[pair]
    return bool(board.slot_of[pair] != NOBODY and one.at_table and not one.own_table)


def _seats(
    board: Board, slot: int, pairs: Iterable[int], tables: list[str], was: Places,
    at_home: dict[int, str],
) -> dict[int, str]:  # fmt: skip
    """Tables of the meetings of one slot; ``at_home`` remembers where each buyer sat last."""
    given = board.given
    at_table = [pair for pair in pairs if given.pairs[pair].at_table]
    seats = {k: given.pairs[k].own_table for k in at_table if given.pairs[k].own_table}
    waiting = [pair for pair in at_table if pair not in seats]
    free = set(tables)
    before = {k: was.get((*_keys(board, k), given.slots[slot]), "") for k in waiting}
    home = {k: at_home.get(given.pairs[k].buyer, "") for k in waiting}
    for wanted in (before, home):
        for pair in waiting:
            if pair not in seats and wanted[pair] in free:
                seats[pair] = wanted[pair]
                free.discard(wanted[pair])
    left = iter([key for key in tables if key in free])
    for pair in waiting:
        seats.setdefault(pair, "")
        seats[pair] = seats[pair] or next(left)
        at_home.setdefault(given.pairs[pair].buyer, seats[pair])
    return seats


def _keys(board: Board, pair: int) -> tuple[str, str]:
    one = board.given.pairs[pair]
    return board.given.parties[one.buyer].key, board.given.parties[one.seller].key
