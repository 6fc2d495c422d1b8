"""Every worked example that was published, or solved in closed form, named after its source."""

import numpy as np
import pytest

from digna_engines.decisions import (
    Problem,
    ahp_weights,
    borda,
    consensus,
    copeland,
    crossover_weights,
    icc,
    kemeny,
    kendall_w,
    krippendorff_alpha,
    promethee,
    r_wg,
    smaa,
    surrogate_weights,
    topsis,
    vikor,
    weighted_sum,
)

THREE = Problem(
    [[4, 3, 5, 3], [5, 3, 3, 4], [4, 2, 4, 4]],
    [0.4, 0.2, 0.2, 0.2],
    [True] * 4,
    ("quinua", "turismo", "café"),
)
MOUNTAIN = Problem([[1, 3000], [2, 3750], [5, 4500]], [0.5, 0.5], [False, True])
ZHAO = Problem([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [0.5, 0.3, 0.2], [True] * 3)
BIRDS = (
    [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4],
    [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3],
    [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22],
)


def near(found: object, expected: object, digits: float = 1e-4) -> None:
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), atol=digits)


def test_hwang_and_yoon_1981_fighter_aircraft() -> None:
    jets = Problem(
        [
            [2.0, 1500, 20000, 5.5, 5, 9],
            [2.5, 2700, 18000, 6.5, 3, 5],
            [1.8, 2000, 21000, 4.5, 7, 7],
            [2.2, 1800, 20000, 5.0, 5, 5],
        ],
        [0.2, 0.1, 0.1, 0.1, 0.2, 0.3],
        [True, True, True, False, True, True],
    )
    found = topsis(jets)
    near(found.scores, [0.64328, 0.26838, 0.61354, 0.31229], 5e-6)
    near(found.workings["d_plus"], [0.05456, 0.11968, 0.05798, 0.10094], 5e-6)
    near(found.workings["d_minus"], [0.09838, 0.04390, 0.09204, 0.04584], 5e-6)
    assert found.method == "topsis(vector)"


def test_opricovic_and_tzeng_2004_mountain() -> None:
    found = vikor(MOUNTAIN)
    near(found.s, [0.5, 0.375, 0.5], 1e-12)
    near(found.r, [0.5, 0.25, 0.5], 1e-12)
    near(found.q, [1, 0, 1], 1e-12)
    assert found.compromise == (1,)
    near(topsis(MOUNTAIN, normalisation="minmax").scores, [0.5, 0.617, 0.5], 5e-4)
    near(topsis(MOUNTAIN).scores, [0.762, 0.722, 0.238], 5e-4)


def test_zhao_2013_promethee() -> None:
    found = promethee(ZHAO)
    near(found.positive, [0.55, 0.35, 0.60], 1e-12)
    near(found.negative, [0.45, 0.65, 0.40], 1e-12)
    near(found.net, [0.1, -0.3, 0.2], 1e-12)
    shaped = promethee(ZHAO, preference="v", p=2)
    near(shaped.positive, [0.35, 0.225, 0.425], 1e-12)
    near(shaped.negative, [0.275, 0.45, 0.275], 1e-12)
    near(promethee(ZHAO, preference="u", q=1).net, [0.05, -0.15, 0.10], 1e-12)


def test_three_sectors_weighted_sum_and_crossover() -> None:
    near(weighted_sum(THREE).scores, [3.8, 4.0, 3.6], 1e-12)
    (first, *_rest) = crossover_weights(THREE, "quinua", "turismo")
    assert first.crossover == pytest.approx(0.25)
    level = THREE.with_weights([0.25] * 4)
    near(weighted_sum(level).scores[:2], [3.75, 3.75], 1e-12)
    near(vikor(THREE).q, [0.9, 0, 1], 1e-12)
    near(topsis(THREE, normalisation="raw").scores, [0.5000, 0.5505, 0.3660], 5e-5)


def test_three_sectors_smaa_exact() -> None:
    found = smaa(THREE, exact=True)
    expected = np.array([[31, 24, 17], [38, 18, 16], [3, 30, 39]]) / 72
    near(found.rank_acceptability, expected, 1e-12)
    near(found.pairwise[0], [0, 4 / 9, 3 / 4], 1e-12)
    assert found.pairwise[1, 2] == pytest.approx(3 / 4)
    near(found.central_weights[0], [0.1694, 0.2560, 0.4187, 0.1559], 5e-5)
    near(found.central_weights[1], [0.3289, 0.2599, 0.1107, 0.3004], 5e-5)
    near(found.central_weights[2], [0.0833, 0.0625, 0.2708, 0.5833], 5e-5)


