"""The register on screen: the right person gets in, the stranger does not, pages stay cheap."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import make
from digna.registry.likeness import Likeness
from digna.registry.models import Consent, ConsentText, DuplicatePair, Person
from digna.registry.services import duplicates

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(role: str, **limits: object) -> Client:
    client = Client()
    client.force_login(make.user(role=role, **limits), backend=BACKEND)
    return client


PAGES = ("registry:people", "registry:enterprises", "registry:organisations", "registry:pairs")


@pytest.mark.parametrize("name", [*PAGES, "registry:imports", "registry:upload"])
def test_pages_open_for_the_lead_and_not_for_a_stranger(name: str) -> None:
    assert signed_in("lead").get(reverse(name)).status_code == 200
    answer = Client().get(reverse(name))
    assert answer.status_code == 302
    assert "/cuenta/login" in answer["location"]


def fill(count: int) -> None:
    place = make.place("El Alto")
    body = make.organisation(constituency="employers")
    for _ in range(count):
        one = make.person(place=place, sex="female", partner=body)
        make.enterprise(place=place, partner=body)
        other = make.person()
        duplicates.note_pair(
            actor=make.actor(), one=one, other=other, likeness=Likeness(0.9, ("similar_name",))
        )
        make.organisation(place=place)


@pytest.mark.parametrize("name", PAGES)
def test_lists_cost_the_same_at_ten_and_twenty_rows(name: str) -> None:
    client, url = signed_in("lead"), reverse(name)
    fill(10)
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as at_ten:
        client.get(url)
    fill(10)
    client.get(url)
    with CaptureQueriesContext(connection) as at_twenty:
        assert client.get(url).status_code == 200
    assert len(at_ten) == len(at_twenty) <= 25


def test_a_record_costs_at_most_30_queries() -> None:
    """About one for each room that tells a chapter, whoever the person is."""
    fill(3)
    client, person = signed_in("lead"), Person.objects.first()
    assert person is not None
    url = reverse("registry:person", args=[person.public_id])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    assert len(queries) <= 30


def test_a_coordinator_sees_their_departments_and_what_they_recorded() -> None:
    mine = make.person("Rosa", "Mamani", place=make.place("El Alto", "BO-L"))
    other = make.person("Juan", "Rojas", place=make.place("Warnes", "BO-S"))
    client = signed_in("coordinator", departments=["BO-L"])
    listing = client.get(reverse("registry:people")).content.decode()
    assert "Mamani" in listing
    assert "Rojas" not in listing
    assert client.get(reverse("registry:person", args=[mine.public_id])).status_code == 200
    assert client.get(reverse("registry:person", args=[other.public_id])).status_code == 404


def test_an_owner_sees_their_firm_and_nobody_elses() -> None:
    from digna.registry.services import people

    user = make.user(role="owner")
    owner = make.person("Rosa", "Mamani")
    people.correct_person(actor=make.actor(), person=owner, account=user)
    own, other = make.enterprise("Illimani"), make.enterprise("Qhana")
    people.affiliate(actor=make.actor(), person=owner, enterprise=own, role="owner")
    client = Client()
    client.force_login(user, backend=BACKEND)
    listing = client.get(reverse("registry:enterprises")).content.decode()
    assert "Illimani" in listing
    assert "Qhana" not in listing
    assert client.get(reverse("registry:enterprise", args=[other.public_id])).status_code == 404
    assert client.get(reverse("registry:people")).status_code == 403


def test_an_auditor_reads_and_writes_nothing() -> None:
    person, client = make.person("Rosa", "Mamani"), signed_in("auditor")
    assert client.get(reverse("registry:person", args=[person.public_id])).status_code == 200
    for name in ("correct_person", "affiliate", "erase_person"):
        assert client.get(reverse(f"registry:{name}", args=[person.public_id])).status_code == 403


def test_a_near_match_is_shown_and_nothing_typed_is_lost() -> None:
    make.person("Rosa", "Mamani Quispe")
    client = signed_in("lead")
    values = {"given_names": "Rosa", "surnames": "Mamani Quizpe", "phone": "71234567", "sex": ""}
    answer = client.post(reverse("registry:new_person"), values)
    page = answer.content.decode()
    assert "¿Es una de estas?" in page
    assert 'value="71234567"' in page or "+59171234567" in page
    assert Person.objects.count() == 1
    client.post(reverse("registry:new_person"), values | {"is_new": "1"})
    assert Person.objects.count() == 2


def test_a_form_sent_twice_makes_one_person() -> None:
    client, intention = signed_in("lead"), str(uuid.uuid4())
    values = {"given_names": "Nayra", "surnames": "Condori", "sex": "", "intention": intention}
    first = client.post(reverse("registry:new_person"), values | {"is_new": "1"})
    again = client.post(reverse("registry:new_person"), values | {"is_new": "1"})
    assert first["location"] == again["location"]
    assert Person.objects.count() == 1


def test_bad_input_says_what_where_and_what_to_do() -> None:
    make.person("Rosa", "Mamani", document="4567890")
    answer = signed_in("lead").post(
        reverse("registry:new_person"),
        {"given_names": "Juana", "document": "4567890", "phone": "123", "sex": ""},
    )
    page = answer.content.decode()
    assert "le faltan o sobran cifras" in page
    answer = signed_in("lead").post(
        reverse("registry:new_person"), {"given_names": "Juana", "document": "4567890", "sex": ""}
    )
    assert "Ese documento ya es de Mamani, Rosa" in answer.content.decode()


def test_consent_keeps_the_text_that_was_shown() -> None:
    text = ConsentText.objects.create(
        purpose="follow_up", version="1", language="es", title="Seguimiento", text="Acepto que…"
    )
    person, client = make.person(), signed_in("trainer", departments=[])
    client.post(
        reverse("registry:consent", args=[person.public_id, text.pk]),
        {"text": text.pk, "is_given": "0", "channel": "spoken"},
    )
    answer = Consent.objects.get()
    assert (answer.text, answer.is_given, answer.person) == (text, False, person)


def test_merging_on_screen_takes_the_fields_chosen() -> None:
    keep, absorb = make.person("Rosa", "Mamani"), make.person("Rosa", "Mamani Quispe")
    pair = duplicates.note_pair(
        actor=make.actor(), one=keep, other=absorb, likeness=Likeness(0.95, ("similar_name",))
    )
    client = signed_in("mel")
    client.post(reverse("registry:pair", args=[pair.pk]), {"take_surnames": "absorbed"})
    keep.refresh_from_db()
    assert keep.surnames == "Mamani Quispe"
    pair.refresh_from_db()
    assert pair.state == DuplicatePair.State.SAME


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_re_imports_unchanged(form: str) -> None:
    from digna.registry.services import imports

    make.person("Ñusta", "Quispe Áñez", sex="female", phone="+59171234567", place=make.place())
    make.person("José Luis", "Rojas", sex="male", birth_year=1980)
    answer = signed_in("lead").get(reverse("registry:export_people", args=[form]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    batch = imports.receive(
        actor=make.actor(), kind="people", file_name=f"p.{form}", content=content
    )
    mapping = {int(c): f for c, f in batch.mapping.items()}
    assert len(mapping) == 8
    imports.set_columns(
        actor=make.actor(), batch=batch, sheet=batch.sheet, header_row=1, mapping=mapping
    )
    imports.check(actor=make.actor(), batch=batch)
    rows = list(batch.rows.order_by("number"))
    assert [row.problems for row in rows] == [[], []]
    assert rows[0].values["given_names"] == "Ñusta"
    assert rows[0].match["is_same"]


def test_an_export_never_holds_a_formula_or_a_document() -> None:
    make.person("=cmd|' /C calc'!A0", "Rojas", document="4567890")
    answer = signed_in("lead").get(reverse("registry:export_people", args=["csv"]))
    text = b"".join(answer.streaming_content).decode()
    assert not re.search(r"(^|,)=", text, re.MULTILINE)
    assert "4567890" not in text


def test_search_answers_people_firms_and_organisations() -> None:
    make.person("Rosa", "Illimani")
    make.enterprise("Tostaduría Illimani")
    make.organisation("Cámara Illimani")
    page = signed_in("lead").get(reverse("registry:search"), {"q": "ilimani"}).content.decode()
    missing = [n for n in ("Illimani, Rosa", "Tostaduría Illimani", "Cámara") if n not in page]
    assert missing == []
