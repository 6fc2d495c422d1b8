"""The fact tables of this room: who was at which workshop, visits, and firms' ways.

What is small is read once into memory (departments, programmes of cycles); the rest streams.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from digna.registry.models import Affiliation, Place
from digna.training.models import Cycle, CycleFirm, Move, Visit, WorkshopAttendance
from digna_engines.indicators.schema import Column, FactSchema

Row = tuple[Any, ...]
OF_FIRM = ("department", "sector", "size_band", "owner_sex")
FIRM_COLUMNS = {
    "department": Column("text", label="departamento"),
    "sector": Column("text", label="rubro"),
    "size_band": Column("text", label="tamaño"),
    "owner_sex": Column("text", label="sexo de quien es dueña/o"),
}

ATTENDANCE = FactSchema(
    name="training_attendance",
    grain="una persona, en un taller (y en cada programa del ciclo)",
    keys=("attendance_id", "programme_id", "person_id", "enterprise_id", "cycle_id", "department"),
    columns={
        "attendance_id": Column("integer", nullable=False, label="asistencia"),
        "person_id": Column("integer", nullable=False, label="persona"),
        "enterprise_id": Column("integer", nullable=False, label="empresa"),
        "cycle_id": Column("integer", nullable=False, label="ciclo"),
        "programme_id": Column("integer", nullable=False, label="programa"),
        "module": Column("text", nullable=False, label="módulo"),
        "mode": Column("text", nullable=False, label="modalidad"),
        "partner": Column("text", label="socio"),
        "attended": Column("boolean", nullable=False, label="asistió"),
        "role": Column("text", nullable=False, label="rol"),
        "minutes": Column("integer", label="minutos"),
        "workshop_on": Column("date", nullable=False, label="día del taller"),
        "sex": Column("text", label="sexo"),
        **FIRM_COLUMNS,
    },
    dimensions=("sex", "role", "module", "mode", "partner", *OF_FIRM),
)
VISIT = FactSchema(
    name="visit",
    grain="una visita a una empresa (y en cada programa del ciclo)",
    keys=("visit_id", "programme_id", "enterprise_id", "cycle_id", "department"),
    columns={
        "visit_id": Column("integer", nullable=False, label="visita"),
        "enterprise_id": Column("integer", nullable=False, label="empresa"),
        "cycle_id": Column("integer", nullable=False, label="ciclo"),
        "programme_id": Column("integer", nullable=False, label="programa"),
        "module": Column("text", nullable=False, label="módulo"),
        "partner": Column("text", label="socio"),
        "number": Column("integer", nullable=False, label="número de la visita"),
        "mode": Column("text", nullable=False, label="modalidad"),
        "minutes": Column("integer", label="minutos"),
        "visit_on": Column("date", nullable=False, label="día de la visita"),
        **FIRM_COLUMNS,
    },
    dimensions=("module", "mode", "partner", *OF_FIRM),
)
CYCLE_FIRM = FactSchema(
    name="cycle_firm",
    grain="una empresa en un ciclo (y en cada programa del ciclo)",
    keys=("cycle_firm_id", "programme_id", "enterprise_id", "cycle_id", "department"),
    columns={
        "cycle_firm_id": Column("integer", nullable=False, label="empresa en el ciclo"),
        "enterprise_id": Column("integer", nullable=False, label="empresa"),
        "cycle_id": Column("integer", nullable=False, label="ciclo"),
        "programme_id": Column("integer", nullable=False, label="programa"),
        "module": Column("text", nullable=False, label="módulo"),
        "mode": Column("text", nullable=False, label="modalidad"),
        "partner": Column("text", label="socio"),
        "independence": Column("text", label="autonomía del socio"),
        "state": Column("text", nullable=False, label="estado"),
        "is_certified": Column("boolean", nullable=False, label="certificada"),
        "has_waiver": Column("boolean", nullable=False, label="con dispensa"),
        "enrolled_on": Column("date", nullable=False, label="inscrita el"),
        "agreement_on": Column("date", label="convenio firmado el"),
        "baseline_on": Column("date", label="línea base el"),
        "workshop_on": Column("date", label="taller asistido el"),
        "endline_on": Column("date", label="línea final el"),
        "certificate_on": Column("date", label="certificada el"),
        "year_after_on": Column("date", label="visita al año el"),
        "drop_reason": Column("text", label="por qué dejó el ciclo"),
        **FIRM_COLUMNS,
    },
    dimensions=("module", "mode", "partner", "independence", "state", "drop_reason", *OF_FIRM),
)
FIRM_FIELDS = (
    "enterprise_id",
    "enterprise__place_id",
    "enterprise__sector__code",
    "enterprise__size_band",
)


def attendance_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return who was at which workshop; absence is a fact too."""
    return ATTENDANCE, _attendance(programme_id)


def visit_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the visits."""
    return VISIT, _visits(programme_id)


def cycle_firm_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return firms' ways with the state reached and its days."""
    return CYCLE_FIRM, _ways(programme_id)


def programmes_of_occasions() -> Mapping[UUID, tuple[int, ...]]:
    """Return the programmes of every occasion this room gave measurements."""
    programmes = _programmes(None)
    rows = CycleFirm.objects.values_list("public_id", "cycle_id")
    return {occasion: programmes.get(cycle, ()) for occasion, cycle in rows}


