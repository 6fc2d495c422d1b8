"""Screens by HTTP: the right person and the stranger, what is typed stays, pages cost the same."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

import make
from digna.events import doorstep
from digna.events.models import Attendance, CallSheet, Enrolment, Process, Session
from digna.events.services import enrolments, processes, sessions
from digna.registry.models import ImportBatch, ImportRow, Person
from digna.web import limits
from events import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Client:
    return made.signed_in(make.user("Elena", role="lead"))


def now_session(**values: object) -> Session:
    return made.session(starts_at=datetime.now(UTC).replace(microsecond=0), **values)


def inside(session: Session) -> dict[str, str]:
    """Every page behind a sign-in that is opened by GET."""
    process, at = [session.process.public_id], [session.pk]
    sheet = CallSheet.objects.create(
        session=session, file_name="x", sha256="x",
        rows=[{"names": ["Rosa"], "email": "", "minutes": 5, "joins": 1, "lines": [2],
               "person": None, "score": None, "reason": "none"}],
    )  # fmt: skip
    (enrolment,) = made.enrolled(session.process, make.person("Inés"))
    names = {
        "process": process, "process_sessions": process, "process_people": process,
        "process_registration": process, "process_settings": process, "new_person": process,
        "issue_certificates": process,
        "enrol_import": process, "create_session": process, "process_calendar": process,
        "export_attendance": process, "import_attendance": process, "session": at,
        "find_person": at, "change_session": at, "cancel_session": at, "sign_in_sheet": at,
        "poster": at, "missing": at, "session_calendar": at, "upload_call": at,
        "review_call": [sheet.pk], "enrolment": [enrolment.pk],
        "processes": [], "export_processes": [], "create_process": [],
    }  # fmt: skip
    return {name: reverse(f"events:{name}", args=args) for name, args in names.items()}


READING = {
    "process", "process_sessions", "process_people", "process_registration", "process_calendar",
    "export_attendance", "session", "sign_in_sheet", "poster", "missing", "session_calendar",
    "processes", "export_processes",
}  # fmt: skip

OF_A_SESSION = {"session", "sign_in_sheet", "poster", "missing", "session_calendar"}


def test_every_page_opens_for_the_lead_and_for_nobody_without_the_right(lead: Client) -> None:
    pages = inside(made.session())
    auditor = made.signed_in(make.user(role="auditor"))
    owner = made.signed_in(make.user(role="owner"))
    other = made.signed_in(make.user(role="coordinator", partner="otro"))
    for name, url in pages.items():
        assert lead.get(url).status_code == 200, name
        assert auditor.get(url).status_code == (200 if name in READING else 403), name
        assert owner.get(url).status_code == 403, name
        assert Client().get(url).status_code == 302, name
        is_list = name in {"processes", "export_processes", "create_process"}
        assert other.get(url).status_code == (200 if is_list else 404), name


def test_a_coordinator_creates_in_their_programme_and_sees_what_they_created() -> None:
    made.programme("dos")
    user = make.user(role="coordinator", programmes=["bdp"])
    client, mine = made.signed_in(user), made.programme("bdp")
    sent = {"title": "Calidad", "kind": "other", "starts_on": "2026-01-10", "ends_on": "2026-01-09"}
    page = client.post(reverse("events:create_process"), sent | {"programmes": [mine.pk]})
    assert page.status_code == 422
    assert 'value="Calidad"' in page.content.decode()
    assert "anterior al inicio" in page.content.decode()
    foreign = made.programme("dos").pk
    sent["ends_on"] = ""
    assert (
        client.post(reverse("events:create_process"), sent | {"programmes": [foreign]}).status_code
        == 422
    )
    intention = str(uuid.uuid4())
    for _ in range(2):
        told = sent | {"programmes": [mine.pk], "intention": intention}
        assert client.post(reverse("events:create_process"), told).status_code == 302
    assert Process.objects.get().created_by == user
    assert "Calidad" in client.get(reverse("events:processes")).content.decode()


def test_the_list_filters_and_its_downloads_obey_the_filters(lead: Client) -> None:
    made.process("Compras públicas")
    made.process("Turismo", kind="conversatorio", starts_on=datetime.now(UTC).date() + timedelta(9))
    url, download = reverse("events:processes"), reverse("events:export_processes")
    for query in ("?q=publicas compras", "?tipo=capacity_building", "?estado=terminados"):
        page = lead.get(url + query).content.decode()
        assert "Compras públicas" in page
        assert "Turismo" not in page
        told = lead.get(download + query).content.decode("utf-8-sig")
        assert "Compras públicas" in told
        assert "Turismo" not in told
    assert "Nada pasa por esos filtros" in lead.get(url + "?q=zzz").content.decode()
    assert lead.get(download + "?formato=xlsx").content[:2] == b"PK"


def test_pages_cost_the_same_at_ten_and_twenty_rows(lead: Client) -> None:
    process = made.process()
    session = made.session(process)
    counts: dict[str, list[int]] = {}
    for _round in range(2):
        for n in range(10):
            person = make.person("Rosa", f"Mamani {n}")
            made.enrolled(process, person, organisation=make.organisation())
            made.present(session, person)
            made.session(made.process(f"Otro {n}"))
            made.session(process, title=f"S{n}")
        made.enrolled(process, *[make.person("I", phone="") for _ in range(10)], state="invited")
        for name in sorted(READING):
            args = {"processes": [], "export_processes": []}.get(name)
            is_session = name in {
                "session",
                "sign_in_sheet",
                "poster",
                "missing",
                "session_calendar",
            }
            key = session.pk if is_session else process.public_id
            url = reverse(f"events:{name}", args=[key] if args is None else args)
            with CaptureQueriesContext(connection) as captured:
                assert lead.get(url).status_code == 200
            counts.setdefault(name, []).append(len(captured))
    assert {n: c for n, c in counts.items() if c[0] != c[1] or c[1] > 25} == {}


# --- the grid


MARKED = r'name="(mark-\d+)" value="(\w+)" data-key="\w" checked'


def grid_of(client: Client, session: Session) -> dict[str, str]:
    """The grid's form as a browser would send it untouched."""
    page = client.get(reverse("events:session", args=[session.pk])).content.decode()
    sent = dict(re.findall(r'name="((?:seen|hours)-\d+)" value="([^"]*)"', page))
    sent["version"] = re.findall(r'name="version" value="(\d+)"', page)[0]
    sent["intention"] = str(uuid.uuid4())
    return sent | dict(re.findall(MARKED, page))


