"""How far towards a target: one formula for what should rise and what should fall."""

from dataclasses import dataclass
from typing import Final

from digna_engines.indicators.declaration import Direction
from digna_engines.values import Number, Share

METHOD: Final = "indicators.achievement"
VERSION: Final = "1"


@dataclass(frozen=True)
class Achievement:
    """The way travelled over the way to travel, or why there is no such figure.

    ``share`` keeps ``numerator`` (travelled) and ``denominator`` (to travel); ``value`` is their
    quotient (1 is the target reached, more is beyond, less than 0 is away from it). ``reason`` is
    ``None`` when there is a value.
    """

    share: Share | None
    reason: str | None = None
    message_es: str = ""
    message_en: str = ""
    method: str = METHOD
    version: str = VERSION

    @property
    def value(self) -> Number | None:
        """The quotient, or ``None`` when it is undefined."""
        return None if self.share is None else self.share.value


def achievement(
    baseline: Number | None,
    target: Number | None,
    actual: Number | None,
    direction: Direction,
) -> Achievement:
    """Achievement of a target, rising or falling.

    Formula
        ``(actual - baseline) / (target - baseline)``; without baseline, ``actual / target`` for
        what should rise.
    Symbols
        all in the indicator's unit; ``direction`` is ``ascending`` or ``descending``.
    Source
        The usual progress formula of results frameworks (DCED Standard VIII, 2017, 2.5 and 3.1;
        ``docs/methods/achievement.md``).
    Edge cases
        Undefined, with its reason, when actual or target is missing; when target equals baseline
        (nothing to travel); without baseline when the target is 0 or less or when the indicator
        should fall (half of a smaller number is not half the way); and when target and direction
        contradict each other. Missing is never read as 0. Not clipped: 125 % and -20 % are news.

    >>> achievement(400, 200, 300, "descending").value
    Decimal('0.5')
    >>> achievement(None, 0, 2, "ascending").reason
    'target_zero'
    """
    if actual is None:
        return _undefined("actual_missing")
    if target is None:
        return _undefined("target_missing")
    if baseline is None:
        return _without_baseline(target, actual, direction)
    if target == baseline:
        return _undefined("target_is_baseline")
    if (target > baseline) != (direction == "ascending"):
        return _undefined("direction_contradicts")
    return Achievement(Share(actual - baseline, target - baseline))


def _without_baseline(target: Number, actual: Number, direction: Direction) -> Achievement:
    if direction == "descending":
        return _undefined("baseline_missing")
    if target == 0:
        return _undefined("target_zero")
    if target < 0:
        return _undefined("target_negative")
    return Achievement(Share(actual, target))


def _undefined(reason: str) -> Achievement:
    return Achievement(None, reason, *_REASONS[reason])


_REASONS = {
    "actual_missing": (
        "Sin dato de lo alcanzado.",
        "There is no actual value.",
    ),
    "target_missing": (
        "No se fijó una meta.",
        "No target was set.",
    ),
    "target_is_baseline": (
        "La meta es igual a la línea de base: no hay camino que medir.",
        "The target equals the baseline: there is no way to measure.",
    ),
    "direction_contradicts": (
        "La meta va en contra del sentido declarado del indicador: revise uno de los dos.",
        "The target goes against the declared direction of the indicator: review one of them.",
    ),
    "baseline_missing": (
        "Para un indicador que debe bajar hace falta la línea de base.",
        "An indicator that should fall needs a baseline.",
    ),
    "target_zero": (
        "La meta es 0: el avance no está definido.",
        "The target is 0: achievement is undefined.",
    ),
    "target_negative": (
        "Con una meta negativa hace falta la línea de base.",
        "A negative target needs a baseline.",
    ),
}
