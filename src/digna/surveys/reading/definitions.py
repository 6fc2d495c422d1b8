"""The questions of an XForm: their places, kinds, words in every language, and choices.

Read from the XForm itself, not from pyxform's tables: the XForm is what telephones fill, and a
standard; so the same is known of a form whoever made it. Kept as JSON beside each version.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from digna.surveys.reading import trees
from digna.surveys.reading.trees import DIGNA, JAVAROSA, Element

UNTRANSLATED = "-"
SPANISH = re.compile(r"\(es\b|^es\b|espa[ñn]ol", re.IGNORECASE)  # «Español (es)», «es-BO»
BY_TYPE = {
    "int": "integer", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "datetime",
    "geopoint": "geopoint", "barcode": "barcode", "string": "text", "": "text",
    "geotrace": "geotrace", "geoshape": "geoshape",
}  # fmt: skip
BY_MEDIA = {"image": "image", "audio": "audio", "video": "video"}
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be chosen: its code, and its label in each language."""

    name: str
    labels: Words


@dataclass(frozen=True, slots=True)
class Node:
    """A question, a group or a repeat.

    Attributes:
        path: where it stands in the instance, without its root ("datos/nombre").
        kind: see `kinds.TAKEN`; or `group`, `repeat`.
        labels, hints: by language; "" is the language of a form that names none.
        list_name: of a choice, the list in `Definition.lists`, or a file («municipios.csv»).
        binds: what is declared of it for domain facts («dato» → "enterprise.name").
        relevant, constraint, appearance: as written, for the preview.
    """

    path: str
    kind: str
    labels: Words = field(default_factory=dict)
    hints: Words = field(default_factory=dict)
    list_name: str = ""
    is_required: bool = False
    relevant: str = ""
    constraint: str = ""
    calculation: str = ""
    appearance: str = ""
    binds: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Node", ...] = ()

    @property
    def name(self) -> str:
        """Its own name, the last of its path."""
        return self.path.rsplit("/", 1)[-1]

    def label(self, language: str) -> str:
        """Return its label in a language, else in any, else its name."""
        return spoken(self.labels, language) or self.name


@dataclass(frozen=True, slots=True)
class Definition:
    """A form as screens and exports need it."""

    title: str
    root: str
    languages: tuple[str, ...]
    default_language: str
    nodes: tuple[Node, ...]
    lists: Mapping[str, tuple[Choice, ...]]
    media: tuple[str, ...]
    namespace: str = ""

    def walk(self) -> Iterator[Node]:
        """Yield every node, each before those inside it."""
        stack = list(reversed(self.nodes))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def questions(self) -> Iterator[Node]:
        """Yield what is answered: no groups, repeats or notes."""
        return (n for n in self.walk() if n.kind not in ("group", "repeat", "note"))


def spoken(words: Words, language: str) -> str:
    """Return words in a language; in any other that has them where that one has none.

    >>> spoken({"Español (es)": "Sí", "Aymara (ay)": "-"}, "Aymara (ay)")
    'Sí'
    """
    told = words.get(language, "")
    if told and told != UNTRANSLATED:
        return told
    return next((word for word in words.values() if word and word != UNTRANSLATED), "")


def spanish(definition: Definition) -> str:
    """Return the language of a form that is Spanish, else the one it begins with."""
    named = (one for one in definition.languages if SPANISH.search(one))
    return next(named, definition.default_language)


def primary_instance(root: Element) -> Element:
    """Return the element that a submission is a filled copy of."""
    model = next(node for node in root.iter() if trees.local(node) == "model")
    instance = trees.child(model, "instance")
    return next(trees.children(instance))


def read(root: Element) -> Definition:
    """Return what an XForm asks."""
    reader = _Reader(root)
    return Definition(
        title=reader.title,
        root=trees.local(reader.instance),
        languages=reader.languages,
        default_language=reader.default_language,
        nodes=reader.nodes(),
        lists=reader.lists,
        media=reader.media(),
        namespace=reader.instance.nsmap.get(reader.instance.prefix, ""),
    )


