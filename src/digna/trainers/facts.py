"""The fact tables of this room: rungs reached by trainers, and cycles they delivered."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from digna.trainers import selectors
from digna.trainers.models import Rung, Trainer
from digna.training.models import Cycle, CycleTrainer
from digna_engines.indicators.schema import Column, FactSchema

Row = tuple[Any, ...]

SCHEMA = FactSchema(
    name="trainer",
    grain="una persona formadora y un módulo (y cada programa en que dictó)",
    keys=("way_id", "person_id", "programme_id"),
    columns={
        "way_id": Column("integer", nullable=False, label="camino"),
        "person_id": Column("integer", nullable=False, label="persona"),
        "programme_id": Column("integer", label="programa"),
        "module": Column("text", nullable=False, label="módulo"),
        "rung": Column("text", nullable=False, label="escalón"),
        "is_certified": Column("boolean", nullable=False, label="certificada/o"),
        "is_active": Column("boolean", nullable=False, label="activa/o"),
        "reached_on": Column("date", nullable=False, label="día del escalón"),
        "sex": Column("text", label="sexo"),
        "department": Column("text", label="departamento"),
        "partner": Column("text", label="socio"),
    },
    dimensions=("module", "rung", "sex", "department", "partner"),
)

DELIVERY = FactSchema(
    name="delivery",
    grain="una persona formadora y un ciclo que dictó (y en cada programa del ciclo)",
    keys=("delivery_id", "person_id", "cycle_id", "programme_id"),
    columns={
        "delivery_id": Column("integer", nullable=False, label="ciclo dictado"),
        "person_id": Column("integer", nullable=False, label="persona"),
        "cycle_id": Column("integer", nullable=False, label="ciclo"),
        "programme_id": Column("integer", label="programa"),
        "module": Column("text", nullable=False, label="módulo"),
        "delivered_on": Column("date", nullable=False, label="día en que terminó"),
        "independence": Column("text", label="autonomía del socio"),
        "sex": Column("text", label="sexo"),
        "partner": Column("text", label="socio"),
    },
    dimensions=("module", "independence", "sex", "partner"),
)


def delivery_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return who delivered which cycle: in a year, those in it are the active trainers."""
    return DELIVERY, _delivered(programme_id)


def _delivered(programme_id: int | None) -> Iterator[Row]:
    of_cycle = _of_cycle()
    rows = CycleTrainer.objects.exclude(person=None).exclude(cycle__is_cancelled=True)
    for row in rows.select_related("person", "cycle__module", "cycle__partner").order_by("pk"):
        cycle, person = row.cycle, row.person
        if person is None:
            continue
        programmes: list[int] | list[None] = of_cycle.get(cycle.pk) or [None]
        for programme in programmes:
            if programme_id is None or programme == programme_id:
                yield (
                    row.pk,
                    person.pk,
                    cycle.pk,
                    programme,
                    cycle.module.code,
                    cycle.ends_on or cycle.starts_on,
                    cycle.independence or None,
                    person.sex or None,
                    cycle.partner.code if cycle.partner is not None else None,
                )


def trainer_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows, of one programme or of all."""
    return SCHEMA, _rows(programme_id, timezone.localdate())


def _rows(programme_id: int | None, today: date) -> Iterator[Row]:
    trainers = list(Trainer.objects.select_related("person__place__parent", "partner"))
    found, told = selectors.standings(trainers, today), selectors.deliveries_of(trainers)
    of_cycle = _of_cycle()
    for trainer in trainers:
        for one in found.get(trainer.pk, []):
            own = told.get((trainer.pk, one.way.module_code), [])
            for programme in _programmes(own, of_cycle):
                if programme_id is None or programme == programme_id:
                    yield _row(trainer, one, programme)


def _of_cycle() -> dict[int, list[int]]:
    """Programmes by cycle, in one read."""
    found: dict[int, list[int]] = defaultdict(list)
    links = Cycle.programmes.through.objects.values_list("cycle_id", "programme_id")
    for cycle, programme in links:
        found[cycle].append(programme)
    return found


def _programmes(
    told: list[selectors.Delivery], of_cycle: dict[int, list[int]]
) -> list[int] | list[None]:
    found = {key for one in told for key in of_cycle.get(one.cycle.pk, ())}
    return sorted(found) or [None]


def _row(trainer: Trainer, one: selectors.Standing, programme: int | None) -> Row:
    place = trainer.person.place
    return (
        one.way.pk,
        trainer.person_id,
        programme,
        one.way.module_code,
        one.way.rung,
        one.way.rung in (Rung.CERTIFIED, Rung.EXPERT),
        one.code in ("active", "lapsing"),
        one.way.since,
        trainer.person.sex or None,
        (place.department_code or None) if place is not None else None,
        trainer.partner.code if trainer.partner is not None else None,
    )
