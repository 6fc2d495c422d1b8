"""A file opened with care: no network, entities or document type, nor more bytes than allowed."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree  # type: ignore[import-untyped]

from digna_engines.errors import UnreadableError
from digna_engines.iati.findings import Finding, Kind, Severity, field_of

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is opened: published files of whole agencies stay below 60 MB."""
_KINDS: Final[dict[str, Kind]] = {
    "iati-activities": "activities",
    "iati-organisations": "organisations",
}


@dataclass(frozen=True, slots=True)
class Document:
    """An IATI file in memory: its tree, what kind of file it is and the version it claims."""

    root: Any
    kind: Kind
    version: str

    @property
    def tree(self) -> Any:
        """The whole tree, for paths."""
        return self.root.getroottree()


def open_document(source: bytes | str | Path, *, max_bytes: int = MAX_BYTES) -> Document:
    """Open an IATI file.

    Symbols: ``source`` the bytes of a file, or where it is; ``max_bytes`` its largest size.
    Errors (all ``UnreadableError``): ``iati.no_file``, ``iati.too_large``, ``iati.doctype`` (a
    document type could bring entities and files from elsewhere), ``iati.not_xml`` with the line,
    ``iati.not_iati`` for another root element.

    >>> open_document(b'<iati-activities version="2.03"/>').kind
    'activities'
    """
    content = _bytes(source, max_bytes)
    root = parsed(content)
    kind = _KINDS.get(root.tag)  # a namespace would make it another language
    if kind is None:
        raise UnreadableError(
            "iati.not_iati",
            f"No es un archivo IATI: su raíz es <{root.tag}>. "
            "Debe ser <iati-activities> o <iati-organisations>.",
            f"Not an IATI file: its root is <{root.tag}>. "
            "It must be <iati-activities> or <iati-organisations>.",
            root=root.tag,
        )
    return Document(root, kind, (root.get("version") or "").strip())


def _bytes(source: bytes | str | Path, max_bytes: int) -> bytes:
    if isinstance(source, bytes):
        size, content = len(source), source
    else:
        path = Path(source)
        try:
            size = path.stat().st_size
            content = path.read_bytes() if size <= max_bytes else b""
        except (OSError, ValueError) as problem:  # ValueError: no name of a file at all
            raise UnreadableError(
                "iati.no_file",
                f"No se puede leer «{path}»: revise que el archivo exista y que pueda abrirlo.",
                f"“{path}” cannot be read: check that the file exists and that you may open it.",
                path=str(path),
            ) from problem
    if size > max_bytes:
        raise UnreadableError(
            "iati.too_large",
            f"El archivo pesa {size} bytes y el límite es {max_bytes}. Divídalo en varios.",
            f"The file has {size} bytes and the limit is {max_bytes}. Split it.",
            size=size,
            limit=max_bytes,
        )
    return content


def parsed(content: bytes, root_name: str = "iati-") -> Any:
    """The root of an XML text, with no network, no entities and no document type.

    Symbols: ``root_name`` how its first element begins: what stands before it is the prolog.
    Errors: ``iati.doctype``, ``iati.not_xml``.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    plain = content.replace(b"\0", b"")  # UTF-16 too
    prolog, _, _ = plain.partition(f"<{root_name}".encode())
    if b"<!DOCTYPE" in prolog:  # before parsing: an entity bomb goes off inside the parser
        raise _doctype()
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        line = getattr(problem, "lineno", None)
        raise UnreadableError(
            "iati.not_xml",
            f"El XML está mal formado en la línea {line}: {problem}. "
            "Corrija ese lugar y vuelva a intentar.",
            f"The XML is not well-formed on line {line}: {problem}. Mend that place and try again.",
            line=line,
        ) from problem
    if root.getroottree().docinfo.doctype:
        raise _doctype()
    return root


def _doctype() -> UnreadableError:
    return UnreadableError(
        "iati.doctype",
        "El archivo declara un tipo de documento (DOCTYPE). IATI no lo usa y puede traer "
        "contenido de fuera: quítelo.",
        "The file declares a document type (DOCTYPE). IATI does not use it and it can bring in "
        "content from elsewhere: remove it.",
    )


@functools.lru_cache(maxsize=1024)
def _compiled(expression: str) -> Any:
    return etree.XPath(expression)


def find(expression: str, element: Any, **variables: str) -> list[Any]:
    """The nodes that an XPath expression finds from ``element``."""
    return cast(list[Any], _compiled(expression)(element, **variables))


def holds(expression: str, element: Any, **variables: str) -> bool:
    """Whether an XPath condition holds at ``element``."""
    return bool(_compiled(f"boolean({expression})")(element, **variables))


def text_of(node: Any) -> str:
    """The text of an element with all inside it, or the value of an attribute, as written."""
    return str(_compiled("string(.)")(node)) if etree.iselement(node) else str(node)


def element_of(node: Any) -> Any:
    """The element itself, or the one that carries an attribute or a text."""
    return node if etree.iselement(node) else node.getparent()


def path_of(document: Document, node: Any) -> str:
    """The XPath of an element or attribute, with positions where there are several."""
    path = str(document.tree.getpath(element_of(node)))
    if not etree.iselement(node) and getattr(node, "is_attribute", False):
        name = str(node.attrname).replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
        return f"{path}/@{name}"
    return path


def finding_at(
    document: Document, node: Any, rule: str, severity: Severity, es: str, en: str
) -> Finding:
    """A finding about one node of a document."""
    path = path_of(document, node)
    line = element_of(node).sourceline
    return Finding(rule, severity, line, path, es, en, field_of(document.kind, path))


def records_of(document: Document) -> Iterator[Any]:
    """The activities or organisations of a file, in its order."""
    yield from find("iati-activity | iati-organisation", document.root)
