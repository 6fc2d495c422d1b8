"""XLSForms made by hand for tests: rows in, a workbook out."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

SURVEY = (
    (
        "type",
        "name",
        "label::Español (es)",
        "label::Aymara (ay)",
        "relevant",
        "constraint",
        "required",
    ),
    ("begin group", "datos", "Datos de la empresa", "", "", "", ""),
    ("text", "nombre", "Nombre de la empresa", "Suti", "", "", "yes"),
    ("integer", "personas", "¿Cuántas personas trabajan?", "", "", ". >= 0 and . < 1000", ""),
    ("select_one si_no", "formal", "¿Tiene NIT?", "", "${personas} > 0", "", ""),
    ("select_multiple rubros", "rubros", "¿Qué hace?", "", "", "", ""),
    ("end group", "", "", "", "", "", ""),
    ("geopoint", "lugar", "¿Dónde está?", "", "", "", ""),
    ("begin repeat", "productos", "Productos", "", "", "", ""),
    ("text", "producto", "¿Qué produce?", "", "", "", ""),
    ("decimal", "precio", "¿A cuánto lo vende?", "", "", "", ""),
    ("image", "foto", "Foto del producto", "", "", "", ""),
    ("end repeat", "", "", "", "", "", ""),
    ("note", "gracias", "Gracias por su tiempo", "", "", "", ""),
)
CHOICES = (
    ("list_name", "name", "label::Español (es)", "label::Aymara (ay)"),
    ("si_no", "si", "Sí", "Jisa"),
    ("si_no", "no", "No", "Janiwa"),
    ("rubros", "textil", "Textiles", ""),
    ("rubros", "madera", "Madera", ""),
    ("rubros", "comida", "Alimentos", ""),
)
Rows = Iterable[Sequence[Any]]


def settings(form_id: str = "empresas", version: str = "1", **more: str) -> Rows:
    told = {"form_title": "Empresas del barrio", "form_id": form_id, "version": version,
            "default_language": "Español (es)", **more}  # fmt: skip
    return (tuple(told), tuple(told.values()))


def workbook(
    survey: Rows = SURVEY, choices: Rows = CHOICES, told: Rows | None = None, **more: Rows
) -> bytes:
    """Return an xlsx with the sheets survey, choices and settings, and any more by name."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 — the same bytes twice
        sheets = {"survey": survey, "choices": choices, "settings": told or settings(), **more}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, str(cell))
    return out.getvalue()


def sent(content: bytes | None = None, name: str = "formulario.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbook() if content is None else content)


def simple(*rows: Sequence[Any], **more: Any) -> bytes:
    """Return a form of these questions: type, name, label, and further columns by `columns`."""
    header = ("type", "name", "label", *more.pop("columns", ()))
    return workbook((header, *rows), told=more.pop("told", None), **more)
