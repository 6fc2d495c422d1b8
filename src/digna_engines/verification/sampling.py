"""A sample drawn by lot, and what its errors say of all the records."""

import math
import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from digna_engines.errors import EngineError
from digna_engines.values import Share

Key = TypeVar("Key", bound=Hashable)
_STEPS = 200


def draw(keys: Sequence[Key], size: int, *, seed: int) -> tuple[Key, ...]:
    """Records drawn by lot without replacement: the same keys and seed draw the same ones.

    Formula
        a simple random sample of ``size`` of the keys in their order, by the Mersenne Twister.
    Symbols
        ``keys`` distinct, in an order that does not change; ``seed`` any whole number, written
        beside the sample so that an auditor draws it again.
    Source
        Cochran (1977), chapter 2.
    Edge cases
        As many as there are, or more: all of them, in their order. None: no records.
    Errors
        ``verification.size`` below 0; ``verification.repeated`` for a key given twice.

    >>> draw(range(100), 3, seed=7) == draw(range(100), 3, seed=7)
    True
    >>> draw("abc", 9, seed=1)
    ('a', 'b', 'c')
    """
    if size < 0:
        raise EngineError(
            "verification.size",
            f"Una muestra no tiene {size} registros.",
            f"A sample does not have {size} records.",
        )
    if len(set(keys)) != len(keys):
        raise EngineError(
            "verification.repeated",
            "Hay registros repetidos: cada uno entra una vez al sorteo.",
            "Some records are repeated: each enters the draw once.",
        )
    if size >= len(keys):
        return tuple(keys)
    chosen = random.Random(seed).sample(range(len(keys)), size)  # noqa: S311  (a lot, no secret)
    return tuple(keys[place] for place in sorted(chosen))


@dataclass(frozen=True)
class Verified:
    """What a sample says: ``errors`` of those looked for, and the interval of their share.

    ``low`` and ``high`` are shares from 0 to 1 at ``confidence``; ``None`` while nobody looked.
    """

    errors: Share
    low: float | None
    high: float | None
    confidence: float


def verified(wrong: int, looked_for: int, *, confidence: float = 0.95) -> Verified:
    """The error rate of the records of a sample, with its exact interval.

    Formula
        wrong / looked for; interval of Clopper and Pearson (see ``exact_interval``).
    Symbols
        ``wrong`` those that differ or were not found; ``looked_for`` those with a result.
    Source
        Clopper and Pearson (1934).
    Edge cases
        No error in n is not «no errors»: the interval says how many there may still be.
        Nothing looked for: no rate and no interval.
    Error
        ``verification.more_failing_than_checked``.

    >>> found = verified(0, 30)
    >>> found.errors, round(found.high, 3)
    (Share(numerator=0, denominator=30), 0.116)
    """
    if looked_for == 0 and wrong == 0:
        return Verified(Share(0, 0), None, None, confidence)
    low, high = exact_interval(wrong, looked_for, confidence=confidence)
    return Verified(Share(wrong, looked_for), low, high, confidence)


def exact_interval(k: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of Clopper and Pearson for a share of k in n.

    Formula
        low solves P(X ≥ k | low) = α/2 and high P(X ≤ k | high) = α/2, X binomial; low is 0 when
        k = 0 and high is 1 when k = n.
    Source
        Clopper and Pearson (1934), Biometrika 26; for k of n = 0 of 10 the upper bound is 0.3085.
    Errors
        ``verification.more_failing_than_checked``; ``verification.confidence`` outside 0 to 1.

    >>> [round(bound, 4) for bound in exact_interval(0, 10)]
    [0.0, 0.3085]
    """
    if not 0 <= k <= n or n == 0:
        raise EngineError(
            "verification.more_failing_than_checked",
            f"No pueden fallar {k} de {n} registros.",
            f"{k} of {n} records cannot fail.",
        )
    if not 0 < confidence < 1:
        raise EngineError(
            "verification.confidence",
            "La confianza va entre 0 y 1, sin llegar a ninguno.",
            "Confidence lies between 0 and 1, reaching neither.",
        )
    tail = (1 - confidence) / 2
    low = 0.0 if k == 0 else _solved(lambda p: 1 - _at_most(k - 1, n, p) - tail)
    high = 1.0 if k == n else _solved(lambda p: tail - _at_most(k, n, p))
    return low, high


def _at_most(k: int, n: int, p: float) -> float:
    """Return P(X ≤ k), X binomial; by logarithms, so that large n neither over- nor underflow."""
    if p <= 0:
        return 1.0
    if p >= 1:
        return 1.0 if k >= n else 0.0
    logs = [
        math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1)
        + i * math.log(p) + (n - i) * math.log1p(-p)
        for i in range(k + 1)
    ]  # fmt: skip
    return min(1.0, math.fsum(map(math.exp, logs)))


def _solved(rising: Callable[[float], float]) -> float:
    """Return where a rising function of p crosses zero, by halving."""
    low, high = 0.0, 1.0
    for _step in range(_STEPS):
        middle = (low + high) / 2
        if rising(middle) > 0:
            high = middle
        else:
            low = middle
        if high - low < 1e-15:
            break
    return (low + high) / 2
