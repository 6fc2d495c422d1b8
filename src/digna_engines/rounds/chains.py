"""Making room by swapping two slots along a chain of meetings (Kempe 1879; König 1916).

The meetings of two slots i and j form paths and rings: b₁–s₁ in i, s₁–b₂ in j, b₂–s₂ in i… Swapping
the slots along one whole path keeps everybody free of clashes, and frees the party at its end in
the slot it was busy in. Availability, tables and interpreters decide whether a swap may stand.
"""

from collections.abc import Iterator

from digna_engines.rounds.board import NOBODY, Board


def chain(board: Board, party: int, first: int, second: int) -> list[int] | None:
    """The meetings of the path that begins at ``party`` in slot ``first``, alternating slots.

    None when one of them may not move: it is locked, or somebody is away in the other slot.
    """
    found: list[int] = []
    here, slot, other = party, first, second
    while (pair := board.at[here][slot]) != NOBODY:
        if found and pair == found[0]:
            break  # a ring
        if board.locked[pair] or not board.free[pair][other]:
            return None
        found.append(pair)
        one = board.given.pairs[pair]
        here = one.seller if here == one.buyer else one.buyer
        slot, other = other, slot
    return found


def swap(board: Board, meetings: list[int], first: int, second: int) -> bool:
    """Swap the two slots of these meetings; put everything back when something is lacking."""
    was = [(pair, board.remove(pair)) for pair in meetings]
    for number, (pair, slot) in enumerate(was):
        goes_to = second if slot == first else first
        if not board.fits(pair, goes_to):
            for done, _ in was[:number]:
                board.remove(done)
            for back, before in was:
                board.place(back, before)
            return False
        board.place(pair, goes_to)
    return True


def insert(board: Board, pair: int, tries: int = 400) -> bool:
    """Place a pair, moving others between two slots when that is what it takes."""
    one = board.given.pairs[pair]
    if any(board.counts[party] >= board.caps[party] for party in (one.buyer, one.seller)):
        return False
    open_to = [slot for slot, is_free in enumerate(board.free[pair]) if is_free]
    slot = _open_slot(board, pair, open_to)
    if slot is not None:
        board.place(pair, slot)
        return True
    for number, (party, first, second) in enumerate(_ends(board, pair, open_to)):
        if number >= tries:
            break
        if _by_chain(board, pair, party, first, second):
            return True
    return False


def _open_slot(board: Board, pair: int, open_to: list[int]) -> int | None:
    """A slot in which the pair fits as things are, or once one table of it is freed."""
    for slot in open_to:
        if board.fits(pair, slot):
            return slot
    one = board.given.pairs[pair]
    for slot in open_to:
        both = _free(board, one.buyer, slot) and _free(board, one.seller, slot)
        if both and _ease(board, slot) and board.fits(pair, slot):
            return slot
    return None


def _free(board: Board, party: int, slot: int) -> bool:
    return board.at[party][slot] == NOBODY


def _ends(board: Board, pair: int, open_to: list[int]) -> Iterator[tuple[int, int, int]]:
    """Who must be freed in which slot, and the slot in which that one is free."""
    one = board.given.pairs[pair]
    for busy, other in ((one.seller, one.buyer), (one.buyer, one.seller)):
        for first in open_to:
            if not _free(board, other, first) or _free(board, busy, first):
                continue
            for second in range(len(board.given.slots)):
                is_there = second != first and board.given.there[busy][second]
                if is_there and _free(board, busy, second):
                    yield busy, first, second


def _by_chain(board: Board, pair: int, party: int, first: int, second: int) -> bool:
    meetings = chain(board, party, first, second)
    if not meetings or not swap(board, meetings, first, second):
        return False
    if board.fits(pair, first) or (_ease(board, first) and board.fits(pair, first)):
        board.place(pair, first)
        return True
    swap(board, meetings, first, second)  # nothing gained: back as it was
    return False


def _ease(board: Board, slot: int) -> bool:
    """Free one table of a full slot by moving one meeting, net, to a slot that has one."""
    pool = board.given.pool
    if board.tables[slot] < pool:
        return True
    for other in range(len(board.tables)):
        if other == slot or board.tables[other] >= pool:
            continue
        for pair in board.in_slot(slot):
            one = board.given.pairs[pair]
            for end in (one.buyer, one.seller):
                if not _free(board, end, other):
                    continue  # not the end of a path
                meetings = chain(board, end, slot, other)
                # An odd path that begins and ends in `slot` takes one meeting out of it.
                if meetings and len(meetings) % 2 == 1 and swap(board, meetings, slot, other):
                    return True
    return False
