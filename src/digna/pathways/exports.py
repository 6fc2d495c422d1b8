"""Lists of this room as spreadsheets."""

from collections.abc import Callable, Iterable

from django.http import HttpResponse
from django.utils.text import slugify

from digna.pathways.models import StepProgress
from digna.pathways.selectors.checklist import Checklist
from digna.pathways.selectors.following import Along
from digna.registry import downloads

STEPS = (
    "Paso", "Entidad", "Etapa", "Estado", "Empezó", "Terminó", "Días", "Costo publicado",
    "Gastó", "Moneda", "Número", "Vence", "Nota", "Quién", "Versión de la ruta",
)  # fmt: skip
FIRMS = (
    "Empresa", "Municipio", "Ruta", "Empezó", "Hechos", "Pasos", "Por responder", "Vencidos",
    "Por vencer", "Gasto declarado", "Pasos con gasto", "Última anotación",
)  # fmt: skip


def of_firm(page: Checklist, form: str) -> HttpResponse:
    """Return a firm's list, one row a step."""
    rows = [
        (
            line.face.name, line.face.agency, phase, line.word,
            *_recorded(line.progress, line.face.cost),
        )
        for phase, lines in page.phases
        for line in lines
    ]  # fmt: skip
    name = f"ruta-{slugify(page.pathway.enterprise.name)[:40]}-{page.pathway.code}"
    return _file(form)(name, STEPS, rows)


def _recorded(row: StepProgress | None, cost: str) -> tuple[downloads.Cell, ...]:
    if row is None:
        return (None, None, None, cost, None, "", "", None, "", "", "")
    return (
        row.began_on, row.finished_on, row.days, cost, row.spent,
        row.currency if row.spent is not None else "", row.number, row.expires_on, row.note,
        str(row.by or ""), row.kit_version,
    )  # fmt: skip


def of_firms(rows: Iterable[Along], form: str) -> HttpResponse:
    """Return all firms' progress, one row a firm and pathway."""
    told = [
        (
            str(one.pathway.enterprise), str(one.pathway.enterprise.place or ""), one.name,
            one.pathway.started_on, one.done, one.steps, one.open, one.lapsed, one.soon, one.spent,
            one.spent_count, one.last_on,
        )
        for one in rows
    ]  # fmt: skip
    return _file(form)("rutas-de-empresas", FIRMS, told)


def _file(form: str) -> Callable[..., HttpResponse]:
    return downloads.xlsx_file if form == "xlsx" else downloads.csv_file
