"""Samples drawn by lot, exact intervals, marks: published numbers and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from digna_engines.errors import EngineError
from digna_engines.verification import (
    Check,
    Limits,
    dimension_marks,
    draw,
    exact_interval,
    mark,
    verified,
)  # fmt: skip


def test_clopper_and_pearson_as_the_beta_distribution_gives_it() -> None:
    for k, n in ((1, 10), (5, 157), (0, 157), (157, 157), (40, 1_000)):
        low, high = exact_interval(k, n)
        assert low == pytest.approx(0 if k == 0 else beta.ppf(0.025, k, n - k + 1), abs=1e-9)
        assert high == pytest.approx(1 if k == n else beta.ppf(0.975, k + 1, n - k), abs=1e-9)


def test_the_rule_of_three_without_an_error() -> None:
    """Nothing wrong in n leaves room for about 3/n (one-sided, Hanley and Lippman-Hand 1983)."""
    assert exact_interval(0, 300, confidence=0.90)[1] == pytest.approx(3 / 300, rel=0.01)


@given(st.integers(0, 60), st.integers(1, 60))
def test_the_interval_holds_the_share(k: int, n: int) -> None:
    if k > n:
        with pytest.raises(EngineError):
            exact_interval(k, n)
        return
    low, high = exact_interval(k, n)
    assert 0 <= low <= k / n <= high <= 1


@given(st.sets(st.integers()), st.integers(0, 50), st.integers())
def test_a_draw_is_repeated_by_its_seed_and_repeats_nobody(
    keys: set[int], size: int, seed: int
) -> None:
    ordered = sorted(keys)
    drawn = draw(ordered, size, seed=seed)
    assert drawn == draw(ordered, size, seed=seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(ordered))
    assert set(drawn) <= keys
    assert list(drawn) == sorted(drawn)


def test_every_record_is_as_likely_to_be_drawn() -> None:
    times = [0] * 20
    for seed in range(2_000):
        for place in draw(range(20), 5, seed=seed):
            times[place] += 1
    assert all(abs(count - 500) < 120 for count in times)  # six deviations of 19.4


def test_what_a_draw_refuses() -> None:
    for keys, size, code in (([1, 1], 1, "repeated"), ([1, 2], -1, "size")):
        with pytest.raises(EngineError) as refused:
            draw(keys, size, seed=1)
        assert refused.value.code == f"verification.{code}"


def test_nothing_looked_for_says_nothing() -> None:
    found = verified(0, 0)
    assert (found.errors.value, found.low, found.high) == (None, None, None)
    with pytest.raises(EngineError):
        verified(1, 0)


@pytest.mark.parametrize(
    ("failing", "checked", "expected"),
    [(2, 100, "good"), (3, 100, "fair"), (10, 100, "fair"), (11, 100, "poor"), (0, 0, None)],
)
def test_limits_belong_to_the_better_side(failing: int, checked: int, expected: object) -> None:
    assert mark(failing, checked) == expected
    assert mark(failing, checked, Limits("1", "1")) == (None if checked == 0 else "good")


def test_more_failing_than_checked_is_a_mistake() -> None:
    with pytest.raises(EngineError):
        mark(2, 1)


def test_a_check_that_says_nothing_never_passes_a_dimension() -> None:
    assert dimension_marks([Check("precision", None)]) == {}
    marks = dimension_marks([Check("validity", "fair"), Check("validity", "good")])
    assert marks == {"validity": "fair"}