def save(client: Client, session: Session, sent: dict[str, str]) -> tuple[int, str]:
    url = reverse("events:record_attendance", args=[session.pk])
    answer = client.post(url, sent)
    return answer.status_code, answer.content.decode()


def test_a_grid_untouched_changes_nothing_and_marks_are_saved_by_one_post(
    lead: Client,
) -> None:
    session, one, two = made.session(), make.person("Rosa"), make.person("Juan")
    made.enrolled(session.process, one, two)
    assert save(lead, session, grid_of(lead, session))[0] == 302
    assert not Attendance.objects.exists()
    sent = grid_of(lead, session) | {f"mark-{one.pk}": "present", f"hours-{one.pk}": "1,5"}
    assert save(lead, session, sent)[0] == 302
    assert save(lead, session, sent)[0] == 302, "the same intention has one effect"
    rest = grid_of(lead, session) | {"rest": "absent"}
    assert save(lead, session, rest)[0] == 302
    marks = {a.person_id: (a.status, a.hours) for a in Attendance.objects.all()}
    assert marks == {one.pk: ("present", 1.5), two.pk: ("absent", None)}


def test_who_saves_second_sees_both_values_and_loses_nothing(lead: Client) -> None:
    session, one, two, three = made.session(), *[make.person(n) for n in ("Ana", "Luis", "Eva")]
    made.enrolled(session.process, one, two, three)
    mine = grid_of(lead, session) | {f"mark-{one.pk}": "absent", f"mark-{two.pk}": "excused"}
    luis = made.signed_in(make.user("Luis Vargas", role="lead"))
    theirs = grid_of(luis, session) | {f"mark-{one.pk}": "present", f"mark-{three.pk}": "present"}
    assert save(luis, session, theirs)[0] == 302
    status, page = save(lead, session, mine)
    assert status == 409
    assert "Otra persona guardó: presente, 2 h" in page
    assert "Luis Vargas" in page
    for key, value in ((one.pk, "absent"), (two.pk, "excused"), (three.pk, "present")):
        assert re.search(rf'name="mark-{key}" value="{value}" data-key="\w" checked', page)
    again = dict(re.findall(r'name="((?:seen|hours)-\d+)" value="([^"]*)"', page))
    again |= dict(re.findall(MARKED, page))
    again["version"] = re.findall(r'name="version" value="(\d+)"', page)[0]
    assert save(lead, session, again)[0] == 302
    found = dict(Attendance.objects.values_list("person", "status"))
    assert found == {one.pk: "absent", two.pk: "excused", three.pk: "present"}


