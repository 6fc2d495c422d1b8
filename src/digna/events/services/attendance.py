"""Attendance: marked in a grid, by people themselves, or from a call; nobody overwrites unseen.

Each session counts its saves in `version`, and each row keeps the version that wrote it. A mark
made on an older version is refused only where that very row was written since, by somebody else
and otherwise: two trainers marking different people do not meet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Clash, Refused
from digna.events.models import Attendance, Enrolment, Session
from digna.events.services import enrolments
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Person

Status, Channel = Attendance.Status, Attendance.Channel
DOORS_OPEN = timedelta(hours=1)
"""How long before and after a session people may check themselves in."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to hold for one person; `status=""` takes the mark away.

    `hours=None` means the whole session for who is present; it means nothing for the others.
    """

    person: Person
    status: str
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One person about whom two savers disagree: what is stored, and what was sent."""

    person: Person
    stored: str
    stored_hours: Decimal | None
    sent: Mark


@writes("events.attendance.recorded")
def record_attendance(
    *,
    actor: Actor,
    session: Session,
    marks: Sequence[Mark],
    base_version: int,
    channel: str = Channel.GRID,
) -> int:
    """Record marks made on the session as it was at `base_version`; return the new version.

    Whoever is marked present and was not registered in the process is registered. Marks that
    change nothing leave no trace, except that their intention was answered.

    Raises:
        Refused: `events.attendance.cancelled`, `.too_early`, `.too_many_hours`, `.twice`.
        Clash: `events.attendance.clash` with `differences`: rows that somebody else wrote since.
    """
    locked = Session.objects.select_for_update().get(pk=session.pk)
    _refuse_unfit(actor.at, locked, marks)
    wanted = {mark.person.pk: _settled(mark, locked) for mark in marks}
    stored = {
        row.person_id: row
        for row in Attendance.objects.filter(session=locked, person__in=[*wanted])
    }
    _refuse_clashes(wanted, stored, base_version)
    changed = [mark for key, mark in wanted.items() if _differs(mark, stored.get(key))]
    session.version = locked.version
    if not changed:
        _remember(actor, locked)
        return locked.version
    _register_present(actor, locked, changed)
    _write(actor, locked, changed, stored, channel)
    record.change(locked, version=locked.version + 1)
    session.version = locked.version
    return locked.version


@writes("events.attendance.checked_in")
def check_in(*, actor: Actor, session: Session, person: Person) -> int:
    """Note that a person says themselves that they are here. Hours already noted stay.

    Raises:
        Refused: `events.check_in.closed` outside the hour around the session.
    """
    if not is_check_in_open(session, actor.at):
        raise Refused("events.check_in.closed", closed_sentence(session, actor.at))
    standing = Attendance.objects.filter(session=session, person=person).first()
    if standing is not None and standing.status == Status.PRESENT:
        return session.version
    version = Session.objects.values_list("version", flat=True).get(pk=session.pk)
    return record_attendance(
        actor=actor,
        session=session,
        marks=[Mark(person, Status.PRESENT)],
        base_version=version,
        channel=Channel.CHECK_IN,
    )


def is_too_early(session: Session, at: datetime) -> bool:
    """Whether the day of the session has not come yet, so that nobody can have attended."""
    return timezone.localdate(at) < timezone.localdate(session.starts_at)


def is_check_in_open(session: Session, at: datetime) -> bool:
    """Whether people may check themselves in at that moment."""
    begins, ends = session.starts_at - DOORS_OPEN, session.ends_at + DOORS_OPEN
    return not session.is_cancelled and begins <= at <= ends


def closed_sentence(session: Session, at: datetime) -> str:
    """Say why the door is closed and what to do."""
    if session.is_cancelled:
        return _("Esta sesión se canceló. Pregunte a quien la organiza por la nueva fecha.")
    day = timezone.localtime(session.starts_at).strftime("%d/%m/%Y %H:%M")
    if at < session.starts_at:
        return _(
            "El registro de esta sesión se abre una hora antes de que comience (%(day)s). "
            "Vuelva entonces."
        ) % {"day": day}
    return _(
        "El registro de esta sesión ya se cerró (comenzó el %(day)s). Pida a quien la dirigió "
        "que le anote en la lista."
    ) % {"day": day}


