"""Weighted sum and weighted product."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from digna_engines.decisions import missing
from digna_engines.decisions.normalising import Normalisation, normalised
from digna_engines.decisions.problem import Array, Problem, Result

ValueFunction = Callable[[float], float]


def weighted_sum(
    problem: Problem,
    *,
    normalisation: Normalisation = "raw",
    values: Sequence[ValueFunction] | None = None,
) -> Result:
    """S_i = Σ_j w_j v_j(x_ij).

    Symbols: v_j is the score itself (``raw``, for scores on anchored scales), a normalisation, or
    one of ``values``, a function per criterion with fixed ends. With ``raw``, ``anchored`` or
    ``values`` adding an alternative never changes the order of the others; with ``minmax``, ``sum``
    or ``max`` it can, and the result says so.

    Source: Keeney and Raiffa (1976). Missing evidence gives ``lowest`` and ``highest``.

    >>> three = Problem([[4, 3, 5, 3], [5, 3, 3, 4], [4, 2, 4, 4]], [.4, .2, .2, .2], [True] * 4)
    >>> weighted_sum(three).scores.round(2)
    array([3.8, 4. , 3.6])
    """
    told = () if values or normalisation in ("raw", "anchored") else (_DEPENDS,)

    def compute(whole: Problem) -> tuple[Array, Mapping[str, object]]:
        table = _valued(whole, values) if values else normalised(whole, normalisation)
        parts = table * whole.weights
        scores: Array = parts.sum(axis=1)
        return scores, {"contributions": parts, "normalisation": normalisation}

    name = "weighted_sum(values)" if values else f"weighted_sum({normalisation})"
    return missing.answer(name, problem, compute, is_sum=not told, warnings=told)


_DEPENDS = "scores depend on who else is compared: adding an alternative can reorder the others"


def _valued(problem: Problem, values: Sequence[ValueFunction]) -> Array:
    columns = [
        [value(float(score)) for score in problem.scores[:, j]] for j, value in enumerate(values)
    ]
    return np.array(columns, dtype=float).T


def weighted_product(problem: Problem, *, normalisation: Normalisation = "max") -> Result:
    """P_i = Π_j v_ij^w_j over a normalisation that leaves positive values.

    Source: Bridgman (1922). A zero in any criterion makes the whole product zero.
    """

    def compute(whole: Problem) -> tuple[Array, Mapping[str, object]]:
        table = normalised(whole, normalisation)
        scores: Array = np.prod(table**whole.weights, axis=1)
        return scores, {"normalised": table}

    name = f"weighted_product({normalisation})"
    return missing.answer(name, problem, compute, warnings=(_DEPENDS,))
