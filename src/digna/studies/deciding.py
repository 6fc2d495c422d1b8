"""From what people answered to a ranking and how far to trust it: plain values in and out.

Imports numpy: only services and tests import this module, and only where they compute. Scores of
criteria where less is better are turned over (1 ↔ 5) first, so that totals stay between 1 and 5.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from digna.studies import deciding_people, deciding_weights
from digna_engines.decisions import (
    Problem,
    Result,
    crossover_weights,
    dominance,
    kendall_tau,
    leave_one_criterion_out,
    leave_one_evaluator_out,
    promethee,
    smaa,
    topsis,
    vikor,
    weighted_sum,
)
from digna_engines.decisions.problem import VERSION
from digna_engines.decisions.robustness import cell_means

LOW, HIGH = 1.0, 5.0
ENGINE = VERSION
DRAWS = 20_000
"""Enough for a 95 % error under one point of a hundred (9,604 would do)."""
SEED = 2019
Array = npt.NDArray[np.float64]
Inputs = Mapping[str, Any]


def hash_of(inputs: Inputs) -> str:
    """Return what the inputs are known by: sha256 of their JSON, keys sorted."""
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def decide(inputs: Inputs) -> dict[str, Any]:
    """Rank the sectors and ask every question of robustness.

    `inputs`: `sectors`, `criteria` (names), `directions` ("max"/"min"), `weighting`, `defaults`
    (starting weights or None), `weights` (people × criteria, or pairs), `scores` (people × sectors
    × criteria, None where not given), `constituencies`, `seats`.
    """
    votes = _votes(inputs)
    weights = deciding_weights.weights_of(inputs)
    means = cell_means(votes) if len(votes) else np.full(_shape(inputs), np.nan)
    problem = Problem(
        means,
        np.array(weights["shares"]),
        (True,) * len(inputs["criteria"]),
        tuple(inputs["sectors"]),
        tuple(inputs["criteria"]),
        ((LOW, HIGH),) * len(inputs["criteria"]),
    )
    result = weighted_sum(problem)
    whole = problem.with_scores(np.where(problem.missing, (LOW + HIGH) / 2, means))
    return {
        "version": VERSION,
        "weights": weights,
        "cells": _cells(means, votes),
        "ranking": _ranking(result),
        "smaa": _smaa(problem, votes, int(inputs["seats"])),
        "crossovers": _crossovers(whole),
        "lines": _lines(whole),
        "without_criterion": _without_criterion(whole),
        "without_person": _without_person(whole, votes),
        "methods": _methods(whole),
        "dominance": np.argwhere(dominance(problem)).tolist(),
        "people": deciding_people.people(votes, weights, weighted_sum(whole)),
        "missing": np.argwhere(problem.missing).tolist(),
    }


def _shape(inputs: Inputs) -> tuple[int, int]:
    return len(inputs["sectors"]), len(inputs["criteria"])


def _votes(inputs: Inputs) -> Array:
    votes = np.array(inputs["scores"], dtype=float).reshape((-1, *_shape(inputs)))
    turned = np.array(inputs["directions"]) == "min"
    votes[:, :, turned] = LOW + HIGH - votes[:, :, turned]
    return votes


def told(array: npt.ArrayLike) -> Any:
    """Return an array as lists of rounded numbers, None where there is none."""
    values = np.asarray(array, dtype=float)
    if values.ndim:
        return [told(part) for part in values]
    return None if np.isnan(values) else round(float(values), 6)


def _cells(means: Array, votes: Array) -> dict[str, Any]:
    medians = np.full(means.shape, np.nan)
    for i, j in np.argwhere(~np.isnan(means)):
        medians[i, j] = np.nanmedian(votes[:, i, j])
    return {
        "means": told(means),
        "medians": told(medians),
        "counts": (~np.isnan(votes)).sum(axis=0).astype(int).tolist(),
    }


def _ranking(result: Result) -> dict[str, Any]:
    return {
        "method": result.method,
        "scores": told(result.scores),
        "lowest": told(result.lowest),
        "highest": told(result.highest),
        "ranks": told(result.ranking),
        "best_ranks": told(result.best_rank),
        "worst_ranks": told(result.worst_rank),
        "order": np.lexsort((np.arange(len(result.lowest)), -_middle(result))).tolist(),
    }


def _middle(result: Result) -> Array:
    return np.round((np.asarray(result.lowest) + np.asarray(result.highest)) / 2, 9)


def _smaa(problem: Problem, votes: Array, seats: int) -> dict[str, Any]:
    """Every mix of weights: with the mean scores, and with what each person scored."""
    sure = smaa(problem, draws=DRAWS, seed=SEED)
    people = smaa(problem, draws=DRAWS, seed=SEED, evaluations=votes) if len(votes) else sure
    seated = people.rank_acceptability[:, :seats].sum(axis=1)
    return {
        "draws": DRAWS,
        "seed": SEED,
        "error": round(float(max(sure.error.max(), people.error.max())), 6),
        "first_by_weights": told(sure.rank_acceptability[:, 0]),
        "acceptability": told(people.rank_acceptability),
        "seated": told(seated),
        "seated_by_weights": told(sure.rank_acceptability[:, :seats].sum(axis=1)),
        "central_weights": told(sure.central_weights),
    }


def _crossovers(problem: Problem) -> list[dict[str, Any]]:
    """At which weight of each criterion the first two change places."""
    if len(problem.alternatives) < 2:
        return []
    return [
        {
            "leader": problem.alternatives.index(found.leader),
            "challenger": problem.alternatives.index(found.challenger),
            "criterion": place,
            "weight": round(found.weight, 6),
            "crossover": None if found.crossover is None else round(found.crossover, 6),
        }
        for place, found in enumerate(crossover_weights(problem))
    ]


def _lines(problem: Problem) -> list[list[list[float]]]:
    """For each criterion, each sector's total when that criterion weighs nothing, and all."""
    lines = []
    for k in range(len(problem.criteria)):
        rest = problem.weights.copy()
        rest[k] = 0
        rest = rest / rest.sum() if rest.sum() > 0 else rest
        at_none = problem.scores @ rest
        lines.append([[round(float(a), 6), round(float(b), 6)]
                      for a, b in zip(at_none, problem.scores[:, k], strict=True)])  # fmt: skip
    return lines


