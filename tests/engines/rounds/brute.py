"""Rules of a round told a second time, plainly, and every timetable of a small round tried."""

from collections import Counter
from collections.abc import Iterator
from itertools import permutations

from digna_engines.rounds import Meeting, Party, Round, Timetable, Wish

Placed = dict[tuple[str, str], str]  # (buyer, seller): slot


def broken(round_: Round, placed: Placed) -> list[str]:
    """Every rule that a set of meetings breaks, in words."""
    found = []
    parties = {p.key: p for p in round_.parties}
    wishes = {(w.buyer, w.seller): w for w in round_.wishes}
    fixed = {(f.buyer, f.seller): f.slot for f in round_.fixed}
    open_slots = {s.key for s in round_.slots if not s.is_break}
    found += [f"fixed {pair}" for pair, slot in fixed.items() if placed.get(pair) != slot]
    found += _crowded(placed, parties, Counter(key for pair in fixed for key in pair))
    for slot in open_slots:
        found += _things(round_, parties, [p for p, s in placed.items() if s == slot], slot)
    for pair, slot in placed.items():
        if slot not in open_slots:
            found.append(f"break {pair}")
        if pair not in fixed and not may_meet(round_, parties, wishes.get(pair), pair):
            found.append(f"forbidden {pair}")
        found += [f"away {k}" for k in pair if not _there(parties[k], slot)]
    return found


def _crowded(placed: Placed, parties: dict[str, Party], appointed: Counter[str]) -> list[str]:
    at = Counter((key, slot) for pair, slot in placed.items() for key in pair)
    found = [f"clash {one}" for one, times in at.items() if times > 1]
    for key, times in Counter(key for pair in placed for key in pair).items():
        most = parties[key].most
        if most is not None and times > max(most, appointed[key]):
            found.append(f"too many {key}")
    return found


def may_meet(
    round_: Round, parties: dict[str, Party], wish: Wish | None, pair: tuple[str, str]
) -> bool:
    buyer, seller = parties[pair[0]], parties[pair[1]]
    if wish is None or "no" in (wish.buyer_says, wish.seller_says) or not wish.points:
        return False
    if pair in round_.without or (buyer.delegation and buyer.delegation == seller.delegation):
        return False
    return not speechless(buyer, seller) or any(
        one.languages & buyer.languages and one.languages & seller.languages
        for one in round_.interpreters
    )


def speechless(buyer: Party, seller: Party) -> bool:
    both = bool(buyer.languages and seller.languages)
    return both and not buyer.languages & seller.languages


def _there(party: Party, slot: str) -> bool:
    return party.slots is None or slot in party.slots


def _things(
    round_: Round, parties: dict[str, Party], pairs: list[tuple[str, str]], slot: str
) -> list[str]:
    found = []
    pooled, rooms, needing = 0, 0, []
    own: Counter[str] = Counter()
    for pair in pairs:
        both = [parties[key] for key in pair]
        modes = {p.mode for p in both}
        virtual = "virtual" in modes and "on_site" not in modes
        if not virtual:
            table = next((p.table for p in both if p.table and p.mode != "virtual"), "")
            own[table] += bool(table)
            pooled += not table
        rooms += "virtual" in modes
        can_help = [
            one.key for one in round_.interpreters if all(one.languages & p.languages for p in both)
        ]
        if speechless(*both) and can_help:
            needing.append(can_help)
    private = {p.table for p in round_.parties if p.table}
    if pooled > max(round_.tables - len(private), 0):
        found.append(f"tables {slot}")
    found += [f"own table {key}" for key, times in own.items() if times > 1]
    if round_.rooms is not None and rooms > round_.rooms:
        found.append(f"rooms {slot}")
    there = [i.key for i in round_.interpreters if i.slots is None or slot in i.slots]
    if needing and not any(
        all(who in can for who, can in zip(chosen, needing, strict=True))
        for chosen in permutations(there, len(needing))
    ):
        found.append(f"interpreters {slot}")
    return found


def every_timetable(round_: Round) -> Iterator[Placed]:
    """All sets of meetings that break no rule."""
    slots = [s.key for s in round_.slots if not s.is_break]
    fixed = {(f.buyer, f.seller): f.slot for f in round_.fixed}
    pairs = [(w.buyer, w.seller) for w in round_.wishes if (w.buyer, w.seller) not in fixed]
    parties = {p.key: p for p in round_.parties}
    wishes = {(w.buyer, w.seller): w for w in round_.wishes}
    pairs = [pair for pair in pairs if may_meet(round_, parties, wishes[pair], pair)]

    def go(number: int, placed: Placed) -> Iterator[Placed]:
        if number == len(pairs):
            yield dict(placed)
            return
        yield from go(number + 1, placed)
        for slot in slots:
            placed[pairs[number]] = slot
            if not broken(round_, placed):
                yield from go(number + 1, placed)
            del placed[pairs[number]]

    if not broken(round_, fixed):
        yield from go(0, dict(fixed))


def worth(round_: Round, placed: Placed) -> tuple[int, int]:
    """Promised meetings given, then points."""
    held = Counter(key for pair in placed for key in pair)
    points = {(w.buyer, w.seller): w.points for w in round_.wishes}
    given = sum(min(held[p.key], p.least) for p in round_.parties)
    return given, sum(points.get(pair, 0) for pair in placed)


def placed(timetable: Timetable) -> Placed:
    pairs: list[Meeting] = list(timetable.meetings)
    found = {(m.buyer, m.seller): m.slot for m in pairs}
    assert len(found) == len(pairs)
    return found


def stays(before: Placed, after: Placed) -> int:
    """Meetings that are where they were."""
    return sum(after.get(pair) == slot for pair, slot in before.items())
