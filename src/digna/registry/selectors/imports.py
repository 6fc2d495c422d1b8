"""The steps of an import: the sheet as it came, what is wrong by cell, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.registry import columns, problems
from digna.registry.models import Enterprise, ImportBatch, ImportRow, Person
from digna.registry.selectors.lists import Filter
from digna.registry.services import imports
from digna.web import paging

Outcome = ImportRow.Outcome
SAMPLE = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with its header chosen, and a few rows under it."""

    sheet: str
    sheets: list[str]
    header_row: int
    header: list[str]
    guessed: dict[str, str]
    sample: list[list[str]]


def layout(batch: ImportBatch, asked: Mapping[str, str]) -> Layout:
    """Return the sheet and header row asked for, else the ones found on arrival."""
    found = imports.sheets_of(batch)
    sheet = next((s for s in found if s.name == asked.get("hoja")), None)
    sheet = sheet or next(s for s in found if s.name == batch.sheet)
    asked_row = asked.get("fila", "")
    row = int(asked_row) if asked_row.isdigit() else batch.header_row
    row = min(max(row, 1), len(sheet.rows))
    is_as_found = (sheet.name, row) == (batch.sheet, batch.header_row)
    header = list(sheet.rows[row - 1])
    guessed = batch.mapping if is_as_found else columns.guess(header, batch.kind)
    return Layout(
        sheet=sheet.name,
        sheets=[s.name for s in found],
        header_row=row,
        header=header,
        guessed={str(column): field for column, field in guessed.items()},
        sample=[list(cells) for cells in sheet.rows[row : row + SAMPLE]],
    )


@dataclass(frozen=True, slots=True)
class Working:
    """Work under way: what, how far, and where to ask again."""

    what: str
    done: int
    total: int | None
    poll_url: str


def working(batch: ImportBatch) -> Working | None:
    """Return the work under way on an import; None when there is none."""
    url = reverse("registry:import_progress", args=[batch.public_id])
    if batch.state == ImportBatch.State.CHECKING:
        return Working(_("Revisando fila por fila"), 0, None, url)
    if batch.state == ImportBatch.State.RUNNING:
        return Working(_("Importando"), batch.done_count, batch.row_count, url)
    return None


@dataclass(frozen=True, slots=True)
class RowView:
    """One row as the review shows it."""

    number: int
    name: str
    outcome: str
    outcome_word: str
    sentences: list[tuple[str, str, str]]
    match: str
    match_url: str
    score: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """An import: where it is, how many rows of each fate, and the rows of the fate chosen."""

    batch: ImportBatch
    step: int
    working: Working | None
    counts: dict[str, int]
    outcomes: list[Filter]
    page: Page[ImportRow]
    rows: list[RowView]
    warning_count: int


def batch_page(request: HttpRequest, batch: ImportBatch) -> BatchPage:
    """Return the page of an import."""
    counts = dict(batch.rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    default = Outcome.ERROR if counts.get(Outcome.ERROR) else ""
    chosen = request.GET.get("filas", default)
    outcomes = [
        Filter(str(label), counts[value], f"?filas={value}", value == chosen)
        for value, label in Outcome.choices
        if counts.get(value)
    ]
    rows = batch.rows.select_related("person", "enterprise")
    rows = rows.filter(outcome=chosen) if chosen in dict(Outcome.choices) else rows
    total = counts.get(chosen, sum(counts.values()))
    page = paging.page_of(request, rows, lambda: total)
    done = batch.state in {ImportBatch.State.DONE, ImportBatch.State.UNDONE}
    return BatchPage(
        batch=batch,
        step=4 if done or batch.state == ImportBatch.State.RUNNING else 3,
        working=working(batch),
        counts=counts,
        outcomes=outcomes,
        page=page,
        rows=_views(batch, list(page.object_list)),
        warning_count=batch.rows.exclude(problems=[]).exclude(outcome=Outcome.ERROR).count(),
    )


def _views(batch: ImportBatch, rows: list[ImportRow]) -> list[RowView]:
    model = Person if batch.kind == "people" else Enterprise
    keys = [row.match["key"] for row in rows if row.match.get("key", 0) > 0]
    matches = model._default_manager.in_bulk(keys)
    return [_view(row, matches) for row in rows]


def _view(row: ImportRow, matches: Mapping[int, Any]) -> RowView:
    match = matches.get(row.match.get("key", 0))
    name = "registry:person" if isinstance(match, Person) else "registry:enterprise"
    values = row.values
    shown = values.get("name") or f"{values.get('given_names', '')} {values.get('surnames', '')}"
    return RowView(
        number=row.number,
        name=shown.strip() or " · ".join(cell for cell in row.cells[:4] if cell),
        outcome=row.outcome,
        outcome_word=row.get_outcome_display(),
        sentences=[(p["cell"], p["column"], problems.sentence(p)) for p in row.problems],
        match=str(match or ""),
        match_url=reverse(name, args=[match.public_id]) if match is not None else "",
        score=row.match.get("score", ""),
    )
