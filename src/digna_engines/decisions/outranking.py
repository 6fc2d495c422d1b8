"""PROMETHEE: alternatives compared in pairs, criterion by criterion."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from digna_engines.decisions import missing
from digna_engines.decisions.problem import Array, Problem, Result
from digna_engines.errors import EngineError

Preference = Literal["usual", "u", "v", "level", "linear", "gaussian"]
NEEDS: Mapping[str, tuple[str, ...]] = {
    "usual": (),
    "u": ("q",),
    "v": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}


@dataclass(frozen=True, eq=False)
class Promethee(Result):
    """``positive`` and ``negative`` flows, ``net`` their difference (the scores).

    ``prefers[a, b]`` is PROMETHEE I: a is preferred to b; where neither is, the two cannot be
    compared (``incomparable``) or are indifferent.
    """

    positive: Array = None  # type: ignore[assignment]
    negative: Array = None  # type: ignore[assignment]
    net: Array = None  # type: ignore[assignment]
    prefers: npt.NDArray[np.bool_] = None  # type: ignore[assignment]
    incomparable: npt.NDArray[np.bool_] = None  # type: ignore[assignment]


def promethee(
    problem: Problem,
    preference: Preference = "usual",
    q: npt.ArrayLike | None = None,
    p: npt.ArrayLike | None = None,
    s: npt.ArrayLike | None = None,
) -> Promethee:
    """π(a,b) = Σ_j w_j P_j(d_j); φ⁺ = mean_b π(a,b), φ⁻ = mean_b π(b,a), φ = φ⁺ − φ⁻.

    Symbols: d is how much a is better than b; P(d) is ``usual`` d > 0, ``u`` d > q, ``v`` d/p up to
    1, ``level`` 0 / ½ / 1 at q and p, ``linear`` (d−q)/(p−q), ``gaussian`` 1 − exp(−d²/2s²); q, p
    and s are one number or one per criterion, in the criterion's own unit.

    Source: Brans, Vincke and Mareschal (1986), EJOR 24. Errors: ``decisions.preference``,
    ``decisions.threshold`` (missing, negative, or p not above q).

    >>> zhao = Problem([[4, 3, 2], [3, 2, 4], [5, 1, 3]], [.5, .3, .2], [True] * 3)
    >>> promethee(zhao).net.round(2)
    array([ 0.1, -0.3,  0.2])
    """
    n = len(problem.criteria)
    thresholds = _thresholds(preference, n, {"q": q, "p": p, "s": s})

    def compute(whole: Problem) -> tuple[Array, Mapping[str, object]]:
        plus, minus, pi = _flows(whole, preference, thresholds)
        return plus - minus, {"pi": pi, "positive": plus, "negative": minus}

    found = missing.answer(f"promethee2({preference})", problem, compute)
    known = {part.name: getattr(found, part.name) for part in fields(Result)}
    if problem.missing.any():
        m = len(problem.alternatives)
        empty, no = np.full(m, np.nan), np.zeros((m, m), dtype=bool)
        return Promethee(
            **known, positive=empty, negative=empty, net=found.scores, prefers=no, incomparable=no
        )
    plus, minus, _pi = _flows(problem, preference, thresholds)
    prefers, incomparable = _partial(plus, minus)
    return Promethee(
        **known,
        positive=plus,
        negative=minus,
        net=plus - minus,
        prefers=prefers,
        incomparable=incomparable,
    )


def _thresholds(
    preference: str, n: int, given: Mapping[str, npt.ArrayLike | None]
) -> dict[str, Array]:
    if preference not in get_args(Preference):
        raise EngineError(
            "decisions.preference",
            f"No hay una función de preferencia «{preference}».",
            f"There is no preference function “{preference}”.",
        )
    found = {}
    for name in NEEDS[preference]:
        value = given[name]
        array = np.full(n, np.nan) if value is None else np.broadcast_to(value, (n,)).astype(float)
        is_low = array < 0 if name == "q" else array <= 0
        if np.isnan(array).any() or is_low.any():
            raise _threshold(name, preference)
        found[name] = array
    if {"q", "p"} <= set(found) and (found["p"] <= found["q"]).any():
        raise _threshold("p", preference)
    return found


def _threshold(name: str, preference: str) -> EngineError:
    return EngineError(
        "decisions.threshold",
        f"«{preference}» necesita «{name}»: un número positivo (y p mayor que q).",
        f"“{preference}” needs “{name}”: a positive number (and p above q).",
        threshold=name,
    )


def _flows(
    problem: Problem, preference: str, thresholds: Mapping[str, Array]
) -> tuple[Array, Array, Array]:
    signed = np.where(problem.maximise, problem.scores, -problem.scores)
    d = signed[:, None, :] - signed[None, :, :]
    pi: Array = (_preferred(d, preference, thresholds) * problem.weights).sum(axis=2)
    others = max(len(signed) - 1, 1)
    return pi.sum(axis=1) / others, pi.sum(axis=0) / others, pi


def _preferred(d: Array, preference: str, t: Mapping[str, Array]) -> Array:
    if preference == "usual":
        return (d > 0).astype(float)
    if preference == "u":
        return (d > t["q"]).astype(float)
    if preference == "v":
        return np.clip(d / t["p"], 0, 1)
    if preference == "level":
        return np.where(d <= t["q"], 0.0, np.where(d <= t["p"], 0.5, 1.0))
    if preference == "linear":
        return np.clip((d - t["q"]) / (t["p"] - t["q"]), 0, 1)
    return np.where(d > 0, 1 - np.exp(-(d**2) / (2 * t["s"] ** 2)), 0.0)


def _partial(plus: Array, minus: Array) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    slack = 1e-12
    stronger = plus[:, None] > plus[None, :] + slack
    weaker = minus[:, None] < minus[None, :] - slack
    no_less = plus[:, None] >= plus[None, :] - slack
    no_more = minus[:, None] <= minus[None, :] + slack
    prefers = no_less & no_more & (stronger | weaker)
    indifferent = no_less & no_less.T & no_more & no_more.T
    incomparable = ~prefers & ~prefers.T & ~indifferent
    return prefers, incomparable