def test_three_sectors_smaa_with_the_first_criterion_most_important() -> None:
    found = smaa(THREE, exact=True, prefer=[(0, 1), (0, 2), (0, 3)])
    near(found.rank_acceptability[:, 0], [0.156, 0.844, 0], 1e-3)
    assert np.isnan(found.central_weights[2]).all()


def test_smaa_identity() -> None:
    found = smaa(Problem(np.eye(3), [1, 1, 1], [True] * 3), exact=True)
    near(found.rank_acceptability, np.full((3, 3), 1 / 3), 1e-12)
    near(found.central_weights[0], [11 / 18, 7 / 36, 7 / 36], 1e-12)


def test_smaa_compromise_alternative() -> None:
    found = smaa(Problem([[1, 0], [0.6, 0.6], [0, 1]], [1, 1], [True] * 2), exact=True)
    near(found.rank_acceptability, [[0.4, 0.1, 0.5], [0.2, 0.8, 0], [0.4, 0.1, 0.5]], 1e-12)


def test_smaa_alternative_that_never_wins() -> None:
    table = [[0.9, 0.3, 0.5], [0.4, 0.8, 0.6], [0.6, 0.6, 0.2]]
    found = smaa(Problem(table, [1, 1, 1], [True] * 3), exact=True)
    near(
        found.rank_acceptability,
        [[5 / 12, 1 / 3, 1 / 4], [7 / 12, 1 / 4, 1 / 6], [0, 5 / 12, 7 / 12]],
        1e-12,
    )
    near(found.central_weights[0], [5 / 9, 1 / 6, 5 / 18], 1e-12)
    near(found.central_weights[1], [11 / 63, 19 / 42, 47 / 126], 1e-12)
    assert np.isnan(found.central_weights[2]).all()
    assert np.isnan(found.confidence[2])


def test_zar_example_20_5_kendall_w() -> None:
    found = kendall_w(BIRDS)
    assert found.w == pytest.approx(0.9241, abs=5e-5)
    assert found.chi2 == pytest.approx(30.496, abs=5e-4)
    assert found.df == 11


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ([3, 3, 3, 3], 1),
        ([1, 1, 5, 5], 0),
        ([1, 2, 3, 4, 5], 0.4340),
        ([2, 3, 3, 4], 0.7925),
        ([4, 4, 5, 5], 0.8074),
        ([1, 5, 5, 5], 0.1887),
    ],
)
def test_tastle_and_wierman_2007(votes: list[int], expected: float) -> None:
    assert consensus(votes, low=1, high=5) == pytest.approx(expected, abs=5e-5)


def test_james_demaree_and_wolf_1984() -> None:
    assert r_wg([4, 4, 5, 5], options=5) == pytest.approx(0.8333, abs=5e-5)


def test_shrout_and_fleiss_1979() -> None:
    """Table 2 of the paper: six targets, four judges; the six forms as printed there."""
    table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = icc(table)
    told = (found.icc1, found.icc2, found.icc3, found.icc1k, found.icc2k, found.icc3k)
    near(told, [0.17, 0.29, 0.71, 0.44, 0.62, 0.91], 6e-3)
    near(
        (found.between, found.within, found.judges, found.residual),
        [11.24, 6.26, 32.49, 1.02],
        6e-3,
    )


def test_krippendorff_2011() -> None:
    """The four observers of the paper, with its published values for every level."""
    none = np.nan
    table = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
        [none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
    ]
    assert krippendorff_alpha(table, level="nominal") == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(table, level="ordinal") == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha(table, level="interval") == pytest.approx(0.849, abs=5e-4)
    assert krippendorff_alpha(table, level="ratio") == pytest.approx(0.797, abs=5e-4)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.09, 0.04]),
    ],
)
def test_rank_order_centroid(n: int, expected: list[float]) -> None:
    near(surrogate_weights(range(1, n + 1)).weights, expected, 5e-5)


def test_saaty_consistency_of_a_contradiction() -> None:
    cyclic = [[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]]
    found = ahp_weights(cyclic)
    assert found.consistency_ratio is not None
    assert found.consistency_ratio > 0.10
    assert found.warnings
    assert ahp_weights([[1, 2], [0.5, 1]]).consistency_ratio == 0


def test_the_condorcet_cycle_is_a_tie() -> None:
    cycle = [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
    for method in (borda, copeland, kemeny):
        found = method(cycle)
        assert found.winners == (0, 1, 2)
        assert found.warnings
    assert copeland(cycle).workings["condorcet"] is None


def test_draws_for_one_point_of_error() -> None:
    """1.96²/(4·0.01²) = 9,604: the error told is that of the draws made."""
    found = smaa(THREE, draws=9604, seed=3)
    exact = smaa(THREE, exact=True).rank_acceptability
    assert (1.96 * found.error).max() <= 0.0101
    assert (abs(found.rank_acceptability - exact) <= 4 * found.error + 1e-12).all()
