"""Groups that take a course together: opened, corrected, closed; who came to each meeting."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.learning.models import Course, Enrolment, Group, UnitAttendance
from digna.programmes.models import Programme
from digna.registry.models import Organisation


@writes("learning.group.opened")
def open_group(
    *,
    actor: Actor,
    course: Course,
    name: str,
    starts_on: date,
    due_on: date | None = None,
    programme: Programme | None = None,
    partner: Organisation | None = None,
    trainer: User | None = None,
    schedule: Mapping[str, date] | None = None,
) -> Group:
    """Open a group of a course.

    Raises:
        Refused: `learning.course.closed`, `learning.group.dates`.
    """
    if course.current is None or course.retired_on is not None:
        raise Refused(
            "learning.course.closed",
            _("«%(course)s» no está en uso: no se puede inscribir a nadie.") % {"course": course},
        )
    _refuse_dates(starts_on, due_on)
    return record.add(
        Group(
            course=course,
            name=name.strip(),
            starts_on=starts_on,
            due_on=due_on,
            programme=programme,
            partner=partner,
            trainer=trainer,
            schedule=_told(schedule or {}),
            created_by=actor.user,
        )
    )


@writes("learning.group.changed")
def change_group(*, actor: Actor, group: Group, **facts: Any) -> Group:
    """Correct a group's name, dates, partner or who follows it.

    Raises:
        Refused: `learning.group.dates`.
    """
    _refuse_dates(facts.get("starts_on", group.starts_on), facts.get("due_on", group.due_on))
    if "schedule" in facts:
        facts["schedule"] = _told(facts["schedule"])
    return record.change(group, **facts)


@writes("learning.group.closed")
def close_group(*, actor: Actor, group: Group) -> Group:
    """Close a group: it leaves the lists; who is still learning goes on."""
    return record.change(group, closed_on=timezone.localdate(actor.at))


@writes("learning.attendance.marked")
def mark_meeting(*, actor: Actor, group: Group, unit: str, on: date, came: Collection[int]) -> int:
    """Mark who came to the meeting of a unit, of all who are in the group; return how many came.

    Raises:
        Refused: `learning.group.unit`.
    """
    assert group.course.current is not None  # noqa: S101 — a group is opened of a published course
    if unit not in {one.code for one in group.course.current.course_read.units}:
        raise Refused("learning.group.unit", _("El curso no tiene esa unidad."))
    enrolments = Enrolment.objects.filter(group=group).exclude(state=Enrolment.State.WITHDRAWN)
    rows = UnitAttendance.objects.filter(enrolment__in=enrolments, unit_code=unit)
    marked = {row.enrolment_id: row for row in rows}
    for one in enrolments:
        told: dict[str, Any] = {"came": one.pk in came, "on": on, "marked_by": actor.user}
        row = marked.get(one.pk)
        if row is None:
            record.add(UnitAttendance(enrolment=one, unit_code=unit, **told))
        else:
            record.change(row, **told)
    return sum(one.pk in came for one in enrolments)


def _refuse_dates(starts_on: date, due_on: date | None) -> None:
    if due_on is not None and due_on < starts_on:
        raise Refused(
            "learning.group.dates",
            _("El grupo termina antes de comenzar. Corrija una de las fechas."),
            field="due_on",
        )


def _told(schedule: Mapping[str, date]) -> dict[str, str]:
    return {unit: day.isoformat() for unit, day in schedule.items() if day is not None}