class _Reader:
    """One XForm being read: its binds and texts by name."""

    def __init__(self, root: Element) -> None:
        self.model = next(node for node in root.iter() if trees.local(node) == "model")
        self.body = next(node for node in root if trees.local(node) == "body")
        self.instance = primary_instance(root)
        self.base = f"/{trees.local(self.instance)}/"
        head = next(node for node in root if trees.local(node) == "head")
        self.title = trees.text(trees.child(head, "title"))
        self.binds = {b.get("nodeset", ""): b for b in trees.children(self.model, "bind")}
        self.texts: dict[str, dict[str, str]] = {}
        self.languages, self.default_language = self._itext()
        self.lists: dict[str, tuple[Choice, ...]] = self._instances()
        self.controls = {c.get("ref") or c.get("nodeset", ""): c for c in self._controls()}
        self.repeats = {
            n.get("nodeset", "") for n in self.body.iter() if trees.local(n) == "repeat"
        }
        self.files: set[str] = set()

    def _controls(self) -> Iterator[Element]:
        skipped = {"label", "hint", "itemset", "item", "value", "repeat"}
        for node in self.body.iter():
            told = trees.local(node)
            if told and told not in skipped and (node.get("ref") or node.get("nodeset")):
                yield node

    def _itext(self) -> tuple[tuple[str, ...], str]:
        languages, default = [], ""
        itext = trees.child(self.model, "itext")
        for translation in trees.children(itext, "translation") if itext is not None else ():
            language = translation.get("lang", "")
            languages.append(language)
            if translation.get("default"):
                default = language
            for told in trees.children(translation, "text"):
                plain = [v for v in trees.children(told, "value") if not v.get("form")]
                if plain:
                    words = self.texts.setdefault(told.get("id", ""), {})
                    words[language] = _flat(plain[0])
        return tuple(languages), default or (languages[0] if languages else "")

    def _instances(self) -> dict[str, tuple[Choice, ...]]:
        found = {}
        for instance in list(trees.children(self.model, "instance"))[1:]:
            holder = next(trees.children(instance), None)
            if holder is not None and not instance.get("src"):
                found[instance.get("id", "")] = tuple(
                    self._choice(i) for i in trees.children(holder)
                )
        return found

    def _choice(self, item: Element) -> Choice:
        name = trees.text(trees.child(item, "name"))
        key = trees.text(trees.child(item, "itextId"))
        labels = self.texts.get(key) if key else None
        return Choice(name, labels or {"": trees.text(trees.child(item, "label"))})

    def nodes(self) -> tuple[Node, ...]:
        return self._inside(self.instance, self.base.rstrip("/"))

    def _inside(self, element: Element, path: str) -> tuple[Node, ...]:
        found, seen = [], set()
        for child in trees.children(element):
            name = trees.local(child)
            if name in seen or (path == self.base.rstrip("/") and name == "meta"):
                continue
            seen.add(name)
            found.append(self._node(child, f"{path}/{name}"))
        return tuple(found)

    def _node(self, element: Element, path: str) -> Node:
        bind, control = self.binds.get(path), self.controls.get(path)
        inner = self._inside(element, path)
        kind = self._kind(element, bind, control, path, bool(inner))
        told = {} if bind is None else bind.attrib
        return Node(
            path=path.removeprefix(self.base),
            kind=kind,
            labels=self._words(control, "label"),
            hints=self._words(control, "hint"),
            list_name=self._listed(path, control),
            is_required=str(told.get("required", "")).startswith("true"),
            relevant=told.get("relevant", ""),
            constraint=told.get("constraint", ""),
            calculation=told.get("calculate", ""),
            appearance="" if control is None else control.get("appearance", ""),
            binds={
                name.rsplit("}", 1)[-1]: value
                for name, value in told.items()
                if name.startswith(f"{{{DIGNA}}}")
            },
            children=inner,
        )

    def _kind(
        self, element: Element, bind: Element | None, control: Element | None, path: str, full: bool
    ) -> str:
        if path in self.repeats:
            return "repeat"
        if full:
            return "group"
        kind = "" if bind is None else bind.get("type", "")
        if control is None:
            preload = bind is not None and bind.get(f"{{{JAVAROSA}}}preload")
            return "metadata" if preload else "calculate"
        told = {} if bind is None else bind.attrib
        readonly = told.get("readonly") == "true()" and not told.get("calculate")
        return _control_kind(control, kind, readonly=readonly)

    def _words(self, control: Element | None, name: str) -> Words:
        node = None if control is None else trees.child(control, name)
        if node is None:
            return {}
        ref = node.get("ref", "")
        if ref.startswith("jr:itext("):
            return self.texts.get(ref[9:].strip("')\" "), {})
        told = _flat(node)
        return {"": told} if told else {}

    def _listed(self, path: str, control: Element | None) -> str:
        """Return the list of a choice; where the choices stand in the control, make them one."""
        if control is None or trees.local(control) not in ("select", "select1", "rank"):
            return ""
        itemset = trees.child(control, "itemset")
        if itemset is not None:
            nodeset = itemset.get("nodeset", "")
            name = nodeset.split("'")[1] if "instance('" in nodeset else nodeset.split("[")[0]
            file = self._file_of(name)
            return file or name.removeprefix(self.base)
        items = trees.children(control, "item")
        choices = [
            Choice(trees.text(trees.child(i, "value")), self._words(i, "label")) for i in items
        ]
        self.lists[path] = tuple(choices)
        return path

    def _file_of(self, name: str) -> str:
        for instance in trees.children(self.model, "instance"):
            if instance.get("id") == name and instance.get("src"):
                return str(instance.get("src")).rsplit("/", 1)[-1]
        return ""

    def media(self) -> tuple[str, ...]:
        """Return the files that the form leans on, as `jr://` names them."""
        found = {i.get("src") for i in trees.children(self.model, "instance") if i.get("src")}
        for value in self.model.iter():
            if trees.local(value) == "value" and value.get("form") and value.text:
                found.add(value.text.strip())
        names = {one.rsplit("/", 1)[-1] for one in found if one.startswith("jr://")}
        return tuple(sorted(names - {"last-saved"}))