def _remember(actor: Actor, session: Session) -> None:
    """Note an intention that changed nothing: sent again, after others wrote, it must not act."""
    if actor.intention is not None:
        record.note(session, already_so=True)


def _settled(mark: Mark, session: Session) -> Mark:
    """Return the mark as it will be stored: hours only, and always, for who is present."""
    if mark.status != Status.PRESENT:
        return Mark(mark.person, mark.status, None)
    hours = session.hours if mark.hours is None else mark.hours
    return Mark(mark.person, mark.status, hours)


def _differs(mark: Mark, row: Attendance | None) -> bool:
    if row is None:
        return bool(mark.status)
    return (mark.status, mark.hours) != (row.status, row.hours)


def _refuse_clashes(
    wanted: Mapping[int, Mark], stored: Mapping[int, Attendance], base_version: int
) -> None:
    differences = tuple(
        Difference(wanted[key].person, row.status, row.hours, wanted[key])
        for key, row in stored.items()
        if row.version > base_version and _differs(wanted[key], row)
    )
    if differences:
        names = ", ".join(difference.person.full_name for difference in differences[:3])
        raise Clash(
            "events.attendance.clash",
            _(
                "Otra persona guardó antes que usted y marcó distinto a %(names)s. "
                "Compare los dos valores, deje el correcto y guarde otra vez."
            )
            % {"names": names},
            differences=differences,
        )


def _register_present(actor: Actor, session: Session, marks: Iterable[Mark]) -> None:
    """Who came is in the process, whatever their enrolment said."""
    marked = {mark.person.pk: mark for mark in marks if mark.status}
    registered = set(
        Enrolment.objects.filter(
            process=session.process_id, person__in=[*marked], state=Enrolment.State.REGISTERED
        ).values_list("person_id", flat=True)
    )
    known = set(
        Enrolment.objects.filter(process=session.process_id, person__in=[*marked]).values_list(
            "person_id", flat=True
        )
    )
    for key, mark in marked.items():
        is_here = mark.status == Status.PRESENT
        if key not in known or (is_here and key not in registered):
            enrolments.enrol(actor=actor, process=session.process, person=mark.person)


def _write(
    actor: Actor,
    session: Session,
    marks: Iterable[Mark],
    stored: Mapping[int, Attendance],
    channel: str,
) -> None:
    new = []
    for mark in marks:
        row = stored.get(mark.person.pk)
        told = {
            "status": mark.status,
            "hours": mark.hours,
            "channel": channel,
            "version": session.version + 1,
            "at": actor.at,
        }
        if row is None:
            new.append(Attendance(session=session, person=mark.person, **told))
        elif mark.status:
            record.change(row, **told)
        else:
            record.remove(row)
    record.add_many(new)


def _refuse_unfit(at: datetime, session: Session, marks: Sequence[Mark]) -> None:
    if session.is_cancelled:
        raise Refused(
            "events.attendance.cancelled",
            _("«%(title)s» está cancelada: no se toma asistencia. Rehabilítela si se realizó.")
            % {"title": session.title},
        )
    if len({mark.person.pk for mark in marks}) < len(marks):
        raise Refused("events.attendance.twice", _("La misma persona viene dos veces en la lista."))
    for mark in marks:
        if mark.status and mark.status not in Status.values:
            raise Refused("events.attendance.unknown_mark", _("Marque P, A o J."))
        _refuse_hours(session, mark)
    if is_too_early(session, at) and any(
        mark.status in {Status.PRESENT, Status.ABSENT} for mark in marks
    ):
        raise Refused(
            "events.attendance.too_early",
            _("«%(title)s» es el %(day)s. La asistencia se toma ese día o después.")
            % {
                "title": session.title,
                "day": timezone.localdate(session.starts_at).strftime("%d/%m/%Y"),
            },
        )


def _refuse_hours(session: Session, mark: Mark) -> None:
    if mark.status != Status.PRESENT or mark.hours is None:
        return
    if not 0 <= mark.hours <= session.hours:
        raise Refused(
            "events.attendance.too_many_hours",
            _("%(name)s: escriba entre 0 y %(hours)s horas, lo que vale la sesión.")
            % {"name": mark.person.full_name, "hours": session.hours},
            person=mark.person,
        )
