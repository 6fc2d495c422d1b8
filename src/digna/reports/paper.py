"""A report as one object of plain values, in one language: what every form of it is drawn from.

Pure. Numbers are exact decimals in the unit they are shown in; missing is None, and `text` says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Mark = Literal["frozen", "current", "records", "hidden", "missing"]
"""How firm a number is: of a frozen period, may still change, counted now, kept in, not known."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A number with all that defends it. `note` is the number of its definition, 0 for none."""

    code: str
    label: str
    text: str
    value: Decimal | None = None
    unit: str = ""
    decimals: int = 0
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int | None = None
    of: int | None = None
    period: str = ""
    mark: Mark = "records"
    quality: str = ""
    url: str = ""
    note: int = 0
    detail: str = ""

    @property
    def key(self) -> str:
        """What tells this figure from any other of the report, in every edition of it."""
        return f"{self.code}|{self.period}"

    @property
    def is_missing(self) -> bool:
        """Whether there is no number to show."""
        return self.value is None


Cell = str | Cited


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or a few: words and cited numbers. `is_own` where a person wrote it."""

    pieces: tuple[Cell, ...]
    is_own: bool = False

    @property
    def text(self) -> str:
        """The paragraph as plain words."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Cards:
    """A few numbers, large."""

    items: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand to the right."""

    name: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is about, then a cell for each further column. `is_total` closes a sum."""

    head: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; rows that follow each other with the same head are one group."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def lined(self) -> list[tuple[str, list[tuple[Row, list[tuple[Cell, bool]]]]]]:
        """The groups with each cell beside whether its column holds numbers."""
        sides = [column.is_number for column in self.columns[1:]]
        return [
            (head, [(row, list(zip(row.cells, sides, strict=True))) for row in rows])
            for head, rows in self.groups
        ]

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows by their head, those together that follow each other."""
        found: list[tuple[str, list[Row]]] = []
        for row in self.rows:
            if found and found[-1][0] == row.head:
                found[-1][1].append(row)
            else:
                found.append((row.head, [row]))
        return found


@dataclass(frozen=True, slots=True)
class Point:
    """One bar of a chart: its words, its number and what is written at its end."""

    label: str
    value: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from zero. What they show is said in `description` and stands in a table below."""

    title: str
    description: str
    label_name: str
    value_name: str
    points: tuple[Point, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader must know: plain, or a warning."""

    text: str
    kind: Literal["info", "warning"] = "info"


Block = Paragraph | Cards | Table | Chart | Note


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report. `code` is where a person's own words are kept."""

    code: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a number is: lines of (label, words), where it comes from, the page that defines it."""

    number: int
    code: str
    name: str
    lines: tuple[tuple[str, str], ...]
    source: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report in one language."""

    kind: str
    language: str
    title: str
    subtitle: str
    programme: str
    period: str
    is_synthetic: bool
    is_public: bool
    as_of: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...]
    sources: tuple[str, ...]


def cited(paper: Paper) -> Iterator[tuple[Section, Cited]]:
    """Yield every cited number with the section it stands in, in reading order."""
    for section in paper.sections:
        for block in section.blocks:
            for one in of_block(block):
                yield section, one


def of_block(block: Block) -> Iterator[Cited]:
    """Yield the cited numbers of one block; bare numbers of tables have no code."""
    cells: tuple[Cell, ...] = ()
    if isinstance(block, Cards):
        cells = block.items
    elif isinstance(block, Paragraph):
        cells = block.pieces
    elif isinstance(block, Table):
        cells = tuple(cell for row in block.rows for cell in row.cells)
    yield from (cell for cell in cells if isinstance(cell, Cited) and cell.code)


def tables(paper: Paper) -> Iterator[tuple[Section, Table]]:
    """Yield every table, those under charts among them."""
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield section, block


def figures(paper: Paper) -> dict[str, Cited]:
    """Return the figures a person may cite, by code: of each the last, which is the newest."""
    return {one.code: one for _section, one in cited(paper)}
