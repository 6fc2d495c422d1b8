"""Lists that leave: values of a board and projects, as csv or xlsx."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.improvement.models import Observation, Project
from digna.registry import downloads
from digna.registry.models import Enterprise


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
    write = downloads.xlsx_file if form == "xlsx" else downloads.csv_file
    return write(name, header, rows)
