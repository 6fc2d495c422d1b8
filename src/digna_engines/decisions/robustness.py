"""Would another reasonable choice have changed the answer? Each function asks one such question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digna_engines.decisions.additive import weighted_sum
from digna_engines.decisions.normalising import normalised
from digna_engines.decisions.problem import Array, Problem, Result, ranks

Ranker = Callable[[Problem], Result]


@dataclass(frozen=True)
class Crossover:
    """The weight of a criterion at which two alternatives change places; None: never."""

    leader: str
    challenger: str
    criterion: str
    weight: float
    crossover: float | None

    @property
    def relative_change(self) -> float | None:
        """How much the weight must change, as a share of what it is."""
        if self.crossover is None or self.weight == 0:
            return None
        return abs(self.crossover - self.weight) / self.weight


def crossover_weights(
    problem: Problem, leader: int | str | None = None, challenger: int | str | None = None
) -> tuple[Crossover, ...]:
    """w*_k = R/(R − d_k), R = (D − w_k d_k)/(1 − w_k), for every criterion k.

    Symbols: d_j = a_j − b_j, D = Σ_j w_j d_j is the lead of a over b under the weighted sum of
    raw scores; criterion k moves to w* and the others keep their proportions. Inside 0–1, a and b
    are level at w*; outside, no weight of k alone changes them. By default the first against the
    second of the weighted sum. Criteria with weight 1 have no others to scale.

    >>> three = Problem([[4, 3, 5, 3], [5, 3, 3, 4], [4, 2, 4, 4]], [.4, .2, .2, .2], [True] * 4)
    >>> [c.crossover and round(c.crossover, 4) for c in crossover_weights(three, 0, 1)]
    [0.25, 1.0, 0.2727, 0.0]
    """
    table = normalised(problem, "raw")
    first, second = _pair(problem, table, leader, challenger)
    d = table[first] - table[second]
    lead = float(problem.weights @ d)
    found = []
    for k, name in enumerate(problem.criteria):
        weight = float(problem.weights[k])
        point: float | None = None
        if weight < 1:
            rest = (lead - weight * d[k]) / (1 - weight)
            if abs(rest - d[k]) > 1e-12:
                at = rest / (rest - d[k])
                point = float(at) + 0.0 if -1e-12 <= at <= 1 + 1e-12 else None
        found.append(
            Crossover(
                problem.alternatives[first], problem.alternatives[second], name, weight, point
            )
        )
    return tuple(found)


def _pair(
    problem: Problem, table: Array, leader: int | str | None, challenger: int | str | None
) -> tuple[int, int]:
    by_score = np.argsort(-(table @ problem.weights), kind="stable").tolist()

    def index(named: int | str | None, others: Sequence[int]) -> int:
        if named is None:
            return int(next(i for i in by_score if i not in others))
        return problem.alternatives.index(named) if isinstance(named, str) else named

    first = index(leader, ())
    return first, index(challenger, (first,))


@dataclass(frozen=True, eq=False)
class LeftOut:
    """The ranking without one thing, and whether the winner stays."""

    what: str
    ranking: Array
    winner_stays: bool


def leave_one_criterion_out(problem: Problem, method: Ranker = weighted_sum) -> tuple[LeftOut, ...]:
    """Rank again without each criterion in turn; the other weights keep their proportions."""
    whole = method(problem).ranking
    found = []
    for k, name in enumerate(problem.criteria):
        rest = problem.without(criterion=k) if len(problem.criteria) > 1 else problem
        if rest.weights.sum() == 0:
            continue
        now = method(rest).ranking
        found.append(LeftOut(name, now, _same_winner(whole, now)))
    return tuple(found)


def leave_one_evaluator_out(
    problem: Problem,
    evaluations: npt.ArrayLike,
    *,
    method: Ranker = weighted_sum,
    names: Sequence[str] = (),
) -> tuple[LeftOut, ...]:
    """Rank again without each evaluator; scores are the mean of those who remain.

    Symbols: ``evaluations`` is evaluators × m × n with ``nan`` where somebody did not score.
    """
    votes = np.asarray(evaluations, dtype=float)
    whole = method(problem.with_scores(cell_means(votes))).ranking
    found = []
    for e in range(len(votes)):
        rest = np.delete(votes, e, axis=0)
        now = method(problem.with_scores(cell_means(rest))).ranking
        name = names[e] if names else f"E{e + 1}"
        found.append(LeftOut(name, now, _same_winner(whole, now)))
    return tuple(found)


def cell_means(votes: Array) -> Array:
    """The mean of each cell over those who scored it; ``nan`` where nobody did."""
    given = ~np.isnan(votes)
    count = given.sum(axis=0)
    total = np.where(given, votes, 0.0).sum(axis=0)
    return np.asarray(
        np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0), dtype=float
    )


def _same_winner(before: Array, after: Array) -> bool:
    return bool((np.flatnonzero(before == 1).tolist()) == (np.flatnonzero(after == 1).tolist()))


def dominance(problem: Problem) -> npt.NDArray[np.bool_]:
    """``[i, k]``: i is at least as good as k on every criterion and better on one.

    With missing evidence i dominates only where it would whatever the missing is.
    """
    table = normalised(problem, "raw")
    low, high = problem.bounds()
    more = np.array(problem.maximise)
    floor, ceiling = np.where(more, low, -high), np.where(more, high, -low)
    worst = np.where(problem.missing, floor, table)
    best = np.where(problem.missing, ceiling, table)
    no_less = (worst[:, None, :] >= best[None, :, :]).all(axis=2)
    better = (worst[:, None, :] > best[None, :, :]).any(axis=2)
    return np.asarray(no_less & better, dtype=bool)


@dataclass(frozen=True)
class Reversal:
    """A change of the set of alternatives, and the pairs that changed places because of it."""

    change: str
    pairs: tuple[tuple[str, str], ...]


def rank_reversal(problem: Problem, method: Ranker) -> tuple[Reversal, ...]:
    """Leave out each alternative, and add a copy of each: who else changes places?

    A method that passes gives no pairs at all. Weighted sums of anchored scores pass; most
    methods that normalise by the sample do not.
    """
    m = len(problem.alternatives)
    whole = method(problem).ranking
    found = []
    for i in range(m):
        if m > 2:
            rest = [k for k in range(m) if k != i]
            without = method(_chosen(problem, rest)).ranking
            pairs = _reversed(problem, rest, whole[rest], without)
            found.append(Reversal(f"− {problem.alternatives[i]}", pairs))
        doubled = [*range(m), i]
        with_copy = method(_chosen(problem, doubled)).ranking[:m]
        pairs = _reversed(problem, list(range(m)), whole, with_copy)
        found.append(Reversal(f"+ {problem.alternatives[i]}", pairs))
    return tuple(found)


def _chosen(problem: Problem, rows: Sequence[int]) -> Problem:
    names = [problem.alternatives[i] for i in rows]
    named = [f"{name}'" if name in names[:at] else name for at, name in enumerate(names)]
    return Problem(
        problem.scores[list(rows)],
        problem.weights,
        problem.maximise,
        tuple(named),
        problem.criteria,
        problem.scale,
    )


def _reversed(
    problem: Problem, rows: Sequence[int], before: Array, after: Array
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (problem.alternatives[rows[i]], problem.alternatives[rows[k]])
        for i in range(len(rows))
        for k in range(i + 1, len(rows))
        if (before[i] - before[k]) * (after[i] - after[k]) < 0
    )


def kendall_tau(a: npt.ArrayLike, b: npt.ArrayLike) -> float | None:
    """Kendall's tau-b between two rankings, ties corrected; None when one of them says nothing.

    >>> kendall_tau([1, 2, 3], [1, 3, 2])
    0.3333333333333333
    """
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    known = ~(np.isnan(x) | np.isnan(y))
    x, y = x[known], y[known]
    upper = np.triu_indices(len(x), 1)
    dx, dy = np.sign(x[:, None] - x[None, :])[upper], np.sign(y[:, None] - y[None, :])[upper]
    scale = np.sqrt(float((dx != 0).sum()) * float((dy != 0).sum()))
    return float((dx * dy).sum() / scale) if scale > 0 else None


def method_agreement(results: Sequence[Result]) -> dict[tuple[str, str], float | None]:
    """Kendall's tau-b between every two methods' rankings."""
    return {
        (one.method, other.method): kendall_tau(one.ranking, other.ranking)
        for at, one in enumerate(results)
        for other in results[at + 1 :]
    }


def mean_ranks(results: Sequence[Result]) -> Array:
    """Rank of the mean rank over methods: only to show where they disagree, not to decide."""
    return ranks(np.nanmean([r.ranking for r in results], axis=0), best="lowest")
