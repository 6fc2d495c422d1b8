"""From what checks found to the marks of the dimensions of quality."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from digna_engines.errors import EngineError
from digna_engines.values import quotient

Mark = Literal["good", "fair", "poor"]
_WORSE: Final[dict[Mark, int]] = {"good": 0, "fair": 1, "poor": 2}


@dataclass(frozen=True)
class Limits:
    """Shares of failing records, 0 to 1: up to ``good`` good, up to ``fair`` fair, else poor."""

    good: str = "0.02"
    fair: str = "0.10"


@dataclass(frozen=True)
class Check:
    """What one check found: its dimension, its mark, ``None`` where it does not say."""

    dimension: str
    mark: Mark | None


def mark(failing: int, checked: int, limits: Limits | None = None) -> Mark | None:
    """The mark of a check by the share of records that fail it.

    Formula
        failing / checked against two limits, ends included.
    Symbols
        ``failing`` of ``checked`` records; ``limits`` shares as decimals written in text, so that
        0.02 is two hundredths and not a binary neighbour of it.
    Source
        The limits are ours (2 % and 10 %): 10 % is the distance at which a routine data-quality
        assessment flags a verification ratio (MEASURE Evaluation, RDQA, 2008).
    Edge cases
        Nothing checked has no mark: what was not seen is not sound.
    Error
        ``verification.more_failing_than_checked``.

    >>> mark(0, 50), mark(3, 50), mark(9, 50), mark(0, 0)
    ('good', 'fair', 'poor', None)
    """
    if not 0 <= failing <= checked:
        raise EngineError(
            "verification.more_failing_than_checked",
            f"No pueden fallar {failing} de {checked} registros.",
            f"{failing} of {checked} records cannot fail.",
        )
    held = limits or Limits()
    share = quotient(failing, checked)
    if share is None:
        return None
    if share <= quotient(*_parts(held.good)):  # type: ignore[operator]
        return "good"
    return "fair" if share <= quotient(*_parts(held.fair)) else "poor"  # type: ignore[operator]


def _parts(written: str) -> tuple[int, int]:
    whole, _point, decimals = written.partition(".")
    return int(whole + decimals), 10 ** len(decimals)


def dimension_marks(checks: Iterable[Check]) -> Mapping[str, Mark]:
    """Each dimension's mark: the worst of its checks that say something.

    Edge case: a dimension whose checks say nothing is left out, as not judged.

    >>> dimension_marks([Check("validity", "good"), Check("validity", "poor"),
    ...     Check("precision", None)])
    {'validity': 'poor'}
    """
    found: dict[str, Mark] = {}
    for one in checks:
        if one.mark is None:
            continue
        standing = found.get(one.dimension)
        if standing is None or _WORSE[one.mark] > _WORSE[standing]:
            found[one.dimension] = one.mark
    return found
