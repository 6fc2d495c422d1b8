"""Work done without signal: the page, its late arrival, one door, one form, one service."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from events import made as events
from improvement import made as improvement
from PIL import Image
from training import made as training

import make
from cast import Cast, cast, client_of
from digna.accounts import fieldwork
from digna.events.models import Attendance
from digna.improvement.models import ChecklistRun, Observation, Project
from digna.journal.models import Line
from digna.registry.models import Organisation
from digna.training.models import CycleFirm, Participant, Visit, WorkshopAttendance
from digna.training.services import cycles
from field.sheets import opened, sent_late

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def partner() -> Organisation:
    found = Organisation.objects.filter(code="cainco").first()
    return found or make.organisation("CAINCO", code="cainco", is_partner=True)


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "brown").save(made, "JPEG")
    return made.getvalue()


def firm_of(people: Cast, **values: Any) -> CycleFirm:
    """A firm in a cycle of the trainer's, with a board."""
    enterprise = improvement.firm("DEF", "ABS", "PROD", name=values.pop("name", "Qhana"))
    enterprise.partner = partner()
    enterprise.save()
    cycle = training.cycle(partner=enterprise.partner, **values)
    cycles.set_trainers(actor=make.actor(), cycle=cycle, users=[people.trainer])
    return training.firm(cycle, enterprise=enterprise)


def every_key(people: Cast) -> dict[str, object]:
    """A record for each work, by its part of the address."""
    firm = firm_of(people)
    training.people(firm, "manager", "worker")
    workshop = training.workshop(firm.cycle)
    project = improvement.project(firm.enterprise)
    session = events.session(events.process(partner=partner()))
    events.enrolled(session.process, make.person())
    return {
        "visita": firm.public_id,
        "participante": firm.public_id,
        "taller": workshop.pk,
        "sesion": session.pk,
        "numero": improvement.kpi(firm.enterprise, "DEF").public_id,
        "mejora": firm.enterprise.public_id,
        "avance": project.public_id,
        "foto": project.public_id,
        "recorrido": improvement.instrument("five-s").pk,
    }


def test_every_work_has_a_page_whose_untouched_values_are_those_of_now(people: Cast) -> None:
    """What a page sends unchanged is what the merge of two hands takes as unchanged."""
    keys = every_key(people)
    assert set(keys) == set(fieldwork.WORKS), "a new work is tested by being declared"
    client = client_of(people.trainer)
    for slug, key in keys.items():
        work = fieldwork.WORKS[slug]
        action, held = opened(client, slug, key)
        assert action == work.action
        assert held.pop("record") == [str(key)]
        now = fieldwork.values_now(work, people.trainer, str(key), timezone.localdate())
        if work.changes:
            told = {name: value for name, value in now.items() if value not in ([], [""])}
            assert {n: v for n, v in held.items() if v not in ([], [""])} == told, slug


def test_strangers_and_others_get_no_sheet_and_cannot_send_one(people: Cast) -> None:
    firm = firm_of(people)
    url = f"/campo/hacer/visita/{firm.public_id}/"
    assert client_of(None).get(url).status_code == 302
    assert client_of(people.other_coordinator).get(url).status_code == 404
    assert client_of(people.auditor).get(url).status_code == 403
    values = {"record": [str(firm.public_id)], "on": ["2021-03-02"], "mode": ["on_site"]}
    for user in (people.other_coordinator, people.auditor, people.owner):
        answer = sent_late(user, "training.visit.recorded", values)
        assert answer["state"] == "refused", user
    assert not Visit.objects.exists()


