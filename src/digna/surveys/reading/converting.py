"""An XLSForm into an XForm: pyxform converts, what it makes is read back before it is believed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from digna.registry import sheets as spreadsheets
from digna.surveys.reading import checking, definitions, faults, trees
from digna.surveys.reading.definitions import Definition
from digna.surveys.reading.faults import Fault

MOST_XFORM = 20 * 1024 * 1024


class Faulty(ValueError):
    """A workbook that does not become a form; `faults` say why."""

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(", ".join(f"{f.sheet}:{f.row} {f.code}" for f in found))
        self.faults = tuple(found)


@dataclass(frozen=True, slots=True)
class Converted:
    """What an XLSForm became.

    Attributes:
        form_id, title, version: as the form says; an absent version is the one that was passed.
        xform: the bytes that telephones fetch.
        definition: its questions, for screens and exports.
        warnings: what works and could be better.
        itemsets: the csv that an `external_choices` sheet makes, "" for none.
    """

    form_id: str
    title: str
    version: str
    xform: bytes
    definition: Definition
    warnings: tuple[Fault, ...]
    itemsets: str

    @property
    def md5(self) -> str:
        """The hash by which telephones know whether it changed."""
        return md5(self.xform)


def md5(content: bytes) -> str:
    """Return the md5 of bytes: OpenRosa names contents by it; nothing is kept safe by it.

    >>> md5(b"")
    'd41d8cd98f00b204e9800998ecf8427e'
    """
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def convert(name: str, content: bytes, *, version: str) -> Converted:
    """Convert a workbook; `version` stands in where it names none.

    Raises:
        Faulty: with every fault that was found.
        registry.sheets.UnreadableSheet: not a workbook, or one that could hurt.
    """
    found = checking.check(spreadsheets.read(name, content))
    if found:
        raise Faulty(found)
    xform, itemsets, sentences = _by_pyxform(content)
    root = trees.parse(xform.encode(), most=MOST_XFORM)
    instance = definitions.primary_instance(root)
    if not instance.get("version"):
        instance.set("version", version)
    definition = definitions.read(root)
    return Converted(
        form_id=instance.get("id", ""),
        title=definition.title,
        version=instance.get("version", ""),
        xform=trees.written(root),
        definition=definition,
        warnings=tuple(faults.of_sentence(s, is_warning=True) for s in sentences),
        itemsets=itemsets,
    )


def _by_pyxform(content: bytes) -> tuple[str, str, list[str]]:
    from openpyxl.utils.exceptions import (  # type: ignore[import-untyped]
        InvalidFileException,
    )
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert as by_pyxform

    try:
        made = by_pyxform(content, file_type=".xlsx", validate=False)
    except (
        PyXFormError,
        InvalidFileException,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
    ) as problem:
        # Not only its own error: a workbook odd enough makes pyxform stumble in plain Python ones.
        raise Faulty([faults.of_sentence(str(problem))]) from problem
    return made.xform, made.itemsets or "", list(made.warnings)