def _winners(ranking: Array) -> list[int]:
    return np.flatnonzero(ranking == 1).tolist()


def _without_criterion(problem: Problem) -> list[dict[str, Any]]:
    return [
        {
            "criterion": problem.criteria.index(found.what),
            "stays": found.winner_stays,
            "first": _winners(found.ranking),
        }
        for found in leave_one_criterion_out(problem)
    ]


def _without_person(whole: Problem, votes: Array) -> list[dict[str, Any]]:
    if len(votes) < 2:
        return []
    middle = np.where(np.isnan(cell_means(votes)), (LOW + HIGH) / 2, np.nan)
    filled = np.array([np.where(np.isnan(one), middle, one) for one in votes])
    found = leave_one_evaluator_out(whole, filled)
    return [
        {"person": place, "stays": one.winner_stays, "first": _winners(one.ranking)}
        for place, one in enumerate(found)
    ]


def _methods(problem: Problem) -> list[dict[str, Any]]:
    """The same table by four methods, and how alike each orders it to the weighted sum (τ-b)."""
    base = weighted_sum(problem)
    results: Sequence[Result] = (base, topsis(problem), vikor(problem), promethee(problem))
    return [
        {
            "method": one.method,
            "ranks": told(one.ranking),
            "first": _winners(one.ranking),
            "tau": None
            if (tau := kendall_tau(base.ranking, one.ranking)) is None
            else round(tau, 4),
        }
        for one in results
    ]
