"""SMAA-2: how much of the space of weights (and of scores) makes each alternative win."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digna_engines.decisions import simplex
from digna_engines.decisions.normalising import normalised
from digna_engines.decisions.problem import VERSION, Array, Problem
from digna_engines.decisions.simplex import Order, Weighting
from digna_engines.errors import EngineError

CHUNK = 20_000
"""Draws done at once: the working arrays stay within tens of megabytes."""


@dataclass(frozen=True, eq=False)
class Smaa:
    """What all admissible weights say together.

    ``rank_acceptability[i, r]`` is the share of weights (and scores) that put alternative i at
    rank r+1; ``central_weights[i]`` the mean weights that make it win, ``nan`` where none do;
    ``confidence[i]`` how often it wins at its central weights when scores are uncertain (1 when
    they are not and it wins there); ``pairwise[i, k]`` how often i beats k; ``entropy`` in bits,
    of the rankings seen; ``error`` the Monte Carlo standard error of each acceptability (0 when
    exact).
    """

    method: str
    rank_acceptability: Array
    central_weights: Array
    confidence: Array
    pairwise: Array
    entropy: float
    error: Array
    draws: int
    seed: int | None
    warnings: tuple[str, ...] = ()
    version: str = VERSION

    def holistic(self, alphas: npt.ArrayLike) -> Array:
        """Σ_r α_r b_i^r: one number an alternative, for α decreasing in the rank."""
        value: Array = self.rank_acceptability @ np.asarray(alphas, dtype=float)
        return value


def smaa(
    problem: Problem,
    *,
    draws: int = 100_000,
    seed: int = 1,
    weights: Weighting = "free",
    prefer: Order = (),
    exact: bool = False,
    evaluations: npt.ArrayLike | None = None,
    value: str = "raw",
) -> Smaa:
    """Rank acceptability b_i^r, central weights, confidence, pairwise winning, entropy.

    Symbols: utilities are weighted sums of the scores (``raw``) or of a normalisation (``value``);
    weights are uniform on the simplex (``free``), on w₁ ≥ w₂ ≥ … (``ordered``) or within bounds,
    and ``prefer`` gives pairs (i, k) of criteria with w_i ≥ w_k.
    ``evaluations`` (evaluators × m × n, ``nan`` where somebody did not score) makes the scores
    uncertain: each draw takes each cell from one of those who scored it. A cell that nobody scored
    is drawn from its whole scale. ``exact`` cuts the simplex into cells instead of drawing (few
    alternatives and criteria, scores certain).

    A 95 % error of d asks for draws ≥ 1.96²/(4 d²): 9,604 for one point.

    Source: Lahdelma and Salminen (2001), Operations Research 49; Tervonen and Lahdelma (2007).
    Errors: ``decisions.exact_uncertain``, ``decisions.too_many_cells``, ``decisions.bounds``,
    ``decisions.evaluations``.

    >>> shared = Problem([[1, 0], [.6, .6], [0, 1]], [1, 1], [True, True])
    >>> smaa(shared, exact=True).rank_acceptability.round(6)
    array([[0.4, 0.1, 0.5],
           [0.2, 0.8, 0. ],
           [0.4, 0.1, 0.5]])
    """
    votes = _votes(problem, evaluations)
    if exact:
        if votes is not None or problem.missing.any():
            raise EngineError(
                "decisions.exact_uncertain",
                "El cálculo exacto pide puntajes ciertos: use la simulación.",
                "The exact computation wants certain scores: simulate.",
            )
        return _exactly(problem, weights, prefer, value)
    return _drawn(problem, draws, seed, (weights, prefer), votes, value)


def _votes(problem: Problem, evaluations: npt.ArrayLike | None) -> Array | None:
    if evaluations is None:
        return None
    votes = np.asarray(evaluations, dtype=float)
    if votes.ndim != 3 or votes.shape[1:] != problem.scores.shape:
        raise EngineError(
            "decisions.evaluations",
            "Las evaluaciones deben tener la forma personas × alternativas × criterios.",
            "Evaluations must be people × alternatives × criteria.",
        )
    return votes


def _exactly(problem: Problem, weights: Weighting, prefer: Order, value: str) -> Smaa:
    utilities = normalised(problem, value)  # type: ignore[arg-type]
    m, n = utilities.shape
    acceptability, pairwise = np.zeros((m, m)), np.zeros((m, m))
    central = np.zeros((m, n))
    rankings: dict[tuple[int, ...], float] = {}
    total = 0.0
    for ranks, volume, centre in simplex.cells(utilities, simplex.corners(n, weights, prefer)):
        total += volume
        acceptability[np.arange(m), ranks - 1] += volume
        pairwise += volume * (ranks[:, None] < ranks[None, :])
        central[ranks == 1] += volume * centre
        key = tuple(ranks.tolist())
        rankings[key] = rankings.get(key, 0.0) + volume
    with np.errstate(divide="ignore", invalid="ignore"):
        central = np.where(
            acceptability[:, :1] > simplex.FLAT, central / acceptability[:, :1], np.nan
        )
    shares = np.array(list(rankings.values())) / total
    return Smaa(
        method="smaa(exact)",
        rank_acceptability=acceptability / total,
        central_weights=central,
        confidence=_wins_at(utilities, central),
        pairwise=pairwise / total,
        entropy=_entropy(shares),
        error=np.zeros((m, m)),
        draws=0,
        seed=None,
    )


def _wins_at(utilities: Array, central: Array) -> Array:
    found = np.full(len(utilities), np.nan)
    for i, weights in enumerate(central):
        if not np.isnan(weights).any():
            told = utilities @ weights
            found[i] = float(told[i] >= told.max() - 1e-12)
    return found


def _entropy(shares: Array) -> float:
    positive = shares[shares > 0]
    return float(-(positive * np.log2(positive)).sum()) + 0.0


def _drawn(
    problem: Problem,
    draws: int,
    seed: int,
    allowed: tuple[Weighting, Order],
    votes: Array | None,
    value: str,
) -> Smaa:
    rng = np.random.default_rng(seed)
    m, n = problem.scores.shape
    tally = _Tally(m, n)
    is_sure = votes is None and not problem.missing.any()
    table = normalised(problem, value) if is_sure else None  # type: ignore[arg-type]
    for start in range(0, draws, CHUNK):
        size = min(CHUNK, draws - start)
        chosen = simplex.drawn(n, size, allowed[0], rng, allowed[1])
        if table is not None:
            utilities = chosen @ table.T
        else:
            scores = _scores(problem, votes, size, rng, value)
            utilities = np.einsum("dij,dj->di", scores, chosen)
        tally.add(utilities, chosen)
    b = tally.acceptability / draws
    central = tally.central()
    return Smaa(
        method="smaa(simulated)",
        rank_acceptability=b,
        central_weights=central,
        confidence=(
            _wins_at(table, central)
            if table is not None
            else _confidence(problem, votes, central, seed, value)
        ),
        pairwise=tally.pairwise / draws,
        entropy=tally.entropy(draws),
        error=np.sqrt(b * (1 - b) / draws),
        draws=draws,
        seed=seed,
        warnings=_told(problem, votes),
    )


def _told(problem: Problem, votes: Array | None) -> tuple[str, ...]:
    unseen = problem.missing if votes is None else np.isnan(votes).all(axis=0)
    if not unseen.any():
        return ()
    return (f"{int(unseen.sum())} cell(s) without evidence drawn from their whole scale",)


class _Tally:
    """Counts over draws."""

    def __init__(self, m: int, n: int) -> None:
        self.m = m
        self.acceptability = np.zeros((m, m))
        self.pairwise = np.zeros((m, m))
        self.sums = np.zeros((m, n))
        self.seen: dict[bytes, int] = {}

    def add(self, utilities: Array, weights: Array) -> None:
        ranks = np.ones(utilities.shape, dtype=np.int16)
        for i in range(self.m):
            for k in range(i + 1, self.m):
                wins = utilities[:, i] > utilities[:, k]
                loses = utilities[:, i] < utilities[:, k]
                ranks[:, k] += wins
                ranks[:, i] += loses
                self.pairwise[i, k] += np.count_nonzero(wins)
                self.pairwise[k, i] += np.count_nonzero(loses)
        for i in range(self.m):
            self.acceptability[i] += np.bincount(ranks[:, i] - 1, minlength=self.m)
            self.sums[i] += weights[ranks[:, i] == 1].sum(axis=0)
        rows = np.ascontiguousarray(ranks).view(np.dtype((np.void, ranks.itemsize * self.m)))
        found, counts = np.unique(rows, return_counts=True)
        for key, count in zip(found, counts.tolist(), strict=True):
            self.seen[key.tobytes()] = self.seen.get(key.tobytes(), 0) + count

    def central(self) -> Array:
        firsts = self.acceptability[:, :1]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(firsts > 0, self.sums / firsts, np.nan)

    def entropy(self, draws: int) -> float:
        return _entropy(np.array(list(self.seen.values())) / draws)


def _scores(
    problem: Problem, votes: Array | None, draws: int, rng: np.random.Generator, value: str
) -> Array:
    """Scores drawn for each draw, on the common scale: draws × m × n."""
    m, n = problem.scores.shape
    if votes is None:
        table = np.broadcast_to(problem.scores, (draws, m, n)).copy()
    else:
        table = np.empty((draws, m, n))
        for i in range(m):
            for j in range(n):
                given = votes[~np.isnan(votes[:, i, j]), i, j]
                table[:, i, j] = rng.choice(given, draws) if len(given) else np.nan
    low, high = problem.bounds()
    gaps = np.isnan(table[0])
    for i, j in np.argwhere(gaps):
        table[:, i, j] = rng.uniform(low[j], high[j], draws)
    more = np.array(problem.maximise)
    if value == "anchored":
        up = (table - low) / np.where(high > low, high - low, 1)
        return np.where(more, up, 1 - up)
    return np.where(more, table, -table)


def _confidence(
    problem: Problem, votes: Array | None, central: Array, seed: int, value: str
) -> Array:
    """How often each wins at its own central weights, over the uncertain scores."""
    rng = np.random.default_rng(seed + 1)
    scores = _scores(problem, votes, CHUNK, rng, value)
    found = np.full(len(central), np.nan)
    for i, weights in enumerate(central):
        if not np.isnan(weights).any():
            told = scores @ weights
            found[i] = float((told[:, i] >= told.max(axis=1) - 1e-12).mean())
    return found
