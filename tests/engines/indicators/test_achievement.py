"""The way travelled over the way to travel."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.indicators import achievement
from digna_engines.indicators.declaration import Direction
from digna_engines.values import Number

AMOUNTS = st.integers(-(10**6), 10**6)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "direction", "expected"),
    [
        (400, 200, 300, "descending", "0.5"),
        (100, 200, 225, "ascending", "1.25"),
        (100, 200, 80, "ascending", "-0.2"),
        (0, 50, 0, "ascending", "0"),
        (None, 250, 263, "ascending", "1.052"),
    ],
)
def test_worked_examples(
    baseline: Number | None, target: Number, actual: Number, direction: Direction, expected: str
) -> None:
    found = achievement(baseline, target, actual, direction)
    assert (found.value, found.reason) == (Decimal(expected), None)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "direction", "reason"),
    [
        (1, 2, None, "ascending", "actual_missing"),
        (1, None, 2, "ascending", "target_missing"),
        (5, 5, 5, "ascending", "target_is_baseline"),
        (None, 0, 2, "ascending", "target_zero"),
        (None, -1, 2, "ascending", "target_negative"),
        (None, 5, 2, "descending", "baseline_missing"),
        (400, 200, 300, "ascending", "direction_contradicts"),
    ],
)
def test_undefined_says_why_in_both_languages(
    baseline: Number | None,
    target: Number | None,
    actual: Number | None,
    direction: Direction,
    reason: str,
) -> None:
    found = achievement(baseline, target, actual, direction)
    assert (found.value, found.share, found.reason) == (None, None, reason)
    assert found.message_es.endswith(".")
    assert found.message_en.endswith(".")


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_turning_the_scale_over_changes_nothing(baseline: int, target: int, actual: int) -> None:
    up = achievement(baseline, target, actual, "ascending")
    down = achievement(-baseline, -target, -actual, "descending")
    assert (up.value, up.reason) == (down.value, down.reason)


@given(AMOUNTS, st.integers(1, 10**6))
def test_the_baseline_is_nothing_and_the_target_everything(baseline: int, way: int) -> None:
    target = baseline + way
    assert achievement(baseline, target, baseline, "ascending").value == 0
    assert achievement(baseline, target, target, "ascending").value == 1
