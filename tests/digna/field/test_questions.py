"""What the field asks: seen by who may decide, decided side by side, written once, told back."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

import make
from cast import Cast, cast, client_of
from digna.field.models import Arrival
from digna.journal import intake, selectors
from digna.journal.models import Line
from digna.registry.forms import EnterpriseForm, enterprise_now
from digna.registry.models import Enterprise, Person
from digna.registry.services import erasure
from digna.web.forms import as_sent
from sending import Telephone

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def phone(people: Cast) -> Telephone:
    return Telephone(people.trainer)


def clash(people: Cast, phone: Telephone) -> tuple[Enterprise, Arrival]:
    """Two changed the telephone of a firm; one of them its e-mail too."""
    partner = make.organisation("Cainco", is_partner=True)
    row = make.enterprise(
        "Textiles Illimani", by=make.actor(people.trainer), phone="+59170000001", partner=partner
    )
    base = as_sent(EnterpriseForm(initial=enterprise_now(row)))
    Enterprise.objects.filter(pk=row.pk).update(phone="+59170000003", legal_name="Illimani SRL")
    given = base | {"enterprise": [str(row.public_id)], "phone": ["70000002"],
                    "email": ["a@illimani.example"]}  # fmt: skip
    told = phone.sends("registry.enterprise.corrected", given, base=base, files={"x": b"foto"})
    assert told["state"] == "question"
    return row, Arrival.objects.get()


def url_of(arrival: Arrival) -> str:
    return reverse("field:question", args=[arrival.public_id])


def seen_of(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def test_the_two_sides_are_shown_and_the_chosen_one_is_written_once(
    people: Cast, phone: Telephone
) -> None:
    row, asked = clash(people, phone)
    client = client_of(people.lead)
    assert "Textiles Illimani" in client.get(reverse("field:questions")).content.decode()
    page = client.get(url_of(asked)).content.decode()
    assert "En el teléfono: 70000002" in page
    assert "En el servidor: +59170000003" in page
    assert "Antes: +59170000001" in page
    assert client.post(url_of(asked), {"seen": seen_of(page)}).status_code == 422
    body = {"seen": seen_of(page), "pick_phone": "phone"}
    assert client.post(url_of(asked), body).status_code == 302
    row.refresh_from_db()
    assert (row.phone, row.legal_name, row.email) == (
        "+59170000002", "Illimani SRL", "a@illimani.example",
    )  # fmt: skip
    line = Line.objects.get(intention=asked.intention)
    assert (line.actor, line.at, line.action) == (
        people.trainer, asked.at, "registry.enterprise.corrected",
    )  # fmt: skip
    assert people.lead.name in line.reason
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("settled", people.lead)
    assert phone.asks(asked.intention)["items"][str(asked.intention)]["state"] == "done"
    assert client.post(url_of(asked), body).status_code == 422
    assert list(selectors.verify()) == []


def test_the_server_side_can_stand_and_what_only_one_changed_stands_too(
    people: Cast, phone: Telephone
) -> None:
    row, asked = clash(people, phone)
    client = client_of(people.lead)
    page = client.get(url_of(asked)).content.decode()
    client.post(url_of(asked), {"seen": seen_of(page), "pick_phone": "server"})
    row.refresh_from_db()
    assert (row.phone, row.email) == ("+59170000003", "a@illimani.example")


def test_a_record_that_moves_while_somebody_looks_is_shown_again(
    people: Cast, phone: Telephone
) -> None:
    row, asked = clash(people, phone)
    client = client_of(people.lead)
    page = client.get(url_of(asked)).content.decode()
    Enterprise.objects.filter(pk=row.pk).update(phone="+59170000009")
    answer = client.post(url_of(asked), {"seen": seen_of(page), "pick_phone": "phone"})
    assert answer.status_code == 422
    assert "En el servidor: +59170000009" in answer.content.decode()
    again = {"seen": seen_of(answer.content.decode()), "pick_phone": "phone"}
    assert client.post(url_of(asked), again).status_code == 302


def test_who_it_is_gets_chosen_and_what_follows_finds_its_key(
    people: Cast, phone: Telephone
) -> None:
    known = make.person("Rosa", "Mamani Quispe", by=make.actor(people.trainer))
    born = uuid.uuid4()
    given = {"given_names": ["Rosa"], "surnames": ["Mamani Quispe"], "phone": ["70055555"]}
    assert phone.sends("registry.person.registered", given, id=born)["state"] == "question"
    note = {"person": [f"@{born}"], "text": ["Vende en la feria"]}
    assert phone.sends("registry.note.written", note, after=[str(born)])["state"] == "later"
    asked = Arrival.objects.get()
    client = client_of(people.lead)
    assert "Rosa" in client.get(url_of(asked)).content.decode()
    assert client.post(url_of(asked), {"pick_same": str(known.public_id)}).status_code == 302
    known.refresh_from_db()
    assert known.phone == "+59170055555"
    assert phone.sends("registry.note.written", note, after=[str(born)])["state"] == "done"
    assert known.notes.count() == 1
    asked.refresh_from_db()
    assert asked.person == known


def test_she_can_be_another(people: Cast, phone: Telephone) -> None:
    make.person("Rosa", "Mamani Quispe", by=make.actor(people.trainer))
    given = {"given_names": ["Rosa"], "surnames": ["Mamani Quispe"]}
    phone.sends("registry.person.registered", given)
    client_of(people.lead).post(url_of(Arrival.objects.get()), {"pick_same": "new"})
    assert Person.objects.filter(surnames="Mamani Quispe").count() == 2


def test_a_rejection_is_told_to_the_telephone_with_its_reason(
    people: Cast, phone: Telephone
) -> None:
    _row, asked = clash(people, phone)
    client = client_of(people.mel)
    url = reverse("field:reject", args=[asked.public_id])
    assert client.post(url, {"no-reason": ""}).status_code == 422
    assert client.post(url, {"no-reason": "Era otra empresa"}).status_code == 302
    item = phone.asks(asked.intention)["items"][str(asked.intention)]
    assert (item["state"], item["message"]) == (
        "refused",
        "La oficina no lo aceptó: Era otra empresa",
    )
    assert Line.objects.filter(intention=asked.intention).count() == 0


def test_what_was_set_apart_is_tried_again(
    people: Cast, phone: Telephone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any) -> object:
        raise KeyError("x")

    sound = intake.INTAKES["registry.person.registered"]
    monkeypatch.setitem(intake.INTAKES, "registry.person.registered", breaks)
    given = {"given_names": ["Ana"], "surnames": ["Vaca Diez"]}
    assert phone.sends("registry.person.registered", given)["code"] == "field.intention.quarantined"
    asked, client = Arrival.objects.get(), client_of(people.lead)
    assert "Intentar otra vez" in client.get(url_of(asked)).content.decode()
    assert client.post(url_of(asked), {}).status_code == 422
    monkeypatch.setitem(intake.INTAKES, "registry.person.registered", sound)
    assert client.post(url_of(asked), {}).status_code == 302
    assert Person.objects.filter(surnames="Vaca Diez").count() == 1


def test_who_may_not_decide_sees_nothing_of_it(people: Cast, phone: Telephone) -> None:
    _row, asked = clash(people, phone)
    number = asked.files.get().pk
    urls = [
        url_of(asked),
        reverse("field:question_file", args=[asked.public_id, number]),
    ]
    for url in urls:
        for user in (people.lead, people.coordinator):
            answer = client_of(user).get(url)
            assert (answer.status_code, bool(answer.getvalue())) == (200, True)
        assert client_of(people.other_coordinator).get(url).status_code == 404
        assert client_of(people.trainer).get(url).status_code == 403
        assert client_of(None).get(url).status_code == 302
    other = client_of(people.other_coordinator)
    assert "Illimani" not in other.get(reverse("field:questions")).content.decode()
    export = reverse("field:export_questions", args=["csv"])
    assert "Illimani" not in other.get(export).content.decode()
    assert "Illimani" in client_of(people.coordinator).get(export).content.decode()


def test_the_day_and_the_record_say_that_something_waits(people: Cast, phone: Telephone) -> None:
    row, _asked = clash(people, phone)
    client = client_of(people.lead)
    assert "1 pregunta del campo" in client.get("/").content.decode()
    record = client.get(reverse("registry:enterprise", args=[row.public_id])).content.decode()
    assert "pregunta abierta" in record
    listed = client.get(reverse("registry:export_enterprises", args=["csv"]))
    lines = listed.getvalue().decode().splitlines()
    assert lines[0].endswith("Pregunta abierta")
    assert lines[1].endswith("sí")


def test_questions_about_a_person_go_with_them(people: Cast, phone: Telephone) -> None:
    person = make.person("Rosa", "Mamani", by=make.actor(people.trainer))
    monkey = {"person": [str(person.public_id)], "given_names": ["Rosa"], "sex": ["no hay"]}
    base = {"given_names": ["Rosaura"]}
    told = phone.sends("registry.person.corrected", monkey | {"given_names": ["Rosita"]}, base=base)
    assert told["state"] == "question"
    actor = make.actor(people.lead, reason="lo pidió")
    erasure.erase_person(actor=actor, person=person)
    asked = Arrival.objects.get()
    assert (asked.values, asked.base, asked.state) == ({}, None, "rejected")
    assert list(selectors.verify()) == []


def test_telephones_are_listed_revoked_and_readmitted_by_their_own(
    people: Cast, phone: Telephone
) -> None:
    other = Telephone(people.other_coordinator)
    client = client_of(people.trainer)
    page = client.get(reverse("field:devices")).content.decode()
    assert "Android" in page
    assert people.other_coordinator.name not in page
    theirs = people.other_coordinator.telephones.get()
    assert client.get(reverse("field:revoke", args=[theirs.public_id])).status_code == 404
    own = people.trainer.telephones.get()
    url = reverse("field:revoke", args=[own.public_id])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert phone.asks()["code"] == "field.device.revoked"
    assert other.asks()["status"] == 200
    assert client.post(reverse("field:readmit", args=[own.public_id])).status_code == 302
    assert phone.asks()["status"] == 200
    assert people.other_coordinator.name in client_of(people.lead).get(
        reverse("field:devices")
    ).content.decode()  # fmt: skip
