"""The week of a trainer: today, firms, what is taken along, and only what changed of it."""

import json
import uuid
from datetime import datetime, timedelta, tzinfo

import pytest
from django.template import defaulttags
from django.utils import timezone
from improvement import made as improvement
from training import made as training

import make
from cast import Cast, cast, client_of
from digna.field.days import agenda, firms, pack, registering
from digna.journal import intake
from digna.registry.models import Enterprise
from digna.training.models import CycleFirm
from field.sheets import form_of, sent_late
from field.test_works import firm_of, partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def firm(people: Cast) -> CycleFirm:
    return firm_of(people, name="Tostaduría Illimani")


def test_today_shows_visits_workshops_and_what_is_late(people: Cast, firm: CycleFirm) -> None:
    today = timezone.localdate()
    firm.next_visit_on = today + timedelta(days=2)
    firm.save()
    now = timezone.now()
    workshop = training.workshop(firm.cycle, starts_at=now, ends_at=now + timedelta(hours=2))
    found = agenda.of(people.trainer, today)
    assert [entry.url for _day, rows in found.days for entry in rows] == [
        f"/campo/hacer/taller/{workshop.pk}/",
        f"/campo/empresas/{firm.enterprise.public_id}/",
    ]
    page = client_of(people.trainer).get("/campo/hoy").content.decode()
    assert "Tostaduría Illimani" in page
    assert "Por perseguir" in page
    empty = client_of(people.owner).get("/campo/hoy").content.decode()
    assert "No hay visitas, talleres ni sesiones" in empty


def test_a_firm_of_ones_cycles_is_seen_and_another_is_not(people: Cast, firm: CycleFirm) -> None:
    url = f"/campo/empresas/{firm.enterprise.public_id}/"
    page = client_of(people.trainer).get(url).content.decode()
    assert f"/campo/hacer/visita/{firm.public_id}/" in page
    assert client_of(people.other_coordinator).get(url).status_code == 404
    assert [row.name for row in firms.mine(people.trainer)] == ["Tostaduría Illimani"]


def test_only_what_changed_comes_down(people: Cast, firm: CycleFirm) -> None:
    improvement.project(firm.enterprise)
    client = client_of(people.trainer)
    first = client.get("/campo/semana.json").json()
    again = client_of(people.trainer).get("/campo/semana.json").json()
    old = {row["url"]: row["revision"] for row in first["urls"]}
    assert {row["url"]: row["revision"] for row in again["urls"]} == old
    assert f"/campo/hacer/visita/{firm.public_id}/" in old
    firm.enterprise.phone = "+59171234567"
    firm.enterprise.save()
    later = client.get("/campo/semana.json").json()
    changed = {row["url"] for row in later["urls"] if old.get(row["url"]) != row["revision"]}
    key = firm.enterprise.public_id
    assert changed == {
        f"/campo/empresas/{key}/", f"/campo/registrar/correccion/{key}/", "/campo/indice.json",
    }  # fmt: skip