def test_bad_hours_come_back_as_typed_with_what_to_do(lead: Client) -> None:
    session, one, two = made.session(), make.person(), make.person()
    made.enrolled(session.process, one, two)
    for typed, sentence in (("dos", "Escriba las horas con cifras"), ("9", "entre 0 y 2")):
        sent = grid_of(lead, session) | {
            f"mark-{one.pk}": "present", f"hours-{one.pk}": typed, f"mark-{two.pk}": "absent",
        }  # fmt: skip
        status, page = save(lead, session, sent)
        assert status == 422
        assert sentence in page
        assert f'value="{typed}"' in page
        assert re.search(rf'name="mark-{two.pk}" value="absent" data-key="a" checked', page)
    assert not Attendance.objects.exists()
    again = lead.get(reverse("events:record_attendance", args=[session.pk]))
    assert again.url == reverse("events:session", args=[session.pk])


def test_adding_somebody_saves_the_marks_too_and_near_names_are_shown_first(lead: Client) -> None:
    session, one = made.session(), make.person("Juan")
    rosa = make.person("Rosa", "Mamani Quispe")
    made.enrolled(session.process, one)
    found = lead.get(reverse("events:find_person", args=[session.pk]) + "?q=mamni rosa")
    assert str(rosa.public_id) in found.content.decode()
    sent = grid_of(lead, session) | {f"mark-{one.pk}": "absent", "add": str(rosa.public_id)}
    assert save(lead, session, sent)[0] == 302
    assert dict(Attendance.objects.values_list("person", "status")) == {
        one.pk: "absent",
        rosa.pk: "present",
    }
    url = reverse("events:new_person", args=[session.process.public_id]) + f"?sesion={session.pk}"
    told = {"given_names": "Rosa", "surnames": "Mamani Quispi", "phone": "71234567"}
    page = lead.post(url, told)
    assert page.status_code == 200
    assert "Mamani Quispe, Rosa" in page.content.decode()
    assert lead.post(url, told | {"is_new": "on"}).status_code == 302
    new = Person.objects.get(phone="+59171234567")
    assert Attendance.objects.get(person=new).status == "present"


def test_an_import_is_enrolled_whole_and_once(lead: Client) -> None:
    process, cepb = made.process(), make.organisation("CEPB")
    batch = ImportBatch.objects.create(
        kind="people", file_name="lista.xlsx", sha256="x", state="done"
    )
    for number, person in enumerate([make.person(), make.person()], start=2):
        ImportRow.objects.create(
            batch=batch, number=number, cells=[], outcome="created", person=person,
            values={"organisation": cepb.code, "constituency": "employers"},
        )  # fmt: skip
    url = reverse("events:enrol_import", args=[process.public_id])
    for _ in range(2):
        assert lead.post(url, {"batch": batch.pk, "role": "participant"}).status_code == 302
    rows = list(process.enrolments.values_list("organisation", "constituency", "channel"))
    assert rows == [(cepb.pk, "employers", "import")] * 2


