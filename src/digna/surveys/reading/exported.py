"""What other systems export of a form, as submissions: XML as it is, JSON and csv made into XML.

Three forms of file are read: a zip with a submission's XML in each folder or file (Briefcase, ODK
Central, Kobo) and its attachments beside it; Kobo's JSON (`/api/v2/assets/…/data.json`), its keys
«group/question»; a csv of ODK Central, its columns «group-question», `KEY` and `PARENT_KEY`.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from digna.packages.standards.archive import Archive
from digna.packages.standards.values import Broken
from digna.surveys.reading import trees
from digna.surveys.reading.definitions import Definition, Node
from digna.surveys.reading.instances import MOST_XML

MOST_JSON = 200 * 1024 * 1024


class NotExported(ValueError):
    """The file is none of these; `why` says what was wrong."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Found:
    """One submission of a file.

    Attributes:
        where: its place in the file, for the report.
        xml: as exported, or made of what was.
        files: the names of its attachments, by the path in the archive.
    """

    where: str
    xml: bytes
    files: Mapping[str, str] = field(default_factory=dict)


class Export:
    """An exported file, opened."""

    def __init__(self, name: str, file: BinaryIO, form_id: str, definition: Definition) -> None:
        """Open it.

        Raises:
            NotExported: `kind`, `zip`, `json`, `csv`.
        """
        self._form_id, self._definition = form_id, definition
        self._file, self._kind = file, name.rsplit(".", 1)[-1].lower()
        self.archive: Archive | None = None
        if self._kind == "zip":
            try:
                self.archive = Archive(file)
            except Broken as problem:
                raise NotExported("zip") from problem
        elif self._kind not in ("json", "csv"):
            raise NotExported("kind")

    def submissions(self) -> Iterator[Found]:
        """Yield what is in it."""
        if self.archive is not None:
            yield from self._of_archive(self.archive)
        elif self._kind == "json":
            yield from self._of_json()
        else:
            yield from self._of_csvs({"": self._rows(self._file.read())})

    def read(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of a file of the archive."""
        if self.archive is not None:
            yield from self.archive.chunks(path)

    def _of_archive(self, archive: Archive) -> Iterator[Found]:
        xmls = [path for path in archive.paths if path.lower().endswith(".xml")]
        if not xmls:
            yield from self._of_csvs(self._csvs(archive))
            return
        for path in xmls:
            folder = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
            beside = {
                other.removeprefix(folder): other
                for other in archive.paths
                if other.startswith(folder) and "/" not in other[len(folder) :] and other != path
            }
            yield Found(path, archive.read(path, most=MOST_XML), beside if folder else {})

    def _of_json(self) -> Iterator[Found]:
        content = self._file.read(MOST_JSON + 1)
        try:
            told = json.loads(content) if len(content) <= MOST_JSON else None
        except ValueError as problem:
            raise NotExported("json") from problem
        rows = told.get("results", told.get("value")) if isinstance(told, dict) else told
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise NotExported("json")
        for number, row in enumerate(rows, start=1):
            yield Found(
                f"#{number}",
                self._xml(_nested(row), _identity(row), str(row.get("__version__", ""))),
            )

    def _csvs(self, archive: Archive) -> dict[str, list[dict[str, str]]]:
        """Return the tables of an archive: the main one under "", a repeat's under its name."""
        paths = [path for path in archive.paths if path.lower().endswith(".csv")]
        tables = {path: self._rows(archive.read(path, most=MOST_JSON)) for path in paths}
        found = {}
        for path, rows in tables.items():
            is_repeat = bool(rows) and "PARENT_KEY" in rows[0]
            stem = path.rsplit("/", 1)[-1].removesuffix(".csv")
            found[stem.rsplit("-", 1)[-1] if is_repeat else ""] = rows
        return found

    def _rows(self, content: bytes) -> list[dict[str, str]]:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise NotExported("csv") from problem
        return list(csv.DictReader(io.StringIO(text)))

    def _of_csvs(self, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[Found]:
        main = tables.get("", ())
        if not main or "KEY" not in main[0]:
            raise NotExported("csv")
        children: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
        for name, rows in tables.items():
            for row in rows if name else ():
                children.setdefault(row.get("PARENT_KEY", ""), []).append((name, row))
        for number, row in enumerate(main, start=2):
            key = row["KEY"]
            told = _joined(self._definition.nodes, row, key, children)
            yield Found(f"#{number}", self._xml(told, key, row.get("FormVersion", "")))

    def _xml(self, told: Mapping[str, Any], identity: str, version: str) -> bytes:
        root = etree.Element(self._definition.root, nsmap={"orx": trees.OPENROSA})
        root.set("id", self._form_id)
        if version:
            root.set("version", version)
        _fill(root, self._definition.nodes, told)
        meta = etree.SubElement(root, f"{{{trees.OPENROSA}}}meta")
        etree.SubElement(meta, f"{{{trees.OPENROSA}}}instanceID").text = identity
        return trees.written(root)


def _identity(row: Mapping[str, Any]) -> str:
    told = row.get("meta/instanceID") or row.get("_uuid") or row.get("__id") or ""
    return told if ":" in str(told) or not told else f"uuid:{told}"


def _nested(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return Kobo's flat keys as a tree; in a repeat each turn has the whole path again.

    >>> _nested({"g/a": "1", "r": [{"r/b": "2"}]})
    {'g': {'a': '1'}, 'r': [{'b': '2'}]}
    """
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name.startswith("_"):
            continue
        here = found
        *groups, last = name.split("/")
        for group in groups:
            inner = here.setdefault(group, {})
            here = inner if isinstance(inner, dict) else {}
        here[last] = [_turn(one, name) for one in value] if _is_repeat(value) else value
    return found


def _is_repeat(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _turn(row: Mapping[str, Any], path: str) -> dict[str, Any]:
    return _nested({name.removeprefix(f"{path}/"): value for name, value in row.items()})


def _joined(
    nodes: Sequence[Node],
    row: Mapping[str, str],
    key: str,
    children: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]],
    base: str = "",
) -> dict[str, Any]:
    """Return a csv row and those of its repeats as a tree."""
    found: dict[str, Any] = {}
    for node in nodes:
        below = node.path.removeprefix(base).strip("/")
        if node.kind == "group":
            found[node.name] = _joined(node.children, row, key, children, base)
        elif node.kind == "repeat":
            turns = [r for name, r in children.get(key, ()) if name == node.name]
            found[node.name] = [
                _joined(node.children, r, r.get("KEY", ""), children, node.path) for r in turns
            ]
        elif node.kind == "geopoint":
            found[node.name] = _point(row, below.replace("/", "-"))
        else:
            found[node.name] = row.get(below.replace("/", "-"), "")
    return found


def _point(row: Mapping[str, str], name: str) -> str:
    if row.get(name):
        return row[name]
    parts = [
        row.get(f"{name}-{part}", "") for part in ("Latitude", "Longitude", "Altitude", "Accuracy")
    ]
    return " ".join(part or "0" for part in parts) if parts[0] and parts[1] else ""


def _fill(parent: Any, nodes: Sequence[Node], told: Any) -> None:
    values = told if isinstance(told, dict) else {}
    for node in nodes:
        value = values.get(node.name)
        if node.kind == "repeat":
            for turn in value if isinstance(value, list) else ():
                _fill(etree.SubElement(parent, node.name), node.children, turn)
        elif node.kind == "group":
            _fill(etree.SubElement(parent, node.name), node.children, value)
        else:
            etree.SubElement(parent, node.name).text = _clean(value)


def _clean(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    text = (
        {True: "true", False: "false"}.get(value, str(value))
        if isinstance(value, bool)
        else str(value)
    )
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r") or None
