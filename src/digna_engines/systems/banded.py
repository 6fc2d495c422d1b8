"""Boxes in bands, one over the other, joined by square ways that never pass through a box.

A band is a level of a results chain; what leads to what within a band is put in rows of it, so
that every way goes up. A way over several rows keeps a lane between the boxes of each (Sugiyama,
1981); between two rows, ways that go sideways have a track each, as in the routing of a channel
(Hashimoto and Stevens, 1971).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digna_engines.errors import EngineError
from digna_engines.systems import graphs
from digna_engines.systems.graphs import Arc
from digna_engines.systems.layered import Layers, Way, crossings, few_crossings

LANE = 14.0
"""The room that a passing way takes between boxes."""


@dataclass(frozen=True)
class Place:
    """A box: its left upper corner and size."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Band:
    """A level from its upper to its lower edge; 0 is the first given, at the foot."""

    number: int
    y: float
    height: float


@dataclass(frozen=True)
class Banded:
    """A placed chain within ``width`` × ``height``."""

    places: tuple[Place, ...]
    ways: tuple[Way, ...]
    bands: tuple[Band, ...]
    width: float
    height: float
    crossings: int


@dataclass(frozen=True)
class Spacing:
    """Room between boxes across, between rows, for a sideways track, and of an empty band."""

    across: float = 26.0
    between: float = 44.0
    track: float = 9.0
    empty: float = 34.0


def banded(
    bands: Sequence[Sequence[str]],
    arcs: Sequence[Arc],
    *,
    width: float,
    heights: Mapping[str, float],
    spacing: Spacing | None = None,
) -> Banded:
    """Place boxes in bands, the first band at the foot, and lead every way upwards.

    Symbols: ``width`` of every box and ``heights`` by name, in units of the drawing; a row is as
    high as its highest box, and all its boxes are. Places across minimise the squared distance to
    the mean of their neighbours, in order and apart (isotonic regression, Ayer and others, 1955).

    Edge cases: a band without boxes keeps a low strip, because its being empty says something.

    Errors: ``systems.unknown``, ``systems.repeated``, ``systems.cycle``, ``systems.backwards``.

    >>> drawn = banded([["train"], ["skilled"]], [("train", "skilled")],
    ...     width=100, heights={"train": 40, "skilled": 40})
    >>> [(p.name, p.x, p.y) for p in drawn.places], drawn.ways[0].points
    ([('train', 0.0, 106.0), ('skilled', 0.0, 22.0)], ((50.0, 106.0), (50.0, 62.0)))
    """
    space = spacing or Spacing()
    names = [name for band in bands for name in band]
    graphs.refuse_unknown(names, arcs)
    graphs.refuse_cycle(names, arcs)
    rows, band_of_row = _rows(bands, arcs)
    row_of = {name: at for at, row in enumerate(rows) for name in row}
    lanes = {arc: _lanes(arc, row_of) for arc in arcs}
    short = [pair for lane in lanes.values() for pair in pairwise(lane)]
    order = few_crossings(_with_lanes(rows, lanes, row_of), short)
    middles = _middles(order, short, width, space.across)
    ports = _ports(lanes, middles, width)
    tall = [max((heights[n] for n in row), default=space.empty) for row in rows]
    grid = _grid(tall, _tracks(lanes, ports, row_of, len(rows)), space)
    places = [
        Place(n, round(middles[n] - width / 2, 1), grid.tops[row_of[n]], width, tall[row_of[n]])
        for n in names
    ]
    ways = [_way(arc, ports[arc], row_of, grid) for arc in arcs]
    right = max(
        [*(p.x + width for p in places), *(x for w in ways for x, _ in w.points)], default=0
    )
    return Banded(
        tuple(places),
        tuple(ways),
        _edges(band_of_row, grid),
        right,
        grid.foot,
        crossings(order, short),
    )


def _rows(bands: Sequence[Sequence[str]], arcs: Sequence[Arc]) -> tuple[list[list[str]], list[int]]:
    """Rows from the top, and the band each is of."""
    band_of = {name: number for number, band in enumerate(bands) for name in band}
    for tail, head in arcs:
        if band_of[head] < band_of[tail]:
            raise EngineError(
                "systems.backwards",
                f"De «{tail}» a «{head}» va hacia atrás: no se dibuja.",
                f"From “{tail}” to “{head}” goes back: it is not drawn.",
                arc=(tail, head),
            )
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, band in enumerate(bands):
        inside = [arc for arc in arcs if band_of[arc[0]] == band_of[arc[1]] == number]
        depth = _depths(band, inside)
        for level in range(max(depth.values(), default=0) + 1):
            rows.append([name for name in band if depth[name] == level])
            numbers.append(number)
    return rows[::-1], numbers[::-1]


