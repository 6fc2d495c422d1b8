"""Firms, people and notes that were made without signal."""

import uuid
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

import make
from cast import Cast, cast, client_of
from digna.field.models import Arrival
from digna.journal.models import Line
from digna.registry.forms import EnterpriseForm, enterprise_now
from digna.registry.models import Affiliation, Consent, Enterprise, Note, Person
from digna.registry.services import erasure, merges
from digna.web.forms import as_sent
from sending import Telephone

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def phone(people: Cast) -> Telephone:
    return Telephone(people.trainer)


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(out, "JPEG")
    return out.getvalue()


def values(**given: Any) -> dict[str, list[str]]:
    return {name: [value] for name, value in given.items()}


def firm(people: Cast, name: str = "Textiles Illimani", **more: Any) -> Enterprise:
    return make.enterprise(name, by=make.actor(people.trainer), **more)


def base_of(row: Enterprise) -> dict[str, list[str]]:
    return as_sent(EnterpriseForm(initial=enterprise_now(row)))


def test_a_week_without_signal_a_firm_its_owner_their_link_and_a_note(phone: Telephone) -> None:
    born, met = uuid.uuid4(), uuid.uuid4()
    told = [
        phone.sends("registry.enterprise.registered", values(name="Tejidos Uyuni", phone="70011122",
                    workers_women="3"), id=born),
        phone.sends("registry.person.registered", values(given_names="Ana", surnames="Quispe",
                    consent="on"), id=met),
        phone.sends("registry.affiliation.added", values(person=f"@{met}", enterprise=f"@{born}",
                    role="owner"), after=[str(born), str(met)]),
        phone.sends("registry.note.written", values(enterprise=f"@{born}", text="Tiene 3 telares"),
                    files={"photo": photo()}),
    ]  # fmt: skip
    assert [one["state"] for one in told] == ["done"] * 4
    row = Enterprise.objects.get(name="Tejidos Uyuni")
    assert row.created_by == phone.user
    assert {f.kind: f.number for f in row.facts.all()}["workers_women"] == 3
    assert Affiliation.objects.get().enterprise == row
    assert Affiliation.objects.get().person.full_name == "Quispe, Ana"
    assert row.notes.get().photo.size > 100


def test_the_same_twice_has_one_effect_its_consent_too(phone: Telephone) -> None:
    key = uuid.uuid4()
    given = values(given_names="Ana", surnames="Quispe Mamani", consent="on")
    first = phone.sends("registry.person.registered", given, id=key)
    again = phone.sends("registry.person.registered", given, id=key)
    assert (first["state"], again["state"]) == ("done", "done")
    person = Person.objects.get(surnames="Quispe Mamani")
    assert again["receipt"] == {"id": str(person.public_id)}
    assert Consent.objects.filter(person=person).count() <= 1
    assert Line.objects.filter(intention=key).count() == 1


def test_a_firm_like_one_that_is_here_is_asked_about_unless_somebody_looked(
    people: Cast, phone: Telephone
) -> None:
    known = firm(people)
    given = values(name="Textiles Ilimani", phone="70099999", legal_name="Illimani SRL")
    told = phone.sends("registry.enterprise.registered", given)
    assert (told["state"], told["code"]) == ("question", "registry.arrival.same")
    kept = Arrival.objects.get()
    assert [value for value, _label in kept.choices] == [str(known.public_id), "new"]
    told = phone.sends("registry.enterprise.registered", given | values(is_new="on"))
    assert told["state"] == "done"
    told = phone.sends("registry.enterprise.registered", given | values(same=str(known.public_id)))
    assert told["receipt"] is None
    known.refresh_from_db()
    assert (known.name, known.phone) == ("Textiles Illimani", "+59170099999")


def test_a_taken_key_is_a_question_where_one_sees_whose_it_is(
    people: Cast, phone: Telephone
) -> None:
    mine = firm(people, "Café Yungas", nit="1020304050")
    told = phone.sends("registry.enterprise.registered", values(name="Otra", nit="1020304050"))
    assert told["state"] == "question"
    assert [value for value, _label in Arrival.objects.get().choices] == [str(mine.public_id)]
    make.enterprise("De otros", nit="9988776655")
    told = phone.sends("registry.enterprise.registered", values(name="Tal", nit="9988776655"))
    assert (told["state"], told["code"]) == ("refused", "registry.enterprise.nit_taken")


def test_two_who_changed_different_fields_both_stand(people: Cast, phone: Telephone) -> None:
    row = firm(people, phone="+59170000001")
    base = base_of(row)
    Enterprise.objects.filter(pk=row.pk).update(legal_name="Illimani SRL")
    given = base | values(enterprise=str(row.public_id), phone="70000002")
    told = phone.sends("registry.enterprise.corrected", given, base=base)
    assert told["state"] == "done", told
    row.refresh_from_db()
    assert (row.phone, row.legal_name) == ("+59170000002", "Illimani SRL")


