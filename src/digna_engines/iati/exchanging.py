"""Files of activities into values and back."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from digna_engines.errors import UnreadableError
from digna_engines.iati.documents import open_document, records_of
from digna_engines.iati.model import Activity
from digna_engines.iati.shapes import Reader, fill

VERSION = "2.03"


class Reading(NamedTuple):
    """What a file holds.

    Symbols: ``unmodelled`` the paths (names only) of what the model does not know, each with how
    often it came; ``generated_at`` the file's own date, as written.
    """

    activities: tuple[Activity, ...]
    unmodelled: tuple[tuple[str, int], ...]
    generated_at: str | None = None


def read(source: bytes | str | Path) -> Reading:
    """Read the activities of a file.

    Symbols: ``source`` the bytes of a file, or where it is.
    Edge cases: what is missing stays ``None`` or ``()``; XML comments are left out and not listed;
    a second element where the schema has one is listed as not modelled. The file need not be
    valid.
    Errors: those of ``open_document``; ``iati.not_activities`` for a file of organisations.

    >>> file = b'''<iati-activities version="2.03"><iati-activity hierarchy="1">
    ...   <iati-identifier>XX-1</iati-identifier><crs-add/></iati-activity></iati-activities>'''
    >>> activities, unmodelled, _ = read(file)
    >>> activities[0].identifier, activities[0].title, unmodelled
    ('XX-1', None, (('/iati-activities/iati-activity/crs-add', 1),))
    """
    document = open_document(source)
    if document.kind != "activities":
        raise UnreadableError(
            "iati.not_activities",
            "Es un archivo de organizaciones: aquí se leen archivos de actividades.",
            "It is a file of organisations: files of activities are read here.",
        )
    reader = Reader()
    for name in document.root.attrib:
        if name not in {"version", "generated-datetime"}:
            reader.unmodelled[f"/iati-activities/@{name}"] += 1
    for child in document.root.iterchildren("*"):
        if child.tag != "iati-activity":
            reader.unmodelled[f"/iati-activities/{child.tag}"] += 1
    path = "/iati-activities/iati-activity"
    activities = tuple(reader.read(one, Activity, path) for one in records_of(document))
    unmodelled = tuple(sorted(reader.unmodelled.items()))
    return Reading(activities, unmodelled, document.root.get("generated-datetime"))


def write(activities: Iterable[Activity], *, generated_at: str | None = None) -> bytes:
    """Write activities as a file of version 2.03, in the order of the schema.

    Symbols: ``generated_at`` the date and time of the file, as text; left out when ``None``.
    Formula: ``read(write(x)).activities == x``, and the same values give the same bytes.
    Edge cases: what is ``None`` or ``()`` is left out, never written as 0 or «». Nothing is
    judged: give the bytes to ``validate`` before publishing.
    Error: ``iati.unwritable``.

    >>> print(write([Activity(identifier="XX-1")]).decode().strip())
    <?xml version='1.0' encoding='UTF-8'?>
    <iati-activities version="2.03">
      <iati-activity>
        <iati-identifier>XX-1</iati-identifier>
      </iati-activity>
    </iati-activities>
    """
    root = etree.Element("iati-activities", version=VERSION)
    if generated_at is not None:
        root.set("generated-datetime", generated_at)
    for activity in activities:
        fill(etree.SubElement(root, "iati-activity"), activity)
    etree.indent(root, space="  ")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"
