"""A decision problem and what every method answers: scores, ranks, workings, warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from digna_engines.errors import EngineError

VERSION = "1"
"""Version of the methods; a stored result names it, so that a later change is seen."""

Array = npt.NDArray[np.float64]
FLAT = 1e-9
"""The least width of a scale: where all scores known are the same."""
TIE = 1e-9
"""Scores nearer than this, relative to the largest, share a rank: floats are not evidence."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Alternatives scored on criteria, with weights and directions.

    Symbols: ``scores`` is m alternatives × n criteria, ``nan`` where there is no evidence;
    ``weights`` are n numbers ≥ 0, kept as shares of their sum; ``maximise`` says of each criterion
    whether more is better; ``scale`` gives the lowest and highest possible score of each criterion
    (the anchors), which missing evidence is bounded by; without it the observed ones are used.

    Errors: ``decisions.shape``, ``decisions.weights``, ``decisions.infinite``,
    ``decisions.empty_criterion``, ``decisions.scale``.

    >>> Problem([[4, 3], [5, 1]], [2, 2], [True, True]).weights
    array([0.5, 0.5])
    """

    scores: Array
    weights: Array
    maximise: tuple[bool, ...]
    alternatives: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    scale: tuple[tuple[float, float], ...] | None = None

    def __post_init__(self) -> None:
        scores = np.array(self.scores, dtype=float)
        if scores.ndim != 2 or 0 in scores.shape:
            raise _error("shape", "Los puntajes deben ser una tabla.", "Scores must be a table.")
        m, n = scores.shape
        weights = np.array(self.weights, dtype=float)
        set_ = object.__setattr__
        set_(self, "scores", _frozen(scores))
        set_(self, "weights", _frozen(_shares(weights, n)))
        set_(self, "maximise", tuple(bool(flag) for flag in self.maximise))
        set_(self, "alternatives", tuple(self.alternatives) or tuple(f"A{i + 1}" for i in range(m)))
        set_(self, "criteria", tuple(self.criteria) or tuple(f"C{j + 1}" for j in range(n)))
        _refuse_unfit(self)

    @property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Where there is no evidence, m × n."""
        return np.isnan(self.scores)

    def bounds(self) -> tuple[Array, Array]:
        """The lowest and highest score of each criterion: of ``scale``, else as observed."""
        if self.scale is not None:
            ends = np.array(self.scale, dtype=float)
            return ends[:, 0], ends[:, 1]
        return np.nanmin(self.scores, axis=0), np.nanmax(self.scores, axis=0)

    def with_scores(self, scores: npt.ArrayLike, *, keep_bounds: bool = False) -> "Problem":
        """The same problem with other scores; ``keep_bounds`` makes this one's ends its scale."""
        scale = self.scale
        if keep_bounds and scale is None:
            low, high = self.bounds()
            scale = tuple(zip(low.tolist(), np.maximum(high, low + FLAT).tolist(), strict=True))
        return Problem(
            np.asarray(scores, dtype=float),
            self.weights,
            self.maximise,
            self.alternatives,
            self.criteria,
            scale,
        )

    def with_weights(self, weights: npt.ArrayLike) -> "Problem":
        """The same problem with other weights."""
        return Problem(
            self.scores,
            np.asarray(weights, dtype=float),
            self.maximise,
            self.alternatives,
            self.criteria,
            self.scale,
        )

    def without(self, *, criterion: int | None = None, alternative: int | None = None) -> "Problem":
        """The same problem without one criterion or one alternative."""
        rows = [i for i in range(self.scores.shape[0]) if i != alternative]
        columns = [j for j in range(self.scores.shape[1]) if j != criterion]
        return Problem(
            self.scores[np.ix_(rows, columns)],
            self.weights[columns],
            tuple(self.maximise[j] for j in columns),
            tuple(self.alternatives[i] for i in rows),
            tuple(self.criteria[j] for j in columns),
            tuple(self.scale[j] for j in columns) if self.scale is not None else None,
        )


