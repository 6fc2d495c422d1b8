"""The fact table of this room: who attended what, one row a person, session and role.

Absence is a fact too (`attended` is false, hours 0); somebody enrolled about whom nothing was
marked is not. What is small is read once into memory (places, sessions), the rest streams.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from digna.events.models import Attendance, ParticipantRole, Process, Session
from digna.registry.models import Place
from digna_engines.indicators.schema import Column, FactSchema

Row = tuple[Any, ...]

SCHEMA = FactSchema(
    name="attendance",
    grain="una persona, en una sesión, en un rol (y en cada programa del proceso)",
    keys=("attendance_id", "programme_id", "person_id", "session_id", "process_id", "department"),
    columns={
        "attendance_id": Column("integer", nullable=False, label="asistencia"),
        "person_id": Column("integer", nullable=False, label="persona"),
        "session_id": Column("integer", nullable=False, label="sesión"),
        "process_id": Column("integer", nullable=False, label="proceso"),
        "process_kind": Column("text", nullable=False, label="tipo de proceso"),
        "programme_id": Column("integer", nullable=False, label="programa"),
        "attended": Column("boolean", nullable=False, label="asistió"),
        "status": Column("text", nullable=False, label="asistencia marcada"),
        "role": Column("text", nullable=False, label="rol"),
        "hours": Column("number", label="horas"),
        "session_on": Column("date", nullable=False, label="día de la sesión"),
        "sex": Column("text", label="sexo"),
        "constituency": Column("text", label="sector que representa"),
        "department": Column("text", label="departamento"),
        "age_band": Column("text", label="edad"),
        "sector": Column("text", label="rubro"),
        "mode": Column("text", nullable=False, label="modalidad"),
    },
    dimensions=("sex", "constituency", "department", "age_band", "sector", "mode", "role"),
)

BANDS = ((18, "<18"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (55, "45-54"), (65, "55-64"))


def age_band(born_on: date | None, birth_year: int | None, on: date) -> str | None:
    """Return the band of a person's age on a day; with only a year, the age reached in it.

    >>> age_band(date(2000, 6, 15), None, date(2018, 6, 14)), age_band(None, 2000, date(2018, 1, 1))
    ('<18', '18-24')
    """
    if born_on is not None:
        age = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    elif birth_year is not None:
        age = on.year - birth_year
    else:
        return None
    return next((band for limit, band in BANDS if age < limit), "65+")


@dataclass(frozen=True, slots=True)
class _Meeting:
    """What every row of one session shares."""

    process_id: int
    kind: str
    programmes: tuple[int, ...]
    on: date
    department: str | None
    sector: str | None
    mode: str


@dataclass(slots=True)
class _Ground:
    """What is read once: departments of places, sessions, age bands already reckoned."""

    departments: dict[int, str]
    meetings: dict[int, _Meeting]
    bands: dict[tuple[date | None, int | None, date], str | None] = field(default_factory=dict)

    def band(self, born_on: date | None, birth_year: int | None, on: date) -> str | None:
        key = (born_on, birth_year, on)
        if key not in self.bands:
            self.bands[key] = age_band(born_on, birth_year, on)
        return self.bands[key]


def attendance_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows, of one programme or (one row for each) of all.

    Plain tuples in the order of `SCHEMA.columns`, streamed: nothing holds a million rows.
    """
    return SCHEMA, _rows(programme_id)


def _rows(programme_id: int | None) -> Iterator[Row]:
    ground = _Ground(_departments(), _meetings(programme_id))
    for stored in _stored(programme_id).iterator(chunk_size=10_000):
        key, person, session, status, hours, sex, born, year, place, role, said, theirs = stored
        meeting = ground.meetings[session]
        attended = status == "present"
        shared = (
            attended,
            status,
            role or ParticipantRole.PARTICIPANT.value,
            hours if attended else 0,
            meeting.on,
            sex or None,
            said or theirs or None,
            ground.departments.get(place, meeting.department),
            ground.band(born, year, meeting.on),
            meeting.sector,
            meeting.mode,
        )
        for programme in meeting.programmes:
            ids = (key, person, session, meeting.process_id, meeting.kind, programme)
            yield ids + shared


def _stored(programme_id: int | None) -> "QuerySet[Attendance, Row]":
    """One joined read; the enrolment is that of the same person in the session's process."""
    rows = Attendance.objects.order_by("pk")
    if programme_id is not None:
        sessions = Session.objects.filter(process__programmes=programme_id)
        rows = rows.filter(session__in=sessions.values("pk"))
    return rows.annotate(
        enrolled=FilteredRelation(
            "person__enrolments",
            condition=Q(person__enrolments__process=F("session__process")),
        )
    ).values_list(
        "pk",
        "person_id",
        "session_id",
        "status",
        "hours",
        "person__sex",
        "person__birth_date",
        "person__birth_year",
        "person__place_id",
        "enrolled__role",
        "enrolled__constituency",
        "enrolled__organisation__constituency",
    )


def _departments() -> dict[int, str]:
    """ISO codes by place; a country lies in no department."""
    codes = {}
    for place in Place.objects.select_related("parent"):
        if place.department_code:
            codes[place.pk] = place.iso or place.department_code
            if place.kind == Place.Kind.MUNICIPALITY and place.parent is not None:
                codes[place.pk] = place.parent.iso or place.parent.code
    return codes


def _meetings(programme_id: int | None) -> dict[int, _Meeting]:
    programmes: dict[int, tuple[int, ...]] = {}
    links = Process.programmes.through.objects.order_by("programme_id")
    if programme_id is not None:
        links = links.filter(programme_id=programme_id)
    for process, programme in links.values_list("process_id", "programme_id"):
        programmes[process] = (*programmes.get(process, ()), programme)
    departments = _departments()
    columns = (
        "pk",
        "process_id",
        "process__kind",
        "starts_at",
        "place_id",
        "process__sector__code",
    )
    found = {}
    for key, process, kind, starts, place, sector, mode in Session.objects.values_list(
        *columns, "mode"
    ):
        on = timezone.localdate(starts)
        there = departments.get(place) if place is not None else None
        found[key] = _Meeting(process, kind, programmes.get(process, ()), on, there, sector, mode)
    return found
