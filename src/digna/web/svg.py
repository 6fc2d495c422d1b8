"""Small drawings made on the server: where the columns and the line of a trend stand.

Pure geometry over plain values. Coordinates are strings, because a template would write a
number with the separators of the reader's language, which SVG does not understand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Value = int | float | Decimal | None

WIDTH, HEIGHT = 400, 170
TOP, BOTTOM = 22, 24  # room for the figure above and the period below


@dataclass(frozen=True, slots=True)
class Mark:
    """One period of a trend: its words and where it is drawn; a missing value has no `y`."""

    label: str
    value: Value
    x: str
    y: str
    width: str
    height: str
    middle: str
    text_y: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """A drawn trend: marks for columns or dots, lines broken where a value is missing."""

    kind: str
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    zero_y: str
    target_y: str
    target: Value
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to the drawing; zero is always in view."""

    low: float
    high: float

    def y(self, value: float) -> float:
        span = self.high - self.low
        return TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / span


def trend(
    points: Sequence[tuple[str, Value]], *, kind: str = "columns", target: Value = None
) -> Trend:
    """Draw `points` (label, value) as "columns" or as a "line"; None stays a gap, never zero."""
    if kind not in ("columns", "line"):
        raise ValueError(f"a trend is drawn as columns or as a line, not as {kind!r}")
    scale = _scale([value for _, value in points], target)
    step = WIDTH / max(len(points), 1)
    marks = tuple(
        _mark(label, value, scale, middle=step * (place + 0.5), step=step)
        for place, (label, value) in enumerate(points)
    )
    return Trend(
        kind=kind,
        marks=marks,
        lines=_lines(marks) if kind == "line" else (),
        zero_y=_text(scale.y(0)),
        target_y="" if target is None else _text(scale.y(float(target))),
        target=target,
    )


def _scale(values: Sequence[Value], target: Value) -> Scale:
    known = [float(v) for v in (*values, target) if v is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return Scale(low, high if high > low else low + 1.0)


def _mark(label: str, value: Value, scale: Scale, *, middle: float, step: float) -> Mark:
    zero = scale.y(0)
    at = zero if value is None else scale.y(float(value))
    breadth = min(step * 0.64, 64.0)
    return Mark(
        label=label,
        value=value,
        x=_text(middle - breadth / 2),
        y="" if value is None else _text(min(at, zero)),
        width=_text(breadth),
        height=_text(abs(zero - at)),
        middle=_text(middle),
        text_y=_text(min(at, zero) - 7),
        is_missing=value is None,
    )


def _lines(marks: Sequence[Mark]) -> tuple[str, ...]:
    """Return one list of points for each unbroken run of known values."""
    runs: list[list[str]] = [[]]
    for mark in marks:
        if mark.is_missing:
            runs.append([])
        else:
            runs[-1].append(f"{mark.middle},{mark.y}")
    return tuple(" ".join(run) for run in runs if run)


def _text(coordinate: float) -> str:
    return f"{coordinate:.1f}"