def _error(code: str, es: str, en: str, **details: object) -> EngineError:
    return EngineError(f"decisions.{code}", es, en, **details)


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array


def _shares(weights: Array, n: int) -> Array:
    fits = weights.shape == (n,) and np.isfinite(weights).all() and (weights >= 0).all()
    if not fits or weights.sum() <= 0:
        raise _error(
            "weights",
            f"Hacen falta {n} pesos, ninguno negativo y no todos cero.",
            f"{n} weights are needed, none negative and not all zero.",
        )
    shares: Array = weights / weights.sum()
    return shares


def _refuse_unfit(problem: Problem) -> None:
    m, n = problem.scores.shape
    sizes = (len(problem.maximise), len(problem.criteria), len(problem.alternatives))
    if sizes != (n, n, m):
        raise _error(
            "shape",
            f"La tabla es de {m} × {n}; direcciones, criterios y alternativas no coinciden.",
            f"The table is {m} × {n}; directions, criteria and alternatives do not match.",
        )
    if np.isinf(problem.scores).any():
        raise _error("infinite", "Hay un puntaje infinito.", "There is an infinite score.")
    empty = np.flatnonzero(problem.missing.all(axis=0))
    if problem.scale is None and empty.size:
        name = problem.criteria[int(empty[0])]
        raise _error(
            "empty_criterion",
            f"Nadie tiene evidencia en «{name}»: quite el criterio o dé su escala.",
            f"Nobody has evidence on “{name}”: drop the criterion or give its scale.",
            criterion=name,
        )
    if problem.scale is not None:
        _refuse_unfit_scale(problem)


def _refuse_unfit_scale(problem: Problem) -> None:
    low, high = problem.bounds()
    outside = (problem.scores < low) | (problem.scores > high)
    if len(low) != problem.scores.shape[1] or (low >= high).any() or outside.any():
        raise _error(
            "scale",
            "Un puntaje cae fuera de su escala, o una escala no va de menos a más.",
            "A score lies outside its scale, or a scale does not go from low to high.",
        )


@dataclass(frozen=True, eq=False)
class Result:
    """What a method says of each alternative.

    Symbols: ``scores`` as the method defines them, ``nan`` where evidence is missing; ``ranking``
    is 1 for the best, ties share the better rank, ``nan`` where missing evidence leaves the rank
    open; ``lowest`` and ``highest`` bound the score over what the missing evidence could be, and
    ``best_rank`` and ``worst_rank`` the rank; ``workings`` are the steps between.
    """

    method: str
    scores: Array
    ranking: Array
    lowest: Array
    highest: Array
    best_rank: Array
    worst_rank: Array
    workings: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    version: str = VERSION

    def __post_init__(self) -> None:
        object.__setattr__(self, "workings", MappingProxyType(dict(self.workings)))


def ranks(scores: npt.ArrayLike, *, best: str = "highest") -> Array:
    """Ranks from 1 (best); near-equal scores share the better rank; ``nan`` stays ``nan``.

    >>> ranks([3.8, 4.0, 3.8])
    array([2., 1., 2.])
    """
    values = np.asarray(scores, dtype=float)
    signed = values if best == "highest" else -values
    known = ~np.isnan(signed)
    slack = TIE * max(1.0, float(np.max(np.abs(signed[known]), initial=0.0)))
    beaten_by = (signed[None, :] > signed[:, None] + slack) & known[None, :]
    return np.where(known, 1.0 + beaten_by.sum(axis=1), np.nan)


def order(names: Sequence[str], ranking: Array) -> list[list[str]]:
    """Names from best to worst, those that tie together; without a rank come last, together.

    >>> order(["a", "b", "c"], np.array([2.0, 1.0, 2.0]))
    [['b'], ['a', 'c']]
    """
    groups: dict[float, list[str]] = {}
    for name, rank in zip(names, ranking.tolist(), strict=True):
        groups.setdefault(float("inf") if np.isnan(rank) else rank, []).append(name)
    return [groups[key] for key in sorted(groups)]
