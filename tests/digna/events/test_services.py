"""Processes, sessions, enrolment and attendance: every rule, and replays that change nothing."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from digna.certificates.models import Certificate
from digna.errors import Clash, Refused
from digna.events import access
from digna.events.models import Attendance, Enrolment, Process
from digna.events.services import (
    attendance,
    attendance_sheets,
    certificates,
    enrolments,
    newcomers,
    processes,
    sessions,
)
from digna.journal.models import Line
from digna.registry.models import Consent, DuplicatePair, Organisation, Person
from events import made

Mark = attendance.Mark
pytestmark = pytest.mark.django_db


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, match=f"^{code}:")


# --- processes and sessions


def test_a_process_needs_a_programme_and_dates_in_order() -> None:
    with refused("events.process.no_programme"):
        made.process(programmes=[])
    with refused("events.process.dates"):
        made.process(ends_on=date(2021, 9, 13))
    assert not Process.objects.exists()


def test_a_process_of_two_programmes_is_one_process_and_leaves_one_line() -> None:
    one, two = made.programme("uno"), made.programme("dos")
    before = Line.objects.count()
    process = made.process(programmes=[one, two])
    assert [p.processes.get() for p in (one, two)] == [process, process]
    assert Line.objects.count() == before + 1


def test_topics_keep_their_sessions_when_only_the_order_changes() -> None:
    process = made.process()
    set_topics = processes.set_topics
    set_topics(actor=make.actor(), process=process, titles=["Uno", " Dos ", "Uno", ""])
    dos = process.topics.get(title="Dos")
    session = made.session(process, topic=dos)
    set_topics(actor=make.actor(), process=process, titles=["Dos", "Tres"])
    session.refresh_from_db()
    assert [t.title for t in process.topics.all()] == ["Dos", "Tres"]
    assert session.topic == dos


def test_hours_are_the_length_unless_said() -> None:
    assert made.session(ends_at=made.START + timedelta(minutes=100)).hours == Decimal("1.67")
    assert made.session(hours=Decimal("1.5")).hours == Decimal("1.5")
    with refused("events.session.times"):
        made.session(ends_at=made.START)
    with refused("events.session.hours"):
        made.session(hours=Decimal(0))


def test_a_session_cannot_be_worth_less_than_somebody_already_has() -> None:
    session = made.session()
    made.present(session, make.person())
    with refused("events.session.hours_recorded"):
        sessions.change_session(actor=make.actor(), session=session, hours=Decimal(1))


def test_a_held_session_is_not_cancelled_and_a_cancelled_one_takes_no_marks() -> None:
    held, other = made.session(), made.session()
    made.present(held, make.person())
    with refused("events.session.needs_reason"):
        sessions.cancel_session(actor=make.actor(), session=other)
    with refused("events.session.was_held"):
        sessions.cancel_session(actor=make.actor(reason="lluvia"), session=held)
    sessions.cancel_session(actor=make.actor(reason="lluvia"), session=other)
    with refused("events.attendance.cancelled"):
        made.present(other, make.person())
    sessions.reinstate_session(actor=make.actor(), session=other)
    made.present(other, make.person())


# --- enrolment


def test_enrolling_twice_is_one_row_that_only_learns() -> None:
    process, person = made.process(), make.person()
    (first,) = made.enrolled(process, person, state="invited")
    (again,) = made.enrolled(process, person, constituency="workers", role="speaker")
    (third,) = made.enrolled(process, person, constituency="employers")
    assert first.pk == again.pk == third.pk
    third.refresh_from_db()
    assert (third.state, third.role, third.constituency) == ("registered", "speaker", "workers")


def test_whom_they_represent_comes_from_their_standing_link() -> None:
    from digna.registry.services import people

    person, cepb = make.person(), make.organisation("CEPB")
    people.affiliate(actor=make.actor(), person=person, organisation=cepb, role="representative")
    assert made.enrolled(made.process(), person)[0].organisation == cepb


def test_who_waits_gets_the_place_of_who_withdraws() -> None:
    process = made.process(capacity=1)
    (first,) = made.enrolled(process, make.person())
    (second,) = made.enrolled(process, make.person(), state="waiting")
    (third,) = made.enrolled(process, make.person(), state="waiting")
    enrolments.withdraw(actor=make.actor(), enrolment=first)
    states = [Enrolment.objects.get(pk=e.pk).state for e in (first, second, third)]
    assert states == ["withdrawn", "registered", "waiting"]
    processes.change_process(actor=make.actor(), process=process, capacity=None)
    assert Enrolment.objects.get(pk=third.pk).state == "registered"


def test_who_was_marked_is_not_taken_out() -> None:
    session, person = made.session(), make.person()
    made.present(session, person)
    enrolment = Enrolment.objects.get(person=person)
    with refused("events.enrolment.has_attendance"):
        enrolments.remove_enrolment(actor=make.actor(), enrolment=enrolment)


# --- attendance


def test_who_is_present_is_registered_with_the_whole_session() -> None:
    session, person = made.session(), make.person()
    made.enrolled(session.process, person, state="withdrawn")
    assert made.present(session, person) == 1
    row = Attendance.objects.get()
    assert (row.hours, row.version, session.version) == (2, 1, 1)
    assert Enrolment.objects.get().state == "registered"


@pytest.mark.parametrize("status", ["absent", "excused"])
def test_hours_belong_to_who_was_present(status: str) -> None:
    session = made.session()
    marks = [Mark(make.person(), status, Decimal(1))]
    attendance.record_attendance(actor=make.actor(), session=session, marks=marks, base_version=0)
    assert Attendance.objects.get().hours is None


def test_too_many_hours_a_person_twice_or_too_early_is_refused_whole() -> None:
    session, person = made.session(), make.person()
    tomorrow = made.session(starts_at=datetime.now(UTC) + timedelta(days=2))
    cases = [
        ("too_many_hours", session, [Mark(person, "present", Decimal("2.5"))]),
        ("twice", session, [Mark(person, "present"), Mark(person, "absent")]),
        ("too_early", tomorrow, [Mark(person, "present")]),
        ("unknown_mark", session, [Mark(person, "maybe")]),
    ]
    for code, where, marks in cases:
        with refused(f"events.attendance.{code}"):
            attendance.record_attendance(
                actor=make.actor(), session=where, marks=marks, base_version=0
            )
    assert not Attendance.objects.exists()


def test_two_who_mark_different_people_do_not_meet() -> None:
    session, one, two = made.session(), make.person(), make.person()
    for person in (one, two):
        attendance.record_attendance(
            actor=make.actor(), session=session, marks=[Mark(person, "present")], base_version=0
        )
    assert Attendance.objects.filter(status="present").count() == 2


def test_two_who_mark_the_same_person_otherwise_see_both_values() -> None:
    session, one, two = made.session(), make.person(), make.person()
    made.present(session, one)
    with pytest.raises(Clash) as clash:
        attendance.record_attendance(
            actor=make.actor(),
            session=session,
            marks=[Mark(one, "absent"), Mark(two, "present")],
            base_version=0,
        )
    (difference,) = clash.value.details["differences"]
    assert (difference.person, difference.stored, difference.sent.status) == (
        one,
        "present",
        "absent",
    )
    assert Attendance.objects.get().status == "present"
    attendance.record_attendance(
        actor=make.actor(), session=session, marks=[Mark(one, "absent")], base_version=1
    )
    assert Attendance.objects.get().status == "absent"


def test_the_same_marks_again_leave_no_line_and_taking_a_mark_away_removes_it() -> None:
    session, person = made.session(), make.person()
    made.present(session, person)
    lines = Line.objects.count()
    made.present(session, person)
    assert Line.objects.count() == lines
    attendance.record_attendance(
        actor=make.actor(), session=session, marks=[Mark(person, "")], base_version=1
    )
    assert not Attendance.objects.exists()


statuses = st.sampled_from(["present", "absent", "excused", ""])


@settings(max_examples=20, deadline=None)
@given(rounds=st.lists(st.lists(statuses, min_size=3, max_size=3), min_size=1, max_size=4))
def test_replaying_every_intention_changes_nothing(rounds: list[list[str]]) -> None:
    session = made.session()
    people = [make.person() for _ in range(3)]
    sent = []
    for marks in rounds:
        call = {
            "actor": make.actor(intention=uuid.uuid4()),
            "session": session,
            "marks": [Mark(p, s) for p, s in zip(people, marks, strict=True)],
            "base_version": session.version,
        }
        attendance.record_attendance(**call)
        sent.append(call)
    mine = Attendance.objects.filter(session=session)
    before = list(mine.values_list("person", "status", "hours", "version"))
    expected = {p.pk: s for p, s in zip(people, rounds[-1], strict=True) if s}
    assert {person: status for person, status, *_rest in before} == expected
    for call in sent:
        attendance.record_attendance(**call)
    assert list(mine.values_list("person", "status", "hours", "version")) == before


def test_people_check_themselves_in_only_around_the_session_and_once() -> None:
    session, person = made.session(), make.person()
    early, late = made.START - timedelta(minutes=61), made.START + timedelta(hours=3, minutes=1)
    for at in (early, late):
        with refused("events.check_in.closed"):
            attendance.check_in(actor=at_time(at), session=session, person=person)
    for _ in range(2):
        attendance.check_in(actor=at_time(made.START), session=session, person=person)
    row = Attendance.objects.get()
    assert (row.status, row.channel, row.version) == ("present", "check_in", 1)


def at_time(at: datetime) -> "attendance.Actor":
    from digna.journal.actor import Actor

    return Actor(at=at, device="test")


# --- people who register themselves


def details(**values: object) -> newcomers.Details:
    told = {"given_names": "Rosa", "surnames": "Mamani Quispe"} | values
    return newcomers.Details(**told)  # type: ignore[arg-type]


def registered(process: Process, is_given: bool = True, **values: object) -> Enrolment:
    answers = [newcomers.Answer(t, is_given) for t in newcomers.texts_to_show("es")]
    return newcomers.register_publicly(
        actor=make.actor(), process=process, details=details(**values), answers=answers
    )


def open_process(**values: object) -> Process:
    process = made.process(**values)
    return processes.set_registration(actor=make.actor(), process=process, is_open=True)


def test_the_public_registers_with_consent_or_not_at_all() -> None:
    made.consent()
    with refused("events.registration.closed"):
        registered(made.process())
    process = open_process()
    with refused("events.registration.needs_consent"):
        registered(process, is_given=False)
    assert not Person.objects.exists()
    enrolment = registered(process, organisation="Cámara de El Alto", constituency="employers")
    assert (enrolment.state, enrolment.channel) == ("registered", "form")
    assert Organisation.objects.get().needs_review
    consent = Consent.objects.get()
    assert (consent.person, consent.is_given, consent.text.version) == (enrolment.person, True, "1")


def test_keys_find_who_is_here_already() -> None:
    rosa = make.person("Rosa", "Mamani Quispe", phone="+59171234567", document="4567890")
    process = open_process()
    assert registered(process, phone="+59171234567").person == rosa
    assert registered(process, document="4567890").person == rosa
    assert Enrolment.objects.count() == 1
    with refused("events.newcomer.other_name"):
        registered(process, given_names="Juan", surnames="Choque", document="4567890")


def test_a_near_name_or_a_shared_telephone_is_a_doubt_and_stops_nobody() -> None:
    rosa = make.person("Rosa", "Mamani Quispe", phone="+59171234567")
    process = open_process()
    near = registered(process, surnames="Mamani Quispi").person
    pair = DuplicatePair.objects.get()
    assert {pair.person_a, pair.person_b} == {rosa, near}
    sister = registered(process, given_names="Elena", surnames="Choque", phone="+59171234567")
    assert DuplicatePair.objects.filter(person_b=sister.person, reasons=["same_phone"]).exists()


def test_without_room_people_wait() -> None:
    process = open_process(capacity=1)
    assert registered(process, phone="+59171234567").state == "registered"
    assert registered(process, given_names="Juan", surnames="Choque").state == "waiting"
    assert registered(process, phone="+59171234567").state == "registered", (
        "who has a place keeps it"
    )


# --- lists that leave and come back


def exported(process: Process) -> bytes:
    from digna.registry import downloads

    rows = attendance_sheets.rows_of(process)
    return bytes(downloads.csv_file("x", attendance_sheets.HEADER, rows).content)


def imported(process: Process, content: bytes) -> int:
    return attendance_sheets.import_attendance(
        actor=make.actor(), process=process, file_name="x.csv", content=content
    )


def test_an_exported_list_comes_back_unchanged_and_then_changed() -> None:
    session, one, two = made.session(), make.person("Rosa"), make.person("=Juan")
    made.enrolled(session.process, two)
    made.present(session, one)
    content = exported(session.process)
    lines = Line.objects.count()
    assert imported(session.process, content) == 0
    assert Line.objects.count() == lines
    changed = content.replace(b";presente;2", b";presente;1,5")
    assert imported(session.process, changed) == 1
    assert Attendance.objects.get(person=one).hours == Decimal("1.5")


def test_every_bad_cell_is_told_and_nothing_is_half_recorded() -> None:
    session, one, two = made.session(), make.person("A"), make.person("B")
    made.enrolled(session.process, one, two)
    rows = exported(session.process).decode("utf-8-sig").splitlines()
    wrong = "\n".join([rows[0], rows[1].replace(";;", ";tal vez;x"), rows[2][:-1] + "presente;9"])
    with refused("events.list.problems") as refusal:
        imported(session.process, wrong.encode())
    cells = [problem.cell for problem in refusal.value.details["problems"]]
    assert len(cells) == 3
    assert set(cells) == {"G2", "H2", "H3"}
    assert not Attendance.objects.exists()
    with refused("events.list.unreadable"):
        imported(session.process, b"Nombre\nRosa\n")


# --- who reaches what


def test_scopes_reach_by_partner_programme_and_department_at_once() -> None:
    cainco = make.organisation("CAINCO", is_partner=True)
    theirs = made.process(partner=cainco, programmes=[made.programme("uno")])
    other = made.process(programmes=[made.programme("dos")])
    made.session(other, place=make.place("Oruro", "BO-O"))
    reach = {
        "partner": make.user(role="coordinator", partner=cainco.code),
        "programme": make.user(role="trainer", programmes=["dos"]),
        "department": make.user(role="trainer", departments=["BO-O"]),
        "both": make.user(role="trainer", partner=cainco.code, programmes=["dos"]),
        "lead": make.user(role="lead"),
        "stranger": make.user(),
        "owner": make.user(role="owner"),
    }
    seen = {k: set(access.visible_processes(u)) for k, u in reach.items()}
    assert seen == {
        "partner": {theirs},
        "programme": {other},
        "department": {other},
        "both": set(),
        "lead": {theirs, other},
        "stranger": set(),
        "owner": set(),
    }
    auditor = make.user(role="auditor")
    assert set(access.visible_processes(auditor)) == {theirs, other}
    assert not access.visible_processes(auditor, access.EDIT).exists()


def test_certificates_go_to_who_came_to_enough_and_only_once() -> None:
    process = made.process()
    faithful, once, speaker = (make.person(name) for name in ("Ana", "Luz", "Eva"))
    made.enrolled(process, faithful, once)
    made.enrolled(process, speaker, role="speaker")
    for number in range(2):
        session = made.session(process)
        present = [faithful, speaker] if number else [faithful, once, speaker]
        made.present(session, *present)
    issued = certificates.issue_certificates(actor=make.actor(), process=process)
    assert [row.person for row in issued] == [faithful]
    assert issued[0].hours == sum(a.hours or 0 for a in faithful.attendances.all())
    assert certificates.issue_certificates(actor=make.actor(), process=process) == []
    lowered = certificates.issue_certificates(actor=make.actor(), process=process, least_share=50)
    assert [row.person for row in lowered] == [once]
    assert Certificate.objects.count() == 2


def test_no_certificates_where_nobody_came_enough() -> None:
    with pytest.raises(Refused) as refused:
        certificates.issue_certificates(actor=make.actor(), process=made.process())
    assert refused.value.code == "events.certificates.nobody"
