"""XML that somebody sent, read without its traps: no document types, entities, network or depth."""

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
ODK = "http://www.opendatakit.org/xforms"
DIGNA = "urn:digna:surveys"

Element = Any  # lxml's own stubs are not installed; every use goes through this module


class Unsafe(ValueError):
    """XML that is not read: `why` is `empty`, `too_big`, `doctype` or `malformed`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def parse(content: bytes, *, most: int) -> Element:
    """Return the root of a document.

    libxml2 itself ends at 256 levels; a document type is refused before anything is expanded.

    Raises:
        Unsafe: see the class.
    """
    if not content.strip():
        raise Unsafe("empty")
    if len(content) > most:
        raise Unsafe("too_big")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    # In UTF-16 the word would not be found; such a document type is caught after reading, when
    # nothing of it has been expanded.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unsafe("doctype")
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as problem:
        raise Unsafe("malformed") from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unsafe("doctype")
    return root


def local(node: Element) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def children(node: Element, name: str = "") -> Iterator[Element]:
    """Yield the elements directly inside, of one name where it is given."""
    for child in node:
        told = local(child)
        if told and (not name or told == name):
            yield child


def child(node: Element, name: str) -> Element | None:
    """Return the first element of that name directly inside."""
    return next(children(node, name), None)


def text(node: Element | None) -> str:
    """Return the text directly in an element."""
    return "" if node is None else (node.text or "").strip()


def texts(node: Element) -> dict[str, str]:
    """Return the text of everything inside by its path; of several of one name, the first's."""
    found: dict[str, str] = {}
    _gather(node, "", found)
    return found


def _gather(node: Element, base: str, found: dict[str, str]) -> None:
    for child in node:
        path = base + local(child)
        if path == base or path in found:
            continue
        found[path] = text(child)
        if len(child):
            _gather(child, f"{path}/", found)


def written(node: Element) -> bytes:
    """Return a document as bytes, with its declaration."""
    told: bytes = etree.tostring(node, xml_declaration=True, encoding="UTF-8")
    return told