def _attendance(programme_id: int | None) -> Iterator[Row]:
    ground = _Ground(programme_id)
    rows: QuerySet[Any, Any] = WorkshopAttendance.objects.order_by("pk").values_list(
        "pk", "person_id", "firm__cycle_id", "is_present", "role", "minutes",
        "workshop__starts_at", "person__sex", *[f"firm__{name}" for name in FIRM_FIELDS],
    )  # fmt: skip
    for key, person, cycle, is_present, role, minutes, at, sex, *firm in rows.iterator():
        module, mode, partner, _independence = ground.cycles[cycle]
        on = timezone.localdate(at)
        tail = (module, mode, partner, is_present, role, minutes, on, sex or None)
        for programme in ground.programmes.get(cycle, ()):
            yield (key, person, firm[0], cycle, programme, *tail, *ground.of_firm(*firm))


def _visits(programme_id: int | None) -> Iterator[Row]:
    ground = _Ground(programme_id)
    rows: QuerySet[Any, Any] = Visit.objects.order_by("pk").values_list(
        "pk", "firm__cycle_id", "number", "mode", "minutes", "on",
        *[f"firm__{name}" for name in FIRM_FIELDS],
    )  # fmt: skip
    for key, cycle, number, mode, minutes, on, *firm in rows.iterator():
        module, _mode, partner, _independence = ground.cycles[cycle]
        tail = (module, partner, number, mode, minutes, on, *ground.of_firm(*firm))
        for programme in ground.programmes.get(cycle, ()):
            yield (key, firm[0], cycle, programme, *tail)


def _ways(programme_id: int | None) -> Iterator[Row]:
    ground = _Ground(programme_id)
    days = _days()
    rows: QuerySet[Any, Any] = CycleFirm.objects.order_by("pk").values_list(
        "pk", "cycle_id", "state", "waiver_reason", "enrolled_on", "agreement_on", "endline_on",
        "certificate_on", "year_after_on", "drop_reason", "size_band", *FIRM_FIELDS,
    )  # fmt: skip
    for key, cycle, state, waiver, enrolled, agreed, end, cert, later, why, band, *firm in rows:
        module, mode, partner, independence = ground.cycles[cycle]
        firm[3] = band or firm[3]  # the size it had when it entered
        reached = days.get(key, {})
        tail = (
            module, mode, partner, independence, state, cert is not None, bool(waiver), enrolled,
            agreed, reached.get("baseline_done"), reached.get("workshop_attended"), end, cert,
            later, why or None, *ground.of_firm(*firm),
        )  # fmt: skip
        for programme in ground.programmes.get(cycle, ()):
            yield (key, firm[0], cycle, programme, *tail)


class _Ground:
    """What every row needs and is read once."""

    def __init__(self, programme_id: int | None) -> None:
        self.programmes = _programmes(programme_id)
        self.cycles = {
            key: (module, mode, partner, independence or None)
            for key, module, mode, partner, independence in Cycle.objects.values_list(
                "pk", "module__code", "mode", "partner__code", "independence"
            )
        }
        self.departments = _departments()
        self.owners = _owners()

    def of_firm(
        self, enterprise: int, place: int | None, sector: str | None, band: str
    ) -> tuple[str | None, ...]:
        """Return the firm's department, sector, size band and its owner's sex."""
        department = self.departments.get(place) if place is not None else None
        return department, sector, band or None, self.owners.get(enterprise)


def _programmes(programme_id: int | None) -> dict[int, tuple[int, ...]]:
    links = Cycle.programmes.through.objects.order_by("programme_id")
    if programme_id is not None:
        links = links.filter(programme_id=programme_id)
    found: dict[int, tuple[int, ...]] = {}
    for cycle, programme in links.values_list("cycle_id", "programme_id"):
        found[cycle] = (*found.get(cycle, ()), programme)
    return found


def _days() -> dict[int, dict[str, date]]:
    found: dict[int, dict[str, date]] = {}
    rows = Move.objects.filter(is_undone=False, after__in=("baseline_done", "workshop_attended"))
    for firm, after, on in rows.values_list("firm_id", "after", "on"):
        found.setdefault(firm, {})[after] = on
    return found


def _owners() -> dict[int, str]:
    """Sex of each firm's owner; «mixed» where owners differ, nothing where none is known."""
    found: dict[int, set[str]] = {}
    today = timezone.localdate()
    rows = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today), role=Affiliation.Role.OWNER
    ).exclude(enterprise=None)
    for firm, sex in rows.exclude(person__sex="").values_list("enterprise_id", "person__sex"):
        found.setdefault(firm, set()).add(sex)
    return {firm: "mixed" if len(sexes) > 1 else sexes.pop() for firm, sexes in found.items()}


def _departments() -> dict[int, str]:
    """ISO codes by place; a country lies in no department."""
    codes = {}
    for place in Place.objects.select_related("parent"):
        if place.department_code:
            codes[place.pk] = place.iso or place.department_code
            if place.kind == Place.Kind.MUNICIPALITY and place.parent is not None:
                codes[place.pk] = place.parent.iso or place.parent.code
    return codes
