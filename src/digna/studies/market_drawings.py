"""Market systems drawn on the server: problem tree, doughnut, chain map, price in steps, actors.

Pure geometry over plain values; every drawing is a `Picture` that one template writes as SVG, on
screen and on paper. Coordinates are strings, because a template would write a number with the
separators of the reader's language, which SVG does not understand.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import atan2, cos, sin

from digna_engines.systems import columns, layered, rings

LINE = 15
"""Height of a line of text, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words."""

    x: str
    y: str
    words: str
    anchor: str = "middle"
    kind: str = "ink"
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; its `kind` chooses its colours, its words say the same thing."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    radius: str = "5"


@dataclass(frozen=True, slots=True)
class Path:
    """A line or an area; `width` 0 has no outline."""

    d: str
    kind: str
    width: str = "1.5"
    is_filled: bool = False
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """What a template draws."""

    width: str
    height: str
    paths: tuple[Path, ...]
    boxes: tuple[Box, ...]
    texts: tuple[Text, ...]


def at(coordinate: float) -> str:
    """A coordinate as SVG reads it.

    >>> at(12.04), at(-0.01)
    ('12', '0')
    """
    told = f"{coordinate:.1f}".removesuffix(".0")
    return "0" if told == "-0" else told


def wrapped(text: str, signs: int, lines: int) -> list[str]:
    """Words in at most `lines` lines of about `signs` signs; what is cut ends in «…».

    >>> wrapped("Calidad despareja del grano", 10, 2)
    ['Calidad', 'despareja…']
    >>> wrapped("Extraordinariamente", 10, 2)
    ['Extraordi-', 'nariamente']
    """
    rows: list[str] = [""]
    waiting = text.split()
    while waiting:
        word = waiting.pop(0)
        if len(word) > signs:
            word, rest = word[: signs - 1] + "-", word[signs - 1 :]
            waiting.insert(0, rest)
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= signs:
            rows[-1] = longer
        else:
            rows.append(word)
    kept = [row for row in rows if row][:lines]
    if len([row for row in rows if row]) > lines:
        kept[-1] = kept[-1].rstrip(".,;:-")[: signs - 1] + "…"
    return kept


def _lines(
    x: float,
    middle: float,
    words: Sequence[str],
    kind: str = "ink",
    anchor: str = "middle",
    *,
    bold: bool = False,
) -> list[Text]:
    top = middle - (len(words) - 1) * LINE / 2 + 4
    return [
        Text(at(x), at(top + n * LINE), line, anchor, kind, bold) for n, line in enumerate(words)
    ]


def _arrow(points: Sequence[tuple[float, float]], kind: str, width: float) -> list[Path]:
    """A line through points with a head of its own: markers are not drawn alike everywhere."""
    (x0, y0), (x1, y1) = points[-2], points[-1]
    angle, size = atan2(y1 - y0, x1 - x0), 5 + width
    wings = [(x1 - size * cos(angle + a), y1 - size * sin(angle + a)) for a in (-0.45, 0.45)]
    line = "M" + " L".join(f"{at(x)} {at(y)}" for x, y in points)
    head = f"M{at(x1)} {at(y1)} L" + " L".join(f"{at(x)} {at(y)}" for x, y in wings) + " Z"
    return [Path(line, kind, at(width)), Path(head, kind, "0", is_filled=True)]


def problem_tree(kinds: Mapping[str, str], arcs: Mapping[tuple[str, str], int]) -> Picture:
    """Symptoms on top, roots below; thicker arrows are stronger.

    Symbols: `kinds` is the kind of each cause, by its name; `arcs` the strength of each arrow.
    """
    joined = [name for name, kind in kinds.items() if kind != "loose"]
    wide, tall = 150.0, 62.0
    drawn = layered.layered(joined, list(arcs), step=(wide + 22, tall + 44))
    boxes, texts, paths = [], [], []
    for spot in drawn.spots:
        left, top = spot.x - wide / 2, spot.y - tall / 2
        boxes.append(Box(at(left), at(top), at(wide), at(tall), kinds[spot.name]))
        texts += _lines(spot.x, spot.y, wrapped(spot.name, 21, 3))
    for way in drawn.ways:
        points = list(way.points)
        points[0] = (points[0][0], points[0][1] - tall / 2)
        points[-1] = (points[-1][0], points[-1][1] + tall / 2 + 1)
        strength = arcs[way.tail, way.head]
        paths += _arrow(points, "line", 0.8 + strength * 0.8)
    return Picture(
        at(max(drawn.width, 1)), at(max(drawn.height, 1)), tuple(paths), tuple(boxes), tuple(texts)
    )


@dataclass(frozen=True, slots=True)
class Slice:
    """An element as the doughnut shows it."""

    name: str
    kind: str
    who: str
    is_whole: bool


INNER, OUTER = 62.0, 112.0
SIDE = 250.0


def doughnut(slices: Sequence[Slice]) -> Picture:
    """Functions over, rules under, the exchange in the middle; dashed where something is missing.

    Every label names the element and who performs it: a doughnut without people misleads.
    """
    paths: list[Path] = []
    texts: list[Text] = []
    reach = OUTER
    number = 0
    for kind, upper in (("function", True), ("rule", False)):
        chosen = [s for s in slices if s.kind == kind]
        labels = [
            (wrapped(f"{number + n}. {s.name}", 28, 2), wrapped(s.who, 28, 1))
            for n, s in enumerate(chosen, start=1)
        ]
        sizes = [LINE * (len(a) + len(b)) for a, b in labels]
        ring = rings.half_ring(
            [s.name for s in chosen], upper=upper, radii=(INNER, OUTER), sizes=sizes
        )
        for segment, piece, (name, who), size in zip(ring, chosen, labels, sizes, strict=True):
            number += 1
            fill = kind if piece.is_whole else "open"
            paths.append(
                Path(_sector(segment), fill, "1.5", is_filled=True, is_dashed=not piece.is_whole)
            )
            texts += _lines(*segment.middle, [str(number)], bold=True)
            x = (-1 if segment.is_left else 1) * (OUTER + 34)
            turn = segment.edge
            paths.append(
                Path(
                    f"M{at(turn[0])} {at(turn[1])} L{at(x * 0.9)} {at(segment.label_y)} "
                    f"L{at(x - (4 if x > 0 else -4))} {at(segment.label_y)}",
                    "leader",
                    "1",
                )
            )
            anchor = "end" if segment.is_left else "start"
            top = segment.label_y - (len(who) * LINE) / 2
            texts += _lines(x, top, name, "ink", anchor, bold=True)
            foot = segment.label_y + (len(name) * LINE) / 2
            texts += _lines(x, foot, who, "muted", anchor)
            reach = max(reach, abs(segment.label_y) + size / 2)
    core = [s.name for s in slices if s.kind == "core"]
    texts += _lines(0, 0, wrapped(" · ".join(core), 14, 4) if core else ["?"], bold=True)
    width, height = (OUTER + 34 + SIDE) * 2, (reach + 14) * 2
    return _moved(
        Picture(at(width), at(height), tuple(paths), (), tuple(texts)), width / 2, height / 2
    )


def _sector(segment: rings.Segment) -> str:
    """An area between two radii and two angles; arcs never span more than half a turn."""
    a, b = segment.start, segment.end
    sweep = 1 if b < a else 0

    def point(radius: float, angle: float) -> str:
        return f"{at(radius * cos(angle))} {at(-radius * sin(angle))}"

    return (
        f"M{point(INNER, a)} L{point(OUTER, a)} "
        f"A{at(OUTER)} {at(OUTER)} 0 0 {sweep} {point(OUTER, b)} "
        f"L{point(INNER, b)} A{at(INNER)} {at(INNER)} 0 0 {1 - sweep} {point(INNER, a)} Z"
    )


def _moved(picture: Picture, dx: float, dy: float) -> Picture:
    """The picture with its own middle as the origin: paths keep theirs by a moved first point."""

    def shift(text: Text) -> Text:
        return Text(
            at(float(text.x) + dx),
            at(float(text.y) + dy),
            text.words,
            text.anchor,
            text.kind,
            text.is_bold,
        )

    def slide(path: Path) -> Path:
        return Path(_slid(path.d, dx, dy), path.kind, path.width, path.is_filled, path.is_dashed)

    return Picture(
        picture.width,
        picture.height,
        tuple(slide(path) for path in picture.paths),
        picture.boxes,
        tuple(shift(text) for text in picture.texts),
    )


def _slid(d: str, dx: float, dy: float) -> str:
    """Move a path made of M, L and A commands.

    >>> _slid("M0 0 A5 5 0 0 1 10 0 Z", 1, 2)
    'M1 2 A5 5 0 0 1 11 2 Z'
    """
    told = []
    for command in re.findall(r"[MLAZ][^MLAZ]*", d):
        *before, x, y = command[1:].split() or ("", "")
        if x:
            told.append(command[0] + " ".join([*before, at(float(x) + dx), at(float(y) + dy)]))
        else:
            told.append("Z")
    return " ".join(told)


@dataclass(frozen=True, slots=True)
class Stage:
    """A link of the chain as the map shows it."""

    name: str
    facts: tuple[str, ...]
    actors: tuple[str, ...]


def chain_map(stages: Sequence[Stage], per_row: int = 4) -> Picture:
    """Links from left to right, each over its actors; long chains go on below."""
    facts = max((len(s.facts) for s in stages), default=0)
    heading, cell, width = 62.0 + facts * LINE, 40.0, 740.0
    cells, height = columns.chain(
        [len(s.actors) for s in stages],
        width=width,
        per_row=per_row,
        heading=heading,
        cell=cell,
        gap=16,
    )
    boxes, texts, paths = [], [], []
    for c in cells:
        stage, middle = stages[c.column], c.x + c.width / 2
        boxes.append(
            Box(at(c.x), at(c.y), at(c.width), at(c.height), "link" if c.row == 0 else "actor")
        )
        signs = int(c.width / 7.4)
        if c.row:
            texts += _lines(middle, c.y + c.height / 2, wrapped(stage.actors[c.row - 1], signs, 2))
            continue
        texts += _lines(middle, c.y + 26, wrapped(stage.name, signs, 2), bold=True)
        texts += _lines(middle, c.y + 48 + facts * LINE / 2, list(stage.facts), "muted")
        is_last = c.column == len(stages) - 1 or (c.column + 1) % per_row == 0
        if not is_last:
            y = c.y + c.height / 2
            paths += _arrow([(c.x + c.width, y), (c.x + c.width + 15, y)], "line", 2)
    return Picture(at(width), at(max(height, 1)), tuple(paths), tuple(boxes), tuple(texts))


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a price: who keeps it, from where to where, and its amount as written."""

    label: str
    low: Decimal
    high: Decimal
    told: str
    kind: str