def _depths(names: Sequence[str], arcs: Sequence[Arc]) -> Mapping[str, int]:
    """The longest way to each name within its band."""
    return graphs.heights(names, [(head, tail) for tail, head in arcs])


def _lanes(arc: Arc, row_of: Mapping[str, int]) -> list[str]:
    """The names an arrow passes from tail to head: its ends and a lane in each row between."""
    tail, head = arc
    between = range(row_of[tail] - 1, row_of[head], -1)
    return [tail, *(f"\0{tail}\0{head}\0{row}" for row in between), head]


def _with_lanes(
    rows: Sequence[Sequence[str]], lanes: Mapping[Arc, list[str]], row_of: Mapping[str, int]
) -> Layers:
    full = [list(row) for row in rows]
    for (tail, _), lane in lanes.items():
        for passed, name in enumerate(lane[1:-1], start=1):
            full[row_of[tail] - passed].append(name)
    return tuple(tuple(row) for row in full)


def _middles(order: Layers, arcs: Sequence[Arc], width: float, across: float) -> dict[str, float]:
    """Where each name has its middle: near its neighbours, in order, apart."""

    def size(name: str) -> float:
        return LANE if name.startswith("\0") else width

    steps = [
        [(size(a) + size(b)) / 2 + across / (2 if "\0" in (a[0], b[0]) else 1)
         for a, b in pairwise(row)]
        for row in order
    ]  # fmt: skip
    beside: dict[str, list[str]] = {name: [] for row in order for name in row}
    for tail, head in arcs:
        beside[tail].append(head)
        beside[head].append(tail)
    middle: dict[str, float] = {}
    for row, apart in zip(order, steps, strict=True):
        start = -sum(apart) / 2
        for at, name in enumerate(row):
            middle[name] = start + sum(apart[:at])
    for sweep in range(12):
        down = list(zip(order, steps, strict=True))
        for row, apart in down if sweep % 2 == 0 else down[::-1]:
            wanted = [_mean([middle[n] for n in beside[name]], middle[name]) for name in row]
            middle |= dict(zip(row, kept_apart(wanted, apart), strict=True))
    boxes = [middle[name] - width / 2 for row in order for name in row if name[0] != "\0"]
    ways = [middle[name] - LANE / 2 for row in order for name in row if name[0] == "\0"]
    left = min([*boxes, *ways], default=0.0)
    return {name: round(x - left, 1) for name, x in middle.items()}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def kept_apart(wanted: Sequence[float], steps: Sequence[float]) -> list[float]:
    """The places nearest to those wanted, in order and at least a step apart.

    Formula: minimise the sum of (x_i - w_i)^2 with x_(i+1) - x_i >= s_i, by pooling neighbours
    that violate it (Ayer and others, 1955).

    >>> kept_apart([0, 0, 9], [4, 4])
    [-2.0, 2.0, 9.0]
    """
    offsets = [sum(steps[:at]) for at in range(len(wanted))]
    pools: list[tuple[float, int]] = []
    for value in (want - off for want, off in zip(wanted, offsets, strict=True)):
        mean, count = float(value), 1
        while pools and pools[-1][0] > mean:
            other, many = pools.pop()
            mean = (mean * count + other * many) / (count + many)
            count += many
        pools.append((mean, count))
    spread = [mean for mean, count in pools for _ in range(count)]
    return [mean + off for mean, off in zip(spread, offsets, strict=True)]


Ports = Mapping[Arc, tuple[tuple[float, float], ...]]
"""For each arrow, for each step between two rows: where it leaves below and arrives above."""