def test_a_visit_of_the_week_arrives_whole_and_once(people: Cast, held: Any) -> None:
    firm = firm_of(people)
    training.bring(firm, "plan_approved", held)
    action, values = opened(client_of(people.trainer), "visita", firm.public_id)
    kpi = improvement.kpi(firm.enterprise, "DEF")
    values |= {
        "on": ["2021-03-02"],
        "findings": ["Secan en el piso"],
        "project_title": ["Secado en tarimas"],
        "project_area": ["5s"],
        "step_what": ["Comprar tarimas"],
        f"kpi{kpi.pk}_numerator": ["12"],
        f"kpi{kpi.pk}_denominator": ["100"],
    }
    files = {"photo": picture(), "project_photo": picture()}
    given = {"id": "6f2d1a9e-1f64-4d59-9d6d-0d7b3a1d2c11"}
    first = sent_late(people.trainer, action, values, files, **given)
    again = sent_late(people.trainer, action, values, files, **given)
    assert (first["state"], again["state"]) == ("done", "done")
    visit = Visit.objects.get()
    assert visit.findings == "Secan en el piso"
    assert visit.trainer == people.trainer
    assert visit.photos.count() == 1
    project = Project.objects.get()
    assert project.title == "Secado en tarimas"
    assert project.photos.count() == 1
    assert Observation.objects.get(board_kpi=kpi).numerator == 12
    assert Line.objects.filter(action="training.visit.recorded").count() == 1


def test_a_number_that_is_no_longer_asked_is_not_passed_over(people: Cast, held: Any) -> None:
    firm = firm_of(people)
    training.bring(firm, "plan_approved", held)
    action, values = opened(client_of(people.trainer), "visita", firm.public_id)
    values |= {"on": ["2021-03-02"], "kpi999_numerator": ["12"]}
    answer = sent_late(people.trainer, action, values)
    assert (answer["state"], answer["code"]) == ("refused", "accounts.fieldwork.unasked")
    assert "kpi999_numerator" in answer["message"]
    assert not Visit.objects.exists()


def test_faults_of_a_late_form_are_told_by_field(people: Cast) -> None:
    firm = firm_of(people)
    kpi = improvement.kpi(firm.enterprise, "DEF")
    action, values = opened(client_of(people.trainer), "numero", kpi.public_id)
    answer = sent_late(people.trainer, action, values | {"numerator": ["doce"]})
    assert answer["code"] == "accounts.fieldwork.unreadable"
    assert "doce" not in answer["message"]
    assert ":" in answer["message"]
    assert not Observation.objects.exists()


def test_attendance_taken_along_before_the_day_is_taken_on_the_day(people: Cast) -> None:
    firm = firm_of(people)
    rosa, _juan = training.people(firm, "manager", "worker")
    tomorrow = timezone.now() + timedelta(days=1)
    workshop = training.workshop(
        firm.cycle, starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=3)
    )
    action, values = opened(client_of(people.trainer), "taller", workshop.pk)
    values |= {f"mark-{rosa.pk}": ["present"], "rest": ["absent"]}
    early = sent_late(people.trainer, action, values)
    assert early["code"] == "training.attendance.too_early"
    workshop.starts_at, workshop.ends_at = timezone.now(), timezone.now() + timedelta(hours=1)
    workshop.save()
    assert sent_late(people.trainer, action, values)["state"] == "done"
    marks = {row.person_id: row.is_present for row in WorkshopAttendance.objects.all()}
    assert marks[rosa.pk] is True
    assert sorted(marks.values()) == [False, True]


def test_a_newcomer_met_at_a_workshop_is_seated_and_present(people: Cast) -> None:
    firm = firm_of(people)
    workshop = training.workshop(firm.cycle)
    action, values = opened(client_of(people.trainer), "participante", firm.public_id)
    values |= {"given_names": ["Nilda"], "role": ["worker"], "workshop": [str(workshop.pk)]}
    assert sent_late(people.trainer, action, values)["state"] == "done"
    seat = Participant.objects.get(firm=firm)
    assert seat.person.given_names == "Nilda"
    assert WorkshopAttendance.objects.get(person=seat.person).is_present is True


def test_a_session_of_an_activity_is_marked_late(people: Cast) -> None:
    session = events.session(events.process(partner=partner()))
    person = make.person()
    events.enrolled(session.process, person)
    action, values = opened(client_of(people.trainer), "sesion", session.pk)
    values[f"mark-{person.pk}"] = ["present"]
    values[f"hours-{person.pk}"] = ["1,5"]
    assert sent_late(people.trainer, action, values)["state"] == "done"
    assert str(Attendance.objects.get(person=person).hours) == "1.50"
    wrong = values | {f"hours-{person.pk}": ["una"]}
    assert sent_late(people.trainer, action, wrong)["code"] == "events.attendance.bad_hours"


