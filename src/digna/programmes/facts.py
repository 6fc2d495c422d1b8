"""The fact table of programmes: what was done, in which sectors and departments.

One row per activity, sector and department, so that the sectors chosen and the departments reached
can be counted once each. Activities are therefore counted with `unique` of `activity_id`, never
with `count`: an activity in three departments has three rows.
"""

import itertools
from collections.abc import Iterator
from typing import Any

from digna.programmes.models import Activity
from digna_engines.indicators import Column, FactSchema

Row = tuple[Any, ...]

ACTIVITY = FactSchema(
    name="programmes.activity",
    grain="una actividad, en un rubro, en un departamento",
    keys=("activity_id", "sector", "department"),
    columns={
        "activity_id": Column("integer", nullable=False, label="actividad"),
        "programme_id": Column("integer", nullable=False, label="programa"),
        "kind": Column("text", nullable=False, label="tipo"),
        "status": Column("text", nullable=False, label="estado"),
        "area": Column("text", label="área estratégica"),
        "partner": Column("text", label="socio"),
        "starts_on": Column("date", nullable=False, label="inicio"),
        "ends_on": Column("date", label="fin"),
        "budget": Column("number", label="presupuesto"),
        "sector": Column("text", label="rubro"),
        "department": Column("text", label="departamento"),
    },
    dimensions=("kind", "status", "area", "partner", "sector", "department"),
)


def activity_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows, of one programme or of all."""
    return ACTIVITY, _rows(programme_id)


def _rows(programme_id: int | None) -> Iterator[Row]:
    activities = Activity.objects.order_by("pk").select_related("area", "partner")
    if programme_id is not None:
        activities = activities.filter(programme_id=programme_id)
    stored = activities.prefetch_related("sectors", "departments")
    for activity in stored.iterator(chunk_size=1_000):
        shared = (
            activity.pk,
            activity.programme_id,
            activity.kind,
            activity.status,
            activity.area.code if activity.area is not None else None,
            activity.partner.code if activity.partner is not None else None,
            activity.starts_on,
            activity.ends_on,
            activity.budget_amount,
        )
        for sector, department in itertools.product(_codes(activity.sectors), _places(activity)):
            yield (*shared, sector, department)


def _codes(related: Any) -> list[str | None]:
    found: list[str | None] = sorted(row.code for row in related.all())
    return found or [None]


def _places(activity: Activity) -> list[str | None]:
    codes = {place.department_code for place in activity.departments.all()} - {""}
    found: list[str | None] = sorted(codes)  # type: ignore[assignment]
    return found or [None]
