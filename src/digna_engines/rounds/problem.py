"""A business round: slots, parties, wishes and what they need; checked when it is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from digna_engines.errors import DeclarationError, Fault

VERSION = "1"
"""Version of the method; a stored timetable names it, so that a later change is seen."""

Says = Literal["must", "meet", "", "no"]
Mode = Literal["on_site", "virtual", "either"]
POINTS: dict[str, int] = {"must": 4, "meet": 2, "": 0, "no": 0}
"""What one side's wish adds to a meeting: 8 points when both must meet, 2 when one would like."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which every party meets at most once.

    Symbols: ``starts_at`` carries its offset from UTC; ``minutes`` > 0; ``is_break`` holds the
    place of a meal or a pause in the day: nobody meets in it and it counts as nobody's gap.
    """

    key: str
    starts_at: datetime
    minutes: int = 20
    is_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A buyer or a seller, and what it can do.

    Symbols: ``slots`` are the keys in which it is there (None: in all); ``most`` meetings it
    accepts (None: as many as there are slots); ``least`` meetings it should get when possible
    (fairness to small firms); ``delegation``: parties of one delegation do not meet each other;
    ``languages`` spoken (empty: nobody asked, any will do); ``mode``: at the venue, by video call,
    or either; ``table``: the key of a table that is always its own.
    """

    key: str
    side: Literal["buyer", "seller"]
    name: str = ""
    slots: frozenset[str] | None = None
    most: int | None = None
    least: int = 0
    delegation: str = ""
    languages: frozenset[str] = frozenset()
    mode: Mode = "on_site"
    table: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a buyer and a seller said of each other; one «no» forbids the pair.

    Symbols: ``weight`` (a whole number > 0) stands in for the points of what they said.
    """

    buyer: str
    seller: str
    buyer_says: Says = ""
    seller_says: Says = ""
    weight: int | None = None

    @property
    def points(self) -> int:
        """What their meeting is worth; 0 when one said no."""
        if "no" in (self.buyer_says, self.seller_says):
            return 0
        if self.weight is not None:
            return self.weight
        return POINTS[self.buyer_says] + POINTS[self.seller_says]


@dataclass(frozen=True, slots=True)
class Fixed:
    """An appointment agreed beforehand: it is held, whatever else is possible."""

    buyer: str
    seller: str
    slot: str


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Someone who joins a meeting whose parties share no language, one meeting a slot.

    Symbols: ``languages`` between which they interpret; ``slots`` they are there (None: all).
    """

    key: str
    languages: frozenset[str]
    slots: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round to be timetabled.

    Symbols: ``tables`` are the tables of the venue in each slot (those that are somebody's own
    included); ``rooms`` are the video calls that can run at once (None: no limit); ``without``
    are pairs nobody may join, for a reason of the organiser's.

    Errors: ``declaration.faulty`` with every fault at once: an unknown or repeated key, more than
    one wish for a pair, more own tables than tables, a fixed appointment in a break or of parties
    that are away, two fixed appointments of one party in a slot, a negative number.

    >>> nine = datetime.fromisoformat("2021-06-01T09:00-04:00")
    >>> r = Round(slots=(Slot("1", nine),), tables=1, parties=(
    ...     Party(key="B", side="buyer"), Party(key="S", side="seller")),
    ...     wishes=(Wish("B", "S", "must", "meet"),))
    >>> r.wishes[0].points
    6
    """

    slots: tuple[Slot, ...]
    parties: tuple[Party, ...]
    wishes: tuple[Wish, ...]
    tables: int
    rooms: int | None = None
    interpreters: tuple[Interpreter, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    without: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise DeclarationError("round", faults)

    def party(self, key: str) -> Party:
        """The party with this key; ``KeyError`` when there is none."""
        return next(p for p in self.parties if p.key == key)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Round":
        """Read a round from what JSON holds; see ``docs/methods/rounds.md`` for the shape."""
        from digna_engines.rounds import plain as reading

        return reading.read_round(plain)

    def to_plain(self) -> dict[str, Any]:
        """Give what JSON can hold; ``Round.from_plain`` reads it back."""
        from digna_engines.rounds import plain as reading

        return reading.write_round(self)


def _fault(path: str, code: str, es: str, en: str) -> Fault:
    return Fault(path, f"round.{code}", es, en)


def _faults(round_: Round) -> Iterable[Fault]:
    yield from _repeated("slots", [s.key for s in round_.slots])
    yield from _repeated("parties", [p.key for p in round_.parties])
    yield from _repeated("interpreters", [i.key for i in round_.interpreters])
    yield from _repeated("wishes", [f"{w.buyer} – {w.seller}" for w in round_.wishes])
    yield from _numbers(round_)
    sides = {p.key: p.side for p in round_.parties}
    pairs = [(f"wishes[{n}]", w.buyer, w.seller) for n, w in enumerate(round_.wishes)]
    pairs += [(f"fixed[{n}]", f.buyer, f.seller) for n, f in enumerate(round_.fixed)]
    for path, buyer, seller in pairs:
        for key, side in ((buyer, "buyer"), (seller, "seller")):
            if sides.get(key) != side:
                yield _fault(
                    path, f"unknown_{side}",
                    f"«{key}» no está entre las partes de ese lado.",
                    f"“{key}” is not among the parties of that side.",
                )  # fmt: skip
    yield from _unknown_slots(round_)
    yield from _clashing(round_)


def _repeated(path: str, keys: list[str]) -> Iterable[Fault]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield _fault(path, "repeated", f"«{key}» está dos veces.", f"“{key}” is there twice.")
        seen.add(key)


def _numbers(round_: Round) -> Iterable[Fault]:
    wrong = [("tables", round_.tables < 0), ("rooms", (round_.rooms or 0) < 0)]
    wrong += [(f"slots.{s.key}", s.minutes <= 0) for s in round_.slots]
    wrong += [(f"parties.{p.key}", (p.most or 0) < 0 or p.least < 0) for p in round_.parties]
    wrong += [
        (f"wishes.{w.buyer} – {w.seller}", w.weight is not None and w.weight <= 0)
        for w in round_.wishes
    ]
    for path, is_wrong in wrong:
        if is_wrong:
            yield _fault(
                path, "number", "Un número no puede ser negativo ni la duración o el peso cero.",
                "A number cannot be negative, nor a length or a weight zero.",
            )  # fmt: skip
    own = len({p.table for p in round_.parties if p.table})
    if own > round_.tables >= 0:
        yield _fault(
            "tables", "own_tables", f"Hay {own} mesas propias y solo {round_.tables} mesas.",
            f"There are {own} tables of somebody's own and only {round_.tables} tables.",
        )  # fmt: skip
    for slot in round_.slots:
        if slot.starts_at.utcoffset() is None:
            yield _fault(
                f"slots.{slot.key}", "no_zone", "Falta la zona horaria de la hora.",
                "The time lacks its offset from UTC.",
            )  # fmt: skip


def _unknown_slots(round_: Round) -> Iterable[Fault]:
    known = {s.key for s in round_.slots}
    there: list[tuple[str, frozenset[str] | None]]
    there = [(f"parties.{p.key}", p.slots) for p in round_.parties]
    there += [(f"interpreters.{i.key}", i.slots) for i in round_.interpreters]
    for path, slots in there:
        for key in sorted((slots or frozenset()) - known):
            yield _fault(path, "unknown_slot", f"No hay turno «{key}».", f"No slot “{key}”.")


def _clashing(round_: Round) -> Iterable[Fault]:
    """Fixed appointments that cannot be held."""
    slots = {s.key: s for s in round_.slots}
    there = {p.key: p.slots for p in round_.parties}
    taken: set[tuple[str, str]] = set()
    pairs: set[tuple[str, str]] = set()
    for number, one in enumerate(round_.fixed):
        path = f"fixed[{number}]"
        if one.slot not in slots or slots[one.slot].is_break:
            yield _fault(path, "unknown_slot", f"No hay turno «{one.slot}».", "No such slot.")
        if (one.buyer, one.seller) in pairs:
            yield _fault(path, "repeated", "La pareja está dos veces.", "The pair is there twice.")
        pairs.add((one.buyer, one.seller))
        for key in (one.buyer, one.seller):
            own = there.get(key)
            if (key, one.slot) in taken or (own is not None and one.slot not in own):
                yield _fault(
                    path, "fixed_impossible",
                    f"«{key}» no está libre en el turno «{one.slot}».",
                    f"“{key}” is not free in slot “{one.slot}”.",
                )  # fmt: skip
            taken.add((key, one.slot))
