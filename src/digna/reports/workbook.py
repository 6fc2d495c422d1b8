"""A report as a workbook: a sheet a table with numbers as numbers, definitions and sources."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils.translation import gettext as _

from digna.reports.paper import Cell, Chart, Cited, Column, Paper, Row, Table, cited

if TYPE_CHECKING:
    from digna.reports.label import Label

LONGEST = 31
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


@dataclass
class Book:
    """A workbook being written: its formats by what they say, the names taken by its sheets."""

    file: Any
    formats: dict[str, Any] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def style(self, name: str, **values: Any) -> Any:
        """Return a format, made once."""
        if name not in self.formats:
            self.formats[name] = self.file.add_format(values)
        return self.formats[name]

    @property
    def head(self) -> Any:
        return self.style("head", bold=True, text_wrap=True, bottom=1, valign="top")

    @property
    def text(self) -> Any:
        return self.style("text", text_wrap=True, valign="top")

    def number(self, one: Cited) -> Any:
        """Return the format of a number: shares in hundredths, decimals as they are shown."""
        places = f".{'0' * one.decimals}" if one.decimals else ""
        code = f"0{places}%" if one.unit == "%" else f"#,##0{places}"
        return self.style(code, num_format=code, valign="top")


def workbook(paper: Paper, label: "Label") -> bytes:
    """Return a report as xlsx, in its own language (which must be the one in use)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        file.set_properties({"title": paper.title, "author": "Digna", "subject": paper.period})
        book = Book(file)
        _about(book, paper, label)
        _figures(book, paper)
        for section in paper.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    _table(book, f"{section.title} {block.title}", block)
                elif isinstance(block, Chart):
                    _table(book, block.title, _of_chart(block))
        _definitions(book, paper)
        _sources(book, paper, label)
    return out.getvalue()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name a workbook allows: no forbidden sign, 31 letters, none twice.

    >>> sheet_name("Metas y logros: 2021/22", set())
    'Metas y logros 2021 22'
    >>> sheet_name("Uno", {"uno"})
    'Uno 2'
    """
    plain = re.sub(r"[\[\]:*?/\\']+", " ", wanted)
    plain = re.sub(r"\s+", " ", plain).strip()[:LONGEST] or "1"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: LONGEST - len(str(number)) - 1]} {number}"
    taken.add(name.lower())
    return name


def _sheet(book: Book, wanted: str, widths: Sequence[int]) -> Any:
    sheet = book.file.add_worksheet(sheet_name(wanted, book.taken))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    return sheet


def _about(book: Book, paper: Paper, label: "Label") -> None:
    sheet = _sheet(book, _("Informe"), (28, 80))
    lines = [
        (_("Informe"), paper.title), (_("Sobre"), paper.subtitle), (_("Período"), paper.period),
        (_("Cifras al"), paper.as_of), (_("Estado"), label.standing), *paper.facts,
    ]  # fmt: skip
    if paper.is_synthetic:
        lines.append((_("Aviso"), _("Datos sintéticos de demostración: nada de esto ocurrió.")))
    for at, (name, value) in enumerate(lines):
        sheet.write_string(at, 0, name, book.head)
        sheet.write_string(at, 1, value, book.text)


def _figures(book: Book, paper: Paper) -> None:
    """Every cited number with all that defends it, a line each."""
    heads = (
        _("Parte"), _("Cifra"), _("Código"), _("Período"), _("Valor"), _("Unidad"), _("Numerador"),
        _("Denominador"), "n", "N", _("Estado"), _("Calidad"), _("Definición"), _("Como se lee"),
    )  # fmt: skip
    sheet = _sheet(book, _("Cifras"), (22, 40, 24, 12, 12, 18, 12, 12, 8, 8, 12, 10, 10, 26))
    sheet.write_row(0, 0, heads, book.head)
    sheet.freeze_panes(1, 2)
    seen: set[str] = set()
    for section, one in cited(paper):
        if one.key in seen:
            continue
        seen.add(one.key)
        _figure(book, sheet, len(seen), section.title, one)


def _figure(book: Book, sheet: Any, at: int, section: str, one: Cited) -> None:
    for column, text in enumerate((section, one.label, one.code, one.period)):
        sheet.write_string(at, column, text, book.text)
    _write(book, sheet, at, 4, one)
    sheet.write_string(at, 5, one.unit, book.text)
    for column, number in ((6, one.numerator), (7, one.denominator), (8, one.n), (9, one.of)):
        if number is not None:
            sheet.write_number(at, column, Decimal(number))
    for column, text in ((10, mark_word(one)), (11, one.quality), (13, one.text)):
        sheet.write_string(at, column, text, book.text)
    if one.note:
        sheet.write_number(at, 12, one.note)


def mark_word(one: Cited) -> str:
    """Return how firm a number is."""
    return {
        "frozen": _("congelado"), "current": _("puede cambiar"),
        "records": _("contado de registros"), "hidden": _("reservado"), "missing": _("sin dato"),
    }[one.mark]  # fmt: skip


def _write(book: Book, sheet: Any, at: int, column: int, value: Cell) -> None:
    """Write a number as a number and words as words; missing says so and is no number."""
    if isinstance(value, str):
        sheet.write_string(at, column, value, book.text)
    elif value.value is None:
        sheet.write_string(at, column, value.text, book.text)
    else:
        exact = value.value / 100 if value.unit == "%" else value.value
        sheet.write_number(at, column, exact, book.number(value))


def _table(book: Book, name: str, table: Table) -> None:
    widths = [42] + [14 if column.is_number else 24 for column in table.columns[1:]]
    sheet = _sheet(book, name, widths)
    sheet.write_string(0, 0, table.title or name, book.style("title", bold=True))
    sheet.write_row(1, 0, [column.name for column in table.columns], book.head)
    sheet.freeze_panes(2, 1)
    for at, row in enumerate(table.rows, start=2):
        sheet.write_string(at, 0, row.head, book.text)
        for column, value in enumerate(row.cells, start=1):
            _write(book, sheet, at, column, value)
    if table.note:
        sheet.write_string(len(table.rows) + 3, 0, table.note)


def _of_chart(chart: Chart) -> Table:
    columns = (Column(chart.label_name), Column(chart.value_name, True))
    rows = tuple(
        Row(point.label, (Cited("", "", point.text, point.value, chart.unit, decimals=1),))
        for point in chart.points
    )
    return Table(chart.title, columns, rows, chart.description)


def _definitions(book: Book, paper: Paper) -> None:
    sheet = _sheet(book, _("Definiciones"), (6, 40, 90, 30, 40))
    heads = (_("N.º"), _("Cifra"), _("Definición"), _("Fuente"), _("Dirección"))
    sheet.write_row(0, 0, heads, book.head)
    sheet.freeze_panes(1, 2)
    for at, one in enumerate(paper.definitions, start=1):
        told = "\n".join(f"{name}: {value}" for name, value in one.lines)
        sheet.write_number(at, 0, one.number, book.text)
        for column, text in enumerate((one.name, told, one.source, one.url), start=1):
            sheet.write_string(at, column, text, book.text)


def _sources(book: Book, paper: Paper, label: "Label") -> None:
    sheet = _sheet(book, _("Fuentes"), (28, 90))
    lines = [(_("Fuente"), source) for source in paper.sources]
    lines += [(_("Dirección"), label.url)] if label.url else []
    lines += [("sha256", label.sha256)] if label.sha256 else []
    for at, (name, value) in enumerate(lines):
        sheet.write_string(at, 0, name, book.head)
        sheet.write_string(at, 1, value, book.text)
