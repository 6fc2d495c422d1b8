"""Missing evidence as an interval: every method is asked about what the missing could be.

A cell without evidence is neither zero nor the mean. It lies somewhere on its scale, so an
alternative's score lies between two ends. Up to `CORNERS_MAX` missing cells every combination of
ends is tried, plus the middle; beyond that, that many seeded combinations, which is said.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from digna_engines.decisions.problem import Array, Problem, Result, ranks

CORNERS_MAX = 10
SEED = 20190101

Method = Callable[[Problem], tuple[Array, Mapping[str, object]]]


def answer(
    method: str,
    problem: Problem,
    compute: Method,
    *,
    best: str = "highest",
    warnings: tuple[str, ...] = (),
) -> Result:
    """Run ``compute`` on a whole table, or on every completion of one with gaps.

    Symbols: ``compute`` maps a problem without gaps to scores and workings; ``best`` says whether
    the highest or the lowest score wins.
    """
    if not problem.missing.any():
        scores, workings = compute(problem)
        ranking = ranks(scores, best=best)
        return Result(method, scores, ranking, scores, scores, ranking, ranking, workings, warnings)
    runs = [
        compute(problem.with_scores(table, keep_bounds=True))[0] for table in completions(problem)
    ]
    tried = np.array(runs)
    placed = np.array([ranks(run, best=best) for run in runs])
    low, high = tried.min(axis=0), tried.max(axis=0)
    first, last = placed.min(axis=0), placed.max(axis=0)
    is_open = first != last
    scores = np.where(problem.missing.any(axis=1), np.nan, np.where(low == high, low, np.nan))
    told = (*warnings, *_warnings(problem, is_open))
    ranking = np.where(is_open, np.nan, first)
    workings = {"completions": len(runs), "missing": int(problem.missing.sum())}
    return Result(method, scores, ranking, low, high, first, last, workings, told)


def completions(problem: Problem) -> Iterator[Array]:
    """Yield tables without gaps: the ends of every missing cell's scale, and the middle."""
    cells = np.argwhere(problem.missing)
    low, high = problem.bounds()
    ends = np.array([[low[j], high[j]] for _i, j in cells])
    yield _filled(problem, cells, ends.mean(axis=1))
    for choice in _choices(len(cells)):
        yield _filled(problem, cells, ends[np.arange(len(cells)), choice])


def _choices(count: int) -> Iterator[npt.NDArray[np.int64]]:
    if count <= CORNERS_MAX:
        for corner in itertools.product((0, 1), repeat=count):
            yield np.array(corner)
        return
    yield np.zeros(count, dtype=int)
    yield np.ones(count, dtype=int)
    yield from np.random.default_rng(SEED).integers(0, 2, size=(2**CORNERS_MAX, count))


def _filled(problem: Problem, cells: npt.NDArray[np.intp], values: Array) -> Array:
    table = problem.scores.copy()
    table[cells[:, 0], cells[:, 1]] = values
    return table


def _warnings(problem: Problem, is_open: Array) -> Iterator[str]:
    cells = np.argwhere(problem.missing)
    told = ", ".join(f"{problem.alternatives[i]} × {problem.criteria[j]}" for i, j in cells[:5])
    yield f"missing evidence in {len(cells)} cell(s): {told}" + (", …" if len(cells) > 5 else "")
    if len(cells) > CORNERS_MAX:
        yield f"bounds from {2**CORNERS_MAX + 3} completions, not all"
    if is_open.any():
        names = ", ".join(np.array(problem.alternatives)[is_open.astype(bool)])
        yield f"rank left open by missing evidence: {names}"
    if problem.scale is None:
        yield "no scale given: missing evidence was bounded by the scores observed"
