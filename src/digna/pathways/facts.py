"""The fact tables of this room: firms on pathways, and the steps they recorded.

A firm is registered once for everybody, so there is no programme column and asking for one
programme gives the same rows, as in `registry.enterprise`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from digna.pathways.models import FirmPathway, StepProgress
from digna.pathways.selectors import checklist, following, known
from digna.pathways.selectors.library import shelf
from digna.registry import facts as registry
from digna.registry.models import Enterprise
from digna_engines.indicators import Column, FactSchema
from digna_engines.pathways import plan

Row = tuple[Any, ...]

FIRM = {
    "enterprise_id": Column("integer", nullable=False, label="empresa"),
    "sector": Column("text", label="rubro"),
    "department": Column("text", label="departamento"),
    "size_band": Column("text", label="tamaño"),
    "legal_form": Column("text", label="forma jurídica"),
    "owner_sex": Column("text", label="sexo de quien es dueña o dueño"),
}
SPLIT = ("sector", "department", "size_band", "legal_form", "owner_sex")

PATHWAY = FactSchema(
    name="pathways.pathway",
    grain="una empresa y una ruta que empezó y no dejó",
    keys=("pathway_id", "enterprise_id"),
    columns={
        "pathway_id": Column("integer", nullable=False, label="ruta de la empresa"),
        **FIRM,
        "pathway": Column("text", nullable=False, label="ruta"),
        "started_on": Column("date", nullable=False, label="empezó el"),
        "finished_on": Column("date", label="terminó el último paso"),
        "is_finished": Column("boolean", nullable=False, label="todos los pasos hechos"),
        "steps": Column("integer", nullable=False, label="pasos que le tocan"),
        "done": Column("integer", nullable=False, label="pasos hechos"),
    },
    dimensions=(*SPLIT, "pathway", "is_finished"),
)
STEP = FactSchema(
    name="pathways.step",
    grain="una vez de un paso que una empresa anotó",
    keys=("progress_id", "enterprise_id"),
    columns={
        "progress_id": Column("integer", nullable=False, label="avance"),
        **FIRM,
        "step": Column("text", nullable=False, label="paso"),
        "pathway": Column("text", label="ruta en que está"),
        "state": Column("text", nullable=False, label="estado"),
        "recorded_on": Column("date", nullable=False, label="anotado el"),
        "finished_on": Column("date", label="terminado el"),
        "is_done": Column("boolean", nullable=False, label="hecho"),
        "is_held": Column("boolean", nullable=False, label="hecho y sin vencer"),
        "days": Column("integer", label="días que tomó"),
        "spent_bob": Column("number", label="bolivianos que gastó"),
    },
    dimensions=(*SPLIT, "step", "pathway", "state"),
)


def pathway_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return how far each firm is on each pathway it set out on."""
    return PATHWAY, _pathways(timezone.localdate())


def step_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return what firms recorded of each step."""
    return STEP, _steps(timezone.localdate())


def _pathways(today: date) -> Iterator[Row]:
    rows = FirmPathway.objects.filter(left_on=None, enterprise__merged_into=None)
    every = list(following.with_firm(rows).order_by("pk"))
    firm_of, found = _firms(), shelf()
    firms = list({row.enterprise_id: row.enterprise for row in every}.values())
    told, steps = known.of_firms(firms, found.library), checklist.latest_of(firms)
    for row in every:
        if row.code not in found.library.pathways:
            continue
        drawn = plan(found.library, row.code, known.values(told[row.enterprise_id]), on=today)
        own = steps[row.enterprise_id]
        one = following.far(row, drawn, own, today)
        days = [own[p.step.key].finished_on for p in drawn.steps if p.step.key in own]
        last = max((day for day in days if day is not None), default=None)
        is_finished = following.is_finished(one)
        yield (
            row.pk, *firm_of(row.enterprise), row.code, row.started_on,
            last if is_finished else None, is_finished, one.steps, one.done,
        )  # fmt: skip


def _steps(today: date) -> Iterator[Row]:
    firm_of, library = _firms(), shelf().library
    on: dict[int, list[str]] = {}
    for key, code in FirmPathway.objects.order_by("started_on", "pk").values_list(
        "enterprise_id", "code"
    ):
        on.setdefault(key, []).append(code)
    rows = StepProgress.objects.filter(enterprise__merged_into=None)
    for row in following.with_firm(rows).order_by("pk").iterator(chunk_size=2000):
        own = (c for c in on.get(row.enterprise_id, ()) if c in library.pathways)
        pathway = next((c for c in own if row.step in library.pathways[c].steps), None)
        is_done = row.state == StepProgress.State.DONE
        spent = row.spent if row.currency == "BOB" else None
        yield (
            row.pk, *firm_of(row.enterprise), row.step, pathway, row.state,
            timezone.localdate(row.at), row.finished_on, is_done,
            is_done and not row.is_expired(today), row.days, spent,
        )  # fmt: skip


def _firms() -> Any:
    """Return what tells a firm's columns, from tables read once."""
    departments, owned = registry.departments_by_place(), registry.owners()

    def of(firm: Enterprise) -> Row:
        place = firm.place_id
        return (
            firm.pk,
            firm.sector.code if firm.sector is not None else None,
            departments.get(place) if place is not None else None,
            firm.size_band or None,
            firm.legal_form.code if firm.legal_form is not None else None,
            owned.get(firm.pk),
        )

    return of
