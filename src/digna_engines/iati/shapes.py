"""How a frozen dataclass lies in XML: each field says where its value stands.

A class lists its fields in the order of the schema, so that one description reads and writes; what
no field describes is what the model does not know. Values stay texts, as written: «10.50» is not
«10.5», and a value that is not there is ``None``, not «».
"""

import dataclasses
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

from lxml import etree  # type: ignore[import-untyped]

from digna_engines.errors import EngineError
from digna_engines.iati.documents import text_of

T = TypeVar("T")
Writer = Callable[[Any, "Place", Any], None]
Kind = Literal["attribute", "text", "held", "word", "one", "many", "narratives"]
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: its kind, the element or attribute, and what is inside.

    ``several`` for a field that holds a tuple; ``inside`` the attribute of a held value, or the
    class of an element.
    """

    kind: Kind
    name: str = ""
    several: bool = False
    inside: Any = None


def _field(place: Place) -> Any:
    return field(default=() if place.several else None, metadata={"place": place})


def attribute(name: str) -> Any:
    """An attribute of the element itself."""
    return _field(Place("attribute", name))


def text() -> Any:
    """The text of the element itself."""
    return _field(Place("text"))


def held(child: str, name: str) -> Any:
    """An attribute of the only child ``child``, which holds nothing else."""
    return _field(Place("held", child, inside=name))


def all_held(child: str, name: str) -> Any:
    """An attribute of each child ``child``."""
    return _field(Place("held", child, several=True, inside=name))


def word(child: str) -> Any:
    """The text of the only child ``child``."""
    return _field(Place("word", child))


def words(child: str) -> Any:
    """The text of each child ``child``."""
    return _field(Place("word", child, several=True))


def one(child: str, inside: type[Any]) -> Any:
    """The only child ``child``, of a class of its own."""
    return _field(Place("one", child, inside=inside))


def many(child: str, inside: type[Any]) -> Any:
    """Every child ``child``, of a class of its own."""
    return _field(Place("many", child, several=True, inside=inside))


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text in a language; ``language`` is ``None`` where the activity's default counts."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one or more languages.

    >>> Words.of("Total").narratives
    (Narrative(text='Total', language=None),)
    """

    narratives: tuple[Narrative, ...] = ()

    @classmethod
    def of(cls, text: str, **languages: str) -> "Words":
        """The text in the default language, and in others by their code."""
        others = (Narrative(said, language) for language, said in languages.items())
        return cls((Narrative(text), *others))


def narratives() -> Any:
    """The element's own ``<narrative>`` children."""
    return _field(Place("narratives", "narrative", several=True))


def texts(child: str) -> Any:
    """The only child ``child``, made of narratives."""
    return _field(Place("one", child, inside=Words))


def many_texts(child: str) -> Any:
    """Every child ``child``, made of narratives."""
    return _field(Place("many", child, several=True, inside=Words))


_PLACES: Final[dict[Any, tuple[tuple[str, Place], ...]]] = {
    Words: (("narratives", Place("narratives", "narrative", several=True)),)
}


def places(shape: Any) -> tuple[tuple[str, Place], ...]:
    """The fields of a class with their places, in the order of the schema."""
    if shape not in _PLACES:
        fields = dataclasses.fields(shape)
        _PLACES[shape] = tuple((one.name, one.metadata["place"]) for one in fields)
    return _PLACES[shape]


# -- reading


