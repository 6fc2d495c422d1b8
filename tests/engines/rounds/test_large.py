"""Rounds as large as real ones: no rule broken, near the bound; fairness; no-shows of a day."""

import random
from dataclasses import replace
from itertools import product

import pytest

from digna_engines.rounds import Interpreter, Party, Round, Wish, solve
from engines.rounds import brute, small


def large(
    buyers: int,
    sellers: int,
    count: int,
    wishes: int,
    tables: int,
    *,
    least: int = 0,
    seed: int = 7,
) -> Round:
    """A synthetic round: 8 % of slots unavailable, at most six meetings a seller."""
    chance = random.Random(seed)
    slots = small.slots(count)

    def there() -> frozenset[str]:
        return frozenset(s.key for s in slots if chance.random() >= 0.08)

    names = [("buyer", f"B{n}") for n in range(buyers)] + [
        ("seller", f"S{n}") for n in range(sellers)
    ]
    parties = tuple(
        Party(key=key, side=side, slots=there(), most=6, least=least)  # type: ignore[arg-type]
        if side == "seller"
        else Party(key=key, side="buyer", slots=there())
        for side, key in names
    )
    pairs = chance.sample(list(product(range(buyers), range(sellers))), wishes)
    return Round(
        slots=slots,
        parties=parties,
        wishes=tuple(Wish(f"B{b}", f"S{s}", weight=chance.randint(1, 8)) for b, s in pairs),
        tables=tables,
    )


@pytest.mark.parametrize("least", [0, 2])
def test_a_large_round_comes_near_the_bound(least: int) -> None:
    round_ = large(60, 200, 24, 1600, 45, least=least)
    timetable = solve(round_, seconds=60)
    assert brute.broken(round_, brute.placed(timetable)) == []
    assert timetable.share_of_bound is not None
    assert timetable.share_of_bound >= 0.995
    assert timetable.fairness.is_honoured
    assert timetable.fairness.given == sum(min(2, s.got) for s in timetable.fairness.shares)


def test_everything_that_binds_at_once() -> None:
    plain = large(20, 40, 12, 300, 12, seed=3)
    parties = tuple(
        replace(
            p,
            languages=frozenset({"en"} if p.key in ("B0", "B1", "B2") else {"es"}),
            mode="virtual" if p.key in ("B3", "B4", "S0", "S1") else "on_site",
            delegation="Oruro" if p.key in ("B5", "S2", "S3", "S4") else "",
            table="Tambo" if p.key == "B6" else "",
        )
        for p in plain.parties
    )
    round_ = replace(
        plain, parties=parties, rooms=2, interpreters=(Interpreter("Ida", frozenset({"es", "en"})),)
    )
    timetable = solve(round_, seconds=5)
    assert brute.broken(round_, brute.placed(timetable)) == []
    assert timetable.share_of_bound is not None
    assert timetable.share_of_bound >= 0.95
    interpreted = [m for m in timetable.meetings if m.interpreter]
    assert interpreted
    assert {m.buyer for m in interpreted} <= {"B0", "B1", "B2"}
    assert {m.table for m in timetable.meetings if m.buyer == "B6" and m.mode == "on_site"} == {
        "Tambo"
    }


def test_a_buyer_keeps_its_table_when_there_is_one_for_each() -> None:
    round_ = large(8, 20, 12, 110, 8)
    timetable = solve(round_, seconds=5)
    tables: dict[str, set[str]] = {}
    for meeting in timetable.meetings:
        tables.setdefault(meeting.buyer, set()).add(meeting.table)
    assert all(len(own) == 1 for own in tables.values())


def test_three_no_shows_leave_everybody_else_where_they_were() -> None:
    round_ = large(8, 20, 12, 110, 8)
    before = solve(round_, seconds=5)
    absent = {"S0", "S1", "S2"}
    lost = sum(m.seller in absent for m in before.meetings)
    assert lost
    parties = tuple(replace(p, slots=frozenset()) if p.key in absent else p for p in round_.parties)
    after = solve(replace(round_, parties=parties), seconds=5, keep=before)
    assert after.changes is not None
    assert len(after.changes.kept) == len(before.meetings) - lost
    assert after.changes.moved == ()
    assert {m.seller for m in after.changes.dropped} == absent
    tables = {(m.buyer, m.seller): m.table for m in before.meetings}
    assert all(tables[m.buyer, m.seller] == m.table for m in after.changes.kept)
