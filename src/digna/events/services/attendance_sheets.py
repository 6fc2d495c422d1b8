"""Attendance as a list that goes out and comes back: exported, corrected outside, re-imported."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.events.models import Attendance, Enrolment, Process, Session
from digna.events.services import attendance
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import names, sheets
from digna.registry.downloads import Cell
from digna.registry.models import Person

Status = Attendance.Status
HEADER = (
    "Sesión n.º",
    "Sesión",
    "Fecha",
    "Persona id",
    "Apellidos",
    "Nombres",
    "Asistencia",
    "Horas",
)
WORDS = {Status.PRESENT: "presente", Status.EXCUSED: "con licencia", Status.ABSENT: "ausente"}
READ = {
    "presente": Status.PRESENT, "p": Status.PRESENT, "present": Status.PRESENT,
    "con licencia": Status.EXCUSED, "licencia": Status.EXCUSED, "justificada": Status.EXCUSED,
    "justificado": Status.EXCUSED, "j": Status.EXCUSED, "excused": Status.EXCUSED,
    "ausente": Status.ABSENT, "a": Status.ABSENT, "falta": Status.ABSENT, "absent": Status.ABSENT,
    "": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell, and how to mend it."""

    cell: str
    message: str


def rows_of(process: Process) -> Iterator[Sequence[Cell]]:
    """Yield a row for every enrolled person and session, marked or not, under `HEADER`."""
    marks = {
        (row.session_id, row.person_id): row
        for row in Attendance.objects.filter(session__process=process)
    }
    people = list(_people(process).values())
    for session in process.sessions.filter(is_cancelled=False):
        day = timezone.localdate(session.starts_at)
        for person in people:
            mark = marks.get((session.pk, person.pk))
            yield (
                session.pk,
                session.title,
                day,
                str(person.public_id),
                person.surnames,
                person.given_names,
                "" if mark is None else WORDS[Status(mark.status)],
                None if mark is None else mark.hours,
            )


@writes("events.attendance.imported")
def import_attendance(*, actor: Actor, process: Process, file_name: str, content: bytes) -> int:
    """Record the attendance a returned list holds; return how many marks changed.

    Empty cells under «Asistencia» leave what is recorded. All or nothing: with a problem in any
    cell nothing is recorded and every problem is told.

    Raises:
        Refused: `events.list.unreadable`; `events.list.problems` with `problems` in the details.
    """
    by_session, problems = _read(process, file_name, content)
    if problems:
        raise Refused(
            "events.list.problems",
            _("No se registró nada: corrija %(count)s celda(s) y suba la lista otra vez.")
            % {"count": len(problems)},
            field="file",
            problems=problems,
        )
    before = _marked(process)
    for session, marks in by_session.items():
        attendance.record_attendance(
            actor=actor,
            session=session,
            marks=marks,
            base_version=session.version,
            channel=Attendance.Channel.IMPORT,
        )
    changed = len(set(_marked(process)) - set(before))
    if changed:
        record.note(process, marks_changed=changed)
    return changed


def _marked(process: Process) -> list[tuple[object, ...]]:
    return list(
        Attendance.objects.filter(session__process=process).values_list(
            "session_id", "person_id", "status", "hours"
        )
    )


def _people(process: Process) -> dict[str, Person]:
    rows = (
        Enrolment.objects.filter(process=process, person__erased_at=None)
        .exclude(state=Enrolment.State.WITHDRAWN)
        .select_related("person")
        .order_by("person__surnames", "person__given_names", "person_id")
    )
    return {str(row.person.public_id): row.person for row in rows}


@dataclass(slots=True)
class _Reader:
    """What the rows are read against, and what was found wrong."""

    columns: Mapping[str, int]
    sessions: Mapping[str, Session]
    people: Mapping[str, Person]
    problems: list[Problem]

    def cell(self, row: Sequence[str], name: str) -> str:
        at = self.columns[name]
        return row[at].strip() if at < len(row) else ""

    def wrong(self, name: str, number: int, message: str) -> None:
        self.problems.append(Problem(sheets.address(self.columns[name], number), message))

    def mark(self, number: int, row: Sequence[str]) -> tuple[Session, attendance.Mark] | None:
        """Read one row; None where it says nothing, or what is wrong was noted."""
        session = self.sessions.get(self.cell(row, "Sesión n.º"))
        person = self.people.get(_as_key(self.cell(row, "Persona id")))
        status = READ.get(names.fold(self.cell(row, "Asistencia")))
        hours, is_number = _hours(self.cell(row, "Horas"))
        if session is None:
            self.wrong("Sesión n.º", number, _("No es una sesión de este proceso."))
        if person is None:
            self.wrong("Persona id", number, _("No es una persona inscrita en este proceso."))
        if status is None:
            self.wrong("Asistencia", number, _("Escriba presente, con licencia o ausente."))
        if not is_number:
            self.wrong("Horas", number, _("Escriba las horas con cifras, por ejemplo 1,5."))
        if session is None or person is None or not status or not is_number:
            return None
        return self._checked(number, session, attendance.Mark(person, status, hours))

    def _checked(
        self, number: int, session: Session, mark: attendance.Mark
    ) -> tuple[Session, attendance.Mark] | None:
        if mark.hours is not None and not 0 <= mark.hours <= session.hours:
            told = _("Escriba entre 0 y %(hours)s horas, lo que vale la sesión.")
            self.wrong("Horas", number, told % {"hours": session.hours})
            return None
        return session, mark


def _read(
    process: Process, file_name: str, content: bytes
) -> tuple[dict[Session, list[attendance.Mark]], list[Problem]]:
    table, header = _table(file_name, content)
    columns = {name: _column(table.rows[header], name) for name in HEADER}
    sessions = {str(s.pk): s for s in process.sessions.filter(is_cancelled=False)}
    reader = _Reader(columns, sessions, _people(process), [])
    found: dict[Session, list[attendance.Mark]] = {}
    seen: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows[header + 1 :], start=header + 2):
        read = None if sheets.blank(row) else reader.mark(number, row)
        if read is None:
            continue
        session, mark = read
        if (session.pk, mark.person.pk) in seen:
            reader.wrong("Persona id", number, _("Esta persona ya viene antes en esta sesión."))
            continue
        seen.add((session.pk, mark.person.pk))
        found.setdefault(session, []).append(mark)
    return found, reader.problems


def _table(file_name: str, content: bytes) -> tuple[sheets.Sheet, int]:
    """Return the sheet with our header and the header's place in it."""
    try:
        found = sheets.read(file_name, content)
    except sheets.UnreadableSheet as broken:
        raise _unreadable() from broken
    for sheet in found:
        for at, row in enumerate(sheet.rows[:20]):
            if all(_column(row, name) >= 0 for name in HEADER):
                return sheet, at
    raise _unreadable()


def _unreadable() -> Refused:
    return Refused(
        "events.list.unreadable",
        _(
            "No es la lista de asistencia que Digna exporta. Descárguela, corrija las columnas "
            "«Asistencia» y «Horas» sin quitar las demás, y súbala otra vez."
        ),
        field="file",
    )


def _column(row: Sequence[str], name: str) -> int:
    folded = [names.fold(cell) for cell in row]
    return folded.index(names.fold(name)) if names.fold(name) in folded else -1


def _as_key(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _hours(text: str) -> tuple[Decimal | None, bool]:
    """Return the hours and whether the text was a number, or empty."""
    if not text:
        return None, True
    try:
        hours = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None, False
    return (hours, True) if hours.is_finite() else (None, False)
