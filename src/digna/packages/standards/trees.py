"""XML of a manifest, read without its traps and without caring for prefixes. No Django."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from digna.packages.standards.values import Broken


def parse(data: bytes, name: str) -> Element:
    """Return the root of a document.

    Raises:
        Broken: `xml` (not well formed, or with entities of its own).
    """
    try:
        root: Element = fromstring(data, forbid_dtd=False)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        raise Broken("xml", path=name) from problem
    return root


def local(tag: Any) -> str:
    """Return a name without its namespace.

    >>> local("{urn:x}item")
    'item'
    """
    return str(tag).rsplit("}", 1)[-1]


def children(node: Element, name: str) -> Iterator[Element]:
    """Yield the children of one name."""
    for child in node:
        if local(child.tag) == name:
            yield child


def child(node: Element, name: str) -> Element | None:
    """Return the first child of one name."""
    return next(children(node, name), None)


def every(node: Element, name: str) -> Iterator[Element]:
    """Yield all of one name, however deep."""
    for found in node.iter():
        if local(found.tag) == name:
            yield found


def text(node: Element | None) -> str:
    """Return the text directly in a node."""
    return "" if node is None or node.text is None else node.text.strip()


def attribute(node: Element, name: str) -> str:
    """Return an attribute, whatever its namespace."""
    for key, value in node.attrib.items():
        if local(key) == name:
            return value.strip()
    return ""
