"""The attendance grid: a session's people and marks as the screen shows and sends them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from digna.events.models import Attendance, Enrolment, ParticipantRole, Session
from digna.events.services.attendance import Difference, Mark
from digna.journal import selectors as journal
from digna.registry.models import Person
from digna.web.handwriting import Column, Row, Table, numbered

BLANKS = 12
"""Lines on paper for who was not on the list."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One person of the grid: what is stored and, after a refusal, what was sent and differs."""

    person: Person
    from_whom: str
    role: str
    status: str
    hours: str
    seen: str
    enrolled_as: str
    stored: str = ""
    wrong: str = ""

    @property
    def is_participant(self) -> bool:
        return self.role == ParticipantRole.PARTICIPANT


@dataclass(frozen=True, slots=True)
class Grid:
    """A session's attendance as the screen shows it."""

    rows: tuple[GridRow, ...]
    version: int
    present: int
    marked: int
    saved_by: str
    saved_at: Any


def grid(session: Session) -> Grid:
    """Return everybody enrolled (not withdrawn) or marked, by surname."""
    marks = {row.person_id: row for row in session.attendances.select_related("person")}
    rows = (
        session.process.enrolments.filter(
            ~Q(state=Enrolment.State.WITHDRAWN) | Q(person__in=[*marks])
        )
        .select_related("person", "organisation", "enterprise")
        .order_by("person__surnames", "person__given_names", "person_id")
    )
    people = [_grid_row(row, marks.pop(row.person_id, None)) for row in rows]
    people += [_unenrolled_row(mark) for mark in marks.values()]
    saved = _last_save(session)
    return Grid(
        rows=tuple(people),
        version=session.version,
        present=sum(row.status == "present" for row in people),
        marked=sum(bool(row.status) for row in people),
        saved_by=saved[0],
        saved_at=saved[1],
    )


def hours_text(hours: Decimal | None) -> str:
    """Return hours as they are typed: `1,5`; nothing for none."""
    return "" if hours is None else f"{hours.normalize():f}".replace(".", ",")


def _grid_row(enrolment: Enrolment, mark: Attendance | None) -> GridRow:
    whom = enrolment.organisation or enrolment.enterprise
    status = "" if mark is None else mark.status
    hours = hours_text(None if mark is None else mark.hours)
    is_usual = enrolment.state == Enrolment.State.REGISTERED
    return GridRow(
        person=enrolment.person,
        from_whom=str(whom) if whom is not None else "",
        role=enrolment.role,
        status=status,
        hours=hours,
        seen=f"{status}:{hours}",
        enrolled_as="" if is_usual else enrolment.get_state_display(),
    )


def _unenrolled_row(mark: Attendance) -> GridRow:
    hours = hours_text(mark.hours)
    seen = f"{mark.status}:{hours}"
    return GridRow(mark.person, "", "participant", mark.status, hours, seen, "")


def _last_save(session: Session) -> tuple[str, Any]:
    """Return who saved this session's attendance last, and when."""
    if not session.version:
        return "", None
    for change in journal.history_of(session)[:20]:
        if change.after and "version" in change.after:
            who = change.line.actor
            return (who.name if who is not None else _("registro por QR")), change.line.at
    return "", None


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back from the grid: the marks that differ from what was seen, and bad hours."""

    marks: tuple[Mark, ...]
    wrong: Mapping[int, str]
    version: int


def read(grid: Grid, sent: Mapping[str, str], rest: str = "") -> Sent:
    """Read a sent grid. `rest` marks everybody left unmarked.

    Only what the person changed counts: each row carries what it showed (`seen-…`).
    """
    marks, wrong = [], {}
    for row in grid.rows:
        key = row.person.pk
        status = sent.get(f"mark-{key}", "") or rest
        text = sent.get(f"hours-{key}", "").strip() if status == "present" else ""
        if f"{status}:{text}" == sent.get(f"seen-{key}", ":"):
            continue
        try:
            hours = Decimal(text.replace(",", ".")) if text else None
        except InvalidOperation:
            wrong[key] = _("Escriba las horas con cifras, por ejemplo 1,5.")
            continue
        marks.append(Mark(row.person, status, hours))
    version = sent.get("version", "")
    return Sent(tuple(marks), wrong, int(version) if version.isdigit() else 0)


def with_sent(
    grid: Grid,
    sent: Mapping[str, str],
    wrong: Mapping[int, str],
    differences: tuple[Difference, ...] = (),
) -> Grid:
    """Return the grid with what was typed still in it, and both values where two differ.

    Rows the person did not touch show what is stored now: an old value sent along unseen must
    not overwrite what somebody else saved meanwhile.
    """
    stored = {difference.person.pk: difference for difference in differences}
    rows = tuple(
        _as_sent(row, sent, wrong, stored) if _is_touched(row, sent) else row for row in grid.rows
    )
    return replace(grid, rows=rows)


def _is_touched(row: GridRow, sent: Mapping[str, str]) -> bool:
    key = row.person.pk
    status = sent.get(f"mark-{key}", "")
    hours = sent.get(f"hours-{key}", "").strip() if status == "present" else ""
    return f"{status}:{hours}" != sent.get(f"seen-{key}", ":")


def _as_sent(
    row: GridRow,
    sent: Mapping[str, str],
    wrong: Mapping[int, str],
    stored: Mapping[int, Difference],
) -> GridRow:
    key = row.person.pk
    return replace(
        row,
        status=sent.get(f"mark-{key}", ""),
        hours=sent.get(f"hours-{key}", ""),
        stored=_words(stored.get(key)),
        wrong=wrong.get(key, ""),
    )


def _words(difference: Difference | None) -> str:
    """Say what the other person stored: «ausente», «presente, 1,5 h»."""
    if difference is None:
        return ""
    word = str(dict(Attendance.Status.choices)[difference.stored])
    hours = hours_text(difference.stored_hours)
    return f"{word}, {hours} h" if hours else word


def holds(grid: Grid, name: str) -> bool:
    """Whether the grid asks for `name`: a mark of somebody who left the list is not passed over."""
    if name in ("rest", "save", "version", "q") or name.startswith("seen-"):
        return True
    keys = {str(row.person.pk) for row in grid.rows}
    kind, _dash, key = name.partition("-")
    return kind in ("mark", "hours") and key in keys


def as_sent(grid: Grid) -> dict[str, list[str]]:
    """Return the values that an untouched grid sends."""
    found = {"version": [str(grid.version)]}
    for row in grid.rows:
        key = row.person.pk
        found[f"seen-{key}"] = [row.seen]
        found[f"mark-{key}"] = [row.status] if row.status else []
        found[f"hours-{key}"] = [row.hours]
    return found


def on_paper(grid: Grid) -> Table:
    """Return the list to tick and sign, with room for who was not on it."""
    marks = numbered(str(label) for _code, label in Attendance.Status.choices)
    return Table(
        heading="",
        first=_("Persona"),
        columns=(Column(_("Asistencia"), marks), Column(_("Horas")), Column(_("Firma"))),
        rows=tuple(Row(row.person.full_name, row.from_whom) for row in grid.rows),
        blanks=BLANKS,
    )
