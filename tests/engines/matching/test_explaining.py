"""Every two people are told of in whole sentences, in both languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.matching import Mentee, Mentor, Pool, assign, explain, sentence, tables
from digna_engines.matching.pool import Reason
from digna_engines.matching.sentences import EN, ES
from engines.matching.pools import pools

SPANISH, MON = frozenset({"es"}), frozenset({"mon"})


@given(pools(), st.sampled_from(("optimal", "stable", "groups")))
def test_every_pair_and_every_non_pair_is_explained(pool: Pool, method: str) -> None:
    found = assign(pool, method=method)
    told = tables(pool)
    for one in pool.mentees:
        for other in pool.mentors:
            said = explain(pool, one.key, other.key, found, told)
            assert said.is_paired == (found.mentor_of.get(one.key) == other.key)
            assert said.is_possible == (said.score is not None)
            for language in ("es", "en"):
                text = said.text(language)
                assert text.endswith(".")
                assert not re.search(r"[{}]", text)
    for left in found.unmatched:
        assert sentence(left.reasons[0], "es").endswith(".")
    for doubt in found.warnings:
        assert sentence(doubt, "en").endswith(".")


def test_both_languages_tell_the_same_reasons_of_the_same_values() -> None:
    assert ES.keys() == EN.keys()
    for code in ES:
        assert set(re.findall(r"{(\w+)}", ES[code])) == set(re.findall(r"{(\w+)}", EN[code])), code


@pytest.mark.parametrize(
    ("reason", "spanish"),
    [
        (
            Reason("needs", {"met": ["sales"], "unmet": ["costs"], "asked": 2}, 0.5),
            "Domina 1 de 2 áreas pedidas (ventas). Queda sin cubrir: costos.",
        ),
        (Reason("no_conflict", {"organisations": []}), "Hay conflicto de interés declarado."),
        (
            Reason("no_mentee_sex", {"wants": "female"}),
            "Quien emprende pidió una mujer, y no consta que la persona mentora lo sea.",
        ),
        (
            Reason("went_elsewhere", {"score": 0.5, "mentor": "m", "other": 0.75}),
            "Podían trabajar juntas (encaje 0,50), pero quien emprende quedó con Luz "
            "(encaje 0,75).",
        ),
    ],
)
def test_names_are_told_in_place_of_codes(reason: Reason, spanish: str) -> None:
    names = {"sales": "ventas", "costs": "costos", "m": "Luz"}
    assert sentence(reason, "es", names) == spanish


def test_every_barrier_of_two_people_is_told_and_not_only_the_first() -> None:
    one = Mentee("ana", frozenset({"qu"}), MON, wants_sex="female", organisations=frozenset({"x"}))
    other = Mentor("luz", SPANISH, frozenset({"tue"}), capacity=0, organisations=frozenset({"x"}))
    codes = [reason.code for reason in explain(Pool((one,), (other,)), "ana", "luz").reasons]
    assert codes == ["no_language", "no_slot", "no_conflict", "no_mentee_sex", "no_full"]


def test_a_group_that_meets_at_another_time_is_told() -> None:
    both = frozenset({"mon", "tue"})
    mentees = (
        Mentee("ana", SPANISH, MON),
        Mentee("eva", SPANISH, MON),
        Mentee("flor", SPANISH, frozenset({"tue"})),
    )
    pool = Pool(mentees, (Mentor("luz", SPANISH, both, capacity=5),))
    found = assign(pool, method="groups")
    assert explain(pool, "flor", "luz", found).reasons[0].code == "group_elsewhere"


def test_silence_never_lifts_a_mentor() -> None:
    one = Mentee("ana", SPANISH, MON, needs=frozenset({"sales"}), sector="coffee")
    silent = Mentor("sol", SPANISH, MON)
    telling = Mentor("luz", SPANISH, MON, expertise=frozenset({"sales"}))
    assert tables(Pool((one,), (silent, telling))).fit.tolist() == [[0.0, 0.4 / 0.55]]
