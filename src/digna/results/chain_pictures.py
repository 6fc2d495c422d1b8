"""A results chain drawn on the server: levels in bands, impact on top, arrows around the boxes.

Pure geometry over plain values. Colours stand as attributes beside classes: paper and a downloaded
file know no style sheet. A state is always a word, never a colour alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digna.studies.market_drawings import LINE, Text, at, wrapped
from digna_engines.systems.banded import Banded, Place, banded
from digna_engines.systems.chains import LEVELS
from digna_engines.systems.layered import Way

WIDTH = 198.0
LABELS = 128.0
"""Room at the left for the names of the levels."""
SIGNS = 27
KINDS = {"broken": "symptom", "at_risk": "proximate", "holds": "rule"}
"""The dress of a box by its state; anything else is plain."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a box says: its statement, lines beneath, and the word of its state."""

    key: str
    level: str
    statement: str
    lines: tuple[str, ...]
    state: str
    state_word: str
    url: str


@dataclass(frozen=True, slots=True)
class Tie:
    """An arrow by the keys of its ends; without evidence it is drawn in dashes."""

    source: str
    target: str
    state: str
    strength: int | None
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box of the drawing with its words."""

    x: str
    y: str
    width: str
    height: str
    kind: str
    border: str
    title: str
    url: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Stripe:
    """The ground of a level and its name."""

    y: str
    height: str
    is_odd: bool
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A way and its head."""

    d: str
    head: str
    kind: str
    width: str
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """What the template draws."""

    width: str
    height: str
    stripes: tuple[Stripe, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Drawn, ...]

    @property
    def is_wide(self) -> bool:
        """Whether a lying page holds it larger than an upright one."""
        return float(self.width) > float(self.height)


def picture(
    cards: Sequence[Card], ties: Sequence[Tie], names: Mapping[str, str]
) -> ChainPicture | None:
    """Draw a chain; None where it has no box. `names` are the levels' words.

    >>> drawn = picture([Card("a", "output", "Saben tostar", (), "", "", "/")], [], {})
    >>> drawn.boxes[0].texts[0].words, drawn.width
    ('Saben tostar', '342')
    """
    if not cards:
        return None
    words = {card.key: _words(card) for card in cards}
    drawn = banded(
        [[card.key for card in cards if card.level == level] for level in LEVELS],
        [(tie.source, tie.target) for tie in ties],
        width=WIDTH,
        heights={key: 18.0 + len(lines) * LINE for key, lines in words.items()},
    )
    of_tie = {(tie.source, tie.target): tie for tie in ties}
    places = {place.name: place for place in drawn.places}
    boxes = [_box(card, places[card.key], words[card.key]) for card in cards]
    lines = [_line(way, of_tie[way.tail, way.head]) for way in drawn.ways]
    return ChainPicture(
        at(drawn.width + LABELS + 16),
        at(drawn.height),
        tuple(_stripes(drawn, names)),
        tuple(lines),
        tuple(boxes),
    )


def _words(card: Card) -> list[tuple[str, str, bool]]:
    """The lines of a box: words, ink and weight."""
    said = [(line, "ink", False) for line in wrapped(card.statement, SIGNS, 6)]
    said += [(row, "muted", False) for line in card.lines for row in wrapped(line, SIGNS + 2, 2)]
    if card.state_word:
        said.append((card.state_word, KINDS.get(card.state, "muted"), True))
    return said


def _box(card: Card, place: Place, words: Sequence[tuple[str, str, bool]]) -> Drawn:
    x, y = place.x + LABELS, place.y
    texts = tuple(
        Text(at(x + 10), at(y + 20 + n * LINE), line, "start", kind, bold)
        for n, (line, kind, bold) in enumerate(words)
    )
    return Drawn(
        at(x),
        at(y),
        at(place.width),
        at(place.height),
        KINDS.get(card.state, "actor"),
        "2.4" if card.state in {"broken", "at_risk"} else "1.2",
        card.statement,
        card.url,
        texts,
    )


def _line(way: Way, tie: Tie) -> Line:
    points = [(x + LABELS, y) for x, y in way.points]
    x, y = points[-1]
    points[-1] = (x, y + 8)
    kind = "jump" if tie.state == "broken" else "line"
    return Line(
        "M" + " L".join(f"{at(px)} {at(py)}" for px, py in points),
        f"M{at(x)} {at(y + 1)} L{at(x - 4.5)} {at(y + 10)} L{at(x + 4.5)} {at(y + 10)} Z",
        kind,
        at(1.2 + 0.5 * (tie.strength or 0)),
        is_dashed=not tie.has_evidence,
    )


def _stripes(drawn: Banded, names: Mapping[str, str]) -> list[Stripe]:
    stripes = []
    for band in drawn.bands:
        lines = wrapped(names.get(LEVELS[band.number], ""), 15, 5)
        top = band.y + band.height / 2 - (len(lines) - 1) * LINE / 2 + 4
        texts = tuple(
            Text(at(8), at(top + n * LINE), line, "start", "muted", is_bold=True)
            for n, line in enumerate(lines)
        )
        stripes.append(Stripe(at(band.y), at(band.height), band.number % 2 == 1, texts))
    return stripes
