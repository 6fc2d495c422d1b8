"""Numbers that others printed, and a panel small enough to be done by hand."""

import numpy as np
import pytest

from digna_engines.attribution import (
    Firm,
    analysis_factor,
    ancova,
    before_after,
    difference_in_differences,
    permutation_test,
    sample_size_for_means,
    survey_sample,
    verdict,
)
from digna_engines.attribution.linear import least_squares

TOY = [
    Firm(100, 130, True),
    Firm(80, 95, True),
    Firm(120, 150, True),
    Firm(90, 100, False),
    Firm(110, 105, False),
    Firm(70, 85, False),
]


def with_moments(n: int, mean: float, squares: float) -> np.ndarray:
    """Values with a given mean and sum of squares about it."""
    shape = np.arange(n) - (n - 1) / 2
    return mean + shape * np.sqrt(squares / (shape**2).sum())


def test_toy_panel_d6() -> None:
    found = difference_in_differences(TOY, errors="difference")
    assert found.value == pytest.approx(18.3333, abs=5e-5)
    assert found.error == pytest.approx(7.8174, abs=5e-5)
    assert found.p == pytest.approx(0.0789, abs=5e-5)
    clustered = difference_in_differences(TOY)
    assert clustered.value == pytest.approx(18.3333, abs=5e-5)
    assert clustered.error == pytest.approx(8.1989, abs=5e-5)
    assert clustered.clusters == 6


def test_the_error_that_takes_both_moments_for_independent_is_three_times_too_large() -> None:
    arm = np.array([one.is_treated for one in TOY] * 2, dtype=float)
    post = np.repeat([0.0, 1.0], len(TOY))
    y = np.array([one.before for one in TOY] + [one.after for one in TOY], dtype=float)
    naive = least_squares(y, np.column_stack([np.ones(12), arm, post, arm * post]))
    assert naive.coefficients[3] == pytest.approx(18.3333, abs=5e-5)
    assert naive.errors[3] == pytest.approx(23.6878, abs=5e-5)
    ours = difference_in_differences(TOY, errors="difference").error
    assert ours is not None
    assert naive.errors[3] / ours == pytest.approx(3.03, abs=0.005)
    assert difference_in_differences(TOY).error == pytest.approx(ours, rel=0.06)


def test_michigan_training_grants_of_1988_d1() -> None:
    """Wooldridge's firms: 35 without grant and 19 with it, by their means and spread."""
    control, treated, spread = -0.5637, -0.5637 - 0.7394, 0.4049 * np.sqrt(35)
    squares = spread**2 * (54 - 2)
    changes = [*with_moments(35, control, squares / 2), *with_moments(19, treated, squares / 2)]
    firms = [Firm(4.5, 4.5 + change, n >= 35) for n, change in enumerate(changes)]
    found = difference_in_differences(firms, errors="difference")
    assert found.value == pytest.approx(-0.7394, abs=5e-5)
    assert found.error == pytest.approx(0.6827, abs=2e-4)
    assert found.r_squared == pytest.approx(0.0221, abs=2e-4)
    assert (found.n_treated, found.n_control) == (19, 35)
    assert verdict(found).code == "not_distinguishable"


def test_michigan_training_grants_by_their_group_means() -> None:
    control = [Firm(4.7554, 4.1917, False)] * 35
    treated = [Firm(4.3468, 3.0437, True)] * 19
    found = difference_in_differences([*control, *treated])
    assert found.value == pytest.approx(-0.7394, abs=5e-5)


def test_card_and_krueger_1994_from_the_printed_cells_d4() -> None:
    new_jersey = [Firm(20.44 + step, 21.03 + step, True) for step in (-1, 0, 1)]
    pennsylvania = [Firm(23.33 + step, 21.17 + step, False) for step in (-1, 0, 1)]
    found = difference_in_differences([*new_jersey, *pennsylvania])
    assert found.value == pytest.approx(2.75, abs=1e-9)


def test_sample_sizes_per_arm() -> None:
    exact = {0.5: 62.8, 0.3: 174.4, 0.2: 392.4}
    whole = {0.5: 63, 0.3: 175, 0.2: 393}
    for effect, size in exact.items():
        found = sample_size_for_means(effect)
        assert found.exact == pytest.approx(size, abs=0.05)
        assert found.per_arm == whole[effect]


def test_survey_samples() -> None:
    assert survey_sample(0.05).exact == pytest.approx(384.16, abs=0.02)
    assert survey_sample(0.05, population=263).exact == pytest.approx(156.36, abs=0.01)
    assert survey_sample(0.05, population=263).per_arm == 157
    assert survey_sample(0.05, population=1_000).exact == pytest.approx(277.74, abs=0.01)
    assert survey_sample(0.05, population=1_000).per_arm == 278


def test_ancova_needs_fewer_firms_than_differences_do() -> None:
    for correlation in (0.0, 0.3, 0.5, 0.9):
        sharper = analysis_factor("ancova", correlation)
        assert sharper == pytest.approx(1 - correlation**2)
        assert sharper <= analysis_factor("difference", correlation)


def test_three_firms_an_arm_cannot_be_significant() -> None:
    assert permutation_test(TOY, seed=0).p == 0.2
    assert verdict(difference_in_differences(TOY)).code == "too_few"
    assert "18" not in verdict(difference_in_differences(TOY)).message_es


def test_means_of_the_toy_panel_before_and_after() -> None:
    assert before_after(TOY).value == 25.0
    assert verdict(before_after(TOY)).code == "change_only"


def test_ancova_of_the_toy_panel_by_the_normal_equations() -> None:
    x = np.array([[1, one.is_treated, one.before] for one in TOY], dtype=float)
    y = np.array([one.after for one in TOY], dtype=float)
    by_hand = np.linalg.solve(x.T @ x, x.T @ y)
    assert ancova(TOY).value == pytest.approx(by_hand[1])
