"""Sheets written to a file: one workbook, or csv; rows go to disk as they come."""

import contextlib
import csv
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from digna.registry import downloads, sheets
from digna.surveys import exporting
from digna.surveys.reading.tables import Cell, Layout, Table

MOST_ROWS = 1_048_000  # of one sheet of a workbook; Excel opens 1,048,576
MOST_TEXT = 32_767
CSV = "text/csv; charset=utf-8"
ZIP = "application/zip"
Rows = Iterable[tuple[Table, Sequence[Cell]]]


def kind_of(plan: Layout, wanted: str) -> tuple[str, str]:
    """Return how the file ends and its type: csv of a form with repeats is several, in a zip."""
    if wanted != "csv":
        return "xlsx", downloads.XLSX
    return ("zip", ZIP) if len(plan.tables) > 1 else ("csv", CSV)


def write(out: IO[bytes], plan: Layout, rows: Rows, ending: str, folder: str) -> None:
    """Write all rows to an open file; `folder` holds what is not joined yet.

    Raises:
        OSError: the disk is full.
    """
    if ending == "xlsx":
        _write_book(out, plan, rows, folder)
    elif ending == "zip":
        _write_zip(out, plan, rows, Path(folder))
    else:
        out.writelines(csv_lines(plan, rows))


def opened(plan: Layout, rows: Rows, ending: str) -> IO[bytes]:
    """Return the file, open and without a name: it is gone when it is closed."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 — the response closes it
    with tempfile.TemporaryDirectory() as folder:
        write(out, plan, rows, ending, folder)
    out.seek(0)
    return out


def _write_book(out: IO[bytes], plan: Layout, rows: Rows, folder: str) -> None:
    import xlsxwriter

    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "tmpdir": folder, "use_zip64": True,
    }  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    try:
        pages = {table.path: _Pages(book, table, i) for i, table in enumerate(plan.tables)}
        for table, cells in rows:
            pages[table.path].write(cells)
    except BaseException:
        # Its `close` would put together a book that nobody wants: only its files are closed.
        for sheet in book.worksheets():
            sheet._opt_close()
        raise
    book.close()


class _Pages:
    """One table over as many sheets as it fills."""

    def __init__(self, book: Any, table: Table, number: int) -> None:
        self._book, self._table, self._number, self._parts = book, table, number, 0
        self._bold = book.add_format({"bold": True})
        self._next_sheet()

    def _next_sheet(self) -> None:
        self._parts += 1
        end = f" {self._parts}" if self._parts > 1 else ""
        name = f"{self._number or ''} {self._table.name}".strip()[: 31 - len(end)] + end
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        self._sheet.write_row(0, 0, exporting.header(self._table), self._bold)
        self._row = 0

    def write(self, cells: Sequence[Cell]) -> None:
        if self._row >= MOST_ROWS:
            self._next_sheet()
        self._row += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                self._sheet.write_string(self._row, column, cell[:MOST_TEXT])
            elif cell is not None:
                self._sheet.write_number(self._row, column, cell)


def csv_lines(plan: Layout, rows: Rows) -> Iterator[bytes]:
    """Yield the csv of a form without repeats, line by line."""
    echo = csv.writer(_Echo(), delimiter=";")
    yield b"\xef\xbb\xbf" + echo.writerow(exporting.header(plan.main))
    for _table, cells in rows:
        yield echo.writerow([_text(cell) for cell in cells])


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> bytes:
        return text.encode()


def _write_zip(out: IO[bytes], plan: Layout, rows: Rows, folder: Path) -> None:
    """Write one csv for each sheet, in a zip."""
    _write_csvs(folder, plan, rows)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, table in enumerate(plan.tables):
            archive.write(folder / str(number), f"{number}-{table.name}.csv")


def _write_csvs(folder: Path, plan: Layout, rows: Rows) -> None:
    with contextlib.ExitStack() as stack:
        writers = {}
        for number, table in enumerate(plan.tables):
            path = folder / str(number)
            file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            writers[table.path] = csv.writer(file, delimiter=";")
            writers[table.path].writerow(exporting.header(table))
        for table, cells in rows:
            writers[table.path].writerow([_text(cell) for cell in cells])


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell}".replace(".", ",")
    return sheets.defused(str(cell)) if isinstance(cell, str) else str(cell)
