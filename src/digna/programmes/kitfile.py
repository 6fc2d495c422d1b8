"""Reads a kit from its folder, or says everything that is wrong with it.

A kit is a folder of YAML files (one per section) and Markdown pages. People write kits by hand,
so every fault carries the file, line and column where it can be mended, and all come at once.

``kit_text`` keeps the lines, ``kit_shape`` holds each section against its schema, ``kit_rules``
joins the sections, ``kit_faults`` words the faults. This module is their only door.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from digna.programmes import kit_courses, kit_media, kit_rules, kit_shape, kit_text
from digna.programmes.kit_faults import Fault, Faults

BYTES_MAX = 2_000_000
LOOSE_FILES = frozenset({"NOTICE", "README.md"})

_PAGE_NAME = re.compile(r"pages/[a-z0-9-]+\.[a-z]{2}\.md")
_PAGE = re.compile(r"\A---\n(?P<front>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_KIT_CODE = re.compile(r"[a-z][a-z0-9-]*")


class KitError(Exception):
    """A kit that cannot be taken in, with every fault found, in the order of the files."""

    def __init__(self, folder: Path, faults: Iterable[Fault]) -> None:
        self.folder = folder
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Kit:
    """A kit as read: its header, its sections, and a hash of what it says, not of its layout.

    ``documents`` holds one read-only value per section and ``pages`` one per Markdown page (its
    front matter and its ``body``); ``media`` one entry per file its courses show. ``sources``
    maps each source code to its entry; ``uses`` maps each kit this one leans on to that kit's
    hash. Comments, the order of keys and the look of the files leave ``sha256`` as it is; a
    changed word changes it.
    """

    code: str
    title_es: str
    title_en: str
    version: str
    languages: tuple[str, ...]
    licence: str
    synthetic: bool
    header: Mapping[str, Any]
    documents: Mapping[str, Any]
    pages: Mapping[str, Mapping[str, Any]]
    media: Mapping[str, kit_media.MediaOnDisk]
    sources: Mapping[str, Mapping[str, Any]]
    uses: Mapping[str, str]
    sha256: str

    def plain(self, section: str) -> Any:
        """A fresh copy of a section as lists and dicts, fit to be stored as JSON."""
        return _thawed(self.documents[section])


Known = dict[Path, tuple["Kit", kit_rules.Register]]
"""Kits read in one go, by folder: a kit that many lean on is read once."""


def read_kit(path: Path | str, known: Known | None = None) -> Kit:
    """The kit in the folder ``path``; raises ``KitError`` with all its faults.

    Who reads several kits at once passes the same ``known`` each time.
    """
    return _read(Path(path), (), {} if known is None else known)[0]


@dataclass
class _Reading:
    """What is known so far while one kit is being read."""

    folder: Path
    faults: Faults = field(default_factory=Faults)
    names: list[kit_shape.Name] = field(default_factory=list)
    sections: dict[str, kit_text.KitText] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, kit_media.MediaOnDisk] = field(default_factory=dict)
    uses: dict[str, str] = field(default_factory=dict)
    inherited: kit_rules.Register = field(default_factory=dict)
    has_unread_files: bool = False
    known: Known = field(default_factory=dict)


def _read(folder: Path, chain: tuple[str, ...], known: Known) -> tuple[Kit, kit_rules.Register]:
    place = folder.resolve()
    if place not in known:
        known[place] = _read_whole(folder, chain, known)
    return known[place]


def _read_whole(
    folder: Path, chain: tuple[str, ...], known: Known
) -> tuple[Kit, kit_rules.Register]:
    reading = _Reading(folder, known=known)
    if (folder / "kit.yaml").is_symlink() or not (folder / "kit.yaml").is_file():
        reading.faults.blame("missing_header", "kit.yaml")
        raise KitError(folder, reading.faults.found)
    header = _load(reading, "kit.yaml", "kit")
    _load_files(reading)
    _check_header(reading, header)
    _take_in_used_kits(reading, header, chain)
    register = _check_joins(reading)
    if reading.faults.found:
        raise KitError(folder, reading.faults.found)
    return _kit(reading, header.value), register


def _check_joins(reading: _Reading) -> kit_rules.Register:
    register = kit_rules.register_names(reading.names, reading.inherited, reading.faults)
    if not reading.has_unread_files:  # else every name they define would seem unknown
        kit_rules.check_references(reading.names, register, reading.faults)
    if "places" in reading.sections:
        kit_rules.check_places(reading.sections["places"], reading.faults)
    if "size_rules" in reading.sections:
        kit_rules.check_size_bands(reading.sections["size_rules"], reading.faults)
    if "courses" in reading.sections:
        text, has = reading.sections["courses"], (set(reading.pages), set(reading.media))
        kit_courses.check_courses(text, *has, reading.faults)
    return register


def _load_files(reading: _Reading) -> None:
    sections = kit_shape.section_files()
    for path in sorted(reading.folder.rglob("*")):
        name = path.relative_to(reading.folder).as_posix()
        if path.name.startswith("."):
            continue  # what editors and file managers leave behind
        if path.is_symlink():
            reading.faults.blame("symlink", name)
        elif path.is_dir() or name == "kit.yaml" or name in LOOSE_FILES:
            continue
        elif name in sections:
            reading.sections[sections[name]] = _load(reading, name, sections[name])
        elif _PAGE_NAME.fullmatch(name):
            reading.pages[path.stem] = _load_page(reading, name)
        elif path.parent == reading.folder / "media":
            _load_media(reading, path, name)
        else:
            near = kit_shape.near(name, [*sections, *LOOSE_FILES])
            reading.faults.blame("unknown_file", name, near=near)


def _load(reading: _Reading, name: str, schema: str) -> kit_text.KitText:
    content = _content(reading, name)
    text = kit_text.KitText(name)
    if content is not None:
        text = kit_text.parse(content, file=name, faults=reading.faults)
    if text.is_read:
        reading.names += kit_shape.check_shape(text, schema, reading.faults)
    if not isinstance(text.value, dict):
        reading.has_unread_files = True
    return text


def _load_page(reading: _Reading, name: str) -> dict[str, Any]:
    content = _content(reading, name)
    page = _PAGE.match(content) if content is not None else None
    if page is None:
        if content is not None:
            reading.faults.blame("page_without_front", name)
        return {}
    text = kit_text.parse(page["front"], file=name, faults=reading.faults, lines_above=1)
    if text.is_read:
        reading.names += kit_shape.check_shape(text, "page", reading.faults)
    if not isinstance(text.value, dict):
        return {}
    kit_rules.check_page_language(name, text.value, reading.faults, text.mark(("language",)))
    return {**text.value, "body": page["body"]}


def _load_media(reading: _Reading, path: Path, name: str) -> None:
    content = path.read_bytes()
    wrong = kit_media.misfit(path.name, content)
    if wrong:
        limit = kit_media.MOST.get(kit_media.kind_of(path.name), 0)
        reading.faults.blame(f"media_{wrong}", name, size=len(content), limit=limit)
    reading.media[path.name] = kit_media.read(path, content)


def _content(reading: _Reading, name: str) -> str | None:
    raw = (reading.folder / name).read_bytes()
    if len(raw) > BYTES_MAX:
        reading.faults.blame("too_big", name, size=len(raw), limit=BYTES_MAX)
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        mark = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        reading.faults.blame("not_utf8", name, mark)
        return None


def _check_header(reading: _Reading, header: kit_text.KitText) -> None:
    if not isinstance(header.value, dict):
        return  # it could not be read, and that has been said
    code, folder = header.value.get("code"), reading.folder.resolve().name
    if isinstance(code, str) and code != folder:
        where = (header.file, header.mark(("code",)), ("code",))
        reading.faults.blame("code_not_folder", *where, value=code, folder=folder)
    if "names" in reading.sections and header.value.get("synthetic") is not True:
        reading.faults.blame("invented_names", reading.sections["names"].file)
    if "sources" not in reading.sections:
        reading.faults.blame("missing_sources", "sources.yaml")


def _take_in_used_kits(reading: _Reading, header: kit_text.KitText, chain: tuple[str, ...]) -> None:
    """Reads the neighbours named in ``uses``, so that this kit may refer to their things."""
    folder = reading.folder.resolve()
    uses = header.value.get("uses") if isinstance(header.value, dict) else None
    for position, code in enumerate(uses if isinstance(uses, list) else []):
        place = ("uses", position)
        where = (header.file, header.mark(place), place)
        if not isinstance(code, str) or not _KIT_CODE.fullmatch(code):
            continue  # the schema has said so already
        if code in (*chain, folder.name):
            reading.faults.blame("uses_loop", *where, value=code)
            continue
        try:
            kit, register = _read(folder.parent / code, (*chain, folder.name), reading.known)
        except KitError as error:
            reading.faults.blame("used_kit", *where, value=code, count=len(error.faults))
            reading.has_unread_files = True
            continue
        reading.uses[code] = kit.sha256
        reading.inherited |= register


def _kit(reading: _Reading, header: dict[str, Any]) -> Kit:
    documents = {name: text.value for name, text in sorted(reading.sections.items())}
    content = {"kit": header, "pages": reading.pages, "sections": documents, "uses": reading.uses}
    if reading.media:
        content["media"] = {name: file.sha256 for name, file in sorted(reading.media.items())}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Kit(
        code=header["code"],
        title_es=header["title_es"],
        title_en=header["title_en"],
        version=header["version"],
        languages=tuple(header["languages"]),
        licence=header["licence"],
        synthetic=header["synthetic"],
        header=_frozen(header),
        documents=_frozen(documents),
        pages=_frozen(reading.pages),
        media=MappingProxyType(dict(sorted(reading.media.items()))),
        sources=_frozen({source["code"]: source for source in documents["sources"]["sources"]}),
        uses=_frozen(reading.uses),
        sha256=hashlib.sha256(canonical.encode()).hexdigest(),
    )


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return tuple(_frozen(inner) for inner in value) if isinstance(value, list) else value


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thawed(inner) for key, inner in value.items()}
    return [_thawed(inner) for inner in value] if isinstance(value, tuple) else value
