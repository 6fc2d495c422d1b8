"""The fact table says what the records say: a slow, obvious recount beside the stream."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import make
from digna.events import facts
from digna.events.models import Attendance, Enrolment
from digna.events.services import attendance
from digna.registry.services import erasure, merges
from events import made

pytestmark = pytest.mark.django_db


def table(programme_id: int | None = None) -> list[dict[str, Any]]:
    schema, rows = facts.attendance_facts(programme_id)
    return [dict(zip(schema.columns, row, strict=True)) for row in rows]


def recount(row: Attendance) -> dict[str, Any]:
    """One row as a person would look it up, query by query."""
    enrolment = Enrolment.objects.filter(process=row.session.process, person=row.person).first()
    theirs = enrolment.organisation if enrolment else None
    place = row.person.place or row.session.place
    on = timezone.localdate(row.session.starts_at)
    return {
        "attendance_id": row.pk,
        "person_id": row.person_id,
        "session_id": row.session_id,
        "process_id": row.session.process_id,
        "process_kind": row.session.process.kind,
        "attended": row.status == "present",
        "status": row.status,
        "role": enrolment.role if enrolment else "participant",
        "hours": row.hours if row.status == "present" else 0,
        "session_on": on,
        "sex": row.person.sex or None,
        "constituency": (enrolment and enrolment.constituency)
        or (theirs and theirs.constituency)
        or None,
        "department": place.department_code if place else None,
        "age_band": facts.age_band(row.person.birth_date, row.person.birth_year, on),
        "sector": row.session.process.sector.code if row.session.process.sector else None,
        "mode": row.session.mode,
    }


def a_full_process() -> list[Any]:
    one, two = made.programme("uno"), made.programme("dos")
    process = made.process(programmes=[one, two])
    cepb = make.organisation("CEPB", constituency="employers")
    people = [
        make.person("Rosa", sex="female", birth_date=date(1990, 3, 12), place=make.place()),
        make.person("Juan", sex="male", birth_year=2005),
        make.person("Elena"),
    ]
    made.enrolled(process, people[0], organisation=cepb)
    made.enrolled(process, people[1], organisation=cepb, constituency="workers", role="speaker")
    sessions = [
        made.session(process, place=make.place("Oruro", "BO-O")),
        made.session(process, starts_at=made.START + timedelta(days=1), mode="virtual"),
    ]
    marks = [("present", Decimal("1.5")), ("absent", None), ("excused", None)]
    for session in sessions:
        attendance.record_attendance(
            actor=make.actor(),
            session=session,
            marks=[attendance.Mark(p, *m) for p, m in zip(people, marks, strict=True)],
            base_version=0,
        )
    return people


def test_every_row_is_what_a_recount_finds() -> None:
    a_full_process()
    one = made.programme("uno").pk
    expected = [recount(row) | {"programme_id": one} for row in Attendance.objects.order_by("pk")]
    assert table(one) == expected
    assert len(expected) == 6


def test_an_event_of_two_programmes_counts_once_in_each() -> None:
    a_full_process()
    everything = table()
    assert len(everything) == 12
    for code in ("uno", "dos"):
        key = made.programme(code).pk
        assert [row for row in everything if row["programme_id"] == key] == table(key)


def test_enrolled_without_a_mark_is_no_row_and_the_columns_are_those_published() -> None:
    process = made.process()
    made.session(process)
    made.enrolled(process, make.person())
    schema, rows = facts.attendance_facts(None)
    assert list(rows) == []
    assert set(schema.dimensions) <= set(schema.columns)
    assert set(schema.keys) <= set(schema.columns)


def test_a_day_is_the_day_in_la_paz() -> None:
    late = made.session(starts_at=datetime(2021, 9, 15, 2, 30, tzinfo=UTC))
    made.present(late, make.person())
    assert table()[0]["session_on"] == date(2021, 9, 14)


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    session = made.session()
    counts = []
    for more in (3, 10):
        made.present(session, *[make.person() for _ in range(more)])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            table()
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6


@given(
    born=st.dates(date(1920, 1, 1), date(2010, 12, 31)),
    on=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
)
def test_age_bands_agree_with_counting_birthdays(born: date, on: date) -> None:
    birthdays = sum(
        1
        for year in range(born.year + 1, on.year + 1)
        if (year, born.month, born.day) <= (on.year, on.month, on.day)
    )
    band = facts.age_band(born, None, on)
    low, high = {"<18": (0, 17), "65+": (65, 200)}.get(band or "") or map(int, band.split("-"))
    assert low <= birthdays <= high


def test_merging_two_records_keeps_attendances_and_counts_one_person_less() -> None:
    process = made.process()
    first, second = made.session(process), made.session(process, title="Dos")
    keep, absorb, other = make.person("Rosa"), make.person("Rosa"), make.person("Juan")
    made.present(first, keep, other)
    made.present(second, absorb)
    before = table()
    merge = merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    after = table()
    assert len(after) == len(before) == 3
    assert len({row["person_id"] for row in after}) == 2
    merges.undo_merge(actor=make.actor(), merge=merge)
    assert table() == before


def test_merging_two_who_sat_in_the_same_session_keeps_the_fuller_row() -> None:
    session = made.session()
    keep, absorb = make.person("Rosa"), make.person("Rosa")
    marks = [attendance.Mark(keep, "absent"), attendance.Mark(absorb, "present", Decimal(1))]
    attendance.record_attendance(actor=make.actor(), session=session, marks=marks, base_version=0)
    before = sorted((row["person_id"], row["status"], row["hours"]) for row in table())
    merge = merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    assert [(row["person_id"], row["status"], row["hours"]) for row in table()] == [
        (keep.pk, "present", 1)
    ]
    merges.undo_merge(actor=make.actor(), merge=merge)
    assert sorted((row["person_id"], row["status"], row["hours"]) for row in table()) == before


def test_erasing_a_person_changes_no_count() -> None:
    people = a_full_process()
    before = table()
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=people[0])
    assert table() == before
