"""Faults of a round, JSON in and out, and the words of every reason."""

import json
from typing import Any

import pytest

from digna_engines.errors import DeclarationError
from digna_engines.rounds import Fixed, Party, Round, Timetable, Unmet, Wish, solve
from digna_engines.rounds.reasons import LACKING, SENTENCES
from engines.rounds import small

B, S = Party(key="B", side="buyer"), Party(key="S", side="seller")
PLAIN: dict[str, Any] = {
    "slots": [{"key": "1", "starts_at": "2021-06-01T09:00:00-04:00"}],
    "parties": [{"key": "B", "side": "buyer"}, {"key": "S", "side": "seller"}],
    "wishes": [{"buyer": "B", "seller": "S", "buyer_says": "must"}],
    "tables": 1,
}


def faults_of(**parts: Any) -> set[str]:
    values = {"slots": small.slots(2), "parties": (B, S), "wishes": (), "tables": 1} | parts
    with pytest.raises(DeclarationError) as raised:
        Round(**values)
    return {fault.code for fault in raised.value.faults}


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"parties": (B, B, S)}, "round.repeated"),
        ({"wishes": (Wish("B", "S"), Wish("B", "S", "no"))}, "round.repeated"),
        ({"wishes": (Wish("S", "B"),)}, "round.unknown_buyer"),
        ({"wishes": (Wish("B", "?"),)}, "round.unknown_seller"),
        ({"wishes": (Wish("B", "S", weight=0),)}, "round.number"),
        ({"tables": -1}, "round.number"),
        (
            {"parties": (B, Party(key="S", side="seller", slots=frozenset({"9"})))},
            "round.unknown_slot",
        ),
        ({"fixed": (Fixed("B", "S", "9"),)}, "round.unknown_slot"),
        (
            {"slots": small.slots(2, pause=0), "fixed": (Fixed("B", "S", "0"),)},
            "round.unknown_slot",
        ),
        ({"fixed": (Fixed("B", "S", "0"), Fixed("B", "S", "1"))}, "round.repeated"),
        (
            {
                "parties": (B, S, Party(key="Z", side="seller")),
                "fixed": (Fixed("B", "S", "0"), Fixed("B", "Z", "0")),
            },
            "round.fixed_impossible",
        ),
        (
            {"tables": 0, "parties": (B, Party(key="S", side="seller", table="x"))},
            "round.own_tables",
        ),
    ],
)
def test_a_faulty_round_says_which_fault(parts: dict[str, Any], code: str) -> None:
    assert code in faults_of(**parts)


def test_a_time_without_its_zone_is_refused() -> None:
    naive = tuple(type(s)(s.key, s.starts_at.replace(tzinfo=None)) for s in small.slots(1))
    assert faults_of(slots=naive) == {"round.no_zone"}


def test_a_fixed_appointment_without_a_table_is_named() -> None:
    round_ = Round(
        slots=small.slots(1), parties=(B, S), wishes=(), tables=0, fixed=(Fixed("B", "S", "0"),)
    )
    with pytest.raises(DeclarationError) as raised:
        solve(round_)
    (fault,) = raised.value.faults
    assert fault.path == "fixed[0]"
    assert "no queda mesa" in fault.message_es
    assert "no table is left" in fault.message_en


def test_json_is_read_and_written() -> None:
    round_ = Round.from_plain(json.loads(json.dumps(PLAIN)))
    assert Round.from_plain(json.loads(json.dumps(round_.to_plain()))) == round_
    timetable = solve(round_)
    again = Timetable.from_plain(json.loads(json.dumps(timetable.to_plain())))
    assert again.meetings == timetable.meetings
    kept = solve(round_, keep=again)
    assert kept.changes is not None
    assert kept.changes.kept == timetable.meetings


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"tables": None}, "tables"),
        ({"tables": "dos"}, "tables"),
        ({"tables": True}, "tables"),
        ({"rooms": "x"}, "rooms"),
        ({"slots": "mañana"}, "slots"),
        ({"slots": [{"key": "1"}]}, "slots[0]"),
        ({"slots": [{"key": "1", "starts_at": "las nueve"}]}, "slots[0]"),
        ({"parties": [{"key": "B", "side": "comprador"}]}, "parties[0]"),
        ({"parties": [{"key": "B", "side": "buyer", "languages": "es"}]}, "parties[0]"),
        ({"parties": [{"key": "B", "side": "buyer", "most": "6"}]}, "parties[0]"),
        ({"wishes": [{"buyer": "B", "seller": "S", "buyer_says": "quizás"}]}, "wishes[0]"),
        ({"wishes": [{"buyer": "B", "seller": "S", "likes": 1}]}, "wishes[0]"),
        ({"without": ["B"]}, "without[0]"),
    ],
)
def test_what_cannot_be_read_is_named(change: dict[str, Any], path: str) -> None:
    with pytest.raises(DeclarationError) as raised:
        Round.from_plain(PLAIN | change)
    assert path in {fault.path for fault in raised.value.faults}


def test_a_timetable_that_cannot_be_read_is_named() -> None:
    with pytest.raises(DeclarationError) as raised:
        Timetable.from_plain(
            {"meetings": [{"slot": "1", "buyer": "B", "seller": "S", "mode": "x"}]}
        )
    assert raised.value.faults[0].path == "meetings[0]"


def test_every_reason_has_words_in_both_languages() -> None:
    details = {"most": 6, "together": 2, "delegation": "Oruro", "buyer": ["en"], "seller": ["es"]}
    for code in SENTENCES:
        said = Unmet("B", "S", 2, code, details)
        assert said.sentence("es") != said.sentence("en")
        assert "{" not in said.sentence("es") + said.sentence("en")
    assert all(es and en for es, en in LACKING.values())


def test_an_empty_round_has_an_empty_timetable() -> None:
    timetable = solve(Round(slots=(), parties=(), wishes=(), tables=0))
    assert (timetable.meetings, timetable.value, timetable.upper_bound) == ((), 0, 0)
    assert timetable.share_of_bound is None
