"""A submission beside its form: every question with what was answered, in words and as sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digna.surveys.reading import definitions, instances, kinds, trees
from digna.surveys.reading.definitions import Choice, Definition, Node
from digna.surveys.reading.trees import Element

Lists = Mapping[str, Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, as a geopoint says it."""

    latitude: float
    longitude: float
    altitude: float | None
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and what was answered.

    Attributes:
        raw: as sent, "" for no answer.
        words: the labels chosen, or the text itself.
        point: of a geopoint.
        attached: the name of the file that was answered with.
        depth: how deep it stands; `turn` numbers a repeat's turns from 1, on its heading.
        is_heading: a group, or one turn of a repeat: not answered.
    """

    node: Node
    label: str
    raw: str = ""
    words: tuple[str, ...] = ()
    point: Point | None = None
    attached: str = ""
    depth: int = 0
    turn: int = 0
    is_heading: bool = False


def lists_of(definition: Definition, files: Lists) -> Lists:
    """Return the lists of a form, those of its files too."""
    return {**definition.lists, **files}


def told(definition: Definition, root: Element, language: str, files: Lists) -> list[Answer]:
    """Return what was asked and answered, in the order of the form."""
    lists = lists_of(definition, files)
    found: list[Answer] = []
    for node in definition.nodes:
        found.extend(_of_node(node, root, language, lists, 0))
    return found


def _of_node(
    node: Node, parent: Element, language: str, lists: Lists, depth: int
) -> Iterator[Answer]:
    elements = list(trees.children(parent, node.name))
    label = node.label(language)
    if node.kind == "note":
        return
    if node.kind not in ("group", "repeat"):
        yield answer(node, elements[0] if elements else None, language, lists, depth)
        return
    kept = [e for e in elements if not instances.is_template(e)]
    for turn, element in enumerate(kept, start=1):
        number = turn if node.kind == "repeat" else 0
        inside = [
            a
            for child in node.children
            for a in _of_node(child, element, language, lists, depth + 1)
        ]
        yield Answer(node, label, depth=depth, turn=number, is_heading=True)
        yield from inside


def answer(
    node: Node, element: Element | None, language: str, lists: Lists, depth: int = 0
) -> Answer:
    """Return one question with its answer."""
    raw = trees.text(element)
    return Answer(
        node=node,
        label=node.label(language),
        raw=raw,
        words=words_of(node, raw, language, lists),
        point=point(raw) if node.kind == "geopoint" else None,
        attached=raw if node.kind in kinds.ATTACHED else "",
        depth=depth,
    )


def words_of(node: Node, raw: str, language: str, lists: Lists) -> tuple[str, ...]:
    """Return an answer in words: the labels of codes; a code that no list knows stays itself."""
    if not raw:
        return ()
    if node.kind not in kinds.LISTED:
        return (raw,)
    labels = {c.name: c.labels for c in lists.get(node.list_name, ())}
    codes = [raw] if node.kind == "select_one" else raw.split()
    return tuple(definitions.spoken(labels.get(code, {}), language) or code for code in codes)


def point(raw: str) -> Point | None:
    """Return a geopoint's numbers; None where they are none.

    >>> point("-16.5 -68.15 3640 4.5")
    Point(latitude=-16.5, longitude=-68.15, altitude=3640.0, accuracy=4.5)
    >>> point("aquí") is None
    True
    """
    try:
        numbers = [float(one) for one in raw.split()]
    except ValueError:
        return None
    if len(numbers) < 2 or not (-90 <= numbers[0] <= 90 and -180 <= numbers[1] <= 180):
        return None
    more = [*numbers[2:4], None, None]
    return Point(numbers[0], numbers[1], more[0], more[1])


def attached_names(definition: Definition, root: Element) -> set[str]:
    """Return the files that a submission says it comes with."""
    found: set[str] = set()
    for node in definition.questions():
        if node.kind in kinds.ATTACHED:
            found.update(instances.values_at(root, node.path))
    return found
