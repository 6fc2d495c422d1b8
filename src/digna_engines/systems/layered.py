"""Where the boxes of a graph stand: in layers, few lines crossing (Sugiyama, 1981)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digna_engines.systems import graphs
from digna_engines.systems.graphs import Arc

Layers = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Spot:
    """Where a box has its middle, in units of the drawing; ``layer`` 0 is on top."""

    name: str
    x: float
    y: float
    layer: int


@dataclass(frozen=True)
class Way:
    """An arrow as the points it passes, from tail to head."""

    tail: str
    head: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Drawing:
    """A placed graph: spots and ways within ``width`` × ``height``."""

    spots: tuple[Spot, ...]
    ways: tuple[Way, ...]
    width: float
    height: float
    crossings: int


def crossings(layers: Layers, arcs: Sequence[Arc]) -> int:
    """How many pairs of arrows cross between neighbouring layers.

    >>> crossings((("a", "b"), ("c", "d")), [("c", "b"), ("d", "a")])
    1
    """
    place = {name: (level, at) for level, row in enumerate(layers) for at, name in enumerate(row)}
    ends = [sorted((place[tail], place[head])) for tail, head in arcs]
    count = 0
    for i, (one_top, one_foot) in enumerate(ends):
        for other_top, other_foot in ends[i + 1 :]:
            if one_top[0] == other_top[0] and one_foot[0] == other_foot[0]:
                count += (one_top[1] - other_top[1]) * (one_foot[1] - other_foot[1]) < 0
    return count


def layered(
    nodes: Sequence[str],
    arcs: Sequence[Arc],
    *,
    step: tuple[float, float] = (160.0, 110.0),
    sweeps: int = 8,
) -> Drawing:
    """Place a graph: what leads nowhere on top, what it comes from below.

    Symbols: ``step`` is the room a box takes across and down; ``sweeps`` how often the rows are
    put in order of the mean place of their neighbours (barycentre), down and up; the order with
    fewest crossings is kept. An arrow over several layers passes between the boxes there.

    Errors: ``systems.cycle``, ``systems.unknown``.

    >>> drawn = layered(["low price", "no buyers"], [("no buyers", "low price")])
    >>> [(spot.name, spot.x, spot.y) for spot in drawn.spots]
    [('low price', 80.0, 55.0), ('no buyers', 80.0, 165.0)]
    """
    graphs.refuse_unknown(nodes, arcs)
    height = graphs.heights(nodes, arcs)
    chains = {arc: _chain(arc, height) for arc in arcs}
    short = [pair for chain in chains.values() for pair in pairwise(chain)]
    layers = few_crossings(_rows(nodes, chains, height), short, sweeps)
    at = _coordinates(layers, step)
    spots = [Spot(name, *at[name], height[name]) for name in nodes]
    ways = [Way(tail, head, tuple(at[name] for name in chains[tail, head])) for tail, head in arcs]
    widest = max((len(row) for row in layers), default=0)
    return Drawing(
        tuple(spots), tuple(ways), widest * step[0], len(layers) * step[1], crossings(layers, short)
    )


def _chain(arc: Arc, height: Mapping[str, int]) -> list[str]:
    """The arrow cut at each layer it passes, by names that stand for the passages."""
    tail, head = arc
    between = range(height[tail] - 1, height[head], -1)
    return [tail, *(f"\0{tail}\0{head}\0{level}" for level in between), head]


def _rows(
    nodes: Sequence[str], chains: Mapping[Arc, list[str]], height: Mapping[str, int]
) -> Layers:
    rows: list[list[str]] = [[] for _ in range(max(height.values(), default=-1) + 1)]
    for name in nodes:
        rows[height[name]].append(name)
    for (tail, _), chain in chains.items():
        for passed, name in enumerate(chain[1:-1], start=1):
            rows[height[tail] - passed].append(name)
    return tuple(tuple(row) for row in rows)


def few_crossings(layers: Layers, arcs: Sequence[Arc], sweeps: int = 8) -> Layers:
    """Each layer in the order of the mean place of its neighbours; the best of `sweeps` is kept.

    >>> few_crossings((("a", "b"), ("c", "d")), [("c", "b"), ("d", "a")])
    (('a', 'b'), ('d', 'c'))
    """
    best, fewest = layers, crossings(layers, arcs)
    beside: dict[str, list[str]] = {name: [] for row in layers for name in row}
    for tail, head in arcs:
        beside[tail].append(head)
        beside[head].append(tail)
    rows = [list(row) for row in layers]
    for sweep in range(sweeps):
        if not fewest:
            break
        levels = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for level in levels:
            fixed = {n: at for at, n in enumerate(rows[level - 1 if sweep % 2 == 0 else level + 1])}
            rows[level] = _by_neighbours(rows[level], fixed, beside)
        found = tuple(tuple(row) for row in rows)
        count = crossings(found, arcs)
        if count < fewest:
            best, fewest = found, count
    return best


def _by_neighbours(
    row: Sequence[str], fixed: Mapping[str, int], beside: Mapping[str, Sequence[str]]
) -> list[str]:
    def middle(at: int, name: str) -> float:
        seen = [fixed[other] for other in beside[name] if other in fixed]
        return sum(seen) / len(seen) if seen else float(at)

    keys = {name: (middle(at, name), at) for at, name in enumerate(row)}
    return sorted(row, key=keys.__getitem__)


def _coordinates(layers: Layers, step: tuple[float, float]) -> dict[str, tuple[float, float]]:
    """Rows are spread over the width of the widest."""
    across, down = step
    width = max((len(row) for row in layers), default=0) * across
    return {
        name: (width * (at + 0.5) / len(row), down * (level + 0.5))
        for level, row in enumerate(layers)
        for at, name in enumerate(row)
    }