class Reader:
    """Elements into values; ``unmodelled`` counts, by path, what found no field."""

    def __init__(self) -> None:
        self.unmodelled: Counter[str] = Counter()

    def read(self, element: Any, shape: type[T], path: str) -> T:
        """The element as ``shape``."""
        children: dict[str, list[Any]] = {}
        for child in element.iterchildren("*"):
            children.setdefault(child.tag, []).append(child)
        attributes = dict(element.attrib)
        found: dict[str, Any] = {}
        has_text = False
        for name, place in places(shape):
            if place.kind == "attribute":
                found[name] = attributes.pop(place.name, None)
            elif place.kind == "text":
                found[name], has_text = text_of(element), True
            else:
                found[name] = self._children(children, place, path)
        self._rest(element, attributes, children, path, has_text)
        return shape(**found)

    def _children(self, children: dict[str, list[Any]], place: Place, path: str) -> Any:
        there = children.pop(place.name, [])
        taken = there if place.several else there[:1]
        if len(there) > len(taken):
            children[place.name] = there[1:]  # a second one of what there is only one
        values = tuple(self._value(child, place, f"{path}/{place.name}") for child in taken)
        if place.several:
            return values
        return values[0] if values else None

    def _value(self, child: Any, place: Place, path: str) -> Any:
        if place.kind == "narratives":
            self._leaf(child, {XML_LANG}, path)
            return Narrative(text_of(child), child.get(XML_LANG))
        if place.kind == "word":
            self._leaf(child, set(), path)
            return text_of(child)
        if place.kind == "held":
            self._leaf(child, {place.inside}, path)
            if (child.text or "").strip():
                self.unmodelled[f"{path}/text()"] += 1
            if place.inside not in child.attrib and not place.several:
                self.unmodelled[path] += 1  # an element that says nothing leaves no trace here
            return child.get(place.inside)
        return self.read(child, place.inside, path)

    def _leaf(self, child: Any, known: set[str], path: str) -> None:
        attributes = {name: "" for name in child.attrib if name not in known}
        children = {inner.tag: [inner] for inner in child.iterchildren("*")}
        self._rest(child, attributes, children, path, has_text=True)

    def _rest(
        self,
        element: Any,
        attributes: dict[str, str],
        children: dict[str, list[Any]],
        path: str,
        has_text: bool,
    ) -> None:
        for name in attributes:
            self.unmodelled[f"{path}/@{name.replace(XML_LANG, 'xml:lang')}"] += 1
        for name, rest in children.items():
            self.unmodelled[f"{path}/{name}"] += len(rest)
        loose = [element.text, *(child.tail for child in element)]
        if not has_text and any((piece or "").strip() for piece in loose):
            self.unmodelled[f"{path}/text()"] += 1


# -- writing


def fill(element: Any, value: Any) -> None:
    """Write a value into its element, fields in the order of the schema.

    Error: ``iati.unwritable`` for a text with signs that XML cannot hold.
    """
    for name, place in places(type(value)):
        content = getattr(value, name)
        items = content if place.several else () if content is None else (content,)
        for item in items:
            _guarded(_WRITERS[place.kind], element, place, item)


def _guarded(write: Writer, element: Any, place: Place, item: Any) -> None:
    try:
        write(element, place, item)
    except ValueError as problem:
        raise EngineError(
            "iati.unwritable",
            f"Un texto de <{element.tag}> lleva signos que XML no admite: quítelos.",
            f"A text of <{element.tag}> has signs that XML cannot hold: remove them.",
            element=element.tag,
        ) from problem


def _write_attribute(element: Any, place: Place, item: Any) -> None:
    element.set(place.name, item)


def _write_text(element: Any, place: Place, item: Any) -> None:
    element.text = item


def _write_held(element: Any, place: Place, item: Any) -> None:
    child = etree.SubElement(element, place.name)
    if item is not None:
        child.set(place.inside, item)


def _write_word(element: Any, place: Place, item: Any) -> None:
    etree.SubElement(element, place.name).text = item


def _write_narrative(element: Any, place: Place, item: Any) -> None:
    child = etree.SubElement(element, place.name)
    child.text = item.text
    if item.language is not None:
        child.set(XML_LANG, item.language)


def _write_element(element: Any, place: Place, item: Any) -> None:
    fill(etree.SubElement(element, place.name), item)


_WRITERS: Final[dict[Kind, Callable[[Any, Place, Any], None]]] = {
    "attribute": _write_attribute,
    "text": _write_text,
    "held": _write_held,
    "word": _write_word,
    "one": _write_element,
    "many": _write_element,
    "narratives": _write_narrative,
}
