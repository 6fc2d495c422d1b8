"""Lists that leave: csv that any spreadsheet opens without running anything, and xlsx."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone

from digna.registry import sheets

Cell = str | int | Decimal | date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return a csv with a byte-order mark, so that spreadsheet programs read the accents."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(header)
    writer.writerows([[_text(cell) for cell in row] for row in rows])
    return _download(out.getvalue().encode("utf-8-sig"), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_file(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return a workbook of one sheet; text is written as text, never as a formula."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Digna")
        sheet.write_row(0, 0, header, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, _naive(cell), day)
                elif cell is not None:
                    sheet.write(number, column, cell)
        sheet.autofit()
    return _download(out.getvalue(), f"{name}.xlsx", XLSX)


def json_file(name: str, told: object) -> HttpResponse:
    """Return plain values as JSON, for a program to read."""
    content = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return _download(content, f"{name}.json", "application/json")


def _naive(value: date) -> datetime:
    if isinstance(value, datetime):
        return timezone.make_naive(value)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001 — a day has no zone


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}".replace(".", ",")
    return sheets.defused(str(cell))


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
