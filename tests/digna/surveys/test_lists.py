"""Lists of the register: offered to telephones, for each what they may see, as fresh as it is."""

import csv
import gzip
import hashlib
import io
import uuid
from datetime import date
from typing import Any

import pytest
from defusedxml import ElementTree
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import etree

import cast
import make
from cast import client_of
from digna.accounts.models import User
from digna.errors import Refused
from digna.registry.models import Enterprise
from digna.surveys import exporting, lists, taking_along
from digna.surveys.models import BindingOutcome, Submission, SurveyForm
from digna.surveys.reading.tables import Wishes
from digna.surveys.selectors import submissions as selectors
from digna.surveys.services import forms, reviews
from surveys import phone, workbooks

pytestmark = pytest.mark.django_db
FIRMS = "digna_empresas.csv"
NAMESPACE = 'digna="urn:digna:surveys"'
FOLLOW_UP = (
    ("type", "name", "label", "calculation", "bind::digna:dato"),
    (f"select_one_from_file {FIRMS}", "empresa", "¿Qué empresa?", "", "enterprise.key"),
    ("calculate", "nombre", "", "pulldata('digna_empresas', 'nombre', 'name', ${empresa})", ""),
    ("integer", "mujeres", "Trabajadoras", "", "enterprise.workers_women"),
    ("date", "dia", "Día", "", "enterprise.on"),
)


def following(**more: Any) -> SurveyForm:
    """A form that chooses a firm."""
    told = workbooks.settings("seguimiento", namespaces=NAMESPACE)
    return phone.form(workbooks.workbook(FOLLOW_UP, told=told), **more)


def filled(firm: str, women: str = "4") -> bytes:
    return (
        f"<data id='seguimiento' version='1'><empresa>{firm}</empresa><nombre/>"
        f"<mujeres>{women}</mujeres><dia>2026-03-01</dia>"
        f"<meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta></data>"
    ).encode()


def trainer(name: str = "Tania Quispe", partner: str = cast.PARTNER) -> User:
    return make.user(name, role="trainer", partner=partner)


def firm_of(partner: str, name: str) -> Enterprise:
    from digna.registry.models import Organisation

    row = Organisation.objects.filter(code=partner).first()
    row = row or make.organisation(partner, code=partner, is_partner=True)
    return make.enterprise(name, partner=row)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def manifest(one: phone.Phone, form: SurveyForm) -> dict[str, tuple[str, str]]:
    """What a telephone is told of a form's files: by name, their hash and address."""
    content = one.ask("GET", f"forms/{forms.newest(form).public_id}/manifest").content
    told = [[child.text or "" for child in row] for row in ElementTree.fromstring(content)]
    return {name: (digest, url) for name, digest, url in told}


def fetched(one: phone.Phone, url: str) -> Any:
    return one.ask("GET", url.removeprefix("http://testserver"))


def test_a_telephone_fetches_the_list_by_the_hash_of_its_bytes_and_again_when_it_changes() -> None:
    first = firm_of(cast.PARTNER, "Tejidos Illimani")
    form, one = following(), phone.phone(trainer())
    assert b"manifestUrl" in one.ask("GET", "formList").content
    digest, url = manifest(one, form)[FIRMS]
    got = fetched(one, url)
    assert digest == "md5:" + hashlib.md5(got.content, usedforsecurity=False).hexdigest()
    assert got["content-type"] == "text/csv; charset=utf-8"
    assert [row["name"] for row in rows_of(got.content)] == [str(first.public_id)]
    assert manifest(one, form)[FIRMS][0] == digest  # nothing changed: nothing to fetch
    second = firm_of(cast.PARTNER, 'Ágata, "joyas"\ny plata')
    later, url = manifest(one, form)[FIRMS]
    assert later != digest
    told = rows_of(fetched(one, url).content)
    assert [row["nombre"] for row in told] == ['Ágata, "joyas" y plata', "Tejidos Illimani"]
    assert told[0]["name"] == str(second.public_id)


