"""Reads YAML so that every value remembers its line, and refuses what a kit has no use for.

Scalars follow the plain core of YAML 1.2, not PyYAML's YAML 1.1: ``on`` and ``no`` are words and
dates are text, so that what is loaded is what the author sees, and nothing but JSON. Aliases are
refused because a few of them nested grow without end; tags, because they ask for objects.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import yaml
from yaml.reader import ReaderError

from digna.programmes.kit_faults import Faults, Mark, Place

DEPTH_MAX = 24
_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_LOST_ZERO = re.compile(r"-?0[0-9]+")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?([eE][-+]?[0-9]{1,2})?")
_WORDS = MappingProxyType({"": None, "~": None, "null": None, "true": True, "false": False})


@dataclass
class KitText:
    """One parsed file: its value, and where each value and each key begins."""

    file: str
    value: Any = None
    values: dict[Place, Mark] = field(default_factory=dict)
    keys: dict[Place, Mark] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        return bool(self.values)

    def mark(self, place: Place) -> Mark:
        """Where the value begins; of what is absent, where its container begins."""
        return self.values.get(place) or self.values.get(place[:-1]) or (1, 1)

    def key_mark(self, place: Place) -> Mark:
        return self.keys.get(place) or self.mark(place)


def parse(content: str, *, file: str, faults: Faults, lines_above: int = 0) -> KitText:
    """The parsed text; ``is_read`` is false when the faults left nothing to look into."""
    text = KitText(file)
    reader = _Reader(text, faults, lines_above)
    try:
        if reader.refuse_tabs(content) or reader.refuse_tricks(content):
            return text
        node = _composed(content)
    except yaml.MarkedYAMLError as error:
        reader.blame("syntax", error.problem_mark or error.context_mark, problem=error.problem)
    except ReaderError as error:
        faults.blame("control_character", file, _mark_at(content, error.position, lines_above))
    else:
        if node is None:
            faults.blame("empty_file", file, (1 + lines_above, 1))
        else:
            text.value = reader.value(node, ())
    return text


def _composed(content: str) -> yaml.Node | None:
    """Nodes of a text, by libyaml where it is there: seven times as fast.

    What it refuses is read again by PyYAML's own reader, whose faults are the ones we word.
    """
    try:
        return yaml.compose(content, Loader=_QUICK)
    except yaml.YAMLError:
        return yaml.compose(content, Loader=yaml.SafeLoader)


def _events(content: str) -> Iterator[yaml.Event]:
    try:
        yield from list(yaml.parse(content, Loader=_QUICK))
    except yaml.YAMLError:
        yield from yaml.parse(content, Loader=yaml.SafeLoader)


def _mark_at(content: str, position: int, lines_above: int) -> Mark:
    before = content[:position]
    return before.count("\n") + 1 + lines_above, position - before.rfind("\n")


@dataclass
class _Reader:
    """Turns YAML nodes into values, keeping where each one stood."""

    text: KitText
    faults: Faults
    lines_above: int

    def mark(self, mark: Any) -> Mark:
        return (1, 1) if mark is None else (mark.line + 1 + self.lines_above, mark.column + 1)

    def blame(self, code: str, mark: Any, place: Place = (), **details: object) -> None:
        self.faults.blame(code, self.text.file, self.mark(mark), place, **details)

    def refuse_tabs(self, content: str) -> bool:
        has_tabs = False
        for number, line in enumerate(content.split("\n"), start=1 + self.lines_above):
            if "\t" in line:
                has_tabs = True
                self.faults.blame("tab", self.text.file, (number, line.index("\t") + 1))
        return has_tabs

    def refuse_tricks(self, content: str) -> bool:
        """Looks at the stream of events, which costs no more than the file is long."""
        has_tricks = False
        for trick, event in _tricks(content):
            has_tricks = True
            self.blame(trick, event.start_mark)
        return has_tricks

    def value(self, node: yaml.Node, place: Place) -> Any:
        self.text.values[place] = self.mark(node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*place, n)) for n, child in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.blame("key_not_text", key_node.start_mark, place)
                continue
            key = self._whole(key_node.value, key_node, place)
            if key in found:
                first = self.text.keys[(*place, key)][0]
                self.blame("duplicate_key", key_node.start_mark, (*place, key), first=first)
                continue
            self.text.keys[(*place, key)] = self.mark(key_node.start_mark)
            found[key] = self.value(value_node, (*place, key))
        return found

    def _scalar(self, node: yaml.Node, place: Place) -> Any:
        written: str = node.value
        is_quoted = isinstance(node, yaml.ScalarNode) and bool(node.style)
        if is_quoted:
            return self._whole(written, node, place)
        if _LOST_ZERO.fullmatch(written):
            self.blame("leading_zero", node.start_mark, place, value=written)
            return written
        return _plain_value(written)

    def _whole(self, written: str, node: yaml.Node, place: Place) -> str:
        """JSON writes rare characters as two escaped halves; a half alone is no character."""
        try:
            return written.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self.blame("control_character", node.start_mark, place)
            return "\N{REPLACEMENT CHARACTER}"


def _plain_value(written: str) -> Any:
    if written in _WORDS:
        return _WORDS[written]
    if _INTEGER.fullmatch(written):
        return int(written)
    return float(written) if _DECIMAL.fullmatch(written) else written


def _tricks(content: str) -> Iterator[tuple[str, yaml.Event]]:
    depth = 0
    for event in _events(content):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_MAX:
            yield "too_deep", event
            return
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            yield "alias", event
        elif getattr(event, "tag", None) is not None:
            yield "tag", event
