"""Two versions of a form, question by question: what is new, what is gone, what changed."""

from dataclasses import dataclass

from digna.surveys.reading.definitions import Definition, Node

COMPARED = (
    "kind",
    "labels",
    "hints",
    "is_required",
    "relevant",
    "constraint",
    "calculation",
    "binds",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that is not the same in both.

    Attributes:
        what: `new`, `gone` or `changed`.
        parts: of a changed one, which of its parts differ: `COMPARED`, or `choices`.
    """

    what: str
    path: str
    label: str
    parts: tuple[str, ...] = ()


def compare(old: Definition, new: Definition) -> list[Difference]:
    """Return the differences, in the new one's order, then what is gone."""
    before = {node.path: node for node in old.walk()}
    after = {node.path: node for node in new.walk()}
    language = new.default_language
    found = []
    for path, node in after.items():
        parts = _parts(old, new, before[path], node) if path in before else ()
        if path not in before:
            found.append(Difference("new", path, node.label(language)))
        elif parts:
            found.append(Difference("changed", path, node.label(language), parts))
    gone = [node for path, node in before.items() if path not in after]
    return found + [Difference("gone", n.path, n.label(old.default_language)) for n in gone]


def _parts(old: Definition, new: Definition, before: Node, after: Node) -> tuple[str, ...]:
    parts = [name for name in COMPARED if getattr(before, name) != getattr(after, name)]
    if old.lists.get(before.list_name) != new.lists.get(after.list_name):
        parts.append("choices")
    return tuple(parts)
