"""The public figures as data: stable ids, one line a figure and a part, where each is defined."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse

from digna.portal.selectors import account
from digna.programmes.models import Programme
from digna.registry import sheets
from digna.results import dictionary, open_data, packaging
from digna.results.selectors import published as selected
from digna.results.selectors.published import Edition, Published
from digna_engines.indicators import HIDDEN

LICENCE = "CC-BY-4.0"
COLUMNS = (
    "id", "indicator", "name_es", "name_en", "dimension", "category", "numerator", "denominator",
    "value", "unit", "n", "N", "is_reserved", "period", "starts_on", "ends_on", "as_of",
    "is_frozen", "definition", "licence",
)  # fmt: skip
Row = dict[str, Any]


def rows(programme: Programme, base: str) -> list[Row]:
    """Return every public figure and part; `base` is the site's address."""
    of = selected.edition(programme)
    found = selected.published(programme, of)
    return [line for row in found for line in _lines(programme, of, row, base)]


def _lines(programme: Programme, of: Edition, row: Published, base: str) -> Iterator[Row]:
    shared = _shared(programme, of, row, base)
    key, public = shared["id"], row.public
    if public is None:
        return
    numbers = {"n": public.n, "N": public.cohort, **_numbers(public)}
    yield {**shared, **_told(numbers)}
    for dimension, parts in public.parts.items():
        for part in parts:
            category = part.category if part.category is not None else "unknown"
            named = {
                "id": f"{key}/{dimension}/{category}",
                "dimension": dimension,
                "category": category,
            }
            yield {**shared, **named, **_told({"n": part.n, "N": None, **_numbers(part)})}


def _shared(programme: Programme, of: Edition, row: Published, base: str) -> Row:
    indicator, period = row.indicator, of.period
    return {
        "id": f"{programme.code}/{indicator.code}",
        "indicator": indicator.code,
        "name_es": indicator.name_es,
        "name_en": indicator.name_en,
        "dimension": "",
        "category": "",
        "unit": indicator.unit,
        "period": period.label if period is not None else "to date",
        "starts_on": (period or programme).starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat() if period is not None else None,
        "as_of": of.as_of.isoformat(timespec="seconds") if of.as_of is not None else None,
        "is_frozen": of.is_frozen,
        "definition": base + account.item(programme, row).url,
        "licence": LICENCE,
    }


def _numbers(found: Any) -> Row:
    return {name: getattr(found, name) for name in ("numerator", "denominator", "value")}


def _told(numbers: Row) -> Row:
    """Return numbers as exact text; a hidden one is left out and said to be reserved."""
    is_reserved = numbers["value"] is HIDDEN
    shown = {name: _text(value) for name, value in numbers.items()}
    return {**shown, "is_reserved": is_reserved}


def _text(value: Any) -> str | None:
    if value is None or value is HIDDEN:
        return None
    if value == int(value):
        return str(int(value))
    return str(value.normalize())


def as_package(programme: Programme, found: list[Row], at: datetime, *, hxl: bool) -> bytes:
    """Return the public figures as a data package."""
    about = packaging.About(
        name=programme.code,
        title=programme.name,
        description="Cifras publicadas. Vacío es sin dato o reservado, nunca cero.",
        at=at,
        sources=(f"Registros de {programme.name}",),
    )
    fields = tuple(dictionary.FIGURES[name] for name in COLUMNS)
    table = open_data.figures_table(fields, found, packaging.OPEN)
    return packaging.packed(about, [table], hxl=hxl)


def as_csv(name: str, found: list[Row]) -> HttpResponse:
    """Return the figures as csv."""
    buffer = io.StringIO()
    buffer.write("\ufeff")  # spreadsheet programs take it for what it is: UTF-8
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for row in found:
        cells = ["" if row.get(column) is None else str(row[column]) for column in COLUMNS]
        writer.writerow([sheets.defused(cell) for cell in cells])
    response = HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def as_json(programme: Programme, found: list[Row]) -> JsonResponse:
    """Return the figures as JSON."""
    lines = [{column: row.get(column) for column in COLUMNS} for row in found]
    body = {"programme": programme.name, "licence": LICENCE, "figures": lines}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
