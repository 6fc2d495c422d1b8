"""Activities: planned, changed, carried out."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Activity, Programme
from digna.programmes.services.programmes import refuse_reversed
from digna.registry.models import Place, Sector

Status = Activity.Status


@writes("programmes.activity.planned")
def plan_activity(
    *,
    actor: Actor,
    programme: Programme,
    kind: str,
    title: str,
    starts_on: date,
    ends_on: date | None = None,
    status: str = Status.PLANNED,
    sectors: Collection[Sector] = (),
    departments: Collection[Place] = (),
    **values: Any,
) -> Activity:
    """Plan an activity of a programme, in sectors and departments.

    Raises:
        Refused: `programmes.dates_reversed`, `programmes.amount_needs_currency`,
            `programmes.not_its_own` (an area or result of another programme).
    """
    refuse_reversed(starts_on, ends_on)
    _refuse_unfit(programme, values)
    activity = record.add(
        Activity(
            programme=programme,
            kind=kind,
            title=title,
            starts_on=starts_on,
            ends_on=ends_on,
            status=status,
            **values,
        )
    )
    record.link(activity, "sectors", sectors)
    record.link(activity, "departments", departments)
    return activity


@writes("programmes.activity.changed")
def change_activity(
    *,
    actor: Actor,
    activity: Activity,
    sectors: Collection[Sector] | None = None,
    departments: Collection[Place] | None = None,
    **values: Any,
) -> Activity:
    """Change an activity, its state among the rest.

    Raises:
        Refused: as `plan_activity`.
    """
    ends_on = values.get("ends_on", activity.ends_on)
    refuse_reversed(values.get("starts_on", activity.starts_on), ends_on)
    _refuse_unfit(activity.programme, values)
    record.change(activity, **values)
    if sectors is not None:
        record.link(activity, "sectors", sectors)
    if departments is not None:
        record.link(activity, "departments", departments)
    return activity


def _refuse_unfit(programme: Programme, values: dict[str, Any]) -> None:
    if values.get("budget_amount") is not None and not values.get("budget_currency"):
        raise Refused(
            "programmes.amount_needs_currency",
            _("Un monto lleva su moneda: BOB, USD, CHF…"),
            field="budget_currency",
        )
    for name in ("area", "result"):
        part = values.get(name)
        if part is not None and part.programme_id != programme.pk:
            raise Refused(
                "programmes.not_its_own", _("Es de otro programa. Elija uno de este."), field=name
            )
