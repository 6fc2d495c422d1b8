"""Call sheets: the fixture's people with their minutes and matches, then the marks they become."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from digna.errors import Refused
from digna.events import calls
from digna.events.models import Attendance, CallSheet
from digna.events.services import attendance, call_sheets, enrolments
from digna.journal.models import Change
from digna.programmes.services import kits
from digna.registry import tasks
from digna.registry.models import ImportBatch, Person
from digna.registry.services import erasure, imports, merges
from events import made

ROOT = Path(__file__).resolve().parents[3]
ROSTERS = ROOT / "tests" / "fixtures" / "rosters"
EXPECTED = json.loads((ROSTERS / "expected.json").read_text())["asistencia_zoom.csv"]["people"]
ZOOM = (ROSTERS / "asistencia_zoom.csv").read_bytes()
DAY = date(2021, 9, 14)


def test_the_zoom_list_gives_each_person_once_with_all_their_minutes() -> None:
    found = {
        tuple(s.row for s in sorted(p.stays, key=lambda s: s.row)): p
        for p in calls.gather(calls.read(ZOOM, DAY))
    }
    assert {tuple(p["rows"]): (p["minutes"], p["email"] or "") for p in EXPECTED} == {
        rows: (presence.minutes, presence.email) for rows, presence in found.items()
    }
    assert {tuple(p["rows"]): p["full_name"] for p in EXPECTED} == {
        rows: presence.name for rows, presence in found.items()
    }


TEAMS = """1. Resumen
Título de la reunión\tFichas de mercado
Participantes asistentes\t2

2. Participantes
Nombre\tPrimera unión\tÚltima salida\tDuración de la reunión\tCorreo electrónico\tRol
Rosa Mamani Quispe\t14/9/21, 18:00:10\t14/9/21, 19:30:10\t1h 30m\tROSA@example.org\tAsistente
Juan Choque (Invitado)\t14/9/21, 18:10:00\t14/9/21, 19:00:00\t50m\t\tAsistente

3. Actividades de la reunión
Nombre\tHora de unión\tHora de salida\tDuración\tCorreo electrónico\tRol
Rosa Mamani Quispe\t14/9/21, 18:00:10\t14/9/21, 19:30:10\t1h 30m\tROSA@example.org\tAsistente
""".encode("utf-16")
MEET = """Nombre,Apellido,Correo electrónico,Duración,Hora de entrada,Hora de salida
Rosa,Mamani Quispe,rosa@example.org,1 h 30 min,18:00,19:30
Juan,Choque,,50 min,18:10,19:00
""".encode()
MEET_EN = b"""* Created on 2021-09-14
First name,Last name,Email,Duration,Time joined,Time exited
Rosa,Mamani Quispe,rosa@example.org,1 hr 30 min,6:00 PM,7:30 PM
Juan,Choque,,50 min,6:10 PM,7:00 PM
"""


@pytest.mark.parametrize("content", [TEAMS, MEET, MEET_EN], ids=["teams", "meet", "meet-en"])
def test_teams_and_meet_are_read_in_spanish_and_english(content: bytes) -> None:
    found = [(p.name, p.email, p.minutes) for p in calls.gather(calls.read(content, DAY))]
    assert found == [("Juan Choque", "", 50), ("Rosa Mamani Quispe", "rosa@example.org", 90)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x00", "not_a_list"),
        (b"Fecha,Tema\n1,2\n", "no_header"),
        (b"Name,Duration (Minutes)\n,\n", "empty"),
    ],
)
def test_a_file_that_is_no_call_is_refused_with_why(content: bytes, code: str) -> None:
    with pytest.raises(calls.UnreadableCall) as refusal:
        calls.read(content, DAY)
    assert refusal.value.code == code


def test_a_first_name_two_people_could_have_is_left_to_a_person() -> None:
    both = b"""Name,Join Time,Leave Time
