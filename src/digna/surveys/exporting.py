"""Submissions as files: one workbook, or csv, with a sheet for each repeat; never all in memory."""

import contextlib
import csv
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.registry import sheets
from digna.surveys import versions
from digna.surveys.models import Submission, SubmissionVersion, SurveyForm
from digna.surveys.reading import instances, trees
from digna.surveys.reading.tables import Cell, Layout, Line, Table, Wishes
from digna.surveys.selectors import submissions as selectors

CHUNK = 500
MOST_ROWS = 1_048_000  # of one sheet of a workbook
MOST_TEXT = 32_767


def layout(form: SurveyForm, wishes: Wishes) -> Layout:
    """Return the sheets of a form over all its versions."""
    return Layout(versions.every(form), selectors.file_lists(form), wishes)


def own_columns() -> tuple[str, ...]:
    """Return the columns that say of a submission where it comes from."""
    return (
        _("_número"), _("_envío"), _("_estado"), _("_recibido"), _("_quién"), _("_versión"),
        _("_observaciones de llegada"),
    )  # fmt: skip


def header(table: Table) -> list[str]:
    """Return the first row of a sheet."""
    own = own_columns() if not table.path else (_("_número"), _("_fila superior"), _("_envío"))
    return [*own, *(column.header for column in table.columns)]


def rows(found: QuerySet[Submission], plan: Layout) -> Iterator[tuple[Table, list[Cell]]]:
    """Yield every row of every sheet, the rows of one submission together, oldest first."""
    for submission, version in _read(found):
        root = trees.parse(version.plain, most=instances.MOST_XML)
        for line in plan.lines(root):
            yield line.table, [*_own(line, submission, version), *line.cells]


def _read(found: QuerySet[Submission]) -> Iterator[tuple[Submission, SubmissionVersion]]:
    """Yield submissions with their current version, some hundreds at a time, by key.

    By key and not by a cursor: SQLite's would hold every row of the list in memory.
    """
    last = 0
    while True:
        some = list(found.filter(pk__gt=last).order_by("pk")[:CHUNK])
        if not some:
            return
        current = SubmissionVersion.objects.filter(submission__in=some, is_current=True)
        by_key = {row.submission_id: row for row in current.select_related("version")}
        yield from ((one, by_key[one.pk]) for one in some if one.pk in by_key)
        last = some[-1].pk


def _own(line: Line, submission: Submission, version: SubmissionVersion) -> list[Cell]:
    if line.table.path:
        return [line.number, line.parent, submission.instance_id]
    at = timezone.localtime(submission.received_at).strftime("%Y-%m-%d %H:%M:%S")
    notes = [
        word
        for word, is_so in (
            (_("llegó con el formulario cerrado"), submission.is_late),
            (_("dos correcciones a la vez"), submission.has_clash),
        )
        if is_so
    ]
    return [
        line.number, submission.instance_id, str(submission.get_state_display()), at,
        str(submission.user or ""), version.version.version if version.version else "",
        "; ".join(notes),
    ]  # fmt: skip


def xlsx(found: QuerySet[Submission], plan: Layout) -> IO[bytes]:
    """Return a workbook as an open file: its rows go to disk as they come."""
    import xlsxwriter

    out = tempfile.TemporaryFile()  # noqa: SIM115 — the response closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        pages = {table.path: _Pages(book, table, i) for i, table in enumerate(plan.tables)}
        for table, cells in rows(found, plan):
            pages[table.path].write(cells)
    out.seek(0)
    return out


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
        self._sheet.write_row(0, 0, header(self._table), self._bold)
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


def csv_lines(found: QuerySet[Submission], plan: Layout) -> Iterator[bytes]:
    """Yield the csv of a form without repeats, line by line."""
    echo = csv.writer(_Echo(), delimiter=";")
    yield b"\xef\xbb\xbf" + echo.writerow(header(plan.main))
    for _table, cells in rows(found, plan):
        yield echo.writerow([_text(cell) for cell in cells])


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> bytes:
        return text.encode()


def csv_zip(found: QuerySet[Submission], plan: Layout) -> IO[bytes]:
    """Return the csv of a form with repeats: one file for each sheet, in a zip, as an open file."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 — the response closes it
    with tempfile.TemporaryDirectory() as folder:
        _write_csvs(Path(folder), found, plan)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, table in enumerate(plan.tables):
                archive.write(Path(folder) / str(number), f"{number}-{table.name}.csv")
    out.seek(0)
    return out


def _write_csvs(folder: Path, found: QuerySet[Submission], plan: Layout) -> None:
    with contextlib.ExitStack() as stack:
        writers = {}
        for number, table in enumerate(plan.tables):
            path = folder / str(number)
            file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            writers[table.path] = csv.writer(file, delimiter=";")
            writers[table.path].writerow(header(table))
        for table, cells in rows(found, plan):
            writers[table.path].writerow([_text(cell) for cell in cells])


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell}".replace(".", ",")
    return sheets.defused(str(cell)) if isinstance(cell, str) else str(cell)