def test_two_who_changed_the_same_field_are_asked_and_nothing_is_overwritten(
    people: Cast, phone: Telephone
) -> None:
    row = firm(people, phone="+59170000001")
    base = base_of(row)
    Enterprise.objects.filter(pk=row.pk).update(phone="+59170000003")
    given = base | values(enterprise=str(row.public_id), phone="70000002")
    told = phone.sends("registry.enterprise.corrected", given, base=base)
    assert (told["state"], told["code"]) == ("question", "field.values.clash")
    row.refresh_from_db()
    assert row.phone == "+59170000003"
    kept = Arrival.objects.get()
    assert (kept.enterprise, kept.clashing) == (row, ["phone"])


def test_a_small_form_leaves_the_other_fields_alone(people: Cast, phone: Telephone) -> None:
    person = make.person("Ana", "Quispe", by=make.actor(people.trainer), phone="+59170000001",
                         birth_date=date(1990, 5, 1))  # fmt: skip
    given = values(person=str(person.public_id), email="ana@example.bo")
    assert phone.sends("registry.person.corrected", given)["state"] == "done"
    person.refresh_from_db()
    assert (person.phone, person.birth_date, person.email) == (
        "+59170000001", date(1990, 5, 1), "ana@example.bo",
    )  # fmt: skip


def test_what_was_merged_meanwhile_is_followed(people: Cast, phone: Telephone) -> None:
    keep, absorb = firm(people, "Café Yungas"), firm(people, "Café Los Yungas")
    merges.merge(actor=make.actor(people.lead), keep=keep, absorb=absorb)
    given = values(enterprise=str(absorb.public_id), text="Cerrado por feria")
    assert phone.sends("registry.note.written", given)["state"] == "done"
    assert keep.notes.get().text == "Cerrado por feria"


def test_another_partners_firm_is_refused(people: Cast) -> None:
    row = firm(people)
    phone = Telephone(people.other_coordinator)
    told = phone.sends("registry.note.written", values(enterprise=str(row.public_id), text="x"))
    assert (told["state"], told["code"]) == ("refused", "registry.not_visible")
    told = phone.sends("registry.note.written", values(text="x"))
    assert told["code"] == "registry.note.of_nobody"
    told = phone.sends("registry.note.written", values(enterprise=str(row.public_id)))
    assert (told["code"], told["message"]) == (
        "registry.not_visible", "No hay tal empresa en su registro, o no le toca verla.",
    ) or told["code"] == "registry.arrival.unreadable"  # fmt: skip


def test_a_file_that_is_no_photograph_is_refused_with_a_sentence(
    people: Cast, phone: Telephone
) -> None:
    given = values(enterprise=str(firm(people).public_id), text="x")
    told = phone.sends("registry.note.written", given, files={"photo": b"MZ no es una foto"})
    assert (told["state"], told["code"]) == ("refused", "web.photo.unreadable")
    assert Note.objects.count() == 0


def test_a_note_is_written_on_the_page_shown_in_the_story_and_leaves_as_a_list(
    people: Cast,
) -> None:
    row = firm(people)
    client = client_of(people.trainer)
    url = reverse("registry:note_on_enterprise", args=[row.public_id])
    assert client.get(url).status_code == 200
    assert client.post(url, {"on": "2026-11-20", "text": ""}).status_code == 422
    file = BytesIO(photo())
    file.name = "f.jpg"
    answer = client.post(url, {"on": "2026-11-20", "text": "=2+2 telares", "photo": file})
    assert answer.status_code == 302
    page = client.get(reverse("registry:enterprise", args=[row.public_id])).content.decode()
    note = Note.objects.get()
    address = reverse("registry:note_photo", args=[note.public_id])
    assert "=2+2 telares" in page
    assert address in page
    assert client.get(address).status_code == 200
    assert client_of(people.other_coordinator).get(address).status_code == 404
    listed = client.get(reverse("registry:export_notes", args=["csv"])).getvalue().decode()
    assert "'=2+2 telares" in listed
    other = client_of(people.other_coordinator)
    assert (
        "telares"
        not in other.get(reverse("registry:export_notes", args=["csv"])).getvalue().decode()
    )


def test_notes_of_a_person_go_with_them(people: Cast, phone: Telephone) -> None:
    person = make.person("Ana", "Quispe", by=make.actor(people.trainer))
    given = values(person=str(person.public_id), text="Tiene dos hijas")
    phone.sends("registry.note.written", given, files={"photo": photo()})
    actor = make.actor(people.lead)
    erasure.erase_person(actor=actor.__class__(user=people.lead, reason="lo pidió"), person=person)
    note = Note.objects.get()
    assert (note.text, note.photo.name) == ("—", "")