def test_a_call_is_uploaded_reviewed_and_applied(lead: Client) -> None:
    session, rosa = made.session(), make.person("Rosa", "Mamani Quispe")
    made.enrolled(session.process, rosa)
    bad = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")
    url = reverse("events:upload_call", args=[session.pk])
    refusal = lead.post(url, {"file": bad})
    assert refusal.status_code == 422
    assert "No encontramos las columnas" in refusal.content.decode()
    good = SimpleUploadedFile(
        "zoom.csv",
        b"Name,Join Time,Leave Time\nRosa Mamani Q,09/14/2021 06:00:00 PM,09/14/2021 07:30:00 PM\n"
        b"Juan Choque,09/14/2021 06:00:00 PM,09/14/2021 06:30:00 PM\n",
    )
    lead.post(url, {"file": good})
    review = reverse("events:review_call", args=[CallSheet.objects.get().pk])
    juan_line = next(
        i for i, r in enumerate(CallSheet.objects.get().rows) if "Juan" in r["names"][0]
    )
    sent = {f"line-{juan_line}": "new", f"line-{1 - juan_line}": str(rosa.pk), "present_from": "50"}
    wrong = lead.post(review, sent | {"apply": "1", "present_from": "0"})
    assert wrong.status_code == 422
    assert lead.post(review, sent | {"apply": "1"}).status_code == 302
    found = {a.person.given_names: (a.status, a.hours) for a in Attendance.objects.all()}
    assert found == {"Rosa": ("present", 1.5), "Juan": ("absent", None)}


def test_calendars_have_stable_uids_and_local_times_and_hide_the_call_from_the_public(
    lead: Client,
) -> None:
    session = made.session(online_url="https://zoom.example/j/9", venue="Salón Ñandú")
    process = session.process
    url = reverse("events:process_calendar", args=[process.public_id])
    first, second = (lead.get(url) for _ in range(2))
    assert first["Content-Type"].startswith("text/calendar")
    assert b"\n" not in first.content.replace(b"\r\n", b"")
    assert max(len(line) for line in first.content.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(first.content).walk("VEVENT")
    (again,) = Calendar.from_ical(second.content).walk("VEVENT")
    assert event["UID"] == again["UID"]
    assert event.decoded("DTSTART").isoformat() == "2021-09-14T18:00:00-04:00"
    assert [str(z["TZID"]) for z in Calendar.from_ical(first.content).walk("VTIMEZONE")] == [
        "America/La_Paz"
    ]
    assert b"zoom.example" in first.content
    cancelled = sessions.cancel_session(actor=make.actor(reason="lluvia"), session=session)
    one = lead.get(reverse("events:session_calendar", args=[cancelled.pk]))
    assert Calendar.from_ical(one.content).walk("VEVENT")[0]["STATUS"] == "CANCELLED"
    public = Client().get(
        reverse("events:registration_calendar", args=[process.registration_token])
    )
    assert public.status_code == 200
    assert b"zoom.example" not in public.content


def test_who_is_missing_gets_a_plain_link(lead: Client) -> None:
    session, rosa = made.session(), make.person("Rosa", phone="+59171234567")
    made.enrolled(session.process, rosa)
    page = lead.get(reverse("events:missing", args=[session.pk])).content.decode()
    assert 'href="https://wa.me/59171234567?text=Hola%2C%20Rosa' in page
    made.present(session, rosa)
    page = lead.get(reverse("events:missing", args=[session.pk])).content.decode()
    assert "wa.me" not in page


# --- the public


def test_the_public_registers_reads_the_consent_word_for_word_and_is_thanked() -> None:
    text = made.consent()
    process = made.process(capacity=1)
    processes.set_registration(actor=make.actor(), process=process, is_open=True)
    url = reverse("events:register", args=[process.registration_token])
    assert text.text in Client().get(url).content.decode()
    told = {"given_names": "Rosa", "surnames": "Mamani", "phone": "7123"}
    page = Client().post(url, told)
    assert page.status_code == 422
    assert 'value="7123"' in page.content.decode()
    assert "son 8 en Bolivia" in page.content.decode()
    told["phone"] = "71234567"
    assert "hace falta aceptar" in Client().post(url, told).content.decode()
    answer = Client().post(url, told | {f"consent_{text.pk}": "on"}, follow=True)
    assert "Gracias, Rosa" in answer.content.decode()
    other = {"given_names": "Juan", "surnames": "Choque", f"consent_{text.pk}": "on"}
    assert "lista de espera" in Client().post(url, other, follow=True).content.decode()
    assert sorted(process.enrolments.values_list("state", flat=True)) == ["registered", "waiting"]
    forged = reverse("events:registered", args=[process.registration_token, "x:y"])
    assert Client().get(forged).status_code == 404
    assert Client().get(reverse("events:register", args=["nada"])).status_code == 404


def test_somebody_at_the_door_confirms_who_they_are_without_seeing_others() -> None:
    session = now_session()
    rosa = make.person("Rosa Elena", "Mamani Quispe", phone="+59171234567")
    made.enrolled(session.process, rosa)
    url = reverse("events:check_in", args=[session.check_in_token])
    page = Client().post(url, {"who": "Rosa"}).content.decode()
    assert "No le encontramos" in page
    for who in ("71234567", "rosa elena mamani quispe"):
        page = Client().post(url, {"who": who}).content.decode()
        assert "Rosa E. M. Q." in page
        assert "Quispe" not in page.replace('value="rosa elena mamani quispe"', "")
    key = re.findall(r'name="key" value="([^"]+)"', page)[0]
    confirm = reverse("events:confirm_check_in", args=[session.check_in_token])
    assert Client().post(confirm, {"key": key + "x"}).url == url
    elsewhere = now_session(title="Otra")
    wrong = reverse("events:confirm_check_in", args=[elsewhere.check_in_token])
    Client().post(wrong, {"key": key})
    assert not Attendance.objects.exists()
    for _ in range(2):
        assert Client().post(confirm, {"key": key}).status_code == 302
    assert Attendance.objects.get().person == rosa


def test_somebody_new_at_the_door_is_registered_enrolled_and_present() -> None:
    text, session = made.consent(), now_session()
    url = reverse("events:check_in_new", args=[session.check_in_token])
    told = {"given_names": "Juan", "surnames": "Choque", "phone": "71234567"}
    assert Client().post(url, told).status_code == 422
    assert Client().post(url, told | {f"consent_{text.pk}": "on"}).status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.channel, Attendance.objects.get().status) == ("check_in", "present")