def waterfall(bars: Sequence[Bar]) -> Picture:
    """The price in steps, left to right, from zero to what the consumer pays."""
    wide, tall, foot, head = 740.0, 210.0, 52.0, 24.0
    steps = columns.waterfall([(bar.low, bar.high) for bar in bars])
    slot = wide / max(len(bars), 1)
    breadth = min(slot * 0.7, 90.0)
    boxes, texts = [], []
    paths = [Path(f"M0 {at(head + tall)} L{at(wide)} {at(head + tall)}", "line", "1")]
    for n, (bar, step) in enumerate(zip(bars, steps, strict=True)):
        middle = slot * (n + 0.5)
        top, size = head + tall * (1 - step.high), max(tall * (step.high - step.low), 1.5)
        kind = "fall" if step.is_down else bar.kind
        boxes.append(
            Box(at(middle - breadth / 2), at(top), at(breadth), at(size), kind, radius="0")
        )
        texts += _lines(middle, top - 10, [bar.told], bold=True)
        signs = max(int(slot / 7.2), 6)
        texts += _lines(middle, head + tall + 24, wrapped(bar.label, signs, 3))
        if n:
            y = head + tall * (1 - (step.low if not step.is_down else step.high))
            x = slot * (n - 0.5) + breadth / 2
            paths.append(
                Path(f"M{at(x)} {at(y)} L{at(middle - breadth / 2)} {at(y)}", "leader", "1")
            )
    return Picture(at(wide), at(head + tall + foot), tuple(paths), tuple(boxes), tuple(texts))


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor in the map of will and skill; `number` stands for them in the drawing."""

    number: int
    will: int
    skill: int
    influence: int | None


def actors_map(standings: Sequence[Standing], will_word: str, skill_word: str) -> Picture:
    """Will across, skill up; a larger dot has more influence; of one cell, side by side."""
    edge, cell = 44.0, 92.0
    side = cell * 5
    paths: list[Path] = []
    texts: list[Text] = []
    frame = f"M{at(edge)} 8 L{at(edge + side)} 8 L{at(edge + side)} {at(side + 8)} L{at(edge)} "
    paths.append(Path(f"{frame}{at(side + 8)} Z", "ground", "1.2", is_filled=True))
    for line in range(1, 5):
        place = line * cell
        paths.append(Path(f"M{at(edge + place)} 8 L{at(edge + place)} {at(8 + side)}", "grid", "1"))
        paths.append(
            Path(f"M{at(edge)} {at(8 + place)} L{at(edge + side)} {at(8 + place)}", "grid", "1")
        )
    for level in range(1, 6):
        texts += _lines(edge + (level - 0.5) * cell, side + 22, [str(level)], "muted")
        texts += _lines(edge - 14, 8 + (5.5 - level) * cell, [str(level)], "muted")
    texts += _lines(edge + side / 2, side + 42, [f"{will_word} →"], bold=True)
    texts += _lines(4, 18, ["↑"], anchor="start", bold=True)
    texts += _lines(edge + 6, 20, [skill_word], anchor="start", bold=True)
    seen: dict[tuple[int, int], int] = {}
    for standing in standings:
        key = (standing.will, standing.skill)
        nth = seen[key] = seen.get(key, -1) + 1
        x = edge + (standing.will - 1) * cell + 24 + (nth % 3) * 24
        y = 8 + (5 - standing.skill) * cell + 34 + (nth // 3) * 24
        radius = 9 + (standing.influence or 1) * 0.8
        paths.append(
            Path(
                _circle(x, y, radius),
                "dot",
                "1",
                is_filled=True,
                is_dashed=standing.influence is None,
            )
        )
        texts += _lines(x, y, [str(standing.number)], "on", bold=True)
    return Picture(at(edge + side + 8), at(side + 56), tuple(paths), (), tuple(texts))


def _circle(x: float, y: float, radius: float) -> str:
    half, left = f"A{at(radius)} {at(radius)} 0 0 1", f"{at(x - radius)} {at(y)}"
    return f"M{left} {half} {at(x + radius)} {at(y)} {half} {left} Z"
