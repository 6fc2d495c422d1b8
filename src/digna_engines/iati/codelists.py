"""Code lists: read from what the standard publishes, and used to judge the codes of a file."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from digna_engines.errors import EngineError, UnreadableError
from digna_engines.iati.codes import CODES, EMBEDDED, PLACES
from digna_engines.iati.documents import (
    Document,
    element_of,
    find,
    finding_at,
    holds,
    parsed,
    text_of,
)
from digna_engines.iati.findings import Finding

SUFFIXES: Final = (".xml", ".json", ".csv")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,63}")


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes.

    Symbols: ``is_embedded`` whether it changes only with a version of the standard; ``withdrawn``
    those of ``codes`` that are no longer to be used.
    """

    name: str
    codes: frozenset[str]
    is_embedded: bool = False
    withdrawn: frozenset[str] = frozenset()


OWN: Final[Mapping[str, CodeList]] = {
    name: CodeList(name, frozenset(codes), name in EMBEDDED) for name, codes in CODES.items()
}
"""The lists that come with the library."""


def known_lists(imported: Iterable[CodeList] | None = None) -> dict[str, CodeList]:
    """The library's own lists, with those imported in their place or beside them.

    >>> "Country" in known_lists(), "Country" in known_lists([CodeList("Country", frozenset())])
    (False, True)
    """
    return {**OWN, **{one.name: one for one in imported or ()}}


def read_codelist(content: bytes, file_name: str) -> CodeList:
    """Read one code list as the standard publishes it.

    Symbols: ``content`` XML (``<codelist name=…>``), JSON (``{"attributes": …, "data": […]}``) or
    CSV with a column ``code``; ``file_name`` says which of them, and names a list that does not
    name itself.
    Errors: ``iati.codelist`` for what is not a code list or has no code.

    >>> read_codelist(b"code,name\\nBO,Bolivia\\n", "Country.csv").codes
    frozenset({'BO'})
    """
    path = Path(file_name)
    readers = {".xml": _from_xml, ".json": _from_json, ".csv": _from_csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _not_a_list(file_name, "debe ser XML, JSON o CSV", "it must be XML, JSON or CSV")
    try:
        name, rows = reader(content, path.stem)
    except (UnreadableError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _not_a_list(file_name, str(problem), str(problem)) from problem
    codes = {str(code).strip(): str(status or "") for code, status in rows if code}
    if not codes:
        raise _not_a_list(file_name, "no tiene ningún código", "it has no code")
    if not _NAME.fullmatch(name):
        raise _not_a_list(file_name, f"no es un nombre: «{name}»", f"not a name: “{name}”")
    withdrawn = frozenset(code for code, status in codes.items() if status == "withdrawn")
    return CodeList(name, frozenset(codes), name in EMBEDDED, withdrawn)


Rows = list[tuple[Any, Any]]


def _from_xml(content: bytes, stem: str) -> tuple[str, Rows]:
    root = parsed(content, root_name="codelist")
    if root.tag != "codelist":
        raise ValueError(f"<{root.tag}>")
    items = root.iter("codelist-item")
    return root.get("name") or stem, [(one.findtext("code"), one.get("status")) for one in items]


def _from_json(content: bytes, stem: str) -> tuple[str, Rows]:
    found = json.loads(content)
    name = (found.get("attributes") or {}).get("name") or found.get("name") or stem
    return str(name), [(one.get("code"), one.get("status")) for one in found["data"]]


def _from_csv(content: bytes, stem: str) -> tuple[str, Rows]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    if "code" not in (rows.fieldnames or ()):
        raise ValueError("code?")
    return stem, [(row["code"], row.get("status")) for row in rows]


def write_codelist(one: CodeList) -> bytes:
    """A code list as JSON that ``read_codelist`` reads back: sorted, so that copies compare.

    >>> read_codelist(write_codelist(OWN["BudgetType"]), "x.json") == OWN["BudgetType"]
    True
    """
    data = [
        {"code": code, **({"status": "withdrawn"} if code in one.withdrawn else {})}
        for code in sorted(one.codes)
    ]
    shape = {"attributes": {"name": one.name}, "data": data}
    return json.dumps(shape, ensure_ascii=False, indent=1).encode()


def codelist_findings(document: Document, lists: Mapping[str, CodeList]) -> Iterator[Finding]:
    """Codes of a document that are not on their list, and lists that are not there.

    A code outside an embedded list is an error; outside another one, a warning, because those
    lists grow between versions; a withdrawn code is a warning. A list that is needed and missing
    is one finding «not checked», at its first use.
    """
    for name, places in PLACES.items():
        used = [node for path, when in places.items() for node in _codes(document, path, when)]
        if not used:
            continue
        if name in lists:
            yield from _judged(document, used, lists[name])
        else:
            first = min(used, key=lambda node: element_of(node).sourceline or 0)
            yield finding_at(
                document,
                first,
                "digna.not_checked",
                "not checked",
                f"No se revisaron {len(used)} código(s): falta la lista {name}. "
                "Impórtela con «digna iati codelists import».",
                f"{len(used)} code(s) were not checked: the list {name} is not there. "
                "Import it with “digna iati codelists import”.",
            )


def _codes(document: Document, path: str, when: str) -> Iterator[Any]:
    # the same places, found without searching the whole tree for them
    rooted = re.sub(r"^//(iati-(activity|organisation)/)", r"/*/\1", path)
    for node in find(rooted, document.root):
        if text_of(node).strip() and (not when or holds(when, element_of(node))):
            yield node


def _judged(document: Document, used: list[Any], codes: CodeList) -> Iterator[Finding]:
    for node in used:
        code = text_of(node).strip()
        if code not in codes.codes:
            yield finding_at(
                document,
                node,
                "digna.codelist",
                "error" if codes.is_embedded else "warning",
                f"El código «{code}» no está en la lista {codes.name}.",
                f"The code “{code}” is not on the list {codes.name}.",
            )
        elif code in codes.withdrawn:
            yield finding_at(
                document,
                node,
                "digna.codelist",
                "warning",
                f"El código «{code}» de la lista {codes.name} fue retirado: use el que lo "
                "reemplaza.",
                f"The code “{code}” of the list {codes.name} was withdrawn: use its replacement.",
            )


def _not_a_list(file_name: str, why_es: str, why_en: str) -> EngineError:
    return UnreadableError(
        "iati.codelist",
        f"«{file_name}» no se lee como lista de códigos: {why_es}.",
        f"“{file_name}” cannot be read as a code list: {why_en}.",
        file=file_name,
    )
