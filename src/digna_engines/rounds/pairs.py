"""Which pairs may meet, where, with whose help, and in which slots; which never can, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from digna_engines.rounds.problem import Interpreter, Party, Round, Wish
from digna_engines.rounds.timetable import Held, Unmet

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair that can meet.

    Symbols: ``buyer`` and ``seller`` are places in ``Pairs.parties``; ``helpers`` are places of the
    interpreters who can join (empty: none is needed); ``own_table`` the key of the table that is
    one side's own ("": one of the pool, when ``at_table``).
    """

    buyer: int
    seller: int
    points: int
    mode: Held
    own_table: str = ""
    helpers: tuple[int, ...] = ()
    is_fixed: bool = False

    @property
    def at_table(self) -> bool:
        return self.mode != "virtual"

    @property
    def on_screen(self) -> bool:
        return self.mode != "on_site"


@dataclass(frozen=True, eq=False)
class Pairs:
    """A round as arrays.

    Symbols: P parties, T slots in which people meet (breaks are out), K pairs. ``there`` is P × T;
    ``free`` is K × T: both there, and an interpreter when one is needed; ``caps`` and ``least`` are
    P meetings; ``pool`` tables that are nobody's own; ``refused`` are wishes that cannot be met.
    """

    round: Round
    parties: tuple[Party, ...]
    slots: tuple[str, ...]
    pairs: tuple[Pair, ...]
    there: Bools
    free: Bools
    caps: Ints
    least: Ints
    pool: int
    refused: tuple[Unmet, ...]
    buyers: Ints = field(init=False)
    sellers: Ints = field(init=False)
    points: Ints = field(init=False)

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "buyers", np.array([p.buyer for p in self.pairs], dtype=np.int64))
        set_(self, "sellers", np.array([p.seller for p in self.pairs], dtype=np.int64))
        set_(self, "points", np.array([p.points for p in self.pairs], dtype=np.int64))

    def index(self) -> dict[tuple[str, str], int]:
        """Places of the pairs by the keys of their parties."""
        keys = [party.key for party in self.parties]
        return {(keys[p.buyer], keys[p.seller]): k for k, p in enumerate(self.pairs)}

    def interpreter_is_there(self, helper: int, slot: int) -> bool:
        own = self.round.interpreters[helper].slots
        return own is None or self.slots[slot] in own


def read(round_: Round) -> Pairs:
    """Sort a round's wishes into pairs that can meet and wishes that cannot."""
    slots = tuple(s.key for s in round_.slots if not s.is_break)
    at = {party.key: place for place, party in enumerate(round_.parties)}
    there = np.array(
        [[p.slots is None or key in p.slots for key in slots] for p in round_.parties], dtype=bool
    ).reshape(len(round_.parties), len(slots))
    pairs, rows, refused = _sorted(round_, slots, at, there)
    own = {p.table for p in round_.parties if p.table}
    present = there.sum(axis=1)
    most = [len(slots) if p.most is None else p.most for p in round_.parties]
    held = np.zeros(len(round_.parties), dtype=np.int64)
    for fixed in round_.fixed:
        held[at[fixed.buyer]] += 1
        held[at[fixed.seller]] += 1
    return Pairs(
        round=round_,
        parties=round_.parties,
        slots=slots,
        pairs=tuple(pairs),
        there=there,
        free=np.array(rows, dtype=bool).reshape(len(pairs), len(slots)),
        caps=np.maximum(np.minimum(present, most), held),
        least=np.array([p.least for p in round_.parties], dtype=np.int64),
        pool=max(round_.tables - len(own), 0),
        refused=tuple(refused),
    )


