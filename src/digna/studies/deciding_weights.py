"""Weights of a group from what each person answered, whichever way they were asked."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from digna_engines.decisions import ahp_weights, points_weights, surrogate_weights, swing_weights

Array = npt.NDArray[np.float64]


def weights_of(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the group's shares, each person's, how many counted, and how they came about.

    Only whole answers count: half a row would give nothing to what was not reached yet. Without
    any, the starting weights of the scheme are used, which is said.
    """
    method, n = inputs["weighting"], len(inputs["criteria"])
    if method == "ahp":
        return _by_pairs(inputs, n)
    rows = np.array(inputs["weights"], dtype=float).reshape(-1, n)
    whole = ~np.isnan(rows).any(axis=1)
    if method != "ranking":
        whole &= np.nan_to_num(rows).sum(axis=1) > 0
    if not whole.any():
        return _starting(inputs, n, len(rows))
    if method == "ranking":
        shares = np.array([surrogate_weights(row).weights for row in rows[whole]])
        group = shares.mean(axis=0)
    else:
        group = (swing_weights if method == "swing" else points_weights)(rows[whole]).weights
        shares = rows[whole] / rows[whole].sum(axis=1, keepdims=True)
    return _told(method, group, _placed(shares, whole), [None] * len(rows))


def _by_pairs(inputs: Mapping[str, Any], n: int) -> dict[str, Any]:
    people = inputs["weights"]
    needed = n * (n - 1) // 2
    matrices: list[Array] = []
    by_person: list[list[float] | None] = []
    ratios: list[float | None] = []
    for pairs in people:
        if len(pairs) < needed:
            by_person.append(None)
            ratios.append(None)
            continue
        matrix = np.ones((n, n))
        for i, j, times in pairs:
            matrix[i, j], matrix[j, i] = times, 1 / times
        own = ahp_weights(matrix)
        matrices.append(matrix)
        by_person.append([round(float(w), 6) for w in own.weights])
        ratios.append(round(float(own.consistency_ratio or 0), 4))
    if not matrices:
        return _starting(inputs, n, len(people))
    return _told("ahp", ahp_weights(matrices).weights, by_person, ratios)


def _starting(inputs: Mapping[str, Any], n: int, asked: int) -> dict[str, Any]:
    given = [value for value in inputs["defaults"] if value is not None]
    whole = len(given) == n and sum(given) > 0
    shares = np.array(given, dtype=float) if whole else np.ones(n)
    nobody: list[Any] = [None] * asked
    return _told("scheme" if whole else "equal", shares / shares.sum(), nobody, nobody)


def _placed(shares: Array, whole: npt.NDArray[np.bool_]) -> list[list[float] | None]:
    found = iter(shares)
    return [[round(float(w), 6) for w in next(found)] if is_whole else None for is_whole in whole]


def _told(
    method: str, group: Array, by_person: list[list[float] | None], ratios: list[float | None]
) -> dict[str, Any]:
    return {
        "method": method,
        "shares": [round(float(w), 9) for w in group],
        "by_person": by_person,
        "counted": sum(row is not None for row in by_person),
        "asked": len(by_person),
        "consistency": ratios,
    }
