"""Programmes, sessions and attendances for tests of results and of the portal."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import make
from digna.events.models import Attendance, Enrolment, Process, Session
from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes import kitfile
from digna.programmes.models import Activity, InstalledKit, Programme
from digna.programmes.services import kits
from digna.registry.models import Person, Place, Sector
from digna.results import computing
from digna.results.models import Figure, Indicator
from digna.results.services import indicators

LA_PAZ = ZoneInfo("America/La_Paz")


@writes("test.rows.added")
def add(*, actor: Actor, rows: Sequence[Any], links: Sequence[tuple[str, Any]] = ()) -> None:
    """Write rows as a service would; `links` set many-to-many fields of the first."""
    for row in rows:
        record.add(row)
    for field, targets in links:
        record.link(rows[0], field, targets)


@writes("test.row.changed")
def change(*, actor: Actor, row: Any, **new: Any) -> None:
    record.change(row, **new)


@writes("test.row.removed")
def remove(*, actor: Actor, row: Any) -> None:
    record.remove(row)


@cache
def _kit() -> kitfile.Kit:
    return make.kit("bolivia")


def bolivia() -> InstalledKit:
    return kits.install_kit(actor=make.actor(), kit=_kit())


@cache
def documents() -> Any:
    """What an installed kit holds, without installing it."""
    return {name: sealing.plain(document) for name, document in _kit().documents.items()}


def programme(code: str = "bdp", **values: Any) -> Programme:
    made = Programme(
        code=code,
        name=values.pop("name", "Bolivia Digna y Productiva"),
        starts_on=values.pop("starts_on", date(2019, 10, 1)),
        ends_on=values.pop("ends_on", date(2021, 12, 31)),
        is_public=values.pop("is_public", True),
        **values,
    )
    add(actor=make.actor(), rows=[made])
    return made


def process(programmes: Sequence[Programme], kind: str = "capacity_building") -> Process:
    made = Process(kind=kind, title="Fichas de mercado", starts_on=date(2021, 3, 1))
    add(actor=make.actor(), rows=[made], links=[("programmes", programmes)])
    return made


def session(of: Process, on: date = date(2021, 3, 9), hours: int = 4) -> Session:
    starts = datetime(on.year, on.month, on.day, 9, tzinfo=LA_PAZ)
    made = Session(
        process=of,
        title="Sesión",
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        hours=Decimal(hours),
        mode="virtual",
    )
    add(actor=make.actor(), rows=[made])
    return made


def people(count: int, sex: str = "", **values: Any) -> list[Person]:
    made = [
        Person(given_names=f"Persona {n}", surnames=f"De prueba {sex}", sex=sex, **values)
        for n in range(count)
    ]
    add(actor=make.actor(), rows=made)
    return made


def attend(
    at: Session, who: Iterable[Person], constituency: str = "employers", role: str = "participant"
) -> None:
    """Enrol where they are not, and mark present."""
    who = list(who)
    standing = set(Enrolment.objects.filter(process=at.process).values_list("person_id", flat=True))
    rows: list[Any] = [
        Enrolment(process=at.process, person=person, role=role, constituency=constituency)
        for person in who
        if person.pk not in standing
    ]
    rows += [
        Attendance(session=at, person=person, status="present", hours=at.hours) for person in who
    ]
    add(actor=make.actor(), rows=rows)


def activity(
    of: Programme,
    kind: str = "market_assessment",
    sectors: Sequence[Sector] = (),
    departments: Sequence[Place] = (),
) -> Activity:
    made = Activity(
        programme=of,
        kind=kind,
        title="Estudio rápido de mercado",
        starts_on=date(2020, 2, 1),
        ends_on=date(2020, 6, 1),
        status="done",
    )
    links = [("sectors", sectors), ("departments", departments)]
    add(actor=make.actor(), rows=[made], links=links)
    return made


def adopted(of: Programme) -> dict[str, Indicator]:
    """Adopt Bolivia's indicators; by code."""
    indicators.adopt_indicators(actor=make.actor(), programme=of, documents=documents())
    return {row.code: row for row in of.indicators.all()}


def computed(of: Programme) -> dict[str, Figure]:
    """Compute, and return the figures to date by code."""
    computing.compute_figures(actor=make.actor(), programme=of)
    found = Figure.objects.filter(
        indicator__programme=of, period=None, kind="current"
    ).select_related("indicator")
    return {figure.indicator.code: figure for figure in found}


def published(of: Programme) -> tuple[list[Person], list[Person], list[Session]]:
    """The published sentence as records: 263 representatives in three processes, 158 women."""
    women, men = people(158, "female"), people(105, "male")
    sessions = [session(process([of]), on=date(2021, month, 10)) for month in (3, 6, 9)]
    everybody = [*women, *men]
    attend(sessions[0], everybody[:120])
    attend(sessions[1], everybody[100:200], "workers")
    attend(sessions[2], everybody[150:], "government")
    return women, men, sessions
