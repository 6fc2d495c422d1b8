"""What must hold whatever the firms."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digna_engines.attribution import (
    Estimate,
    Firm,
    ancova,
    attrition,
    balance,
    before_after,
    difference_in_differences,
    permutation_test,
    power_for_means,
    sample_size_for_means,
    sample_size_for_shares,
    smallest_visible_effect,
    verdict,
    winsorised,
)
from digna_engines.attribution.linear import least_squares
from digna_engines.errors import EngineError
from digna_engines.values import Share

NUMBERS = st.integers(-50, 50).map(float)
ONE = st.builds(Firm, NUMBERS, NUMBERS, st.booleans(), st.none())
FIRMS = st.lists(ONE, min_size=4, max_size=10)


def arms(firms: list[Firm]) -> tuple[list[Firm], list[Firm]]:
    return [f for f in firms if f.is_treated], [f for f in firms if not f.is_treated]


@given(FIRMS)
def test_the_difference_is_that_of_four_means(firms: list[Firm]) -> None:
    treated, control = arms(firms)
    assume(min(len(treated), len(control)) >= 2)
    changes = [np.mean([f.after - f.before for f in arm]) for arm in (treated, control)]
    for errors in ("cluster", "difference"):
        found = difference_in_differences(firms, errors=errors)
        assert found.value == pytest.approx(changes[0] - changes[1], abs=1e-9)


@given(FIRMS, st.floats(-100, 100), st.floats(0.1, 10))
def test_a_shift_of_a_moment_changes_nothing_and_a_unit_only_the_unit(
    firms: list[Firm], shift: float, unit: float
) -> None:
    treated, control = arms(firms)
    assume(min(len(treated), len(control)) >= 2)
    moved = [Firm(f.before * unit, (f.after + shift) * unit, f.is_treated) for f in firms]
    one, other = difference_in_differences(firms), difference_in_differences(moved)
    assert other.value == pytest.approx(one.value * unit, abs=1e-6)
    assert other.error == pytest.approx(one.error * unit, abs=1e-6)


@given(FIRMS)
def test_what_is_missing_is_dropped_and_counted_never_zero(firms: list[Firm]) -> None:
    treated, control = arms(firms)
    assume(min(len(treated), len(control)) >= 2)
    lacking = [*firms, Firm(None, 5.0, True), Firm(3.0, None, False)]
    found, whole = difference_in_differences(lacking), difference_in_differences(firms)
    assert (found.value, found.error) == (whole.value, whole.error)
    assert found.dropped == 2


@given(FIRMS, st.lists(st.integers(0, 3), min_size=10, max_size=10))
def test_the_sum_over_clusters_is_the_slow_one(firms: list[Firm], labels: list[int]) -> None:
    treated, control = arms(firms)
    assume(min(len(treated), len(control)) >= 2)
    named = [f._replace(cluster=label) for f, label in zip(firms, labels, strict=False)]
    clusters = sorted({f.cluster for f in named})
    assume(len(clusters) > 1)
    x = np.array([[1, f.is_treated, p, f.is_treated * p] for p in (0, 1) for f in named], float)
    y = np.array([f.before for f in named] + [f.after for f in named])
    groups = np.array([f.cluster for f in named] * 2)
    bread = np.linalg.inv(x.T @ x)
    rest = y - x @ (bread @ x.T @ y)
    meat = np.zeros((4, 4))
    for one in clusters:
        score = x[groups == one].T @ rest[groups == one]
        meat += np.outer(score, score)
    g, n = len(clusters), len(y)
    slow = math.sqrt(g / (g - 1) * (n - 1) / (n - 4) * (bread @ meat @ bread)[3, 3].clip(0))
    assert difference_in_differences(named).error == pytest.approx(slow, abs=1e-6)


@given(st.lists(ONE, min_size=2, max_size=7))
def test_the_exact_test_is_the_slow_one(firms: list[Firm]) -> None:
    treated, control = arms(firms)
    assume(treated and control)
    changes = [f.after - f.before for f in firms]

    def far(chosen: tuple[int, ...]) -> float:
        inside = [changes[i] for i in chosen]
        outside = [change for i, change in enumerate(changes) if i not in chosen]
        return abs(np.mean(inside) - np.mean(outside))

    found = far(tuple(i for i, f in enumerate(firms) if f.is_treated))
    every = list(itertools.combinations(range(len(firms)), len(treated)))
    hits = sum(far(chosen) >= found - 1e-9 for chosen in every)
    ours = permutation_test(firms, seed=0)
    assert ours.exact
    assert ours.p == pytest.approx(hits / len(every))


def test_drawn_and_listed_agree_and_the_seed_decides() -> None:
    firms = [Firm(0, n % 7 + (2 if n < 8 else 0), n < 8) for n in range(16)]
    listed = permutation_test(firms, seed=1)
    drawn = permutation_test(firms, seed=1, exact_up_to=0)
    assert listed.exact
    assert not drawn.exact
    assert drawn.p == pytest.approx(listed.p, abs=0.02)
    assert drawn == permutation_test(firms, seed=1, exact_up_to=0)


def test_clusters_are_dealt_whole() -> None:
    firms = [Firm(0, n, n < 6, cluster=n // 2) for n in range(12)]
    assert permutation_test(firms, seed=0).draws == math.comb(6, 3)
    with pytest.raises(EngineError, match=r"^attribution\.split_cluster"):
        permutation_test([f._replace(cluster=0) for f in firms], seed=0)


@settings(max_examples=30)
@given(st.floats(0.05, 2), st.floats(0, 0.9), st.integers(1, 30))
def test_sizes_and_powers_are_the_same_formula(effect: float, icc: float, size: int) -> None:
    found = sample_size_for_means(effect, icc=icc, cluster_size=size)
    assert power_for_means(effect, found.exact, icc=icc, cluster_size=size) == pytest.approx(0.8)
    seen = smallest_visible_effect(found.exact, icc=icc, cluster_size=size)
    assert seen == pytest.approx(effect)
    assert found.per_arm >= found.exact - 1e-6
    if found.clusters_per_arm is not None:
        assert found.per_arm == found.clusters_per_arm * size


def test_sizes_of_shares_are_symmetric_and_grow_as_shares_come_near() -> None:
    assert sample_size_for_shares(0.3, 0.5) == sample_size_for_shares(0.5, 0.3)
    assert sample_size_for_shares(0.5, 0.55).per_arm > sample_size_for_shares(0.5, 0.6).per_arm
    lost = sample_size_for_shares(0.5, 0.6, attrition=0.2)
    assert lost.exact == pytest.approx(sample_size_for_shares(0.5, 0.6).exact / 0.8)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: sample_size_for_means(0),
        lambda: sample_size_for_means(0.5, power=1),
        lambda: sample_size_for_means(0.5, icc=2),
        lambda: sample_size_for_means(0.5, analysis="ancova", correlation=1),
        lambda: sample_size_for_shares(0.5, 0.5),
        lambda: sample_size_for_shares(0.5, 1.5),
    ],
)
def test_what_cannot_be_computed_is_refused(wrong: object) -> None:
    with pytest.raises(EngineError, match=r"^attribution\.power"):
        wrong()  # type: ignore[operator]


def test_a_design_without_enough_firms_is_refused() -> None:
    with pytest.raises(EngineError, match=r"^attribution\.too_few"):
        difference_in_differences([Firm(1, 2, True), Firm(1, 2, True), Firm(1, 2, False)])
    with pytest.raises(EngineError, match=r"^attribution\.too_few"):
        before_after([Firm(1, None, True)])
    with pytest.raises(EngineError, match=r"^attribution\.clusters"):
        before_after([Firm(1, 2, True, "a"), Firm(1, 2, True)])
    with pytest.raises(EngineError, match=r"^attribution\.few_clusters"):
        before_after([Firm(1, 2, True, "a"), Firm(1, 3, True, "a")])
    with pytest.raises(EngineError, match=r"^attribution\.covariates"):
        ancova([Firm(1, 2, n < 2) for n in range(4)], covariates=[1.0])
    with pytest.raises(EngineError, match=r"^attribution\.collinear"):
        ancova([Firm(1, 2, n < 2) for n in range(4)])


def test_one_firm_has_a_change_and_no_error() -> None:
    found = before_after([Firm(1, 4, True)])
    assert (found.value, found.error, found.p) == (3.0, None, None)
    assert verdict(found).code == "no_error"


def test_covariates_go_with_their_firms_when_some_are_dropped() -> None:
    firms = [Firm(n, 2 * n + 3 * (n % 2) + 0.1 * (n * n % 5), n % 2 == 1) for n in range(12)]
    extra = [float(n * n % 5) for n in range(12)]
    whole = ancova(firms, covariates=extra)
    assert whole.value == pytest.approx(3)
    lacking = ancova([*firms, Firm(None, 1, True)], covariates=[*extra, float("nan")])
    assert lacking.value == pytest.approx(whole.value)


def estimate(value: float, low: float, high: float, *arms: int | None) -> Estimate:
    return Estimate(value, 1.0, low, high, 0.5, 50, 0.95, arms[0] or 0, arms[1], "test")


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        (estimate(1, -1, 3, 19, 35), "not_distinguishable"),
        (estimate(1, 0, 3, 19, 35), "not_distinguishable"),
        (estimate(2, 1, 3, 10, 10), "increase"),
        (estimate(-2, -3, -1, 10, 10), "decrease"),
        (estimate(2, 1, 3, 9, 100), "too_few"),
        (estimate(2, 1, 3, 100, 9), "too_few"),
        (estimate(2, 1, 3, 4, None), "change_only"),
    ],
)
def test_a_verdict_says_no_more_than_it_may(given_: Estimate, code: str) -> None:
    found = verdict(given_, unit_es="Bs", unit_en="Bs")
    assert found.code == code
    assert ("Bs" in found.message_es) == (code != "too_few")
    assert "n =" in found.message_es
    assert "n =" in found.message_en


def test_numbers_are_written_as_each_language_writes_them() -> None:
    found = verdict(estimate(12345.6, 1000, 20000, 50, 50))
    assert "12.346" in found.message_es
    assert "12,346" in found.message_en
    assert "−0,5" in verdict(estimate(-0.5, -0.6, -0.4, 50, 50)).message_es


def test_balance_says_missing_and_never_fills_it() -> None:
    row = balance({"a": [1, None, 3, 5, None, 7]}, [True] * 3 + [False] * 3)[0]
    assert (row.n_treated, row.n_control, row.mean_treated, row.mean_control) == (2, 2, 2.0, 6.0)
    assert row.is_large
    empty = balance({"a": [None, None, 1.0]}, [True, True, False])[0]
    assert empty.difference is None
    assert empty.p is None
    still = balance({"a": [1.0, 1.0, 1.0, 1.0]}, [True, True, False, False])[0]
    assert (still.difference, still.standardised, still.p) == (0.0, None, None)


@given(FIRMS, st.floats(0, 0.49))
def test_drawing_in_keeps_order_arms_and_what_is_missing(firms: list[Firm], share: float) -> None:
    rows = [*firms, Firm(None, 1.0, True)]
    found = winsorised(rows, share=share)
    assert [one.is_treated for one in found] == [one.is_treated for one in rows]
    assert found[-1].before is None
    for a, b in itertools.combinations(range(len(firms)), 2):
        assert (rows[a].before <= rows[b].before) <= (found[a].before <= found[b].before)
    assert winsorised(rows, share=0) == rows


def test_half_of_the_values_cannot_be_drawn_in() -> None:
    with pytest.raises(EngineError, match=r"^attribution\.winsorised"):
        winsorised([], share=0.5)


def test_losses_are_counted_by_arm_of_those_measured_before() -> None:
    firms = [
        *[Firm(1, None, True)] * 5,
        *[Firm(2, 1, True)] * 5,
        *[Firm(1, 1, False)] * 10,
        Firm(None, 1, True),
    ]
    found = attrition(firms)
    assert (found.treated, found.control) == (Share(5, 10), Share(0, 10))
    assert found.difference == 50
    assert found.p == pytest.approx(0.0325, abs=5e-5)
    assert attrition([Firm(1, 1, True)]).difference is None


def test_a_perfect_fit_and_a_full_one() -> None:
    full = least_squares([1.0, 2.0], [[1, 0], [1, 1]])
    assert np.isnan(full.errors).all()
    flat = difference_in_differences([Firm(0, 1, n < 2) for n in range(4)], errors="difference")
    assert flat.value == pytest.approx(0, abs=1e-12)
