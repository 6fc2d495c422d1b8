"""Where the marks of a selection's charts stand: bars of ranks, lines that cross, dots that differ.

Pure geometry over plain values; coordinates are strings, because SVG knows no decimal comma. Ranks
and sectors are told apart by words and dashes too, so that a black and white copy can be read.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH = 640
LEFT, RIGHT = 170, 56
ROW, GAP = 26, 10
DASHES = ("", "8 4", "2 4", "10 3 2 3", "5 5", "1 3")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: from where, how wide, which rank it stands for."""

    x: str
    width: str
    rank: int
    share: float
    middle: str
    has_room: bool


@dataclass(frozen=True, slots=True)
class BarRow:
    """One sector's bar."""

    label: str
    y: str
    text_y: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Rank acceptability: one bar a sector, one piece a rank."""

    rows: tuple[BarRow, ...]
    height: int
    bar: int = ROW
    width: int = WIDTH
    left: int = LEFT - 8


def rank_bars(names: Sequence[str], acceptability: Sequence[Sequence[float]]) -> Bars:
    """Draw for each sector the share of draws that put it at each rank.

    >>> drawn = rank_bars(["café", "quinua"], [[0.75, 0.25], [0.25, 0.75]])
    >>> [(piece.rank, piece.x, piece.width) for piece in drawn.rows[0].pieces]
    [(1, '170.0', '310.5'), (2, '480.5', '103.5')]
    """
    rows = []
    room = WIDTH - LEFT - RIGHT
    for place, (name, shares) in enumerate(zip(names, acceptability, strict=True)):
        y = place * (ROW + GAP)
        pieces, x = [], float(LEFT)
        for rank, share in enumerate(shares, start=1):
            wide = room * share
            if wide >= 0.5:
                piece = Piece(_t(x), _t(wide), rank, share, _t(x + wide / 2), wide >= 24)
                pieces.append(piece)
            x += wide
        rows.append(BarRow(name, _t(y), _t(y + ROW / 2 + 5), tuple(pieces)))
    return Bars(tuple(rows), max(len(rows) * (ROW + GAP), ROW))


@dataclass(frozen=True, slots=True)
class Line:
    """One sector's total as one criterion's weight goes from nothing to all."""

    label: str
    y1: str
    y2: str
    dash: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """The lines of one criterion, its weight now and where the first two cross."""

    title: str
    lines: tuple[Line, ...]
    weight_x: str
    crossing_x: str
    width: int = 400
    height: int = 190
    left: int = 30
    right: int = 290
    top: int = 14
    bottom: int = 160


def crossing(
    title: str,
    lines: Sequence[tuple[str, float, float]],
    *,
    weight: float,
    crossover: float | None,
) -> Crossing:
    """Draw totals (1 to 5) over the weight of a criterion (0 to 100 %).

    >>> drawn = crossing("empleo", [("café", 3.0, 5.0)], weight=0.4, crossover=None)
    >>> drawn.lines[0].y1, drawn.lines[0].y2, drawn.weight_x
    ('87.0', '14.0', '134.0')
    """
    frame = Crossing("", (), "", "")
    high, breadth = frame.bottom - frame.top, frame.right - frame.left

    def y(total: float) -> float:
        return frame.bottom - high * (total - 1) / 4

    text = _apart([y(end) + 4 for _name, _start, end in lines], 15, frame.bottom + 6)
    drawn = tuple(
        Line(name, _t(y(start)), _t(y(end)), DASHES[place % len(DASHES)], _t(text[place]))
        for place, (name, start, end) in enumerate(lines)
    )
    at = "" if crossover is None else _t(frame.left + breadth * crossover)
    return Crossing(title, drawn, _t(frame.left + breadth * weight), at)


def _apart(places: Sequence[float], least: float, bottom: float) -> list[float]:
    """Labels moved apart just enough to be read, keeping their order.

    >>> _apart([10, 11, 40], 15, 200)
    [10, 25, 40]
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    for before, now in pairwise(order):
        moved[now] = max(moved[now], moved[before] + least)
    if order and moved[order[-1]] > bottom:
        moved[order[-1]] = bottom
        for after, now in pairwise(reversed(order)):
            moved[now] = min(moved[now], moved[after] - least)
    return moved


@dataclass(frozen=True, slots=True)
class Dot:
    """One vote: which score, how many equal ones stand below it, and whose."""

    x: str
    y: str
    seat: str


@dataclass(frozen=True, slots=True)
class Dots:
    """The votes of one cell, piled over the scale."""

    dots: tuple[Dot, ...]
    ticks: tuple[tuple[int, str], ...]
    median_x: str
    width: int = 220
    height: int = 64
    floor: int = 46


def dots(votes: Sequence[tuple[str, int]], median: float | None) -> Dots:
    """Draw one dot a person over the scale from 1 to 5; equal votes stand on one another.

    >>> drawn = dots([("workers", 2), ("workers", 2), ("government", 5)], 2.0)
    >>> [(dot.x, dot.y) for dot in drawn.dots], drawn.median_x
    ([('65.0', '40.0'), ('65.0', '29.0'), ('200.0', '40.0')], '65.0')
    """
    seen: Counter[int] = Counter()
    piles = Counter(score for _seat, score in votes)
    step = min(11.0, 36.0 / max([1, *piles.values()]))
    step = 11.0 if max([1, *piles.values()]) <= 3 else step
    found = []
    for seat, score in sorted(votes, key=lambda vote: vote[1]):
        found.append(Dot(_t(_at(score)), _t(40 - step * seen[score]), seat))
        seen[score] += 1
    ticks = tuple((score, _t(_at(score))) for score in range(1, 6))
    return Dots(tuple(found), ticks, "" if median is None else _t(_at(median)))


def _at(score: float) -> float:
    return 20 + (score - 1) * 45


def _t(coordinate: float) -> str:
    return f"{coordinate:.1f}"
