"""A market system as a doughnut: functions over, rules under, labels that do not overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin


@dataclass(frozen=True)
class Segment:
    """A slice of a half ring, with its label in a column beside it.

    Symbols: ``start`` and ``end`` in radians from the right, against the clock; ``middle`` is where
    its number is written; ``label_y`` the middle line of its label; ``is_left`` says on which side.
    """

    name: str
    start: float
    end: float
    middle: tuple[float, float]
    edge: tuple[float, float]
    label_y: float
    is_left: bool


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float) -> list[float]:
    """Middles near ``wanted`` (rising), no two closer than their sizes allow, none above ``low``.

    >>> spread([0, 1, 50], [10, 10, 10], -5)
    [0.0, 10.0, 50.0]
    """
    placed: list[float] = []
    edge = low
    for middle, size in zip(wanted, sizes, strict=True):
        at = max(float(middle), edge + size / 2)
        placed.append(at)
        edge = at + size / 2
    return placed


def half_ring(
    names: Sequence[str],
    *,
    upper: bool,
    radii: tuple[float, float],
    sizes: Sequence[float],
    gap: float = 8.0,
) -> tuple[Segment, ...]:
    """Cut a half ring in equal slices, from left to right, around the point (0, 0); y grows down.

    Symbols: ``radii`` inner and outer; ``sizes`` the height of each label; ``gap`` between them.
    The upper half keeps its labels above the line, and the lower one below it: never over another.

    >>> one, two = half_ring(["a", "b"], upper=True, radii=(60, 100), sizes=[20, 20])
    >>> one.is_left, two.is_left, round(one.start, 2), round(one.end, 2)
    (True, False, 3.14, 1.57)
    """
    part = pi / max(len(names), 1)
    turns = [(pi - i * part, pi - (i + 1) * part) for i in range(len(names))]
    turns = turns if upper else [(-start, -end) for start, end in turns]
    left = [i for i, turn in enumerate(turns) if cos(sum(turn) / 2) < -1e-9]
    heights = _label_heights(turns, left, sizes, radii[1], upper=upper, gap=gap)
    return tuple(
        Segment(
            name,
            *turns[i],
            _point(turns[i], sum(radii) / 2),
            _point(turns[i], radii[1]),
            heights[i],
            i in left,
        )
        for i, name in enumerate(names)
    )


def _point(turn: tuple[float, float], radius: float) -> tuple[float, float]:
    angle = sum(turn) / 2
    return (radius * cos(angle), -radius * sin(angle))


def _label_heights(
    turns: Sequence[tuple[float, float]],
    left: Sequence[int],
    sizes: Sequence[float],
    radius: float,
    *,
    upper: bool,
    gap: float,
) -> dict[int, float]:
    """Labels of each side, pushed away from the line in the middle of the drawing."""
    heights: dict[int, float] = {}
    for side in (left, [i for i in range(len(turns)) if i not in left]):
        # Measured from the middle line outwards, so that both halves are the same sum.
        away = sorted(side, key=lambda i: abs(_point(turns[i], radius)[1]))
        wanted = [abs(_point(turns[i], radius)[1]) for i in away]
        placed = spread(wanted, [sizes[i] + gap for i in away], gap)
        heights |= {i: (-at if upper else at) for i, at in zip(away, placed, strict=True)}
    return heights
