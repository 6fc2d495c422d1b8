"""Doubts about values: each check finds what it says, and changes nothing."""

from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.indicators import (
    accumulated,
    falls,
    grade,
    heaping,
    increments,
    outliers,
    recount,
    straight_lines,
)
from digna_engines.indicators.quality import DIMENSIONS
from digna_engines.values import Share

VALUES = st.lists(st.none() | st.integers(-100, 100), max_size=20)


@given(VALUES)
def test_outliers_are_those_of_the_slow_definition(values: list[int | None]) -> None:
    known = [value for value in values if value is not None]
    found = outliers(values)
    if not known:
        assert found.places == ()
        return
    middle = median(known)
    deviation = median(abs(value - middle) for value in known)
    far = {
        place
        for place, value in enumerate(values)
        if value is not None and deviation > 0 and abs(value - middle) > 3.5 * deviation
    }
    assert set(found.places) == far


def test_a_value_at_the_bound_is_inside_and_one_beyond_is_not() -> None:
    values = [Decimal(n) for n in (-1, 0, 0, 0, 1, 1, -1)]
    assert outliers(values).deviation == 1
    assert outliers([*values, Decimal("3.5")]).places == ()
    assert outliers([*values, Decimal("3.6")]).places == (7,)
    assert outliers([*values, Decimal("3.6")], scale=Decimal("1.4826")).places == ()


def test_where_most_are_equal_there_is_no_gate() -> None:
    found = outliers([5, 5, 5, 5, 90])
    assert (found.places, found.low, found.deviation) == ((), None, 0)


def test_heaping_by_hand() -> None:
    found = heaping([10, 20, 33])
    assert found.round == Share(2, 3)
    assert found.p == pytest.approx(3 * 0.01 * 0.9 + 0.001)
    assert heaping([]).p == 1
    assert heaping([0, 0, None]).round == Share(0, 0)
    with pytest.raises(EngineError, match=r"^quality\.base"):
        heaping([1], base=1)


def test_a_block_answered_alike_is_told_only_when_it_is_long() -> None:
    rows = [[1] * 5, [1] * 4, [1, None, 1, 1, 1, 1], [0] * 6, [1, 1, 1, 1, 2]]
    assert straight_lines(rows) == (0, 2, 3)


@given(st.lists(st.integers(0, 100), max_size=10))
def test_increments_undo_accumulation(added: list[int]) -> None:
    assert list(increments(accumulated(added))) == added
    assert falls(accumulated(added)) == ()


def test_a_total_that_falls_is_told_unless_somebody_explained_it() -> None:
    series = [10, 8, None, 9, 3]
    assert [(one.place, one.by) for one in falls(series)] == [(1, 2), (4, 6)]
    assert [one.place for one in falls(series, corrected=[1])] == [4]


@pytest.mark.parametrize(
    ("recounted", "reported", "within"),
    [(90, 100, True), (89, 100, False), (110, 100, True), (111, 100, False), (1, 0, False)],
)
def test_a_recount_is_sound_within_a_tenth(recounted: int, reported: int, within: bool) -> None:
    assert recount(recounted, reported).within is within


def test_a_grade_names_what_is_weak_and_what_nobody_judged() -> None:
    good = dict.fromkeys(DIMENSIONS, "good")
    assert grade(good).grade == "A"  # type: ignore[arg-type]
    assert grade({**good, "precision": "fair"}).grade == "B"  # type: ignore[arg-type]
    assert grade({**good, "precision": None}).grade == "B"  # type: ignore[arg-type]
    three = dict.fromkeys(DIMENSIONS[:3], "fair")
    assert grade({**good, **three}).grade == "C"  # type: ignore[arg-type]
    two = dict.fromkeys(DIMENSIONS[:2], "poor")
    assert grade({**good, **two}).grade == "D"  # type: ignore[arg-type]
    assert grade({"validity": "good"}).grade is None
    assert grade({}).unjudged == DIMENSIONS
