"""The pure rules of results: packing, conditions, aims; their examples and what holds always."""

import doctest
import importlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna.results import aims, conditions, packing
from digna_engines.indicators import Column, FactSchema

PURE = ("packing", "parts", "members", "stated", "tabular", "conditions", "aims")


@pytest.mark.parametrize("name", PURE)
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"digna.results.{name}"))
    assert found.failed == 0


def test_the_examples_of_publishing_hold() -> None:
    found = doctest.testmod(importlib.import_module("digna.results.publishing"))
    assert (found.failed, found.attempted > 0) == (0, True)


@given(keys=st.sets(st.integers(0, 2**62)))
def test_integers_come_out_as_they_went_in(keys: set[int]) -> None:
    packed = packing.pack(keys)
    assert packing.unpack(packed.data) == tuple(sorted(keys))
    assert packed.count == len(keys)
    assert packed == packing.pack(reversed(sorted(keys)))


@given(keys=st.sets(st.text(min_size=1)))
def test_texts_come_out_as_they_went_in(keys: set[str]) -> None:
    assert packing.unpack(packing.pack(keys).data) == tuple(sorted(keys))


SCHEMA = FactSchema(
    "visits",
    "one visit",
    ("visit",),
    {
        "visit": Column("integer"),
        "hours": Column("number"),
        "attended": Column("boolean"),
        "sector": Column("text"),
    },
)
words = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(lambda word: word != "no")
values = {
    "visit": st.integers(-9, 9),
    "hours": st.integers(0, 90).map(lambda tenths: tenths / 10 if tenths % 10 else tenths // 10),
    "attended": st.booleans(),
    "sector": words,
}


@st.composite
def written_conditions(draw: st.DrawFn) -> dict[str, Any]:
    column = draw(st.sampled_from(sorted(values)))
    op = draw(st.sampled_from(sorted(conditions.SIGNS)))
    if op in {"is_missing", "is_present"}:
        return {"column": column, "op": op}
    one = values[column]
    many = st.lists(one, min_size=1, max_size=3)
    return {"column": column, "op": op, "value": draw(many if op in {"in", "not_in"} else one)}


@given(found=st.lists(written_conditions(), max_size=4))
def test_conditions_are_read_as_they_were_written(found: list[dict[str, Any]]) -> None:
    assert conditions.read(conditions.write(found), SCHEMA) == found


@pytest.mark.parametrize("line", ["rol participant", "= 4", "hours >", ""])
def test_what_is_no_condition_is_blamed_or_left_to_the_engine(line: str) -> None:
    if not line:
        assert conditions.read(line, SCHEMA) == []
    elif line == "hours >":
        assert conditions.read(line, SCHEMA)[0]["value"] is None
    else:
        with pytest.raises(conditions.UnreadableCondition):
            conditions.read(line, SCHEMA)


@dataclass
class Promise:
    starts_on: date
    ends_on: date
    amount: Decimal | None = Decimal(250)
    subject: str = ""
    kind: str = "count"
    base: Decimal | None = None


YEAR = Promise(date(2021, 1, 1), date(2021, 12, 31), Decimal(90))
WHOLE = Promise(date(2019, 10, 1), date(2021, 12, 31), Decimal(250))
CHINA = Promise(date(2019, 10, 1), date(2021, 12, 31), Decimal(9), subject="CN")


@pytest.mark.parametrize(
    ("stretch", "is_cumulative", "expected"),
    [
        (None, True, WHOLE),
        (None, False, WHOLE),
        (YEAR, False, YEAR),
        (Promise(date(2021, 10, 1), date(2021, 12, 31)), True, WHOLE),
        (Promise(date(2021, 10, 1), date(2021, 12, 31)), False, None),
        (Promise(date(2020, 1, 1), date(2020, 12, 31)), True, None),
    ],
)
def test_a_figure_is_held_against_the_target_of_its_days(
    stretch: Promise | None, is_cumulative: bool, expected: Promise | None
) -> None:
    found = aims.target_for([CHINA, YEAR, WHOLE], stretch, is_cumulative=is_cumulative)
    assert found is expected


def test_a_target_without_a_number_has_no_achievement() -> None:
    words = Promise(YEAR.starts_on, YEAR.ends_on, None, kind="text")
    assert aims.aimed_at(words) is None
    assert aims.reached(words, Decimal(3), "ascending").reason == "target_missing"
    assert aims.reached(YEAR, Decimal(45), "ascending").value == Decimal("0.5")
    assert aims.reached(YEAR, Decimal(45), "descending").reason == "baseline_missing"
