"""Sheets of work on paper: all they ask, a QR to where they are typed in, and typing them in."""

from typing import Any

import pytest
from improvement import made as improvement
from lxml import html
from training import made as training

from cast import Cast, cast, client_of
from digna.accounts import fieldwork
from digna.field.days import agenda
from field.sheets import form_of
from field.test_works import every_key, firm_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def page_of(people: Cast, url: str) -> Any:
    reply = client_of(people.trainer).get(url)
    assert reply.status_code == 200, url
    return html.fromstring(reply.content.decode())


def test_every_work_prints_what_its_page_asks(people: Cast) -> None:
    keys = every_key(people)
    assert set(keys) == set(fieldwork.WORKS)
    for slug, key in keys.items():
        paper = page_of(people, f"/campo/papel/{slug}/{key}/")
        told = " ".join(paper.text_content().split())
        sheet = page_of(people, f"/campo/hacer/{slug}/{key}/")
        labels = sheet.xpath("//form[@data-intention]//label[@for]")
        words = [
            label.text_content().strip().removesuffix("(opcional)").rstrip(" *") for label in labels
        ]
        asked = [word for word in words if word and "Foto" not in word and "foto" not in word]
        missing = [word for word in asked if word.split("\n")[0] not in told]
        assert slug == "recorrido" or not missing, (slug, missing)
        assert paper.xpath(
            f"//*[@class='qr']//a[contains(@href, '/campo/hacer/{slug}/{key}/?teclado=1')]"
        ), slug


def test_a_list_to_sign_names_everybody_and_leaves_room_for_others(people: Cast) -> None:
    firm = firm_of(people)
    training.people(firm, "manager", "worker")
    workshop = training.workshop(firm.cycle)
    paper = page_of(people, f"/campo/papel/taller/{workshop.pk}/")
    rows = paper.xpath("//table/tbody/tr")
    names = [row.xpath("string(th/text())").strip() for row in rows]
    seated = [seat.person.full_name for seat in firm.participants.all()]
    assert sorted(name for name in names if name) == sorted(seated)
    assert names.count("") == 4
    assert paper.xpath("string(//caption)") == str(firm.enterprise)
    first = " ".join(rows[0].xpath("string(td[1])").split())
    assert first == "1) Presente 2) Ausente"


def test_a_checklist_on_paper_is_of_a_firm_and_leads_back_to_it(people: Cast) -> None:
    firm = firm_of(people).enterprise
    instrument = improvement.instrument("five-s")
    url = agenda.work_url("recorrido", instrument.pk).replace("hacer", "papel")
    paper = page_of(people, f"{url}?empresa={firm.public_id}")
    assert firm.name in paper.xpath("string(//header)")
    assert paper.xpath(f"//a[contains(@href, '?teclado=1#{firm.public_id}')]")
    items = instrument.current.items if instrument.current else ()
    assert len(paper.xpath("//table/tbody/tr[td]")) == len(items) > 0
    assert "0 · nada" in paper.xpath("string(//table/tbody/tr[td][1]/td[1])")
    other = improvement.firm(name="Ajena")
    client = client_of(people.trainer)
    assert client.get(f"{url}?empresa={other.public_id}").status_code == 404
    assert client.get(f"{url}?empresa=nada").status_code == 404


def test_what_is_typed_in_goes_on_to_the_next_one(people: Cast) -> None:
    firm = firm_of(people)
    client = client_of(people.trainer)
    plain = f"/campo/hacer/visita/{firm.public_id}/"
    form = form_of(client.get(f"{plain}?teclado=1").content)
    assert form.get("data-keyboard") is not None
    assert form.get("data-next") == f"{plain}?teclado=1"
    usual = form_of(client.get(plain).content)
    assert usual.get("data-keyboard") is None
    assert usual.get("data-next") == f"/campo/empresas/{firm.enterprise.public_id}/"


def test_no_paper_of_what_one_may_not_do(people: Cast) -> None:
    firm = firm_of(people)
    url = f"/campo/papel/visita/{firm.public_id}/"
    assert client_of(None).get(url).status_code == 302
    assert client_of(people.other_coordinator).get(url).status_code == 404
    assert client_of(people.auditor).get(url).status_code == 403
    assert client_of(people.trainer).get("/campo/papel/no-hay/1/").status_code == 404
