"""Spreadsheets out: streamed csv, or xlsx; what goes out re-imports unchanged."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.registry import problems, sheets, stories
from digna.registry.models import Enterprise, ImportBatch, ImportRow, Note, Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[Any]
BATCH = 500

# Spanish headings whatever the language: they are what the importer knows best.
PEOPLE_HEADER = (
    "Nombres", "Apellidos", "Sexo", "Fecha de nacimiento", "Año de nacimiento", "Celular",
    "Correo", "Municipio", "Pregunta abierta",
)  # fmt: skip
ENTERPRISES_HEADER = (
    "Empresa", "Razón social", "NIT", "Rubro", "Forma jurídica", "Formal", "Municipio",
    "Celular", "Correo", "Pregunta abierta",
)  # fmt: skip
NOTES_HEADER = ("Fecha", "Empresa", "Persona", "Nota", "Foto", "Escrita por")
SEX = {"female": "mujer", "male": "hombre", "other": "otra", "undisclosed": "prefiere no decir"}


def people(rows: QuerySet[Person], form: str) -> HttpResponseBase:
    """Return people as `csv` or `xlsx`. Documents never leave."""
    lines = _flagged(rows, stories.flags_of_people, _person)
    return _sent("personas", form, PEOPLE_HEADER, lines)


def enterprises(rows: QuerySet[Enterprise], form: str) -> HttpResponseBase:
    """Return firms as `csv` or `xlsx`."""
    lines = _flagged(rows, stories.flags_of_enterprises, _enterprise)
    return _sent("empresas", form, ENTERPRISES_HEADER, lines)


def _flagged(
    rows: QuerySet[Any], flags_of: Callable[[list[int]], dict[int, str]], line: Callable[[Any], Row]
) -> Iterator[Row]:
    """Yield lines that end with whether a question about the record is open."""
    stream = rows.iterator(BATCH)
    while batch := list(islice(stream, BATCH)):
        flags = flags_of([row.pk for row in batch])
        for row in batch:
            yield (*line(row), "sí" if row.pk in flags else "")


def _person(row: Person) -> Row:
    return (
        row.given_names,
        row.surnames,
        SEX.get(row.sex, ""),
        row.birth_date.strftime("%d/%m/%Y") if row.birth_date is not None else "",
        row.birth_year if row.birth_year is not None else "",
        row.phone,
        row.email,
        row.place.name if row.place is not None else "",
    )


def _enterprise(row: Enterprise) -> Row:
    return (
        row.name,
        row.legal_name,
        row.nit,
        row.sector.name_es if row.sector is not None else "",
        row.legal_form.name_es if row.legal_form is not None else "",
        {True: "sí", False: "no", None: ""}[row.is_formal],
        row.place.name if row.place is not None else "",
        row.phone,
        row.email,
    )


def notes(rows: QuerySet[Note], form: str) -> HttpResponseBase:
    """Return notes as `csv` or `xlsx`, the latest first."""
    with_names = rows.select_related("enterprise", "person", "created_by")
    return _sent("notas", form, NOTES_HEADER, (_note(row) for row in with_names.iterator(2000)))


def _note(row: Note) -> Row:
    return (
        row.on.strftime("%d/%m/%Y"),
        row.enterprise or "",
        row.person or "",
        row.text,
        _("sí") if row.photo else "",
        row.created_by or "",
    )


def failed_rows(batch: ImportBatch) -> HttpResponse:
    """Return the rows of an import that could not go in, under the header they came with."""
    rows = batch.rows.filter(outcome=ImportRow.Outcome.ERROR)
    width = max((len(row.cells) for row in rows), default=0)
    mapped = {int(column): field for column, field in batch.mapping.items()}
    from digna.registry.forms import FIELD_WORDS

    header = [str(FIELD_WORDS.get(mapped.get(i, ""), f"({i + 1})")) for i in range(width)]
    lines = ([*row.cells, *[""] * (width - len(row.cells)), _why(row.problems)] for row in rows)
    return _xlsx(f"errores-{batch.file_name}", [*header, _("Qué corregir")], lines)


def _why(found: Iterable[dict[str, str]]) -> str:
    return " ".join(f"{problem['cell']}: {problems.sentence(problem)}" for problem in found)


def _sent(name: str, form: str, header: Row, lines: Iterable[Row]) -> HttpResponseBase:
    makers: dict[str, Callable[[str, Row, Iterable[Row]], HttpResponseBase]] = {
        "csv": _csv,
        "xlsx": _xlsx,
    }
    if form not in makers:
        raise NotVisible("registry.export.form", _("Hay csv y xlsx; no «%s».") % form)
    return makers[form](f"{name}-{timezone.localdate():%Y-%m-%d}", header, lines)


def _csv(name: str, header: Row, lines: Iterable[Row]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        _csv_lines(header, lines), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv_lines(header: Row, lines: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"  # spreadsheet programs take it for what it is: UTF-8
    writer.writerow(header)
    for line in lines:
        writer.writerow([sheets.defused(str(cell)) for cell in line])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _xlsx(name: str, header: Row, lines: Iterable[Row]) -> HttpResponse:
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for column, cell in enumerate(header):
            sheet.write_string(0, column, str(cell), book.add_format({"bold": True}))
        for number, line in enumerate(lines, start=1):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, str(cell))
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    stem = name.rsplit(".", 1)[0]
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.xlsx"'
    return response
