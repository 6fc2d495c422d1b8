"""Methods that measure how far each alternative is from the best and the worst: TOPSIS, VIKOR."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np

from digna_engines.decisions import missing
from digna_engines.decisions.normalising import normalised
from digna_engines.decisions.problem import Array, Problem, Result
from digna_engines.errors import EngineError


def topsis(
    problem: Problem, normalisation: Literal["vector", "minmax", "sum", "max", "raw"] = "vector"
) -> Result:
    """C_i = d⁻_i / (d⁺_i + d⁻_i): nearness to the best of all criteria, from 0 to 1.

    Symbols: v_ij = w_j r_ij, r normalised; A⁺ and A⁻ the best and worst v of each criterion; d⁺
    and d⁻ Euclidean distances. The normalisation is part of the method's name, because it changes
    who wins. Where nobody can be told apart (d⁺ + d⁻ = 0), C is 0.5.

    Source: Hwang and Yoon (1981), chapter 3.

    >>> jets = Problem([[2.0, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5],
    ...                 [1.8, 2000, 21000, 4.5, 7, 7], [2.2, 1800, 20000, 5.0, 5, 5]],
    ...                [.2, .1, .1, .1, .2, .3], [True, True, True, False, True, True])
    >>> topsis(jets).scores.round(5)
    array([0.64328, 0.26838, 0.61354, 0.31229])
    """

    def compute(whole: Problem) -> tuple[Array, Mapping[str, object]]:
        table = normalised(whole, normalisation) * whole.weights
        more = np.array(whole.maximise) | (normalisation != "vector")
        best = np.where(more, table.max(axis=0), table.min(axis=0))
        worst = np.where(more, table.min(axis=0), table.max(axis=0))
        far = np.sqrt(((table - best) ** 2).sum(axis=1))
        near = np.sqrt(((table - worst) ** 2).sum(axis=1))
        total = far + near
        scores = np.divide(near, total, out=np.full_like(near, 0.5), where=total > 0)
        return scores, {"d_plus": far, "d_minus": near, "best": best, "worst": worst}

    return missing.answer(f"topsis({normalisation})", problem, compute)


@dataclass(frozen=True, eq=False)
class Vikor(Result):
    """VIKOR's answer: ``s`` group utility, ``r`` worst regret, ``q`` the mix (lowest is best).

    ``compromise`` holds the indices proposed: one alternative only when it wins clearly and
    stably; several when the lead is too small; empty while missing evidence leaves it open.
    """

    s: Array = None  # type: ignore[assignment]
    r: Array = None  # type: ignore[assignment]
    q: Array = None  # type: ignore[assignment]
    compromise: tuple[int, ...] = ()


def vikor(problem: Problem, v: float = 0.5) -> Vikor:
    """Q = v (S−S*)/(S⁻−S*) + (1−v) (R−R*)/(R⁻−R*); the lowest wins.

    Symbols: t_ij = w_j (f*_j − f_ij)/(f*_j − f⁻_j), S = Σ_j t, R = max_j t; f* and f⁻ the best and
    worst observed; v the weight of the majority. A criterion on which all are equal adds nothing;
    when all S (or R) are equal that term is 0. Compromise: the first alone when it leads by
    1/(m−1) (C1) and is first by S or R as well (C2); the first two when only C2 fails; all within
    1/(m−1) of the first when C1 fails.

    Source: Opricovic and Tzeng (2004), EJOR 156. Error: ``decisions.vikor_v`` outside 0–1.
    """
    if not 0 <= v <= 1:
        raise EngineError("decisions.vikor_v", "«v» va de 0 a 1.", "“v” goes from 0 to 1.")

    def compute(whole: Problem) -> tuple[Array, Mapping[str, object]]:
        s, r, q = _vikor(whole, v)
        return q, {"s": s, "r": r}

    found = missing.answer(f"vikor(v={v:g})", problem, compute, best="lowest")
    known = {part.name: getattr(found, part.name) for part in fields(Result)}
    if problem.missing.any():
        empty = np.full(len(problem.alternatives), np.nan)
        return Vikor(**known, s=empty, r=empty, q=found.scores, compromise=())
    s, r, q = _vikor(problem, v)
    return Vikor(**known, s=s, r=r, q=q, compromise=_compromise(s, r, q))


def _vikor(problem: Problem, v: float) -> tuple[Array, Array, Array]:
    more = np.array(problem.maximise)
    table = problem.scores
    best = np.where(more, table.max(axis=0), table.min(axis=0))
    worst = np.where(more, table.min(axis=0), table.max(axis=0))
    width = best - worst
    gap = np.divide(best - table, width, out=np.zeros_like(table), where=width != 0)
    terms = problem.weights * gap
    s, r = terms.sum(axis=1), terms.max(axis=1)
    return s, r, v * _stretched(s) + (1 - v) * _stretched(r)


def _stretched(values: Array) -> Array:
    width = float(values.max() - values.min())
    if width <= 1e-15:
        return np.zeros_like(values)
    stretched: Array = (values - values.min()) / width
    return stretched


def _compromise(s: Array, r: Array, q: Array) -> tuple[int, ...]:
    m = len(q)
    by_q = sorted(range(m), key=lambda i: (q[i], i))
    if m == 1:
        return (0,)
    least = 1 / (m - 1)
    first, second = by_q[0], by_q[1]
    if q[second] - q[first] < least - 1e-12:
        return tuple(i for i in by_q if q[i] - q[first] < least - 1e-12)
    is_stable = s[first] <= s.min() + 1e-12 or r[first] <= r.min() + 1e-12
    return (first,) if is_stable else (first, second)
