"""Conditions in three values, faults of a library, prices of a day, and the order of every list."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import DeclarationError
from digna_engines.pathways import Library, cost_of, holds, plan, read_library, really, total
from digna_engines.pathways.conditions import read
from digna_engines.pathways.planning import in_days
from digna_engines.pathways.steps import Span, in_force
from engines.pathways import shelf

ON = date(2026, 11, 22)
FACT = {"certainty": "high", "sources": ["s"], "checked_on": "2026-11-22"}


def step(code: str, **parts: Any) -> dict[str, Any]:
    return {"code": code, "name_es": code, "name_en": code, "prices": []} | FACT | parts


def library(*steps: dict[str, Any], **parts: Any) -> Library:
    document = {
        "steps": steps,
        "questions": [
            {"code": key, "asks_es": key, "asks_en": key, "kind": "yes_no"} for key in "pq"
        ],
        "pathways": [
            {"code": "way", "name_es": "w", "name_en": "w", "steps": [s["code"] for s in steps]}
            | FACT
        ],
        "sources": [{"code": "s"}],
    } | parts
    return read_library([document])


def codes(*steps: dict[str, Any], **parts: Any) -> set[str]:
    with pytest.raises(DeclarationError) as raised:
        library(*steps, **parts)
    return {fault.code for fault in raised.value.faults}


@pytest.mark.parametrize(
    ("plain", "known", "wanted"),
    [
        (None, {}, True),
        ({"p": True}, {}, None),
        ({"p": True}, {"p": True}, True),
        ({"p": True}, {"p": 1}, False),
        ({"n": {"from": 1}}, {"n": 0}, False),
        ({"n": {"to": 1}}, {"n": 1}, True),
        ({"n": {"to": 1}}, {"n": "1"}, False),
        ({"p": True, "q": True}, {"q": False}, False),
        ({"any": [{"p": True}, {"q": True}]}, {"q": True}, True),
        ({"any": [{"p": True}, {"q": True}]}, {"q": False}, None),
        ({"not": {"p": True}}, {}, None),
        ({"not": {"p": True}}, {"p": False}, True),
        ({"all": []}, {}, True),
        ({"any": []}, {}, False),
    ],
)
def test_a_condition_holds_fails_or_waits(
    plain: Any, known: dict[str, Any], wanted: bool | None
) -> None:
    assert holds(read(plain), known) is wanted


@pytest.mark.parametrize(
    "plain", ["x", {"p": {}}, {"p": {"below": 1}}, {"any": {}}, {"p": []}, {"n": {"from": "uno"}}]
)
def test_a_condition_that_means_nothing_is_named(plain: Any) -> None:
    assert codes(step("a", when=plain)) == {"pathway.condition"}


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"requires": ["?"]}, "pathway.unknown_step"),
        ({"usually_after": ["?"]}, "pathway.unknown_step"),
        ({"agency": "?"}, "pathway.unknown_agency"),
        ({"sources": ["?"]}, "pathway.unknown_source"),
        ({"when": {"?": True}}, "pathway.unknown_question"),
        ({"exempt": {"when": {"p": True}, "by": "x", "asked_by": ["?"]}}, "pathway.unknown_step"),
        ({"requires": ["a"]}, "pathway.cycle"),
    ],
)
def test_a_name_that_leads_nowhere_is_a_fault(parts: dict[str, Any], code: str) -> None:
    assert codes(step("a", **parts)) == {code}


def test_steps_that_wait_for_each_other_are_named() -> None:
    with pytest.raises(DeclarationError) as raised:
        library(step("a", requires=["b"]), step("b", usually_after=["a"]))
    (fault,) = raised.value.faults
    assert fault.code == "pathway.cycle"
    assert "a → b → a" in fault.message_es or "b → a → b" in fault.message_es


def test_a_code_twice_is_a_fault() -> None:
    assert "pathway.repeated" in codes(step("a"), step("a"))


def test_the_first_variant_that_holds_is_laid_over() -> None:
    price = {"amount": 5, "currency": "BOB"}
    found = library(
        step(
            "a",
            prices=[{"amount": None, "currency": "BOB"}],
            documents=[{"es": "uno", "en": "one"}],
            variants=[
                {"when": {"p": True}, "prices": [price], "documents": [{"es": "dos", "en": "two"}]},
                {"when": {"q": True}, "url": "https://q.example"},
            ],
        )
    )
    there = plan(found, "way", {"p": True, "q": True}, on=ON).steps[0]
    assert [d["es"] for d in there.step.documents] == ["uno", "dos"]
    assert [p.amount for p in there.cost.known] == [5]
    elsewhere = plan(found, "way", {"p": False, "q": True}, on=ON).steps[0]
    assert (elsewhere.step.url, elsewhere.cost.known) == ("https://q.example", ())


def test_a_price_that_ended_is_told_and_not_used() -> None:
    found = library(step("a", prices=[{"amount": 9, "currency": "BOB", "until": "2020-01-01"}]))
    cost = plan(found, "way", {}, on=ON).steps[0].cost
    assert cost.known == ()
    assert cost.expired is not None
    assert cost.expired.amount == 9
    assert cost_of(found.steps["a"].prices, {}, date(2019, 1, 1)).expired is None


def test_a_price_that_hangs_on_an_answer_is_asked_about() -> None:
    found = library(step("a", prices=[{"amount": 9, "currency": "BOB", "when": {"p": True}}]))
    one = plan(found, "way", {}, on=ON)
    assert (one.questions, one.steps[0].cost.known) == (("p",), ())
    assert plan(found, "way", {"p": True}, on=ON).questions == ()


def test_sums_tell_over_how_many() -> None:
    found = library(
        step(
            "a", prices=[{"amount": 0, "currency": "BOB"}], duration={"amount": 36, "unit": "hours"}
        ),
        step("b", prices=[{"amount": None, "currency": "BOB"}], law=["L"]),
        step("c", prices=[{"amount": 1, "currency": "USD", "per_es": "saco"}], law=["L"]),
        step("d", is_milestone=True, prices=[{"amount": 0, "currency": "BOB"}]),
        step("e", is_optional=True, prices=[{"amount": 99, "currency": "BOB"}]),
    )
    sums = total(plan(found, "way", {}, on=ON))
    assert (sums.steps, sums.priced, sums.per_unit) == (3, 1, 1)
    assert sums.money == {"BOB": Decimal(0)}
    assert (sums.days, sums.timed, sums.laws) == (2, 1, ("L",))


def test_lengths_in_days() -> None:
    assert in_days(None) is None
    assert in_days(Span(None, "days")) is None
    assert in_days(Span(Decimal(5), "working_days")) == 7


def test_what_few_firms_spent_is_held_back() -> None:
    assert really([]).median is None
    assert really([Decimal(1), Decimal(9), Decimal(5), Decimal(3)]).median == 4


def test_an_office_nobody_knows_is_none() -> None:
    assert in_force({}, "x", ON) is None


ANSWERS: dict[str, Any] = {
    key: st.sampled_from(list(question.options))
    if question.kind == "choice"
    else st.booleans()
    if question.kind == "yes_no"
    else st.integers(0, 200_000)
    for key, question in shelf.library().questions.items()
}


@given(
    st.sampled_from(sorted(shelf.library().pathways)),
    st.fixed_dictionaries({}, optional=ANSWERS),
)
def test_every_list_is_in_order_and_asks_only_what_is_open(
    pathway: str, known: dict[str, Any]
) -> None:
    found = plan(shelf.library(), pathway, known, on=ON)
    place = {p.step.key: n for n, p in enumerate(found.steps)}
    for one in found.steps:
        assert all(place[key] < place[one.step.key] for key in one.requires)
    assert not set(found.questions) & set(known)
    states = {p.state for p in found.steps}
    if not found.questions:
        assert "open" not in states
    assert set(found.pathway.steps) <= {p.step.key for p in (*found.steps, *found.not_for_you)}
    sums = total(found)
    assert sums.priced <= sums.steps
    assert sums.timed <= sums.steps


@given(st.sampled_from(sorted(shelf.library().pathways)), st.fixed_dictionaries(ANSWERS))
def test_who_answers_everything_has_nothing_open(pathway: str, known: dict[str, Any]) -> None:
    found = plan(shelf.library(), pathway, known, on=ON)
    assert found.questions == ()
    assert all(p.state != "open" for p in found.steps)
