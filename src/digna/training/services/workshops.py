"""Workshops of a cycle and who was there; two people marking different rows do not meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Clash, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Person
from digna.registry.services import people
from digna.training.models import (
    Cycle,
    CycleFirm,
    Participant,
    Role,
    Workshop,
    WorkshopAttendance,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to hold for one person; None takes the mark away."""

    firm: CycleFirm
    person: Person
    role: str
    is_present: bool | None
    minutes: int | None = None


@writes("training.workshop.planned")
def plan_workshop(
    *,
    actor: Actor,
    cycle: Cycle,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    mode: str = "",
    task: str = "",
    **values: Any,
) -> Workshop:
    """Add a workshop to a cycle.

    Raises:
        Refused: `training.workshop.times`.
    """
    _refuse_times(starts_at, ends_at)
    number = cycle.workshops.count() + 1
    return record.add(
        Workshop(
            cycle=cycle,
            number=number,
            title=title,
            task=task,
            starts_at=starts_at,
            ends_at=ends_at,
            mode=mode or cycle.mode,
            place=values.pop("place", cycle.place),
            **values,
        )
    )


@writes("training.workshops.planned")
def plan_from_module(
    *, actor: Actor, cycle: Cycle, first_on: date, at: time, every_days: int
) -> int:
    """Plan one workshop per session of the module, from a day on, every so many days.

    Raises:
        Refused: `training.workshop.planned_already`.
    """
    if cycle.workshops.exists():
        raise Refused(
            "training.workshop.planned_already",
            _("El ciclo ya tiene talleres. Agregue los que falten uno por uno."),
        )
    zone = timezone.get_current_timezone()
    sessions = cycle.module.told_sessions
    for position, session in enumerate(sessions):
        starts = datetime.combine(first_on + timedelta(days=every_days * position), at, zone)
        plan_workshop(
            actor=actor,
            cycle=cycle,
            title=session["title"],
            task=session["task"],
            starts_at=starts,
            ends_at=starts + timedelta(minutes=session["minutes"] or 120),
        )
    return len(sessions)


@writes("training.workshop.changed")
def change_workshop(*, actor: Actor, workshop: Workshop, **values: Any) -> Workshop:
    """Change a workshop.

    Raises:
        Refused: `training.workshop.times`.
    """
    _refuse_times(
        values.get("starts_at", workshop.starts_at), values.get("ends_at", workshop.ends_at)
    )
    return record.change(workshop, **values)


@writes("training.workshop.cancelled")
def cancel_workshop(*, actor: Actor, workshop: Workshop) -> Workshop:
    """Call a workshop off.

    Raises:
        Refused: `training.workshop.needs_reason`, `training.workshop.was_held`.
    """
    if not actor.reason.strip():
        raise Refused(
            "training.workshop.needs_reason",
            _("Escriba por qué se cancela; lo leerá quien pregunte después."),
            field="reason",
        )
    if workshop.attendances.filter(is_present=True).exists():
        raise Refused(
            "training.workshop.was_held",
            _("En «%(title)s» ya hay personas presentes: quite antes esas marcas.")
            % {"title": workshop.title},
        )
    return record.change(workshop, is_cancelled=True)


@writes("training.participant.added")
def add_participant(*, actor: Actor, firm: CycleFirm, person: Person, role: str) -> Participant:
    """Seat somebody of a firm in its cycle; the same person again changes their role.

    Raises:
        Refused: `training.participant.role`, `training.participant.other_firm`.
    """
    if role not in Role.values:
        raise Refused("training.participant.role", _("Diga en qué rol participa."), field="role")
    elsewhere = (
        Participant.objects.filter(firm__cycle=firm.cycle_id, person=person)
        .exclude(firm=firm)
        .select_related("firm__enterprise")
        .first()
    )
    if elsewhere is not None:
        raise Refused(
            "training.participant.other_firm",
            _("%(person)s ya participa en este ciclo por %(firm)s.")
            % {"person": person, "firm": elsewhere.firm.enterprise},
            field="person",
        )
    standing = firm.participants.filter(person=person).first()
    if standing is not None:
        return record.change(standing, role=role)
    return record.add(Participant(firm=firm, person=person, role=role))


@writes("training.participant.registered")
def seat_newcomer(
    *,
    actor: Actor,
    firm: CycleFirm,
    given_names: str,
    role: str,
    surnames: str = "",
    sex: str = "",
) -> Participant:
    """Register somebody new of a firm, link them with it and seat them, all at once.

    Raises:
        Refused: as `add_participant`; what the register refuses of a person.
    """
    person = people.register_person(
        actor=actor,
        given_names=given_names,
        surnames=surnames,
        sex=sex,
        partner=firm.cycle.partner,
    )
    link = {"owner": "owner", "manager": "manager"}.get(role, "worker")
    people.affiliate(actor=actor, person=person, role=link, enterprise=firm.enterprise)
    return add_participant(actor=actor, firm=firm, person=person, role=role)


