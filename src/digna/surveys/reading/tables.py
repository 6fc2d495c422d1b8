"""Submissions as tables: one sheet of them, one more for each repeat, joined by numbers.

The main sheet has a row for each submission; a repeat's sheet has a row for each turn, with the
number of the row it belongs to in its parent's sheet (`_parent`) and the submission's own id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digna.surveys.reading import answers, definitions, instances, kinds, live, trees
from digna.surveys.reading.answers import Lists
from digna.surveys.reading.definitions import Definition, Node
from digna.surveys.reading.trees import Element

NUMBERS = frozenset(("integer", "decimal", "range"))
Cell = str | int | float | None
ALL = "*"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an export is wanted.

    Attributes:
        has_labels: answers and headers in words; else codes and names.
        language: of the words; `*` for every language, joined by " / ".
        is_split: one column for each choice of a select_multiple, with 1 and 0.
    """

    has_labels: bool = True
    language: str = ""
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its answer stands, in what part of it."""

    node: Node
    header: str
    part: str = ""  # a choice's code, or of a geopoint: lat, lon, alt, acc
    below: str = ""  # where it stands inside its table's element


@dataclass
class Table:
    """One sheet: its columns, and how many rows it has so far."""

    name: str
    path: str
    columns: list[Column]
    children: list["Table"] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One row of one sheet."""

    table: Table
    number: int
    parent: int
    cells: list[Cell]


class Layout:
    """The sheets of a form, over all its versions: no answer of an old version is left out."""

    def __init__(self, versions: Sequence[Definition], files: Lists, wishes: Wishes) -> None:
        """Lay out; `versions` are newest first."""
        self.wishes = wishes
        self.lists: dict[str, list[definitions.Choice]] = {}
        for version in versions:
            for name, choices in answers.lists_of(version, files).items():
                known = self.lists.setdefault(name, [])
                codes = {c.name for c in known}
                known.extend(c for c in choices if c.name not in codes)
        self._told: dict[str, dict[str, str]] = {}
        nodes = merged([version.nodes for version in versions])
        self.main = self._table("datos", "", nodes)
        self.tables = list(self._every(self.main))

    def _every(self, table: Table) -> Iterator[Table]:
        yield table
        for child in table.children:
            yield from self._every(child)

    def _table(self, name: str, path: str, nodes: Sequence[Node]) -> Table:
        table = Table(name, path, [])
        self._fill(table, nodes, ())
        return table

    def _fill(self, table: Table, nodes: Sequence[Node], groups: tuple[str, ...]) -> None:
        for node in nodes:
            if node.kind == "repeat":
                table.children.append(self._table(node.name, node.path, node.children))
            elif node.kind == "group":
                self._fill(table, node.children, (*groups, self._label(node)))
            elif node.kind != "note":
                below = _below(node.path, table.path)
                table.columns.extend(self._columns(node, groups, below))

    def _columns(self, node: Node, groups: tuple[str, ...], below: str) -> Iterator[Column]:
        header = " / ".join((*groups, self._label(node))) if self.wishes.has_labels else node.path
        yield Column(node, header, below=below)
        if node.kind == "geopoint":
            for part in ("lat", "lon", "alt", "acc"):
                yield Column(node, f"{header}_{part}", part, below)
        is_split = self.wishes.is_split and not live.is_live(node.list_name)
        if node.kind == "select_multiple" and is_split:  # a column for each firm is nobody's wish
            for choice in self.lists.get(node.list_name, ()):
                told = self._spoken(choice.labels) if self.wishes.has_labels else choice.name
                yield Column(node, f"{header} / {told or choice.name}", choice.name, below)

    def _label(self, node: Node) -> str:
        return self._spoken(node.labels) or node.name if self.wishes.has_labels else node.name

    def _spoken(self, words: definitions.Words) -> str:
        if self.wishes.language != ALL:
            return definitions.spoken(words, self.wishes.language)
        told = dict.fromkeys(w for w in words.values() if w and w != definitions.UNTRANSLATED)
        return " / ".join(told)

    def lines(self, root: Element) -> Iterator[Line]:
        """Yield the rows of one submission: its own, then those of its repeats."""
        yield from self._lines(self.main, root, 0)

    def _lines(self, table: Table, here: Element, parent: int) -> Iterator[Line]:
        table.count += 1
        number = table.count
        texts = trees.texts(here)  # one walk of the element, not one for each column
        cells = [self._cell(column, texts.get(column.below, "")) for column in table.columns]
        yield Line(table, number, parent, cells)
        for child in table.children:
            for turn in _turns(here, _below(child.path, table.path)):
                yield from self._lines(child, turn, number)

    def _cell(self, column: Column, raw: str) -> Cell:
        if not raw:
            return None
        if column.part:
            return _part(column, raw)
        if column.node.kind in NUMBERS:
            return _number(raw)
        if column.node.kind in kinds.LISTED and self.wishes.has_labels:
            return self._words(column.node, raw)
        return raw

    def _words(self, node: Node, raw: str) -> str:
        known = self._told.get(node.list_name)
        if known is None:  # once a list: some have ten thousand choices
            choices = self.lists.get(node.list_name, ())
            known = {choice.name: self._spoken(choice.labels) for choice in choices}
            self._told[node.list_name] = known
        codes = [raw] if node.kind == "select_one" else raw.split()
        return ", ".join(known.get(code) or code for code in codes)


def merged(versions: Sequence[Sequence[Node]]) -> tuple[Node, ...]:
    """Return the nodes of several versions as one form: the newest's order, then what is gone."""
    by_path: dict[str, list[Node]] = {}
    for nodes in versions:
        for node in nodes:
            by_path.setdefault(node.path, []).append(node)
    return tuple(_one(same) for same in by_path.values())


def _one(same: Sequence[Node]) -> Node:
    first = same[0]
    alike = [node for node in same if node.kind == first.kind]
    if not first.children:
        return first
    told = {name: getattr(first, name) for name in Node.__slots__}
    return Node(**{**told, "children": merged([node.children for node in alike])})


def _below(path: str, base: str) -> str:
    return path.removeprefix(base).strip("/")


def _turns(here: Element, below: str) -> list[Element]:
    nodes = [here]
    for name in below.split("/"):
        nodes = [child for node in nodes for child in trees.children(node, name)]
    return [node for node in nodes if not instances.is_template(node)]


def _part(column: Column, raw: str) -> Cell:
    if column.node.kind == "select_multiple":
        return 1 if column.part in raw.split() else 0
    point = answers.point(raw)
    if point is None:
        return None
    return {
        "lat": point.latitude, "lon": point.longitude, "alt": point.altitude, "acc": point.accuracy,
    }[column.part]  # fmt: skip


def _number(raw: str) -> Cell:
    try:
        return int(raw)
    except ValueError:
        pass
    try:
        return float(raw)
    except ValueError:
        return raw