Rosa Mamani,09/14/2021 06:00:00 PM,09/14/2021 06:30:00 PM
Rosa Choque,09/14/2021 06:00:00 PM,09/14/2021 06:30:00 PM
Rosa,09/14/2021 06:40:00 PM,09/14/2021 07:00:00 PM
"""
    assert [p.name for p in calls.gather(calls.read(both, DAY))] == [
        "Rosa", "Rosa Choque", "Rosa Mamani",
    ]  # fmt: skip


spans = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 120)).map(lambda p: (p[0], p[0] + p[1])),
    max_size=8,
)


@given(spans)
def test_minutes_covered_are_the_minutes_somebody_counts_one_by_one(
    minutes: list[tuple[int, int]],
) -> None:
    start = datetime(2021, 9, 14, 12, tzinfo=UTC).timestamp()
    as_times = [
        (datetime.fromtimestamp(start + a * 60, UTC), datetime.fromtimestamp(start + b * 60, UTC))
        for a, b in minutes
    ]
    assert calls.covered(as_times) == len({m for a, b in minutes for m in range(a, b)})


# --- in the house


@pytest.fixture
def conversatorio(db: None) -> CallSheet:
    """The public registrations imported and enrolled, and the Zoom list uploaded."""
    kits.install_kit(actor=make.actor(), kit=make.kit("bolivia"))
    name = "registro_conversatorio.csv"
    batch = imports.receive(
        actor=make.actor(), kind="people", file_name=name, content=(ROSTERS / name).read_bytes()
    )
    mapping = {int(column): field for column, field in batch.mapping.items()}
    imports.set_columns(
        actor=make.actor(),
        batch=batch,
        sheet=batch.sheet,
        header_row=batch.header_row,
        mapping=mapping,
    )
    imports.check(actor=make.actor(), batch=batch)
    imports.start(actor=make.actor(), batch=batch)
    tasks.run_import.call(batch.pk, None)
    batch.refresh_from_db()
    process = made.process("Conversatorio", kind="conversatorio")
    enrolments.enrol_import(actor=make.actor(), process=process, batch=batch)
    # The call's fixture takes the first 36 registrations as the enrolled.
    asked = batch.rows.filter(number__lte=37, person__isnull=False).values("person")
    process.enrolments.exclude(person__in=asked).delete()
    session = made.session(process, mode="virtual")
    return call_sheets.receive(
        actor=make.actor(), session=session, file_name="asistencia_zoom.csv", content=ZOOM
    )


def person_of_row(sheet: CallSheet, row: int) -> int | None:
    batch = ImportBatch.objects.get()
    return batch.rows.get(number=row).person_id


def test_each_line_is_matched_to_who_registered(conversatorio: CallSheet) -> None:
    rows = {tuple(row["lines"]): row for row in conversatorio.rows}
    listed = ImportBatch.objects.get().rows
    out = set(listed.filter(person=None).values_list("number", flat=True))
    for person in EXPECTED:
        row = rows[tuple(person["rows"])]
        if person["match"] is None or person["registration_row"] in out:
            assert (row["person"], row["reason"]) == (None, "none"), person
        else:
            assert row["person"] == person_of_row(conversatorio, person["registration_row"]), person
            assert row["reason"] == person["match"]


def test_the_same_file_again_is_the_same_sheet(conversatorio: CallSheet) -> None:
    again = call_sheets.receive(
        actor=make.actor(), session=conversatorio.session, file_name="otra.csv", content=ZOOM
    )
    assert again == conversatorio


def test_minutes_become_hours_and_the_present_are_those_of_half_the_session(
    conversatorio: CallSheet,
) -> None:
    marked = call_sheets.apply(actor=make.actor(), sheet=conversatorio)
    matched = [row for row in conversatorio.rows if row["person"] is not None]
    assert marked == len(matched) == Attendance.objects.filter(status="present").count()
    for row in matched:
        stored = Attendance.objects.get(person=row["person"])
        expected = min(Decimal(row["minutes"]) / 120, Decimal(1)) * 2
        assert abs(stored.hours - expected) <= Decimal("0.005")
        assert stored.channel == "call"


def test_below_the_threshold_is_absent_and_so_are_the_others_when_asked(
    conversatorio: CallSheet,
) -> None:
    enrolled = conversatorio.session.process.enrolments.count()
    call_sheets.apply(
        actor=make.actor(), sheet=conversatorio, present_from=93, others_are_absent=True
    )
    present = [r for r in conversatorio.rows if r["person"] and r["minutes"] * 100 >= 93 * 120]
    assert 0 < len(present) < 37
    statuses = list(Attendance.objects.values_list("status", flat=True))
    assert statuses.count("present") == len(present)
    assert len(statuses) == enrolled
    assert not Attendance.objects.filter(status="absent").exclude(hours=None).exists()


def test_a_mark_made_by_hand_stays(conversatorio: CallSheet) -> None:
    first = next(row for row in conversatorio.rows if row["person"])
    person = Person.objects.get(pk=first["person"])
    attendance.record_attendance(
        actor=make.actor(),
        session=conversatorio.session,
        marks=[attendance.Mark(person, "excused")],
        base_version=0,
    )
    call_sheets.apply(actor=make.actor(), sheet=conversatorio)
    assert Attendance.objects.get(person=person).status == "excused"


def test_applying_twice_is_refused_and_changes_nothing(conversatorio: CallSheet) -> None:
    call_sheets.apply(actor=make.actor(), sheet=conversatorio)
    before = list(Attendance.objects.values_list("pk", "status", "hours"))
    with pytest.raises(Refused) as refusal:
        call_sheets.apply(actor=make.actor(), sheet=conversatorio)
    assert refusal.value.code == "events.call.applied"
    assert list(Attendance.objects.values_list("pk", "status", "hours")) == before


def test_a_person_says_who_a_line_is_and_nobody_is_two_lines(conversatorio: CallSheet) -> None:
    unmatched = [at for at, row in enumerate(conversatorio.rows) if row["person"] is None]
    matched = next(row["person"] for row in conversatorio.rows if row["person"])
    with pytest.raises(Refused) as refusal:
        call_sheets.match_lines(
            actor=make.actor(), sheet=conversatorio, choices={unmatched[0]: matched}
        )
    assert refusal.value.code == "events.call.twice"


def test_a_line_may_be_somebody_to_register_or_somebody_the_register_knows(
    conversatorio: CallSheet,
) -> None:
    known = set(Person.objects.exclude(email="").values_list("email", flat=True))
    people = Person.objects.count()
    unmatched = [at for at, row in enumerate(conversatorio.rows) if row["person"] is None]
    sheet = call_sheets.match_lines(
        actor=make.actor(), sheet=conversatorio, choices=dict.fromkeys(unmatched, "new")
    )
    strangers = [at for at in unmatched if sheet.rows[at]["email"] not in known]
    assert 0 < len(strangers) < len(unmatched)
    assert Person.objects.count() == people + len(strangers)
    for at in unmatched:
        person = Person.objects.get(pk=sheet.rows[at]["person"])
        assert person.enrolments.get().process == conversatorio.session.process


def test_who_was_merged_meanwhile_is_marked_under_the_record_in_use(
    conversatorio: CallSheet,
) -> None:
    key = next(row["person"] for row in conversatorio.rows if row["person"])
    keep = make.person("Otra", "Ficha")
    merges.merge(actor=make.actor(), keep=keep, absorb=Person.objects.get(pk=key))
    call_sheets.apply(actor=make.actor(), sheet=conversatorio)
    assert Attendance.objects.get(person=keep).status == "present"
    assert not Attendance.objects.filter(person=key).exists()


def test_an_erased_person_leaves_no_name_in_sheets_nor_in_the_journal(
    conversatorio: CallSheet,
) -> None:
    row = next(row for row in conversatorio.rows if row["reason"] == "email")
    person = Person.objects.get(pk=row["person"])
    call_sheets.apply(actor=make.actor(), sheet=conversatorio)
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=person)
    conversatorio.refresh_from_db()
    kept = next(r for r in conversatorio.rows if r["person"] == person.pk)
    assert (kept["names"], kept["email"], kept["minutes"]) == (["—"], "", row["minutes"])
    written = str(
        list(Change.objects.filter(model="events.callsheet").values_list("before", "after"))
    )
    assert row["email"] not in written
    assert row["names"][0] not in written