def _control_kind(control: Element, kind: str, *, readonly: bool) -> str:
    tag = trees.local(control)
    if tag == "upload":
        return BY_MEDIA.get(control.get("mediatype", "").split("/")[0], "file")
    by_tag = {
        "select1": "select_one", "select": "select_multiple", "rank": "rank", "range": "range",
        "trigger": "acknowledge",
    }  # fmt: skip
    if tag in by_tag:
        return by_tag[tag]
    if readonly and kind in ("", "string"):
        return "note"
    return BY_TYPE.get(kind, "text")


def _flat(node: Element) -> str:
    """Return a label's text; what it takes from an answer shows as that question's name."""
    told = [node.text or ""]
    for inner in node:
        if trees.local(inner) == "output":
            told.append(f"«{inner.get('value', '').strip().rsplit('/', 1)[-1]}»")
        told.append(inner.tail or "")
    return " ".join("".join(told).split())


def plain(definition: Definition) -> dict[str, Any]:
    """Return a definition as JSON keeps it."""
    return {
        "title": definition.title,
        "root": definition.root,
        "languages": list(definition.languages),
        "default_language": definition.default_language,
        "nodes": [_plain_node(node) for node in definition.nodes],
        "lists": {
            name: [[c.name, dict(c.labels)] for c in choices]
            for name, choices in definition.lists.items()
        },
        "media": list(definition.media),
        "namespace": definition.namespace,
    }


def _plain_node(node: Node) -> dict[str, Any]:
    told = {name: getattr(node, name) for name in Node.__slots__ if name != "children"}
    kept = {name: value for name, value in told.items() if value}
    if node.children:
        kept["children"] = [_plain_node(child) for child in node.children]
    return kept


def of_plain(told: Mapping[str, Any]) -> Definition:
    """Return the definition that JSON kept, its words in the order of the languages.

    PostgreSQL keeps the names of a JSON object in an order of its own; what is said where a
    language has no words, and in which order all are said, must not hang on that.
    """
    order = tuple(dict.fromkeys((told["default_language"], *told["languages"])))
    return Definition(
        title=told["title"],
        root=told["root"],
        languages=tuple(told["languages"]),
        default_language=told["default_language"],
        nodes=_nodes(told["nodes"], order),
        lists={
            name: tuple(Choice(code, _ordered(labels, order)) for code, labels in choices)
            for name, choices in told["lists"].items()
        },
        media=tuple(told["media"]),
        namespace=told.get("namespace", ""),
    )


def _nodes(told: Sequence[Mapping[str, Any]], order: Sequence[str]) -> tuple[Node, ...]:
    return tuple(_node(one, order) for one in told)


def _node(told: Mapping[str, Any], order: Sequence[str]) -> Node:
    words = {name: _ordered(told[name], order) for name in ("labels", "hints") if name in told}
    return Node(**{**told, **words, "children": _nodes(told.get("children", ()), order)})


def _ordered(words: Words, order: Sequence[str]) -> Words:
    return {name: words[name] for name in dict.fromkeys((*order, *words)) if name in words}
