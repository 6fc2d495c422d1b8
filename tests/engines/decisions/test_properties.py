"""What must hold whatever the numbers: invariances, sums, gaps that are never zeros."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digna_engines.decisions import (
    Problem,
    borda,
    copeland,
    dominance,
    kemeny,
    kendall_w,
    krippendorff_alpha,
    leave_one_criterion_out,
    leave_one_evaluator_out,
    method_agreement,
    points_weights,
    promethee,
    rank_reversal,
    ranks,
    smaa,
    surrogate_weights,
    topsis,
    vikor,
    weighted_product,
    weighted_sum,
)
from digna_engines.decisions.aggregation import mean, median, trimmed_mean
from digna_engines.errors import EngineError

SCORE = st.integers(1, 5).map(float)
METHODS = (weighted_sum, topsis, vikor, promethee)


@st.composite
def problems(draw: st.DrawFn, most: int = 5) -> Problem:
    m, n = draw(st.integers(2, most)), draw(st.integers(1, 4))
    table = draw(arrays(float, (m, n), elements=SCORE))
    weights = draw(arrays(float, n, elements=st.integers(1, 9).map(float)))
    directions = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return Problem(table, weights, directions, scale=((1, 5),) * n)


@given(problems(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_order_of_rows_changes_nothing(problem: Problem, random: object) -> None:
    shuffled = list(range(len(problem.alternatives)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = problem.with_scores(problem.scores[shuffled])
    for method in METHODS:
        np.testing.assert_array_equal(
            method(problem).ranking[shuffled], method(other).ranking, err_msg=str(method)
        )


@given(problems(), st.integers(2, 50))
@settings(deadline=None, max_examples=60)
def test_the_unit_of_weights_changes_nothing(problem: Problem, factor: int) -> None:
    other = problem.with_weights(problem.weights * factor)
    for method in METHODS:
        np.testing.assert_allclose(method(problem).scores, method(other).scores, atol=1e-9)


@given(problems())
@settings(deadline=None, max_examples=60)
def test_the_unit_of_a_criterion_changes_nothing_where_it_is_taken_out(problem: Problem) -> None:
    other = Problem(
        problem.scores * 7, problem.weights, problem.maximise,
        scale=((7, 35),) * len(problem.criteria),
    )  # fmt: skip
    for method in (topsis, vikor, promethee):
        np.testing.assert_allclose(method(problem).scores, method(other).scores, atol=1e-9)


@given(problems(), st.data())
@settings(deadline=None, max_examples=60)
def test_a_better_score_never_worsens_the_rank(problem: Problem, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(problem.alternatives) - 1))
    j = data.draw(st.integers(0, len(problem.criteria) - 1))
    better = problem.scores.copy()
    better[i, j] = 5 if problem.maximise[j] else 1
    for method in (weighted_sum, promethee):
        assert method(problem.with_scores(better)).ranking[i] <= method(problem).ranking[i]


@given(problems(), arrays(float, 4, elements=SCORE))
@settings(deadline=None, max_examples=60)
def test_an_irrelevant_sector_never_reorders_an_anchored_sum(
    problem: Problem, newcomer: np.ndarray
) -> None:
    more = np.vstack([problem.scores, newcomer[: len(problem.criteria)]])
    other = Problem(more, problem.weights, problem.maximise, scale=problem.scale)
    for how in ("raw", "anchored"):
        before = weighted_sum(problem, normalisation=how).scores  # type: ignore[arg-type]
        after = weighted_sum(other, normalisation=how).scores[:-1]  # type: ignore[arg-type]
        np.testing.assert_allclose(before, after)


@given(problems(4))
@settings(deadline=None, max_examples=40)
def test_acceptabilities_sum_to_one_and_exact_equals_simulation(problem: Problem) -> None:
    exact = smaa(problem, exact=True)
    drawn = smaa(problem, draws=4000, seed=11)
    np.testing.assert_allclose(exact.rank_acceptability.sum(axis=1), 1, atol=1e-9)
    np.testing.assert_allclose(drawn.rank_acceptability.sum(axis=1), 1, atol=1e-9)
    assert (abs(exact.rank_acceptability - drawn.rank_acceptability) < 0.06).all()
    assert (abs(exact.pairwise - drawn.pairwise) < 0.06).all()


@pytest.mark.parametrize("weights", ["ordered", [(0.1, 0.6), (0.2, 0.5), (0, 0.7)]])
def test_exact_equals_simulation_where_weights_are_limited(weights: object) -> None:
    problem = Problem([[5, 1, 3], [2, 5, 3], [3, 3, 4]], [1, 1, 1], [True] * 3)
    exact = smaa(problem, exact=True, weights=weights)  # type: ignore[arg-type]
    drawn = smaa(problem, draws=60_000, seed=5, weights=weights)  # type: ignore[arg-type]
    np.testing.assert_allclose(exact.rank_acceptability, drawn.rank_acceptability, atol=0.012)
    np.testing.assert_allclose(
        np.nan_to_num(exact.central_weights), np.nan_to_num(drawn.central_weights), atol=0.02
    )


def test_limits_nobody_can_keep_are_refused() -> None:
    problem = Problem([[1, 2], [2, 1]], [1, 1], [True, True])
    for weights in ([(0, 0.3), (0, 0.3)], [(0.6, 1), (0.6, 1)], [(0.5, 0.2), (0, 1)]):
        with pytest.raises(EngineError, match="bounds"):
            smaa(problem, draws=100, weights=weights)
        with pytest.raises(EngineError, match="bounds"):
            smaa(problem, exact=True, weights=weights)


def test_the_same_seed_gives_the_same_answer() -> None:
    problem = Problem([[1, 2], [2, 1]], [1, 1], [True, True])
    one, two = (smaa(problem, draws=500, seed=8).rank_acceptability for _n in range(2))
    np.testing.assert_array_equal(one, two)


# --- missing evidence


GAP = Problem([[5, 4, 4], [3, math.nan, 4], [2, 2, 2]], [1, 1, 1], [True] * 3, scale=((1, 5),) * 3)


@pytest.mark.parametrize("method", METHODS)
def test_missing_evidence_is_an_interval(method: object) -> None:
    found = method(GAP)  # type: ignore[operator]
    assert np.isnan(found.scores[1])
    assert found.lowest[1] < found.highest[1]
    assert "missing evidence in 1 cell(s): A2 × C2" in found.warnings[0]


def test_an_open_rank_is_said_and_not_guessed() -> None:
    table = [[4, 3], [4, math.nan]]
    found = weighted_sum(Problem(table, [1, 1], [True, True], scale=((1, 5),) * 2))
    assert np.isnan(found.ranking).all()
    assert (found.best_rank.tolist(), found.worst_rank.tolist()) == ([1, 1], [2, 2])
    assert any("left open" in told for told in found.warnings)


def test_a_rank_that_no_evidence_could_change_is_given() -> None:
    found = weighted_sum(GAP)
    assert found.ranking.tolist() == [1, 2, 3]


def test_missing_is_neither_zero_nor_the_mean() -> None:
    zero = GAP.scores.copy()
    zero[1, 1] = 0
    found = weighted_sum(GAP)
    assert found.lowest[1] > float((zero[1] / 3).sum())


@given(problems(4), st.data())
@settings(deadline=None, max_examples=40)
def test_any_evidence_found_later_lies_inside_the_interval(
    problem: Problem, data: st.DataObject
) -> None:
    i = data.draw(st.integers(0, len(problem.alternatives) - 1))
    j = data.draw(st.integers(0, len(problem.criteria) - 1))
    table = problem.scores.copy()
    table[i, j] = math.nan
    gap = problem.with_scores(table)
    for method in (weighted_sum, promethee):
        whole, open_ = method(problem), method(gap)
        assert (whole.scores >= open_.lowest - 1e-9).all()
        assert (whole.scores <= open_.highest + 1e-9).all()
        assert (whole.ranking >= open_.best_rank).all()
        assert (whole.ranking <= open_.worst_rank).all()


def test_vikor_proposes_nobody_while_evidence_is_missing() -> None:
    assert vikor(GAP).compromise == ()


def test_many_gaps_are_bounded_by_seeded_completions() -> None:
    table = np.full((4, 4), np.nan)
    table[0] = 3
    problem = Problem(table, [1] * 4, [True] * 4, scale=((1, 5),) * 4)
    found = weighted_sum(problem)
    assert found.lowest[1] == 1
    assert found.highest[1] == 5
    assert any("not all" in told for told in found.warnings)


def test_smaa_draws_unseen_cells_from_their_scale() -> None:
    found = smaa(GAP, draws=2000)
    assert found.warnings
    np.testing.assert_allclose(found.rank_acceptability.sum(axis=1), 1)
    with pytest.raises(EngineError, match="exact_uncertain"):
        smaa(GAP, exact=True)


# --- people


def test_uncertain_scores_are_drawn_from_those_who_scored() -> None:
    problem = Problem([[3, 3], [3, 3]], [1, 1], [True, True], scale=((1, 5),) * 2)
    votes = [[[5, 5], [1, 1]], [[5, 5], [1, math.nan]]]
    found = smaa(problem, draws=1000, evaluations=votes)
    assert found.rank_acceptability[0, 0] == 1
    split = smaa(problem, draws=4000, evaluations=[[[5, 5], [1, 1]], [[1, 1], [5, 5]]])
    # a quarter of the draws gives both the same scores: then both are first
    assert abs(split.rank_acceptability[0, 0] - 0.625) < 0.03
    assert split.confidence[0] < 0.9


@given(arrays(float, (5, 4), elements=st.integers(1, 4).map(float)))
@settings(deadline=None, max_examples=60)
def test_a_unanimous_winner_wins_by_every_rule(votes: np.ndarray) -> None:
    votes[:, 0] = 0  # everybody's first
    for rule in (borda, copeland, kemeny):
        assert rule(votes).winners == (0,)
    assert copeland(votes).workings["condorcet"] == 0


@given(arrays(float, (4, 5), elements=st.integers(1, 5).map(float)))
@settings(deadline=None, max_examples=60)
def test_agreement_stays_within_its_bounds(table: np.ndarray) -> None:
    w = kendall_w(table).w
    assert w is None or -1e-9 <= w <= 1 + 1e-9
    for level in ("nominal", "ordinal", "interval", "ratio"):
        alpha = krippendorff_alpha(table, level=level)  # type: ignore[arg-type]
        assert alpha is None or alpha <= 1 + 1e-9
    same = np.tile(table[0], (4, 1))
    if len(set(table[0])) > 1:
        assert krippendorff_alpha(same) == pytest.approx(1)
        assert kendall_w(same).w == pytest.approx(1)


def test_kemeny_agrees_with_a_slow_count() -> None:
    rng = np.random.default_rng(4)
    votes = np.array([rng.permutation(4) + 1 for _n in range(5)])
    found = kemeny(votes)
    place = np.argsort(found.workings["orders"][0])  # type: ignore[index]
    cost = sum(
        (vote[i] < vote[k]) and (place[i] > place[k])
        for vote in votes
        for i in range(4)
        for k in range(4)
    )
    assert cost == found.workings["distance"]


def test_means_over_those_who_scored() -> None:
    votes = [[1, 5, math.nan], [2, 5, math.nan], [9, 1, math.nan]]
    assert mean(votes).scores[:2].tolist() == [4, pytest.approx(11 / 3)]
    assert median(votes).scores[0] == 2
    assert trimmed_mean(votes, share=0.34).scores[0] == 2
    assert np.isnan(mean(votes).scores[2])


# --- robustness


def test_a_dominated_sector_is_found_and_a_gap_dominates_nobody() -> None:
    found = dominance(GAP)
    assert found[0, 2]
    assert not found[0, 1]  # its missing score could be 5
    assert not found[1].any()


def test_leaving_out_criteria_and_people() -> None:
    problem = Problem([[5, 1], [3, 3]], [3, 1], [True, True])
    left = leave_one_criterion_out(problem)
    assert [one.winner_stays for one in left] == [False, True]
    votes = [[[5, 1], [3, 3]], [[1, 1], [3, 3]]]
    people = leave_one_evaluator_out(problem, votes, names=["Ana", "Luz"])
    assert [one.what for one in people] == ["Ana", "Luz"]


def test_rank_reversal_is_seen_where_it_happens() -> None:
    rng = np.random.default_rng(2)
    table = rng.uniform(1, 5, (5, 4))
    problem = Problem(table, [1, 2, 3, 4], [True] * 4, scale=((1, 5),) * 4)
    assert not any(one.pairs for one in rank_reversal(problem, weighted_sum))
    seen = [
        one
        for seed in range(30)
        for one in rank_reversal(
            problem.with_scores(np.random.default_rng(seed).uniform(1, 5, (5, 4))), topsis
        )
        if one.pairs
    ]
    assert seen


def test_methods_are_compared_by_tau() -> None:
    problem = Problem([[5, 5], [3, 3], [1, 1]], [1, 1], [True, True])
    results = [method(problem) for method in METHODS]
    assert set(method_agreement(results).values()) == {1.0}


@given(problems())
@settings(deadline=None, max_examples=40)
def test_promethee_one_and_two_do_not_contradict(problem: Problem) -> None:
    found = promethee(problem)
    a, b = np.nonzero(found.prefers)
    assert (found.net[a] > found.net[b] - 1e-9).all()
    assert abs(found.net.sum()) < 1e-9
    assert not (found.prefers & found.prefers.T).any()


# --- refusals


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (([1, 2], [1], [True]), "shape"),
        (([[1, 2]], [1], [True, True]), "weights"),
        (([[1, 2]], [1, -1], [True, True]), "weights"),
        (([[1, 2]], [0, 0], [True, True]), "weights"),
        (([[1, 2]], [1, 1], [True]), "shape"),
        (([[math.inf, 2]], [1, 1], [True, True]), "infinite"),
        (([[math.nan], [math.nan]], [1], [True]), "empty_criterion"),
    ],
)
def test_an_unfit_problem_is_refused_in_both_languages(arguments: tuple, code: str) -> None:
    with pytest.raises(EngineError) as refused:
        Problem(*arguments)
    assert refused.value.code == f"decisions.{code}"
    assert refused.value.message("es") != refused.value.message("en")


def test_other_refusals() -> None:
    problem = Problem([[1, 2], [2, 0]], [1, 1], [True, False])
    with pytest.raises(EngineError, match="not_positive"):
        weighted_product(problem)
    with pytest.raises(EngineError, match="vikor_v"):
        vikor(problem, v=2)
    with pytest.raises(EngineError, match="threshold"):
        promethee(problem, preference="linear", q=2, p=1)
    with pytest.raises(EngineError, match="preference"):
        promethee(problem, preference="otra")  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="normalisation"):
        topsis(problem, normalisation="otra")  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="points"):
        points_weights([[0, 0]])
    with pytest.raises(EngineError, match="scale"):
        Problem([[6.0]], [1], [True], scale=((1, 5),))


def test_results_cannot_be_changed() -> None:
    problem = Problem([[1, 2], [2, 1]], [1, 1], [True, True])
    with pytest.raises(ValueError, match="read-only"):
        problem.scores[0, 0] = 9
    with pytest.raises(AttributeError):
        weighted_sum(problem).method = "otro"  # type: ignore[misc]


def test_ties_share_the_better_rank_and_surrogates_their_mean() -> None:
    assert ranks([2, 3, 3, 1]).tolist() == [3, 1, 1, 4]
    assert surrogate_weights([1, 1, 3]).weights[0] == surrogate_weights([1, 1, 3]).weights[1]


def test_a_missing_score_between_two_others_can_reorder_them() -> None:
    """At either end of its scale k and l are level in PROMETHEE; between their scores l leads."""
    table = [[math.nan, 1], [2, 5], [4, 4]]
    found = promethee(Problem(table, [1, 1], [True] * 2, scale=((1, 5),) * 2))
    assert (found.best_rank[1], found.worst_rank[1]) == (1, 2)
    assert np.isnan(found.ranking[1])
