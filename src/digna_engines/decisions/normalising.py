"""Ways to make criteria comparable. All but the anchored one depend on who else is compared."""

from typing import Literal, get_args

import numpy as np

from digna_engines.decisions.problem import Array, Problem
from digna_engines.errors import EngineError

Normalisation = Literal["raw", "anchored", "minmax", "vector", "sum", "max"]


def normalised(problem: Problem, how: Normalisation) -> Array:
    """The table on common scales; for every way but ``vector``, more is better afterwards.

    ``raw``: x, and −x where less is better. ``anchored``: (x − lowest)/(highest − lowest) of the
    scale, mirrored where less is better: adding an alternative changes nobody. ``minmax``: the
    same between the observed ends. ``sum``: x/Σx (1/x first where less is better). ``max``: x/max,
    and min/x where less is better. ``vector``: x/√Σx², direction kept as it is. A criterion on
    which all are equal tells nobody apart: it becomes 0 in ``minmax``.

    Source: Hwang and Yoon (1981). Errors: ``decisions.normalisation``, ``decisions.not_positive``.
    """
    if how not in get_args(Normalisation):
        raise EngineError(
            "decisions.normalisation",
            f"No hay una normalización «{how}».",
            f"There is no normalisation “{how}”.",
        )
    more = np.array(problem.maximise)
    table = problem.scores
    if how == "raw":
        signed: Array = np.where(more, table, -table)
        return signed
    if how in ("anchored", "minmax"):
        return _between(problem, more, anchored=how == "anchored")
    if how == "vector":
        length = np.sqrt((table**2).sum(axis=0))
        return np.asarray(
            np.divide(table, length, out=np.zeros_like(table), where=length > 0), dtype=float
        )
    _refuse_not_positive(table, more, how)
    if how == "sum":
        turned = np.where(more, table, np.divide(1.0, table, out=np.ones_like(table), where=~more))
        total = turned.sum(axis=0)
        return np.asarray(
            np.divide(turned, total, out=np.zeros_like(turned), where=total > 0), dtype=float
        )
    highest = table.max(axis=0)
    up = np.divide(table, highest, out=np.zeros_like(table), where=highest > 0)
    down = np.divide(table.min(axis=0), table, out=np.zeros_like(table), where=table > 0)
    return np.asarray(np.where(more, up, down), dtype=float)


def _between(problem: Problem, more: Array, *, anchored: bool) -> Array:
    table = problem.scores
    low, high = problem.bounds() if anchored else (table.min(axis=0), table.max(axis=0))
    width = high - low
    up = np.divide(table - low, width, out=np.zeros_like(table), where=width > 0)
    return np.where(more, up, np.where(width > 0, 1 - up, 0.0))


def _divided(table: Array, by: Array) -> Array:
    """Columns divided; one that sums to nothing becomes 0."""
    told: Array = np.divide(table, by, out=np.zeros_like(table), where=by > 0)
    return told


def _refuse_not_positive(table: Array, more: Array, how: str) -> None:
    if (table < 0).any() or (table[:, ~more.astype(bool)] <= 0).any():
        raise EngineError(
            "decisions.not_positive",
            f"«{how}» divide por el puntaje: todos deben ser positivos.",
            f"“{how}” divides by the score: all must be positive.",
        )
