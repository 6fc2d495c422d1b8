"""The large fixture: a synthetic programme of any size, in minutes, with the journal honest.

Scale 1 is 200 firms, 1,000 people, 10,000 attendances; scale 100 the size the benchmarks ask for.
Rows go in by lots; each lot is one line of the journal that holds its size, first and last key
and a sha256 over every value, so that an altered row shows even here.
"""

import time as clock
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from digna.demo.words import Draw
from digna.events.models import Attendance, Enrolment, Process, Session
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import InstalledKit, Programme
from digna.programmes.services import programmes
from digna.registry import search
from digna.registry.models import Enterprise, EnterpriseFact, LegalForm, Person, Place, Sector
from digna.results.services import indicators

LA_PAZ = ZoneInfo("America/La_Paz")
LOT = 5_000
PEOPLE, FIRMS, PER_PROCESS, SESSIONS = 1_000, 200, 50, 10
SIDES = ("employers", "workers", "government", "other")
SIZES = ("micro", "small", "medium", "large")
Say = Callable[[str], None]


@writes("demo.lot.added")
def add_lot(*, actor: Actor, rows: Sequence[models.Model]) -> int:
    """Insert one lot of rows of one model; people and firms are made findable too."""
    record.add_many(rows, each=False, batch_size=LOT)
    if isinstance(rows[0], Person | Enterprise):
        kind = search.KIND_OF[type(rows[0])]
        search.index_many(kind, [(row.pk, search.words_of(row)) for row in rows])  # type: ignore[arg-type]
    return len(rows)


def generate(actor: Actor, scale: float, say: Say, seed: int = 7) -> Programme:
    """Write the large programme, telling how far it is."""
    draw = Draw(seed)
    programme = programmes.found_programme(
        actor=actor,
        code=f"grande-{scale:g}",
        name=f"Programa grande ×{scale:g} (sintético)",
        starts_on=date(2019, 1, 1),
        ends_on=date(2023, 12, 31),
        is_public=True,
        is_synthetic=True,
    )
    towns = list(Place.objects.filter(kind="municipality"))
    people = _put(actor, _people(draw, towns, int(PEOPLE * scale)), "personas", say)
    firms = _put(actor, _firms(draw, towns, int(FIRMS * scale)), "empresas", say)
    _put(actor, _facts(draw, firms), "datos de empresas", say)
    processes = _put(actor, _processes(draw, len(people) // PER_PROCESS), "procesos", say)
    through = Process.programmes.through
    _put(actor, (through(process=p, programme=programme) for p in processes), "vínculos", say)
    sessions = _put(actor, _sessions(processes, towns, draw), "sesiones", say)
    _put(actor, _enrolments(draw, processes, people), "inscripciones", say)
    _put(actor, _attendances(draw, processes, sessions, people), "asistencias", say)
    _count(actor, programme, say)
    return programme


def _count(actor: Actor, programme: Programme, say: Say) -> None:
    """Adopt the kit's indicators and compute them once."""
    from digna.results import computing  # duckdb and ibis: only where figures are computed

    kit = InstalledKit.objects.filter(code="bolivia").latest("loaded_at")
    indicators.adopt_indicators(actor=actor, programme=programme, documents=kit.documents)
    started = clock.process_time()
    computing.compute_figures(actor=actor, programme=programme)
    spent = clock.process_time() - started
    say(f"{programme.indicators.count():>9,} indicadores, {spent:.1f} s de CPU")


def _put(actor: Actor, rows: Iterator[Any], what: str, say: Say) -> list[Any]:
    kept: list[Any] = []
    while lot := list(islice(rows, LOT)):
        add_lot(actor=actor, rows=lot)
        kept += lot
    say(f"{len(kept):>9,} {what}")
    return kept


def _people(draw: Draw, towns: list[Place], count: int) -> Iterator[Person]:
    chance = draw.chance
    for number in range(count):
        sex = chance.choices(("female", "male", "other", ""), (55, 40, 1, 4))[0]
        yield Person(
            given_names=draw.given_names(sex),
            surnames=draw.surnames(),
            sex=sex,
            birth_year=draw.birth_year(),
            phone=f"+5916{number:07d}" if chance.random() < 0.8 else "",
            place=chance.choice(towns) if chance.random() < 0.95 else None,
        )


def _firms(draw: Draw, towns: list[Place], count: int) -> Iterator[Enterprise]:
    chance = draw.chance
    sectors, forms = list(Sector.objects.all()), list(LegalForm.objects.all())
    for number in range(count):
        sector = chance.choice(sectors)
        yield Enterprise(
            name=f"{draw.firm(sector.code)} {number + 1}",
            nit=str(3_000_000_000 + number) if chance.random() < 0.5 else "",
            sector=sector,
            legal_form=chance.choice(forms),
            size_band=chance.choices(SIZES, (70, 20, 7, 3))[0],
            is_formal=chance.choice((True, True, False, None)),
            place=chance.choice(towns),
        )


def _facts(draw: Draw, firms: list[Enterprise]) -> Iterator[EnterpriseFact]:
    for firm in firms:
        for kind in ("workers_women", "workers_men"):
            number = Decimal(draw.chance.randrange(0, 30))
            yield EnterpriseFact(enterprise=firm, kind=kind, on=date(2020, 1, 1), number=number)


def _processes(draw: Draw, count: int) -> Iterator[Process]:
    for number in range(count):
        starts_on = date(2019, 1, 7) + timedelta(days=draw.chance.randrange(1500))
        yield Process(
            kind="capacity_building" if number % 5 else "conversatorio",
            title=f"Proceso sintético {number + 1}",
            starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=SESSIONS),
        )


def _sessions(processes: list[Process], towns: list[Place], draw: Draw) -> Iterator[Session]:
    for process in processes:
        for week in range(SESSIONS):
            begins = datetime.combine(process.starts_on + timedelta(weeks=week), time(9), LA_PAZ)
            yield Session(
                process=process,
                title=f"Sesión {week + 1}",
                starts_at=begins,
                ends_at=begins + timedelta(hours=2),
                hours=Decimal(2),
                mode=draw.chance.choice(("on_site", "virtual", "hybrid")),
                place=draw.chance.choice(towns),
            )


def _enrolments(draw: Draw, processes: list[Process], people: list[Person]) -> Iterator[Enrolment]:
    for index, process in enumerate(processes):
        for person in people[index * PER_PROCESS : (index + 1) * PER_PROCESS]:
            side = draw.chance.choices((*SIDES, ""), (30, 25, 30, 10, 5))[0]
            yield Enrolment(process=process, person=person, constituency=side)


def _attendances(
    draw: Draw, processes: list[Process], sessions: list[Session], people: list[Person]
) -> Iterator[Attendance]:
    for index in range(len(processes)):
        members = people[index * PER_PROCESS : (index + 1) * PER_PROCESS]
        for session in sessions[index * SESSIONS : (index + 1) * SESSIONS]:
            for person in members:
                is_present = draw.chance.random() < 0.8
                yield Attendance(
                    session=session,
                    person=person,
                    status="present" if is_present else "absent",
                    hours=Decimal(2) if is_present else None,
                )
