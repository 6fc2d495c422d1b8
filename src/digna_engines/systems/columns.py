"""A value chain in columns, and a price in steps: where boxes and bars stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Cell:
    """A box of a column: its left upper corner and size."""

    column: int
    row: int
    x: float
    y: float
    width: float
    height: float


def chain(
    counts: Sequence[int],
    *,
    width: float,
    per_row: int,
    heading: float,
    cell: float,
    gap: float = 12.0,
) -> tuple[tuple[Cell, ...], float]:
    """Columns of a chain, each a heading (row 0) and a box for every actor in it (rows 1…).

    Symbols: ``counts`` actors per link; ``per_row`` links side by side, the rest go on below;
    ``heading`` and ``cell`` heights of the boxes. Returns the boxes and the height they need.

    >>> cells, height = chain([1, 0], width=212, per_row=2, heading=40, cell=30)
    >>> [(c.column, c.row, c.x, c.y) for c in cells], height
    ([(0, 0, 0.0, 0.0), (0, 1, 0.0, 52.0), (1, 0, 112.0, 0.0)], 94.0)
    """
    breadth = (width - gap * (per_row - 1)) / per_row
    cells, top = [], 0.0
    for start in range(0, len(counts), per_row):
        row = counts[start : start + per_row]
        for at, count in enumerate(row):
            x = at * (breadth + gap)
            cells.append(Cell(start + at, 0, x, top, breadth, heading))
            for number in range(count):
                y = top + heading + gap + number * (cell + gap)
                cells.append(Cell(start + at, number + 1, x, y, breadth, cell))
        top += heading + gap + max(row) * (cell + gap)
    return tuple(cells), top


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall as parts of the whole, 0 to 1 from the foot; a fall is ``is_down``."""

    low: float
    high: float
    is_down: bool


def waterfall(stretches: Sequence[tuple[Decimal, Decimal]]) -> tuple[Step, ...]:
    """Bars that rise (or fall) from one price to the next, on one scale from zero.

    >>> d = Decimal
    >>> [(s.low, s.high, s.is_down) for s in waterfall([(d(0), d(60)), (d(60), d(40))])]
    [(0.0, 1.0, False), (0.6666666666666666, 1.0, True)]
    """
    top = max((max(pair) for pair in stretches), default=Decimal(0)) or Decimal(1)
    return tuple(Step(float(min(a, b) / top), float(max(a, b) / top), b < a) for a, b in stretches)
