"""The board on which meetings are placed and taken off; it never holds a clash."""

from collections.abc import Sequence

import numpy as np

from digna_engines.rounds.pairs import Ints, Pairs

NOBODY = -1


class Board:
    """Meetings in their slots, with tables, rooms and interpreters counted.

    Symbols: ``at`` is P × T places of pairs, ``slot_of`` K slots (−1: none), ``counts`` P meetings,
    ``locked`` K pairs that stay where they are. ``place`` refuses nothing: ask ``fits`` first.
    """

    def __init__(self, pairs: Pairs) -> None:
        self.given = pairs
        parties, slots = pairs.there.shape
        self.at: list[list[int]] = [[NOBODY] * slots for _ in range(parties)]
        self.slot_of: Ints = np.full(len(pairs.pairs), NOBODY, dtype=np.int64)
        self.counts: Ints = np.zeros(parties, dtype=np.int64)
        self.locked: list[bool] = [False] * len(pairs.pairs)
        self.tables = [0] * slots
        self.rooms = [0] * slots
        self.own: list[set[str]] = [set() for _ in range(slots)]
        self.helped: list[list[int]] = [[] for _ in range(slots)]
        self.free: list[list[bool]] = pairs.free.tolist()
        self.caps: list[int] = pairs.caps.tolist()
        self.value = 0
        self.given_least = 0  # promised meetings given: the first `least` of each party
        self.least: list[int] = pairs.least.tolist()

    def fits(self, pair: int, slot: int) -> bool:
        """Whether both are free, within their limits, and what they need is there."""
        one = self.given.pairs[pair]
        return (
            self.free[pair][slot]
            and self.at[one.buyer][slot] == NOBODY
            and self.at[one.seller][slot] == NOBODY
            and self.counts[one.buyer] < self.caps[one.buyer]
            and self.counts[one.seller] < self.caps[one.seller]
            and self.lacks(pair, slot) == ""
        )

    def lacks(self, pair: int, slot: int) -> str:
        """Which thing is missing in the slot: ``no_table``, ``no_room``, ``no_interpreter``, ""."""
        one = self.given.pairs[pair]
        if one.at_table and not self._table_is_free(one.own_table, slot):
            return "no_table"
        rooms = self.given.round.rooms
        if one.on_screen and rooms is not None and self.rooms[slot] >= rooms:
            return "no_room"
        if one.helpers and self.interpreters([*self.helped[slot], pair], slot) is None:
            return "no_interpreter"
        return ""

    def _table_is_free(self, own: str, slot: int) -> bool:
        return own not in self.own[slot] if own else self.tables[slot] < self.given.pool

    def place(self, pair: int, slot: int) -> None:
        """Put a pair in a slot."""
        one = self.given.pairs[pair]
        self.at[one.buyer][slot] = self.at[one.seller][slot] = pair
        self.slot_of[pair] = slot
        self._count(pair, slot, 1)
        if one.own_table and one.at_table:
            self.own[slot].add(one.own_table)
        if one.helpers:
            self.helped[slot].append(pair)

    def remove(self, pair: int) -> int:
        """Take a pair off and return the slot it was in."""
        one = self.given.pairs[pair]
        slot = int(self.slot_of[pair])
        self.at[one.buyer][slot] = self.at[one.seller][slot] = NOBODY
        self.slot_of[pair] = NOBODY
        self._count(pair, slot, -1)
        if one.own_table and one.at_table:
            self.own[slot].discard(one.own_table)
        if one.helpers:
            self.helped[slot].remove(pair)
        return slot

    def _count(self, pair: int, slot: int, step: int) -> None:
        one = self.given.pairs[pair]
        for party in (one.buyer, one.seller):
            before = int(self.counts[party])
            self.counts[party] = before + step
            least = self.least[party]
            self.given_least += min(before + step, least) - min(before, least)
        self.value += step * one.points
        if one.at_table and not one.own_table:
            self.tables[slot] += step
        if one.on_screen:
            self.rooms[slot] += step

    def worth(self) -> tuple[int, int]:
        """What is maximised, in this order: promised meetings given, then points."""
        return self.given_least, self.value

    def in_slot(self, slot: int) -> list[int]:
        """The pairs that meet in a slot."""
        return [int(pair) for pair in np.flatnonzero(self.slot_of == slot)]

    def interpreters(self, pairs: Sequence[int], slot: int) -> dict[int, int] | None:
        """Which interpreter joins which pair, or None when there are not enough.

        Augmenting paths (Kuhn 1955): a slot has a handful of interpreters.
        """
        joins: dict[int, int] = {}  # interpreter: pair

        def seat(pair: int, tried: set[int]) -> bool:
            for helper in self.given.pairs[pair].helpers:
                if helper in tried or not self.given.interpreter_is_there(helper, slot):
                    continue
                tried.add(helper)
                if helper not in joins or seat(joins[helper], tried):
                    joins[helper] = pair
                    return True
            return False

        for pair in pairs:
            if not seat(pair, set()):
                return None
        return {pair: helper for helper, pair in joins.items()}