def test_a_later_hour_alone_changes_no_page(
    people: Cast, firm: CycleFirm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page says at its foot when it was printed."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Later":
            return super().now(tz) + timedelta(minutes=7)

    client = client_of(people.trainer)
    first = client.get("/campo/semana.json").json()["urls"]
    shown = client.get("/campo/hoy").content
    monkeypatch.setattr(defaulttags, "datetime", Later)
    assert client.get("/campo/semana.json").json()["urls"] == first
    assert b"<time>" in shown
    assert client.get("/campo/hoy").content.partition(b"<time>")[2] != shown.partition(b"<time>")[2]


def test_what_is_chosen_is_what_is_taken(people: Cast, firm: CycleFirm) -> None:
    client = client_of(people.trainer)
    lists = client.get("/campo/semana.json?que=listas").json()["urls"]
    assert any("/recorrido/" in row["url"] for row in lists)
    assert not any(str(firm.enterprise.public_id) in row["url"] for row in lists)
    page = client.get("/campo/llevar?que=listas").content.decode()
    assert 'data-manifest="/campo/semana.json?que=listas"' in page


def test_pages_come_several_at_once_each_by_its_own_door(people: Cast, firm: CycleFirm) -> None:
    other = improvement.firm(name="Ajena")
    urls = [
        "/campo/hoy",
        f"/campo/empresas/{firm.enterprise.public_id}/",
        f"/campo/empresas/{other.public_id}/",
        "/campo/no-hay",
        "/registro/empresas/",
    ]
    client = client_of(people.trainer)
    reply = client.get("/campo/paginas.json", {"u": urls})
    assert [row["url"] for row in reply.json()["pages"]] == urls[:2]
    assert client_of(None).get("/campo/paginas.json").status_code == 302


def test_the_index_holds_what_one_may_see_and_no_more(people: Cast, firm: CycleFirm) -> None:
    person = make.person(given_names="Rosa", surnames="Mamani", partner=partner())
    rows = client_of(people.trainer).get("/campo/indice.json").json()["rows"]
    assert {row["name"] for row in rows} >= {"Tostaduría Illimani", person.full_name}
    others = client_of(people.other_coordinator).get("/campo/indice.json").json()["rows"]
    assert "Tostaduría Illimani" not in {row["name"] for row in others}


def test_a_page_that_went_away_leaves_the_rest_of_the_week(people: Cast, firm: CycleFirm) -> None:
    client = client_of(people.trainer)
    manifest = client.get("/campo/semana.json").json()
    assert manifest["kind"] == "week"
    assert manifest["home"] == "/campo/hoy"
    assert manifest["total_bytes"] == sum(row["bytes"] for row in manifest["urls"])
    kinds = {row["url"]: row["kind"] for row in manifest["urls"]}
    assert kinds["/campo/hoy"] == "course"
    assert pack.PAGES_AT_ONCE < 100


def test_what_begins_in_the_field_goes_through_the_registers_own_doors(
    people: Cast, firm: CycleFirm
) -> None:
    client = client_of(people.trainer)
    for slug, page in registering.PAGES.items():
        key = f"{firm.enterprise.public_id}/" if page.needs_key else ""
        reply = client.get(f"/campo/registrar/{slug}/{key}")
        form = form_of(reply.content)
        assert form.get("data-intention") == page.action
        assert form.get("data-born", "") == page.born
        assert page.action in intake.INTAKES
    assert client_of(people.auditor).get("/campo/registrar/nota/").status_code == 403
    assert client.get("/campo/registrar/correccion/").status_code == 404
    assert client.get("/campo/registrar/no-hay/").status_code == 404


def test_a_firm_born_on_a_telephone_gets_its_person_and_note_by_its_provisional_id(
    people: Cast,
) -> None:
    """Sent in the wrong order, each waits for what it follows."""
    firm_id, person_id = str(uuid.uuid4()), str(uuid.uuid4())
    note = {"enterprise": [f"@{firm_id}"], "text": ["Tuestan a leña"], "on": ["2021-03-02"]}
    after = {"after": json.dumps([firm_id])}
    early = sent_late(people.trainer, "registry.note.written", note, **after)
    assert (early["state"], early["code"]) == ("later", "field.predecessor.waits")
    made = {"name": ["Tostaduría Sajama"], "on": ["2021-03-02"]}
    told = sent_late(people.trainer, "registry.enterprise.registered", made, id=firm_id)
    assert told["state"] == "done"
    person = {"given_names": ["Nilda"], "surnames": ["Choque"]}
    sent_late(people.trainer, "registry.person.registered", person, id=person_id)
    link = {"person": [f"@{person_id}"], "enterprise": [f"@{firm_id}"], "role": ["owner"]}
    both = {"after": json.dumps([firm_id, person_id])}
    assert sent_late(people.trainer, "registry.affiliation.added", link, **both)["state"] == "done"
    assert sent_late(people.trainer, "registry.note.written", note, **after)["state"] == "done"
    found = Enterprise.objects.get(name="Tostaduría Sajama")
    assert [row.text for row in found.notes.all()] == ["Tuestan a leña"]
    assert found.affiliations.get().person.given_names == "Nilda"


def test_a_page_of_the_register_works_without_javascript_too(people: Cast, firm: CycleFirm) -> None:
    client = client_of(people.trainer)
    values = {"enterprise": str(firm.enterprise.public_id), "on": "2021-03-02", "text": "Limpio"}
    assert client.post("/campo/registrar/nota/", values).status_code == 302
    assert firm.enterprise.notes.get().text == "Limpio"
    empty = client.post("/campo/registrar/nota/", values | {"text": ""})
    assert empty.status_code == 422


def test_a_forms_page_travels_by_itself_with_its_own_content_policy(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"url": "/campo/formularios/1/", "kind": "page", "bytes": 9, "revision": "a", "label": "X"},
        {"url": "/campo/formularios/1/d.json", "kind": "definition", "bytes": 1, "revision": "b"},
    ]
    monkeypatch.setattr(pack.surveys, "urls", lambda _user: rows)
    client = client_of(people.trainer)
    found = {row["url"]: row["kind"] for row in client.get("/campo/semana.json").json()["urls"]}
    assert found["/campo/formularios/1/"] == "form"
    assert found["/campo/formularios/1/d.json"] == "definition"
    without = client.get("/campo/semana.json?que=dias").json()["urls"]
    assert not any("formularios" in row["url"] for row in without)