def _sorted(
    round_: Round, slots: tuple[str, ...], at: Mapping[str, int], there: Bools
) -> tuple[list[Pair], list[Bools], list[Unmet]]:
    fixed = {(f.buyer, f.seller) for f in round_.fixed}
    wishes = list(round_.wishes)
    wished = {(w.buyer, w.seller) for w in wishes}
    wishes += [Wish(*pair) for pair in sorted(fixed - wished)]
    pairs: list[Pair] = []
    rows: list[Bools] = []
    refused: list[Unmet] = []
    for wish in wishes:
        buyer, seller = round_.parties[at[wish.buyer]], round_.parties[at[wish.seller]]
        is_fixed = (wish.buyer, wish.seller) in fixed
        helpers = _helpers(round_.interpreters, buyer, seller)
        free = there[at[buyer.key]] & there[at[seller.key]]
        if helpers:
            free = free & _someone_there(round_.interpreters, helpers, slots)
        why = _why_never(round_, wish, buyer, seller, helpers, free)
        if why is not None and not is_fixed:
            if why.code != "refused" or _is_wanted(wish):
                refused.append(why)
            continue
        pair = Pair(
            at[buyer.key], at[seller.key], wish.points, _mode(buyer, seller),
            _own_table(buyer, seller), helpers or (), is_fixed,
        )  # fmt: skip
        pairs.append(pair)
        rows.append(free)
    return pairs, rows, refused


def _is_wanted(wish: Wish) -> bool:
    """Whether somebody wanted it: a pair in which nobody did is no unmet wish."""
    return bool({"must", "meet"} & {wish.buyer_says, wish.seller_says})


def _why_never(
    round_: Round, wish: Wish, buyer: Party, seller: Party,
    helpers: tuple[int, ...] | None, free: Bools,
) -> Unmet | None:  # fmt: skip
    mode = _mode(buyer, seller)
    barriers: tuple[tuple[str, bool, dict[str, Any]], ...] = (
        ("refused", not wish.points, {}),
        ("kept_apart", (wish.buyer, wish.seller) in round_.without, {}),
        (
            "delegation",
            bool(buyer.delegation) and buyer.delegation == seller.delegation,
            {"delegation": buyer.delegation},
        ),
        (
            "language",
            helpers is None,
            {"buyer": sorted(buyer.languages), "seller": sorted(seller.languages)},
        ),
        ("no_table", mode != "virtual" and not round_.tables, {}),
        ("no_room", mode != "on_site" and round_.rooms == 0, {}),
        ("never_together", not free.any(), {}),
    )
    code, details = next(((code, why) for code, stands, why in barriers if stands), ("", {}))
    if not code:
        return None
    return Unmet(wish.buyer, wish.seller, wish.weight or _sum(wish), code, details)


def _sum(wish: Wish) -> int:
    """What a wish would be worth, «no» apart: how much was wanted."""
    from digna_engines.rounds.problem import POINTS

    return POINTS[wish.buyer_says] + POINTS[wish.seller_says]


def _helpers(
    interpreters: tuple[Interpreter, ...], buyer: Party, seller: Party
) -> tuple[int, ...] | None:
    """The interpreters who can join; empty when none is needed; None when nobody can help."""
    if not buyer.languages or not seller.languages or buyer.languages & seller.languages:
        return ()
    found = tuple(
        place
        for place, one in enumerate(interpreters)
        if one.languages & buyer.languages and one.languages & seller.languages
    )
    return found or None


def _someone_there(
    interpreters: tuple[Interpreter, ...], helpers: tuple[int, ...], slots: tuple[str, ...]
) -> Bools:
    own = [interpreters[place].slots for place in helpers]
    return np.array([any(s is None or key in s for s in own) for key in slots], dtype=bool)


def _mode(buyer: Party, seller: Party) -> Held:
    modes = {buyer.mode, seller.mode}
    if modes == {"on_site", "virtual"}:
        return "hybrid"
    return "virtual" if "virtual" in modes else "on_site"


def _own_table(buyer: Party, seller: Party) -> str:
    """The buyer's own table first; who sits at home needs none."""
    for party in (buyer, seller):
        if party.table and party.mode != "virtual":
            return party.table
    return ""
