"""A round as the engine reads it, in plain values: what a timetable is computed from.

The same values, hashed, say whether a draft still speaks of the round as it is now. No engine is
imported here: the web process asks for the hash, the worker for the solution.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from digna.rounds.models import BusinessRound, Meeting, Party, Ruling, Slot, Timetable, Wish
from digna.rounds.models.rounds import Mode

Plain = dict[str, Any]
STANDS = (Meeting.State.PLANNED, Meeting.State.HELD)


def asked_of(row: BusinessRound, from_at: datetime | None = None) -> Plain:
    """Return the problem: slots, parties, wishes, tables, what is fixed and what is barred.

    With `from_at` the meetings of earlier slots stand as they are and nothing new enters there.
    """
    slots = list(row.slots.all())
    past = {s.pk for s in slots if from_at is not None and s.starts_at < from_at}
    stood = _stood(row, past)
    parties = _parties(row, stood)
    keys = {party.pk for party in parties}
    there = {p.pk: _there(p, slots, past, stood) for p in parties}
    fixed = stood | _ruled_in(row, there, stood)
    return {
        "slots": [
            {"key": str(s.pk), "starts_at": s.starts_at.astimezone(UTC).isoformat(),
             "minutes": s.minutes, "is_break": s.is_break}
            for s in slots
        ],
        "parties": [_party(row, p, there[p.pk]) for p in parties],
        "wishes": _wishes(row, keys),
        "tables": row.tables,
        "rooms": row.rooms,
        "interpreters": [_interpreter(i, slots) for i in _interpreters(row)],
        "fixed": [{"buyer": str(b), "seller": str(f), "slot": str(s)} for b, f, s in sorted(fixed)],
        "without": sorted([str(b), str(f)] for b, f in _ruled_out(row, keys)),
    }  # fmt: skip


def kept_of(row: BusinessRound) -> list[Plain]:
    """Return the places of the published meetings that still stand, for `keep`."""
    rows = row.meetings.filter(state__in=STANDS).order_by("slot__starts_at", "buyer", "firm")
    return [
        {"slot": str(m.slot_id), "buyer": str(m.buyer_id), "seller": str(m.firm_id),
         "table": m.table}
        for m in rows
    ]  # fmt: skip


def digest(asked: Plain) -> str:
    """Return the print of a problem."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def is_stale(timetable: Timetable) -> bool:
    """Whether the round has changed since this timetable was computed."""
    return digest(asked_of(timetable.round, timetable.from_at)) != timetable.sha256


Standing = set[tuple[int, int, int]]


def _stood(row: BusinessRound, past: set[int]) -> Standing:
    rows = row.meetings.filter(state__in=STANDS, slot__in=past)
    return set(rows.values_list("buyer_id", "firm_id", "slot_id"))


def _parties(row: BusinessRound, stood: Standing) -> list[Party]:
    """Those for whom meetings are sought, and those whose past meetings stand."""
    met = {key for buyer, firm, _slot in stood for key in (buyer, firm)}
    rows = row.parties.prefetch_related("away").order_by("pk")
    return [p for p in rows if _is_sought(p) or p.pk in met]


def _is_sought(party: Party) -> bool:
    return party.is_in and party.missing_at is None


def _there(party: Party, slots: Iterable[Slot], past: set[int], stood: Standing) -> list[int]:
    """The slots in which a party can be put; of past ones, only those where it met."""
    met = {slot for buyer, firm, slot in stood if party.pk in (buyer, firm)}
    away = {slot.pk for slot in party.away.all()} if _is_sought(party) else {s.pk for s in slots}
    return [
        s.pk for s in slots if not s.is_break and (s.pk in met or s.pk not in past | away)
    ]  # fmt: skip


def _party(row: BusinessRound, party: Party, there: list[int]) -> Plain:
    most, least = party.most, party.least
    if not party.is_buyer:
        most = row.most_per_firm if most is None else most
        least = row.least_per_firm if least is None else least
    mode = row.mode if row.mode != Mode.HYBRID else party.presence
    return {
        "key": party.key, "side": party.side, "name": party.name,
        "slots": [str(key) for key in there], "most": most, "least": least or 0,
        "delegation": party.delegation, "languages": sorted(party.languages), "mode": mode,
        "table": party.table,
    }  # fmt: skip


def _wishes(row: BusinessRound, keys: set[int]) -> list[Plain]:
    """One entry a pair, with what each side said."""
    pairs: dict[tuple[int, int], dict[str, str]] = {}
    said = Wish.objects.filter(party__round=row)
    for party, side, other, says in said.values_list("party", "party__side", "other", "says"):
        if party not in keys or other not in keys:
            continue
        is_buyer = side == Party.Side.BUYER
        pair = (party, other) if is_buyer else (other, party)
        pairs.setdefault(pair, {})["buyer_says" if is_buyer else "seller_says"] = says
    return [
        {"buyer": str(b), "seller": str(f), "buyer_says": pairs[b, f].get("buyer_says", ""),
         "seller_says": pairs[b, f].get("seller_says", "")}
        for b, f in sorted(pairs)
    ]  # fmt: skip


def _interpreters(row: BusinessRound) -> Any:
    return row.interpreters.prefetch_related("away").order_by("pk")


def _interpreter(one: Any, slots: Iterable[Slot]) -> Plain:
    away = {slot.pk for slot in one.away.all()}
    free = [str(s.pk) for s in slots if not s.is_break and s.pk not in away]
    return {"key": str(one.pk), "languages": sorted(one.languages), "slots": free}


def _rulings(row: BusinessRound, kind: str) -> Any:
    return Ruling.objects.filter(buyer__round=row, kind=kind).order_by("pk")


def _ruled_in(row: BusinessRound, there: dict[int, list[int]], stood: Standing) -> Standing:
    """Fixed by hand, where both are still there and free."""
    found: Standing = set()
    pairs = {(buyer, firm) for buyer, firm, _slot in stood}
    taken = {(key, slot) for buyer, firm, slot in stood for key in (buyer, firm)}
    rows = _rulings(row, Ruling.Kind.FIX).values_list("buyer_id", "firm_id", "slot_id")
    for buyer, firm, slot in rows:
        ends = (buyer, firm)
        is_free = all(slot in there.get(key, ()) and (key, slot) not in taken for key in ends)
        if is_free and (buyer, firm) not in pairs:
            found.add((buyer, firm, slot))
            taken |= {(key, slot) for key in ends}
    return found


def _ruled_out(row: BusinessRound, keys: set[int]) -> set[tuple[int, int]]:
    rows = _rulings(row, Ruling.Kind.FORBID).values_list("buyer_id", "firm_id")
    return {pair for pair in rows if set(pair) <= keys}
