"""Many people's scores or rankings into one, and honest about ties."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from digna_engines.decisions.problem import VERSION, Array, ranks
from digna_engines.errors import EngineError

KEMENY_MAX = 8


@dataclass(frozen=True, eq=False)
class Together:
    """``scores`` as the method counts, ``ranking`` 1 = best, ties share; ``winners`` indices."""

    method: str
    scores: Array
    ranking: Array
    winners: tuple[int, ...]
    workings: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    version: str = VERSION


def mean(votes: npt.ArrayLike) -> Together:
    """Arithmetic mean of each item over those who scored it (evaluators × items)."""
    return _by(votes, "mean", np.nanmean)


def median(votes: npt.ArrayLike) -> Together:
    """Median of each item over those who scored it: one stubborn vote does not move it."""
    return _by(votes, "median", np.nanmedian)


def trimmed_mean(votes: npt.ArrayLike, *, share: float = 0.2) -> Together:
    """Mean without the ``share`` lowest and highest votes of each item (rounded down)."""
    table = np.atleast_2d(np.asarray(votes, dtype=float))

    def trimmed(column: Array) -> float:
        given = np.sort(column[~np.isnan(column)])
        off = int(len(given) * share)
        kept = given[off : len(given) - off] if len(given) > 2 * off else given
        return float(kept.mean()) if len(kept) else np.nan

    return _told("trimmed_mean", np.array([trimmed(column) for column in table.T]))


def _by(votes: npt.ArrayLike, name: str, how: object) -> Together:
    table = np.atleast_2d(np.asarray(votes, dtype=float))
    empty = np.isnan(table).all(axis=0)
    filled = np.where(empty, 0.0, table)
    scores = np.where(empty, np.nan, how(filled, axis=0))  # type: ignore[operator]
    return _told(name, scores)


def _told(
    method: str,
    scores: Array,
    workings: Mapping[str, object] | None = None,
    warnings: tuple[str, ...] = (),
) -> Together:
    ranking = ranks(scores)
    winners = tuple(np.flatnonzero(ranking == 1).tolist())
    if len(winners) > 1:
        warnings = (*warnings, f"tie for first place between {len(winners)}")
    return Together(method, scores, ranking, winners, workings or {}, warnings)


def borda(rankings: npt.ArrayLike) -> Together:
    """Points: how many items each judge puts below, half a point for a tie.

    Symbols: ``rankings`` judges × items, 1 = best, equal numbers for ties, ``nan`` for not ranked
    (below all that were, tied among themselves). Source: Borda (1781).

    >>> borda([[1, 2, 3], [2, 3, 1], [3, 1, 2]]).ranking
    array([1., 1., 1.])
    """
    wins = _wins(rankings)
    return _told("borda", wins.sum(axis=(0, 2)))


def copeland(rankings: npt.ArrayLike) -> Together:
    """Duels won less duels lost, by majority of judges. Source: Copeland (1951).

    ``workings["condorcet"]`` is the item that beats all others, None when there is none.
    """
    wins = _wins(rankings)
    for_, against = wins.sum(axis=0), wins.sum(axis=0).T
    duels = np.sign(for_ - against)
    scores = duels.sum(axis=1)
    m = len(scores)
    champion = next((i for i in range(m) if duels[i].sum() == m - 1), None) if m > 1 else 0
    told = () if champion is not None else ("no item beats all others by majority",)
    return _told("copeland", scores, {"duels": duels, "condorcet": champion}, told)


def kemeny(rankings: npt.ArrayLike) -> Together:
    """Rankings that contradict the judges' pairs least; all of them when several do.

    An item's score is minus its mean place over the best rankings, so items that the best
    rankings place differently but evenly come out tied. Every order is tried.

    Source: Kemeny (1959). Error: ``decisions.kemeny_size`` for more than eight items.
    """
    wins = _wins(rankings)
    m = wins.shape[1]
    if m > KEMENY_MAX:
        raise EngineError(
            "decisions.kemeny_size",
            f"Kemeny prueba todos los órdenes: hasta {KEMENY_MAX} sectores.",
            f"Kemeny tries every order: up to {KEMENY_MAX} items.",
        )
    orders = np.array(list(itertools.permutations(range(m))))
    place = np.argsort(orders, axis=1)
    prefers = wins.sum(axis=0)
    cost = np.zeros(len(orders))
    for i in range(m):
        for k in range(m):
            if i != k:
                cost += np.where(place[:, i] > place[:, k], prefers[i, k], 0.0)
    best = cost <= cost.min() + 1e-9
    mean_place = place[best].mean(axis=0)
    told = () if best.sum() == 1 else (f"{int(best.sum())} rankings are equally good",)
    workings = {"distance": float(cost.min()), "orders": orders[best]}
    return _told("kemeny", -mean_place, workings, told)


def _wins(rankings: npt.ArrayLike) -> Array:
    """``[judge, i, k]``: 1 when the judge puts i above k, ½ when level."""
    table = np.atleast_2d(np.asarray(rankings, dtype=float))
    if table.size == 0 or np.isnan(table).all():
        raise EngineError("decisions.no_rankings", "Nadie ordenó nada.", "Nobody ranked anything.")
    placed = np.where(np.isnan(table), np.inf, table)
    above = placed[:, :, None] < placed[:, None, :]
    level = placed[:, :, None] == placed[:, None, :]
    wins: Array = above + 0.5 * level
    for judge in wins:
        np.fill_diagonal(judge, 0)
    return wins
