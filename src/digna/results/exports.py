"""Figures out, as csv, xlsx or JSON: each line with all that makes it honest."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.registry import sheets
from digna.results import wording
from digna.results.models import Figure

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "indicator", "name", "dimension", "category", "numerator", "denominator", "value", "unit",
    "period", "starts_on", "ends_on", "n", "N", "source", "method", "state", "as_of",
    "records_sha256",
)  # fmt: skip
Row = dict[str, Any]


def figures(programme: Programme, form: str) -> HttpResponse:
    """Return every figure of a programme with its parts, current and frozen."""
    makers = {"csv": _csv, "xlsx": _xlsx, "json": _json}
    if form not in makers:
        raise NotVisible("results.export.form", _("Hay csv, xlsx y json; no «%s».") % form)
    return makers[form](f"cifras-{programme.code}", list(rows(programme)))


def rows(programme: Programme) -> Iterator[Row]:
    """Yield a line a figure and a line a part."""
    found = (
        Figure.objects.filter(
            indicator__programme=programme, kind__in=(Figure.Kind.CURRENT, Figure.Kind.FROZEN)
        )
        .select_related("indicator", "period")
        .defer("records", "workings", "warnings")
        .order_by("indicator__order", "period__starts_on", "kind")
    )
    for figure in found:
        shared = _shared(figure, programme)
        yield {**shared, "dimension": "", "category": "", **_numbers(figure)}
        for dimension, parts in figure.parts.items():
            for part in parts:
                category = part["category"] if part["category"] is not None else "unknown"
                numbers = {name: part[name] for name in ("numerator", "denominator", "value", "n")}
                yield {**shared, "dimension": dimension, "category": category, **numbers, "N": None}


def _shared(figure: Figure, programme: Programme) -> Row:
    period = figure.period
    return {
        "indicator": figure.indicator.code,
        "name": figure.indicator.name,
        "unit": wording.unit(figure.indicator.unit),
        "period": period.label if period is not None else "to date",
        "starts_on": (period or programme).starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat() if period is not None else None,
        "source": figure.declaration.get("source", ""),
        "method": figure.engine,
        "state": figure.kind,
        "as_of": figure.computed_at.isoformat(timespec="seconds"),
        "records_sha256": figure.records_sha256,
    }


def _numbers(figure: Figure) -> Row:
    return {
        "numerator": _text(figure.numerator),
        "denominator": _text(figure.denominator),
        "value": _text(figure.value),
        "n": figure.n,
        "N": figure.cohort,
    }


def _text(value: Any) -> str | None:
    """Return an exact decimal without the zeros of its column."""
    if value is None:
        return None
    return str(int(value)) if value == value.to_integral_value() else str(value.normalize())


def _cells(row: Row) -> list[str]:
    return ["" if row.get(name) is None else str(row[name]) for name in COLUMNS]


def _csv(name: str, found: list[Row]) -> HttpResponse:
    buffer = io.StringIO()
    buffer.write("\ufeff")  # spreadsheet programs take it for what it is: UTF-8
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    writer.writerows([sheets.defused(cell) for cell in _cells(row)] for row in found)
    return _sent(buffer.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def _xlsx(name: str, found: list[Row]) -> HttpResponse:
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for at, row in enumerate([list(COLUMNS), *map(_cells, found)]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return _sent(file.getvalue(), XLSX, f"{name}.xlsx")


def _json(name: str, found: list[Row]) -> HttpResponse:
    lines = [{column: row.get(column) for column in COLUMNS} for row in found]
    return JsonResponse({"figures": lines}, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _sent(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
