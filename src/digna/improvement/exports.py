"""Lists that leave: values of a board and projects, as csv or xlsx.

The files are written as the register's exports are, by what lies below both rooms.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.improvement.models import Observation, Project
from digna.registry import sheets
from digna.registry.models import Enterprise

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def values(enterprise: Enterprise, form: str) -> HttpResponse:
    """Return every value of a board, those corrected or withdrawn marked as such."""
    header = (
        _("Indicador"), _("Desde"), _("Hasta"), _("Numerador"), _("Denominador"), _("Valor"),
        _("Moneda"), _("Calidad"), _("Momento"), _("Revisión"), _("Vigente"),
    )  # fmt: skip
    stored = Observation.objects.filter(board_kpi__enterprise=enterprise).select_related(
        "version", "measurement"
    )
    rows = [
        (
            str(row.version), row.period_start, row.period_end, row.numerator, row.denominator,
            row.value, row.currency, row.grade,
            row.measurement.get_point_display() if row.measurement is not None else "",
            row.get_review_display(),
            _("sí") if row.replaced_by_id is None and row.withdrawn_at is None else _("no"),
        )
        for row in stored
    ]  # fmt: skip
    return _file(f"tablero-{slugify(enterprise.name)[:40]}", form, header, rows)


def projects(enterprise: Enterprise, form: str) -> HttpResponse:
    """Return the improvement projects of a firm."""
    header = (
        _("Proyecto"), _("Área"), _("Responsable"), _("Inicio"), _("Para cuándo"), _("Terminado"),
        _("Estado"), _("Costo"), _("Ahorro"), _("Ahorro: una vez o cada año"),
        _("Costo de mantenerlo"), _("Moneda"), _("Entra en la suma"), _("Su ahorro está en"),
    )  # fmt: skip
    stored = Project.objects.filter(enterprise=enterprise).select_related("overlaps")
    rows = [
        (
            row.title, row.get_area_display(), row.responsible, row.starts_on, row.due_on,
            row.done_on, row.get_status_display(), row.cost, row.saving,
            row.get_saving_kind_display(), row.running_cost, row.currency,
            _("sí") if row.counts_in_total else _("no"),
            row.overlaps.title if row.overlaps is not None else "",
        )
        for row in stored
    ]  # fmt: skip
    return _file(f"proyectos-{slugify(enterprise.name)[:40]}", form, header, rows)


def _file(
    name: str, form: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    content, kind = (
        (_workbook(header, rows), XLSX)
        if form == "xlsx"
        else (_text(header, rows), "text/csv; charset=utf-8")
    )
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(header)
    writer.writerows([[_cell(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}".replace(".", ",")
    return sheets.defused(str(cell))


def _workbook(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
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
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write(number, column, cell)
        sheet.autofit()
    return out.getvalue()
