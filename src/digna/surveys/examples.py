"""Forms of our own to begin with, kept as csv sheets in `kits/formularios`, made into XLSForms."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

SHEETS = ("survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class Example:
    """One of our forms."""

    code: str
    title: str


def folder() -> Path:
    """Return where they are kept."""
    return Path(settings.KITS) / "formularios"


def examples() -> list[Example]:
    """Return what there is."""
    found = []
    for path in sorted(folder().glob("*/settings.csv")):
        header, told = _rows(path)[:2]
        title = dict(zip(header, told, strict=False))["form_title"]
        found.append(Example(path.parent.name, title))
    return found


def workbook(code: str) -> bytes:
    """Return an example as an xlsx; the same bytes each time.

    Raises:
        KeyError: there is none of that code.
    """
    import xlsxwriter

    if code not in {one.code for one in examples()}:
        raise KeyError(code)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 — a fixed stamp
        for name in SHEETS:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(_rows(folder() / code / f"{name}.csv")):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, column, cell)
            sheet.freeze_panes(1, 0)
    return out.getvalue()


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