def test_the_door_is_closed_before_and_after_and_says_when() -> None:
    session = made.session()
    page = Client().get(reverse("events:check_in", args=[session.check_in_token])).content.decode()
    assert "ya se cerró" in page
    assert 'name="who"' not in page
    rosa = make.person("Rosa", "Mamani", phone="+59171234567")
    (proposal,) = doorstep.proposals(session, "71234567")
    confirm = reverse("events:confirm_check_in", args=[session.check_in_token])
    assert Client().post(confirm, {"key": proposal.key}).status_code == 422
    assert not Attendance.objects.filter(person=rosa).exists()


def test_guessing_at_the_door_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TRIES", 3)
    url = reverse("events:check_in", args=[now_session().check_in_token])
    answers = [Client().post(url, {"who": "Rosa Mamani"}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_an_enrolment_is_corrected_withdrawn_and_a_marked_one_stays(lead: Client) -> None:
    session, person = made.session(), make.person()
    (row,) = made.enrolled(session.process, person)
    url = reverse("events:change_enrolment", args=[row.pk])
    lead.post(
        reverse("events:enrolment", args=[row.pk]), {"role": "speaker", "constituency": "workers"}
    )
    lead.post(url, {"act": "withdraw"})
    row.refresh_from_db()
    assert (row.role, row.constituency, row.state) == ("speaker", "workers", "withdrawn")
    made.present(session, person)
    page = lead.post(url, {"act": "remove"}, follow=True).content.decode()
    assert "ya está en la asistencia" in page
    assert enrolments.places_left(session.process) is None