def _ports(
    lanes: Mapping[Arc, list[str]], middles: Mapping[str, float], width: float
) -> dict[Arc, tuple[tuple[float, float], ...]]:
    leaving = _along(lanes, middles, width, end=0, towards=1)
    coming = _along(lanes, middles, width, end=-1, towards=-2)
    found = {}
    for arc, lane in lanes.items():
        pairs = []
        for at, (low, high) in enumerate(pairwise(lane)):
            below = leaving[arc] if at == 0 else middles[low]
            above = coming[arc] if at == len(lane) - 2 else middles[high]
            if abs(below - above) > 1:  # what turns stands beside what goes straight
                below += 6 if at == 0 else 0
                above -= 6 if at == len(lane) - 2 else 0
            pairs.append((below, above))
        found[arc] = tuple(pairs)
    return found


def _along(
    lanes: Mapping[Arc, list[str]],
    middles: Mapping[str, float],
    width: float,
    *,
    end: int,
    towards: int,
) -> dict[Arc, float]:
    """Places along the edge of each box, in the order of where its ways go."""
    of_box: dict[str, list[Arc]] = {}
    for arc, lane in lanes.items():
        of_box.setdefault(lane[end], []).append(arc)
    found = {}
    for name, arcs in of_box.items():
        arcs.sort(key=lambda arc: middles[lanes[arc][towards]])
        for at, arc in enumerate(arcs, start=1):
            found[arc] = middles[name] - width / 2 + width * at / (len(arcs) + 1)
    return found


Tracks = Sequence[Mapping[tuple[Arc, int], int]]
"""For the channel over each row: the track of every step of a way that goes sideways in it."""


def _tracks(
    lanes: Mapping[Arc, list[str]], ports: Ports, row_of: Mapping[str, int], rows: int
) -> Tracks:
    """Give ways that overlap sideways in one channel a track each, greedily from the left."""
    channels: list[list[tuple[float, float, tuple[Arc, int]]]] = [[] for _ in range(rows)]
    for arc in lanes:
        for at, (below, above) in enumerate(ports[arc]):
            if below != above:
                span = (min(below, above), max(below, above), (arc, at))
                channels[row_of[arc[0]] - at].append(span)
    return [_packed(channel) for channel in channels]


def _packed(
    spans: Sequence[tuple[float, float, tuple[Arc, int]]],
) -> dict[tuple[Arc, int], int]:
    ends: list[float] = []
    chosen = {}
    for left, right, key in sorted(spans):
        free = next((n for n, end in enumerate(ends) if end + 6 < left), len(ends))
        ends[free : free + 1] = [right]
        chosen[key] = free
    return chosen


@dataclass(frozen=True)
class _Grid:
    """Rows with their upper edges and heights, and the tracks over each."""

    tops: Sequence[float]
    tall: Sequence[float]
    tracks: Tracks
    space: Spacing

    def over(self, row: int, key: tuple[Arc, int]) -> float:
        """How high a sideways step runs in the channel over a row."""
        return self.tops[row] - self.space.between * 0.55 - self.tracks[row][key] * self.space.track

    @property
    def foot(self) -> float:
        return self.tops[-1] + self.tall[-1] + self.space.between / 2 if self.tops else 0.0


def _grid(tall: Sequence[float], tracks: Tracks, space: Spacing) -> _Grid:
    """Every channel has room for its tracks."""
    tops, y = [], space.between / 2
    for row, height in enumerate(tall):
        if row:
            y += space.between + (max(tracks[row].values(), default=-1) + 1) * space.track
        tops.append(y)
        y += height
    return _Grid(tops, tall, tracks, space)


def _way(
    arc: Arc, steps: Sequence[tuple[float, float]], row_of: Mapping[str, int], grid: _Grid
) -> Way:
    start, end = row_of[arc[0]], row_of[arc[1]]
    points = [(steps[0][0], grid.tops[start])]
    for at, (below, above) in enumerate(steps):
        if below != above:
            y = grid.over(start - at, (arc, at))
            points += [(below, y), (above, y)]
    points.append((steps[-1][1], grid.tops[end] + grid.tall[end]))
    return Way(*arc, tuple(points))


def _edges(band_of_row: Sequence[int], grid: _Grid) -> tuple[Band, ...]:
    """Each band from the middle of the gap over it to that under it."""
    starts = [0.0] + [top - grid.space.between * 0.3 for top in grid.tops[1:]] + [grid.foot]
    found: dict[int, list[float]] = {}
    for row, number in enumerate(band_of_row):
        found.setdefault(number, [starts[row], 0.0])[1] = starts[row + 1]
    return tuple(Band(n, top, end - top) for n, (top, end) in sorted(found.items()))
