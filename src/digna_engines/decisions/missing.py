"""Missing evidence as an interval: every method is asked about what the missing could be.

A cell without evidence is neither zero nor the mean. It lies somewhere on its scale, so an
alternative's score lies between two ends. For a sum of parts the ends of the scale tell all. Other
methods compare alternatives with each other, so what matters is where the missing score falls among
the scores of its column: on each of them, between each two, and at the ends. Every combination is
tried up to `MOST`; beyond that the ends and that many seeded combinations, which is said.
"""

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from digna_engines.decisions.problem import Array, Problem, Result, ranks

MOST = 1024
SEED = 20190101

Method = Callable[[Problem], tuple[Array, Mapping[str, object]]]


def answer(
    method: str,
    problem: Problem,
    compute: Method,
    *,
    best: str = "highest",
    is_sum: bool = False,
    warnings: tuple[str, ...] = (),
) -> Result:
    """Run ``compute`` on a whole table, or on every completion of one with gaps.

    Symbols: ``compute`` maps a problem without gaps to scores and workings; ``best`` says whether
    the highest or the lowest score wins; ``is_sum`` that a score moves no other alternative's.
    """
    if not problem.missing.any():
        scores, workings = compute(problem)
        ranking = ranks(scores, best=best)
        return Result(method, scores, ranking, scores, scores, ranking, ranking, workings, warnings)
    levels = _levels(problem, is_sum=is_sum)
    filled = [problem.with_scores(t, keep_bounds=True) for t in completions(problem, levels)]
    runs = [compute(whole)[0] for whole in filled]
    tried = np.array(runs)
    placed = np.array([ranks(run, best=best) for run in runs])
    low, high = tried.min(axis=0), tried.max(axis=0)
    first, last = placed.min(axis=0), placed.max(axis=0)
    is_open = first != last
    scores = np.where(problem.missing.any(axis=1), np.nan, np.where(low == high, low, np.nan))
    told = (*warnings, *_warnings(problem, is_open, levels))
    ranking = np.where(is_open, np.nan, first)
    workings = {"completions": len(runs), "missing": int(problem.missing.sum())}
    return Result(method, scores, ranking, low, high, first, last, workings, told)


def completions(problem: Problem, levels: Sequence[Array]) -> Iterator[Array]:
    """Yield tables without gaps: each missing cell at each of its ``levels``."""
    cells = np.argwhere(problem.missing)
    for values in _choices(levels):
        yield _filled(problem, cells, np.array(values))


def _levels(problem: Problem, *, is_sum: bool) -> list[Array]:
    """For each missing cell the values to try, from the lowest to the highest of its scale."""
    low, high = problem.bounds()
    found = []
    for _i, j in np.argwhere(problem.missing):
        ends = np.array([low[j], high[j]])
        if is_sum:
            found.append(ends)
            continue
        column = problem.scores[:, j]
        known = np.unique(np.concatenate([ends, column[~np.isnan(column)]]))
        found.append(np.unique(np.concatenate([known, (known[1:] + known[:-1]) / 2])))
    return found


def _count(levels: Sequence[Array]) -> int:
    return math.prod(len(one) for one in levels)


def _choices(levels: Sequence[Array]) -> Iterator[tuple[float, ...]]:
    if _count(levels) <= MOST:
        yield from itertools.product(*levels)
        return
    yield tuple(one[0] for one in levels)
    yield tuple(one[-1] for one in levels)
    rng = np.random.default_rng(SEED)
    for _n in range(MOST):
        yield tuple(rng.choice(one) for one in levels)


def _filled(problem: Problem, cells: npt.NDArray[np.intp], values: Array) -> Array:
    table = problem.scores.copy()
    table[cells[:, 0], cells[:, 1]] = values
    return table


def _warnings(problem: Problem, is_open: Array, levels: Sequence[Array]) -> Iterator[str]:
    cells = np.argwhere(problem.missing)
    told = ", ".join(f"{problem.alternatives[i]} × {problem.criteria[j]}" for i, j in cells[:5])
    yield f"missing evidence in {len(cells)} cell(s): {told}" + (", …" if len(cells) > 5 else "")
    if _count(levels) > MOST:
        yield f"bounds from {MOST + 2} completions, not all"
    if is_open.any():
        names = ", ".join(np.array(problem.alternatives)[is_open.astype(bool)])
        yield f"rank left open by missing evidence: {names}"
    if problem.scale is None:
        yield "no scale given: missing evidence was bounded by the scores observed"