@writes("training.participant.seated")
def seat_at(
    *,
    actor: Actor,
    firm: CycleFirm,
    role: str,
    person: Person | None = None,
    workshop: Workshop | None = None,
    **newcomer: str,
) -> Participant:
    """Seat somebody, new or of the register, and mark them present where they were met.

    Raises:
        Refused: as `seat_newcomer`, `add_participant` and `record_attendance`.
    """
    if person is None:
        seat = seat_newcomer(actor=actor, firm=firm, role=role, **newcomer)
    else:
        seat = add_participant(actor=actor, firm=firm, person=person, role=role)
    if workshop is not None:
        here = Mark(firm, seat.person, seat.role, is_present=True)
        record_attendance(
            actor=actor, workshop=workshop, marks=[here], base_version=workshop.version
        )
    return seat


@writes("training.participant.removed")
def remove_participant(*, actor: Actor, participant: Participant) -> None:
    """Take somebody off the list of a firm; attendances recorded stay."""
    record.remove(participant)


@writes("training.attendance.recorded")
def record_attendance(
    *, actor: Actor, workshop: Workshop, marks: Sequence[Mark], base_version: int
) -> int:
    """Record marks made on the workshop as it was at `base_version`; return the new version.

    Raises:
        Refused: `training.attendance.cancelled`, `.too_early`, `.too_long`, `.other_cycle`.
        Clash: `training.attendance.clash`: rows that somebody else wrote since.
    """
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    _refuse_marks(actor, locked, marks)
    stored = {row.person_id: row for row in locked.attendances.all()}
    changed = [mark for mark in marks if _differs(mark, stored.get(mark.person.pk))]
    _refuse_clash(changed, stored, base_version)
    for mark in changed:
        _write(actor, locked, mark, stored.get(mark.person.pk))
    if changed:
        record.change(locked, version=locked.version + 1)
    workshop.version = locked.version
    return locked.version


def _refuse_marks(actor: Actor, workshop: Workshop, marks: Sequence[Mark]) -> None:
    if workshop.is_cancelled:
        raise Refused(
            "training.attendance.cancelled", _("El taller se canceló: no hay asistencia que tomar.")
        )
    is_early = timezone.localdate(actor.at) < timezone.localdate(workshop.starts_at)
    if is_early and any(mark.is_present is not None for mark in marks):
        raise Refused(
            "training.attendance.too_early",
            _("La asistencia se toma el día del taller (%(day)s).")
            % {"day": timezone.localdate(workshop.starts_at).strftime("%d/%m/%Y")},
        )
    for mark in marks:
        if mark.minutes is not None and mark.minutes > workshop.minutes:
            raise Refused(
                "training.attendance.too_long",
                _("El taller duró %(most)s minutos: %(name)s no puede tener %(told)s.")
                % {"most": workshop.minutes, "name": mark.person, "told": mark.minutes},
            )
        if mark.firm.cycle_id != workshop.cycle_id:
            raise Refused(
                "training.attendance.other_cycle",
                _("%(name)s es de otro ciclo.") % {"name": mark.person},
            )


def _differs(mark: Mark, row: WorkshopAttendance | None) -> bool:
    if row is None:
        return mark.is_present is not None
    minutes = mark.minutes if mark.is_present else None
    return (mark.is_present, minutes, mark.role) != (row.is_present, row.minutes, row.role)


def _refuse_clash(
    marks: Sequence[Mark], stored: dict[int, WorkshopAttendance], version: int
) -> None:
    late = [m for m in marks if m.person.pk in stored and stored[m.person.pk].version > version]
    if late:
        raise Clash(
            "training.attendance.clash",
            _("Otra persona marcó mientras tanto a %(names)s. Revise la lista y guarde otra vez.")
            % {"names": "; ".join(str(mark.person) for mark in late)},
        )


def _write(actor: Actor, workshop: Workshop, mark: Mark, row: WorkshopAttendance | None) -> None:
    if mark.is_present is None:
        if row is not None:
            record.remove(row)
        return
    values = {
        "role": mark.role,
        "is_present": mark.is_present,
        "minutes": mark.minutes if mark.is_present else None,
        "version": workshop.version + 1,
        "at": actor.at,
    }
    if row is not None:
        record.change(row, **values)
    else:
        record.add(
            WorkshopAttendance(workshop=workshop, firm=mark.firm, person=mark.person, **values)
        )


def _refuse_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused(
            "training.workshop.times",
            _("El taller termina antes de comenzar. Corrija la hora en que termina."),
            field="ends_time",
        )