def test_a_firm_that_somebody_may_not_see_is_in_no_list_of_theirs() -> None:
    mine = firm_of(cast.PARTNER, "La mía")
    firm_of(cast.OTHER_PARTNER, "La ajena")
    form = following()
    one, other = phone.phone(trainer()), phone.phone(trainer("Otra", cast.OTHER_PARTNER))
    told = [fetched(who, manifest(who, form)[FIRMS][1]).content for who in (one, other)]
    assert [row["name"] for row in rows_of(told[0])] == [str(mine.public_id)]
    assert "La mía" not in told[1].decode()
    url = reverse("surveys:fill_list", args=["bolivia", FIRMS])
    client = client_of(one.key.user)
    assert client.get(url).content == told[0]
    assert "La ajena" in client_of(cast.cast().lead).get(url).content.decode()
    assert client_of(cast.cast().owner).get(url).status_code == 403
    for wrong in (["otro", FIRMS], ["bolivia", "digna_nada.csv"], ["bolivia", "rubros.csv"]):
        assert client.get(reverse("surveys:fill_list", args=wrong)).status_code == 404


def test_no_list_of_firms_tells_more_than_choosing_needs() -> None:
    make.enterprise("Café Yungas", nit="1023456789", phone="+59171234567", place=make.place())
    user = make.user("Elena", role="lead")
    (row,) = lists.known()[FIRMS].rows(phone.programme(), user)
    assert row["label"] == "Café Yungas · El Alto"
    assert (row["municipio"], row["departamento"]) == ("El Alto", "BO-L")
    assert not {"1023456789", "+59171234567"} & set(row.values())


