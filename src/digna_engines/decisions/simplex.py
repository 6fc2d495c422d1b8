"""The simplex of weights: drawn from, or cut exactly into cells of equal ranking."""

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from digna_engines.decisions.problem import Array
from digna_engines.errors import EngineError

Weighting = Literal["free", "ordered"] | Sequence[tuple[float, float]]
Order = Sequence[tuple[int, int]]
FLAT = 1e-12
PIECES_MAX = 200_000


def drawn(
    n: int, draws: int, weights: Weighting, rng: np.random.Generator, prefer: Order = ()
) -> Array:
    """Weights drawn uniformly from the simplex, or from the part of it that is allowed.

    Symbols: ``free`` all weights; ``ordered`` w₁ ≥ w₂ ≥ …; otherwise a (lowest, highest) pair for
    each criterion; ``prefer`` pairs (i, k) with w_i ≥ w_k. Kept by rejection. Returns draws × n.
    Errors: ``decisions.bounds``.
    """
    if isinstance(weights, str) and not prefer:
        table = _uniform(n, draws, rng)
        return -np.sort(-table, axis=1) if weights == "ordered" else table
    low, high = (np.zeros(n), np.ones(n)) if isinstance(weights, str) else _bounds(weights, n)
    kept: list[Array] = []
    found = 0
    room = 1 - low.sum()
    for _round in range(400):
        table = low + room * _uniform(n, max(draws, 1000), rng)
        table = -np.sort(-table, axis=1) if weights == "ordered" else table
        table = table[(table <= high + FLAT).all(axis=1)]
        for more, less in prefer:
            table = table[table[:, more] >= table[:, less]]
        kept.append(table)
        found += len(table)
        if found >= draws:
            return np.concatenate(kept)[:draws]
    raise _impossible()


def _uniform(n: int, draws: int, rng: np.random.Generator) -> Array:
    table = rng.standard_exponential((draws, n))
    table /= table.sum(axis=1, keepdims=True)
    return table


def _bounds(weights: Sequence[tuple[float, float]], n: int) -> tuple[Array, Array]:
    ends = np.array(weights, dtype=float)
    if ends.shape != (n, 2) or (ends[:, 0] > ends[:, 1]).any() or (ends < 0).any():
        raise _impossible()
    low, high = ends[:, 0], ends[:, 1]
    if low.sum() > 1 - FLAT or high.sum() < 1 - FLAT:
        raise _impossible()
    return low, high


def _impossible() -> EngineError:
    return EngineError(
        "decisions.bounds",
        "Ningún reparto de pesos cumple esos límites (o casi ninguno): ensánchelos.",
        "No weights (or hardly any) keep those limits: widen them.",
    )


def corners(n: int, weights: Weighting, prefer: Order = ()) -> list[Array]:
    """The allowed weights as simplices: each is n points (rows) of n weights."""
    pieces = _corners(n, weights)
    for more, less in prefer:
        plane = np.zeros(n)
        plane[more], plane[less] = 1, -1
        pieces = [part for piece in pieces for part, sign in cut(piece, plane) if sign > 0]
    if not pieces:
        raise _impossible()
    return pieces


def _corners(n: int, weights: Weighting) -> list[Array]:
    if isinstance(weights, str):
        if weights == "ordered":
            return [np.tril(np.ones((n, n))) / np.arange(1, n + 1)[:, None]]
        return [np.eye(n)]
    low, high = _bounds(weights, n)
    room = 1 - low.sum()
    pieces = [low + room * np.eye(n)]
    for j in range(n):
        plane = np.full(n, high[j])  # high_j·Σw − w_j ≥ 0
        plane[j] -= 1
        pieces = [part for piece in pieces for part, sign in cut(piece, plane) if sign >= 0]
    return pieces


def cut(piece: Array, plane: Array) -> Iterator[tuple[Array, int]]:
    """Cut a simplex by the plane ``plane · w = 0`` into simplices that lie on one side.

    Yields each with its side: 1, −1, or 0 when the whole simplex lies in the plane. An edge that
    crosses is split where it crosses, which replaces one end in each half; every split puts a
    corner on the plane, so it ends.
    """
    waiting = [piece]
    while waiting:
        now = waiting.pop()
        side = now @ plane
        up, down = side > FLAT, side < -FLAT
        if not (up.any() and down.any()):
            yield now, 1 if up.any() else -1 if down.any() else 0
            continue
        a, b = int(np.argmax(side)), int(np.argmin(side))
        share = side[a] / (side[a] - side[b])
        point = now[a] + share * (now[b] - now[a])
        for end in (a, b):
            half = now.copy()
            half[end] = point
            waiting.append(half)


def volume(piece: Array) -> float:
    """Volume of a simplex as a share of the whole simplex of weights: |det| of its corners."""
    return float(abs(np.linalg.det(piece)))


def cells(
    utilities: Array, pieces: Sequence[Array]
) -> Iterator[tuple[npt.NDArray[np.int64], float, Array]]:
    """Cut weights into cells within which the ranking is the same.

    Symbols: ``utilities`` is m × n, u_i(w) = Σ_j utilities_ij w_j. Yields the rank of each
    alternative (ties share the better), the cell's volume and its centre.
    Error: ``decisions.too_many_cells``.
    """
    m = len(utilities)
    pairs = [(i, k) for i in range(m) for k in range(i + 1, m)]
    waiting: list[tuple[Array, tuple[int, ...]]] = [(piece, ()) for piece in pieces]
    done = 0
    while waiting:
        piece, signs = waiting.pop()
        if len(signs) == len(pairs):
            done += 1
            yield _ranked(m, pairs, signs), volume(piece), piece.mean(axis=0)
            continue
        i, k = pairs[len(signs)]
        for part, sign in cut(piece, utilities[i] - utilities[k]):
            if volume(part) > FLAT * FLAT:
                waiting.append((part, (*signs, sign)))
        if done + len(waiting) > PIECES_MAX:
            raise EngineError(
                "decisions.too_many_cells",
                "Demasiados sectores y criterios para el cálculo exacto: use la simulación.",
                "Too many alternatives and criteria for the exact computation: simulate.",
            )


def _ranked(
    m: int, pairs: Sequence[tuple[int, int]], signs: Sequence[int]
) -> npt.NDArray[np.int64]:
    ranks = np.ones(m, dtype=np.int64)
    for (i, k), sign in zip(pairs, signs, strict=True):
        if sign > 0:
            ranks[k] += 1
        elif sign < 0:
            ranks[i] += 1
    return ranks