def test_an_improvement_begins_with_its_photo_goes_on_and_is_seen(people: Cast) -> None:
    firm = firm_of(people)
    client = client_of(people.trainer)
    action, values = opened(client, "mejora", firm.enterprise.public_id)
    values |= {"title": ["Estantes con etiqueta"], "starts_on": ["2021-03-02"]}
    answer = sent_late(people.trainer, action, values, {"project_photo": picture()})
    assert answer["state"] == "done"
    project = Project.objects.get()
    assert [photo.moment for photo in project.photos.all()] == ["before"]
    action, values = opened(client, "avance", project.public_id)
    assert sent_late(people.trainer, action, values | {"cost": ["330,50"]})["state"] == "done"
    action, values = opened(client, "foto", project.public_id)
    values["moment"] = ["after"]
    assert sent_late(people.trainer, action, values, {"photo": picture()})["state"] == "done"
    project.refresh_from_db()
    assert (str(project.cost), project.photos.count()) == ("330.50", 2)


def test_a_whole_walk_arrives_with_its_photos(people: Cast) -> None:
    firm = firm_of(people)
    key = improvement.instrument("five-s").pk
    action, values = opened(client_of(people.trainer), "recorrido", key)
    version = improvement.instrument("five-s").current
    assert version is not None
    codes = [item["code"] for item in version.items]
    scale = version.document["scale"]["options"]
    values |= {
        "enterprise": [str(firm.enterprise.public_id)],
        "on": ["2021-03-02"],
        "area": ["Taller"],
        f"{codes[0]}-value": [scale[0]["value"]],
        f"{codes[1]}-note": ["Cables sueltos"],
    }
    answer = sent_late(people.trainer, action, values, {f"{codes[0]}-photo": picture()})
    assert answer["state"] == "done", answer
    run = ChecklistRun.objects.get()
    assert run.closed_at is not None
    assert run.answers.count() == 2
    assert run.answers.get(item_code=codes[0]).photo
    missing = values | {"enterprise": [""]}
    assert sent_late(people.trainer, action, missing)["code"] == "accounts.fieldwork.unreadable"


def test_two_lists_of_one_workshop_are_one_unless_they_disagree(people: Cast) -> None:
    """Both trainers took the page along unmarked; each marks; the same person twice is asked."""
    firm = firm_of(people)
    rosa, juan = training.people(firm, "manager", "worker")
    workshop = training.workshop(firm.cycle)
    action, base = opened(client_of(people.trainer), "taller", workshop.pk)
    hers = base | {f"mark-{rosa.pk}": ["present"]}
    his = base | {f"mark-{juan.pk}": ["absent"]}
    told = {"base": json.dumps(base)}
    assert sent_late(people.trainer, action, hers, **told)["state"] == "done"
    assert sent_late(people.lead, action, his, **told)["state"] == "done"
    marks = {row.person_id: row.is_present for row in WorkshopAttendance.objects.all()}
    assert marks == {rosa.pk: True, juan.pk: False}
    other = base | {f"mark-{rosa.pk}": ["absent"]}
    asked = sent_late(people.coordinator, action, other, **told)
    assert (asked["state"], asked["code"]) == ("question", "field.values.clash")
    assert WorkshopAttendance.objects.get(person=rosa).is_present is True


def test_two_who_noted_a_projects_progress_are_merged_field_by_field(people: Cast) -> None:
    firm = firm_of(people)
    project = improvement.project(firm.enterprise)
    action, base = opened(client_of(people.trainer), "avance", project.public_id)
    told = {"base": json.dumps(base)}
    first = sent_late(people.lead, action, base | {"responsible": ["jefa de taller"]}, **told)
    second = sent_late(people.trainer, action, base | {"cost": ["120"]}, **told)
    assert (first["state"], second["state"]) == ("done", "done")
    project.refresh_from_db()
    assert (project.responsible, str(project.cost)) == ("jefa de taller", "120.00")
    asked = sent_late(people.trainer, action, base | {"responsible": ["gerente"]}, **told)
    assert asked["state"] == "question"
    project.refresh_from_db()
    assert project.responsible == "jefa de taller"