def test_it_is_packed_for_who_can_unpack_and_not_sent_again_to_who_has_it() -> None:
    for number in range(30):
        firm_of(cast.PARTNER, f"Empresa {number:02d}")
    following()
    client = client_of(trainer())
    url = reverse("surveys:fill_list", args=["bolivia", FIRMS])
    plain = client.get(url)
    packed = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    again = client.get(url, headers={"If-None-Match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in plain["Cache-Control"]


def test_what_a_telephone_takes_along_changes_only_when_the_list_does() -> None:
    who = trainer()
    firm_of(cast.PARTNER, "Tejidos Illimani")
    form = following()
    told = workbooks.settings("otro", namespaces=NAMESPACE)
    phone.form(workbooks.workbook(FOLLOW_UP, told=told))
    rows = {row["url"]: row for row in taking_along.urls(who)}
    url = reverse("surveys:fill_list", args=["bolivia", FIRMS])
    answer = client_of(who).get(url)
    assert rows[url]["bytes"] == len(answer.content)
    assert rows[url]["revision"] == hashlib.md5(answer.content, usedforsecurity=False).hexdigest()
    assert sum(row["kind"] == "list" for row in rows.values()) == 1  # one for both forms
    definition = taking_along.definition(forms.newest(form))
    assert definition["media"] == {FIRMS: url}
    assert {row["url"]: row for row in taking_along.urls(who)} == rows
    firm_of(cast.OTHER_PARTNER, "La ajena")
    assert {row["url"]: row for row in taking_along.urls(who)} == rows  # nothing to them
    firm_of(cast.PARTNER, "Otra mía")
    changed = [u for u, r in ((r["url"], r) for r in taking_along.urls(who)) if r != rows[u]]
    assert changed == [url]
    manifest = client_of(who).get(reverse("surveys:along", args=[form.public_id])).json()
    assert url in [row["url"] for row in manifest["urls"]]


def test_registered_by_one_form_chosen_by_the_next() -> None:
    """The loop: form A registers a firm, form B chooses it, and its facts are of that very firm."""
    intake = (
        ("type", "name", "label", "bind::digna:dato"),
        ("text", "nombre", "Nombre", "enterprise.name"),
        ("integer", "mujeres", "Trabajadoras", "enterprise.workers_women"),
    )
    told = workbooks.settings("ingreso", namespaces=NAMESPACE)
    phone.form(workbooks.workbook(intake, told=told))
    form, lead = following(), make.user("Elena", role="lead")
    one = phone.phone(lead)
    before = manifest(one, form)[FIRMS][0]
    answers = b"<nombre>Chompas Kantuta</nombre><mujeres>2</mujeres>"
    xml = b"<data id='ingreso' version='1'>" + answers + b"</data>"
    assert one.send(xml).status_code == 201
    reviews.review(actor=make.actor(lead), submission=Submission.objects.get(), state="approved")
    firm = Enterprise.objects.get()
    digest, url = manifest(one, form)[FIRMS]
    assert digest != before
    (row,) = rows_of(fetched(one, url).content)
    assert row["name"] == str(firm.public_id)
    assert one.send(filled(row["name"])).status_code == 201
    sent = Submission.objects.get(form=form)
    for _time in range(2):
        reviews.review(actor=make.actor(lead), submission=sent, state="approved")
    assert Enterprise.objects.count() == 1
    first, second = firm.facts.filter(kind="workers_women").order_by("on")
    assert (first.on, first.number, second.number) == (date(2026, 3, 1), 4, 2)
    outcome = BindingOutcome.objects.get(submission=sent)
    assert (outcome.row_model, outcome.row_key) == ("registry.enterprise", str(firm.public_id))
    page = client_of(lead).get(reverse("surveys:submission", args=[sent.public_id]))
    assert "Chompas Kantuta" in page.content.decode()
    assert reverse("registry:enterprise", args=[firm.public_id]) in page.content.decode()


@pytest.mark.parametrize("key", ["11111111-1111-4111-8111-111111111111", "no es una clave"])
def test_a_key_that_is_of_no_firm_stops_the_approval_and_says_why(key: str) -> None:
    following()
    lead = make.user("Elena", role="lead")
    assert phone.phone(lead).send(filled(key)).status_code == 201
    row = Submission.objects.get()
    with pytest.raises(Refused) as problem:
        reviews.review(actor=make.actor(lead), submission=row, state="approved")
    assert problem.value.code == "surveys.binding.firm"
    row.refresh_from_db()
    assert (row.state, Enterprise.objects.count()) == ("received", 0)


def test_who_may_not_see_the_firm_does_not_write_to_it_by_approving() -> None:
    firm = make.enterprise("Ajena")
    following()
    assert phone.phone(make.user("Elena", role="lead")).send(filled(str(firm.public_id)))
    analyst = make.user("Ana", role="analyst")
    with pytest.raises(Refused) as problem:
        reviews.review(
            actor=make.actor(analyst), submission=Submission.objects.get(), state="approved"
        )
    assert problem.value.code == "surveys.binding.firm"
    assert not firm.facts.exists()


def test_a_firm_merged_since_keeps_its_words_and_its_facts_find_the_one_that_stands() -> None:
    lead = make.user("Elena", role="lead")
    kept, gone = make.enterprise("Tejidos Sajama"), make.enterprise("Tejidos Sajama SRL")
    form = following()
    one = phone.phone(lead)
    assert one.send(filled(str(gone.public_id))).status_code == 201
    Enterprise.objects.filter(pk=gone.pk).update(merged_into=kept)
    listed = lists.known()[FIRMS].rows(form.programme, lead)
    assert [row["name"] for row in listed] == [str(kept.public_id)]
    sent = Submission.objects.get()
    told = selectors.page(sent, "").answers[0]
    assert told.words == ("Tejidos Sajama SRL",)
    reviews.review(actor=make.actor(lead), submission=sent, state="approved")
    assert kept.facts.get(kind="workers_women").number == 4
    assert not gone.facts.exists()


def test_answers_are_shown_and_exported_in_words_and_no_column_is_made_of_a_firm() -> None:
    lead = make.user("Elena", role="lead")
    firm, _other = make.enterprise("Tejidos Sajama"), make.enterprise("No elegida")
    content = workbooks.simple(
        (f"select_multiple_from_file {FIRMS}", "empresas", "¿Cuáles?"),
        told=workbooks.settings("seguimiento"),
    )
    form = phone.form(content)
    xml = f"<data id='seguimiento' version='1'><empresas>{firm.public_id} nada</empresas></data>"
    assert phone.phone(lead).send(xml.encode()).status_code == 201
    plan = exporting.layout(form, Wishes(is_split=True))
    header = exporting.header(plan.main)
    ((_table, cells),) = exporting.rows(Submission.objects.all(), plan)
    assert dict(zip(header, cells, strict=True))["¿Cuáles?"] == "Tejidos Sajama, nada"
    assert not [name for name in header if "No elegida" in name]


def test_a_list_of_ours_is_never_uploaded_nor_asked_for() -> None:
    file = SimpleUploadedFile(FIRMS, b"name,label\n1,Una\n")
    with pytest.raises(Refused) as problem:
        following(media=[file])
    assert problem.value.code == "surveys.media.live"
    form = following()
    version = forms.newest(form)
    assert (forms.lacking_media(version), form.state) == ([], "open")
    with pytest.raises(Refused) as problem:
        forms.add_media(actor=make.actor(), version=version, media=[file])
    assert problem.value.code == "surveys.media.live"


def test_a_list_that_no_room_keeps_is_refused_with_the_one_that_was_meant() -> None:
    content = workbooks.simple(("select_one_from_file digna_empresa.csv", "a", "A"))
    with pytest.raises(Refused) as problem:
        phone.form(content)
    (fault,) = problem.value.details["faults"]
    assert (fault.code, fault.value, fault.near) == ("live_list", "digna_empresa.csv", FIRMS)


def test_the_sheet_entities_is_refused_and_says_what_to_use() -> None:
    from digna.surveys import faults_told

    content = workbooks.workbook(entities=(("list_name", "label"), ("empresas", "${nombre}")))
    with pytest.raises(Refused) as problem:
        phone.form(content)
    (told,) = faults_told.told(problem.value.details["faults"])
    assert FIRMS in told.sentence
    assert "bind::digna:dato" in told.sentence


def test_the_form_s_page_counts_what_one_sees_and_leads_to_it() -> None:
    mine = firm_of(cast.PARTNER, "La mía")
    firm_of(cast.OTHER_PARTNER, "La ajena")
    form = following()
    client = client_of(trainer())
    page = client.get(reverse("surveys:form", args=[form.public_id])).content.decode()
    url = reverse("surveys:live_list", args=[form.public_id, FIRMS])
    assert "Lista viva de empresas del registro: 1" in page
    assert url in page
    shown = client.get(url).content.decode()
    assert "La mía" in shown
    assert "La ajena" not in shown
    assert str(mine.public_id) not in shown
    assert client.get(url.replace("empresas", "socios")).status_code == 404  # it leans on no other


def test_partners_are_a_list_by_their_code() -> None:
    firm_of(cast.PARTNER, "La mía")
    partners = lists.known()["digna_socios.csv"]
    (row,) = partners.rows(phone.programme(), trainer())
    assert row["name"] == cast.PARTNER
    assert partners.rows(phone.programme(), make.user("Ana", role="analyst")) == []


def test_many_forms_cost_one_reading_of_the_list(django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        told = workbooks.settings(f"f{number}", namespaces=NAMESPACE)
        phone.form(workbooks.workbook(FOLLOW_UP, told=told))
    who = trainer()
    taking_along.urls(who)
    with django_assert_max_num_queries(6):
        rows = taking_along.urls(who)
    assert sum(row["kind"] == "definition" for row in rows) == 4


def test_our_follow_up_adds_to_the_chosen_firm() -> None:
    from digna.surveys import examples

    firm, lead = make.enterprise("Café Yungas", place=make.place()), make.user("E", role="lead")
    phone.form(examples.workbook("seguimiento_anual"))
    root = etree.Element("data", id="seguimiento_anual", version="2026112301")
    told = {
        "quien": {"empresa": str(firm.public_id), "trabaja": "si"},
        "personas": {"mujeres": "5", "hombres": "2"},
        "dinero": {"anio": "2025", "al_dia": "2025-12-31", "ventas": "91000", "exporta": "no",
                   "exportado": "0"},
    }  # fmt: skip
    for group, values in told.items():
        holder = etree.SubElement(root, group)
        for name, value in values.items():
            etree.SubElement(holder, name).text = value
    assert phone.phone(lead).send(etree.tostring(root)).status_code == 201
    reviews.review(actor=make.actor(lead), submission=Submission.objects.get(), state="approved")
    facts = {f.kind: f.number for f in firm.facts.filter(on=date(2025, 12, 31)) if not f.text}
    assert facts == {"workers_women": 5, "workers_men": 2, "annual_sales": 91000, "exports": 0}
