"""What came in, as the office reads, reviews and takes it away."""

import csv
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import cast
import make
from cast import client_of
from digna.registry.models import Enterprise
from digna.surveys import exporting
from digna.surveys.models import BindingOutcome, Submission, SubmissionVersion
from digna.surveys.reading.tables import Wishes
from digna.surveys.services import forms
from surveys import phone, workbooks
from surveys.phone import JPG, filled

pytestmark = pytest.mark.django_db


def sent(*xmls: bytes, files: dict[str, bytes] | None = None) -> phone.Phone:
    phone.form()
    one = phone.phone()
    for xml in xmls or (filled("uuid:1"),):
        assert one.send(xml, files).status_code == 201
    return one


def page(client: Client, row: Submission, **more: str) -> str:
    url = reverse("surveys:submission", args=[row.public_id])
    return str(client.get(url, more).content.decode())


def test_a_submission_shows_questions_and_answers_in_words() -> None:
    sent(files={"chompa.jpg": JPG})
    row = Submission.objects.get()
    client = client_of(cast.cast().mel)
    told = page(client, row)
    for word in (
        "Tejidos Illimani",
        "¿Tiene NIT?",
        "Textiles",
        "Alimentos",
        "Productos 2",
        "-16,50000",
        "chompa.jpg",
    ):
        assert word in told, word
    assert "Jisa" in page(client, row, idioma="Aymara (ay)")
    url = reverse("surveys:attachment", args=[row.public_id, "chompa.jpg"])
    photo = client.get(url)
    assert photo["content-type"] == "image/jpeg"
    assert "sandbox" in photo["content-security-policy"]
    assert b"".join(photo.streaming_content) == JPG  # type: ignore[attr-defined]
    xml = client.get(reverse("surveys:xml", args=[row.public_id]))
    assert xml.content == filled("uuid:1")


def test_who_sent_reads_their_own_and_no_other_s() -> None:
    one = sent()
    row = Submission.objects.get()
    assert "Tejidos Illimani" in page(client_of(one.key.user), row)
    url = reverse("surveys:submission", args=[row.public_id])
    other = client_of(make.user("Otra", role="trainer"))
    assert other.get(url).status_code == 404
    listing = reverse("surveys:submissions", args=[row.form.public_id])
    assert "Todavía no llegó nada" in other.get(listing).content.decode()
    assert client_of(cast.cast().owner).get(url).status_code == 403


def test_review_states_with_comments() -> None:
    sent()
    row = Submission.objects.get()
    lead, url = client_of(cast.cast().lead), reverse("surveys:review", args=[row.public_id])
    lead.post(url, {"state": "has_issues", "comment": ""})
    row.refresh_from_db()
    assert row.state == "received"  # an issue without words helps nobody
    lead.post(url, {"state": "has_issues", "comment": "Falta la foto"})
    row.refresh_from_db()
    assert row.state == "has_issues"
    assert "Falta la foto" in page(lead, row)
    assert (
        client_of(make.user("A", role="auditor")).post(url, {"state": "approved"}).status_code
        == 403
    )


def test_the_list_is_filtered_and_costs_the_same() -> None:
    sent(*(filled(f"uuid:{n}") for n in range(3)))
    form = Submission.objects.first().form  # type: ignore[union-attr]
    client, url = client_of(cast.cast().lead), reverse("surveys:submissions", args=[form.public_id])
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).content.decode().count("falta 1 archivo") == 3
    for number in range(10, 20):
        phone.phone(make.user(role="trainer")).send(filled(f"uuid:{number}"))
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).content.decode().count("falta 1 archivo") == 13
    assert len(many) == len(few)
    assert "Nada pasa" in client.get(url, {"estado": "aprobados"}).content.decode()
    assert "Nada pasa" in client.get(url, {"hasta": "2020-01-01"}).content.decode()


def test_of_two_corrections_the_office_chooses() -> None:
    one = sent()
    one.send(filled("uuid:2", deprecated="uuid:1", nombre="Dos"))
    one.send(filled("uuid:3", deprecated="uuid:1", nombre="Tres"))
    row = Submission.objects.get()
    lead = client_of(cast.cast().lead)
    assert "Dos teléfonos corrigieron" in page(lead, row)
    lead.post(reverse("surveys:settle", args=[row.public_id, 3]))
    assert "Tres" in page(lead, row)
    assert row.versions.get(is_current=True).number == 3
    row.refresh_from_db()
    assert not row.has_clash


def exported(row_form: Any, **wishes: str) -> Any:
    client = client_of(make.user("Elena", role="lead"))
    answer = client.get(reverse("surveys:export", args=[row_form.public_id]), wishes)
    assert answer.status_code == 200
    return io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]


def test_export_to_a_workbook_joins_repeats_by_number() -> None:
    sent(
        filled("uuid:1"),
        filled(
            "uuid:2", nombre="Otra", productos="<productos><producto>Pan</producto></productos>"
        ),
    )
    form = Submission.objects.first().form  # type: ignore[union-attr]
    book = openpyxl.load_workbook(exported(form))
    main, products = book.worksheets
    rows = list(main.values)
    header = list(rows[0])
    name = header.index("Datos de la empresa / Nombre de la empresa")
    assert [r[name] for r in rows[1:]] == ["Tejidos Illimani", "Otra"]
    assert rows[1][header.index("Datos de la empresa / ¿Qué hace?")] == "Textiles, Alimentos"
    assert rows[1][header.index("Datos de la empresa / ¿Cuántas personas trabajan?")] == 4
    assert rows[1][header.index("¿Dónde está?_lat")] == -16.5
    told = [row[:2] for row in list(products.values)[1:]]
    assert told == [(1, 1), (2, 1), (3, 2)]
    assert [row[3] for row in list(products.values)[1:]] == ["Chompa", "Gorro", "Pan"]


def test_export_with_codes_split_and_in_every_language() -> None:
    sent()
    form = Submission.objects.get().form
    archive = zipfile.ZipFile(exported(form, formato="csv", como="codigos", separar="on"))
    assert archive.namelist() == ["0-datos.csv", "1-productos.csv"]
    text = archive.read("0-datos.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["datos/rubros"] == "textil comida"
    assert (row["datos/rubros / textil"], row["datos/rubros / madera"]) == ("1", "0")
    every = openpyxl.load_workbook(exported(form, idioma="*"))
    header = [c.value for c in next(every.worksheets[0].rows)]
    assert any("Nombre de la empresa / Suti" in str(c) for c in header)
    assert "Sí / Jisa" in [c.value for c in list(every.worksheets[0].rows)[1]]


def test_export_keeps_what_an_older_version_asked_and_runs_no_formula() -> None:
    form = phone.form(workbooks.simple(("text", "a", "A"), ("text", "b", "B")))
    one = phone.phone()
    one.send(
        b"<data id='empresas' version='1'><a>=1+1</a><b>b</b><meta><instanceID>u1</instanceID>"
        b"</meta></data>"
    )
    new = workbooks.simple(
        ("text", "c", "C"), ("text", "a", "A"), told=workbooks.settings(version="2")
    )
    forms.add_version(actor=make.actor(), form=form, workbook=workbooks.sent(new))
    one.send(
        b"<data id='empresas' version='2'><c>c</c><a>x</a><meta><instanceID>u2</instanceID>"
        b"</meta></data>"
    )
    text = exported(form, formato="csv").read().decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text), delimiter=";")
    assert list(first)[-3:] == ["C", "A", "B"]
    assert (first["A"], first["B"], second["C"]) == ("'=1+1", "b", "c")


def test_thousands_leave_some_hundreds_at_a_time() -> None:
    """What is asked of the database grows with the hundreds, not with the rows."""
    form = phone.form()
    made = Submission.objects.bulk_create(
        Submission(form=form, instance_id=f"uuid:{n}", source="openrosa") for n in range(2100)
    )
    SubmissionVersion.objects.bulk_create(
        SubmissionVersion(
            submission=one, form=form, number=1, instance_id=one.instance_id, sha256="",
            xml=filled(one.instance_id),
        )
        for one in made
    )  # fmt: skip
    plan = exporting.layout(form, Wishes())
    with CaptureQueriesContext(connection) as asked:
        count = sum(1 for _row in exporting.rows(Submission.objects.filter(form=form), plan))
    assert count == 2100 * 3
    assert len(asked) == 5


BASELINE = (
    ("type", "name", "label", "bind::digna:dato"),
    ("text", "nombre", "Nombre de la empresa", "enterprise.name"),
    ("integer", "mujeres", "Trabajadoras", "enterprise.workers_women"),
    ("decimal", "ventas", "Ventas del año", "enterprise.annual_sales"),
    ("date", "dia", "Día", "enterprise.on"),
)
NAMESPACE = 'digna="urn:digna:surveys"'


def baseline(ventas: str = "1000") -> Submission:
    told = workbooks.settings(namespaces=NAMESPACE)
    phone.form(workbooks.workbook(BASELINE, told=told))
    xml = (
        "<data id='empresas' version='1'><nombre>Tejidos Illimani</nombre><mujeres>3</mujeres>"
        f"<ventas>{ventas}</ventas><dia>2026-03-01</dia><meta><instanceID>u1</instanceID></meta></data>"
    )
    assert phone.phone().send(xml.encode()).status_code == 201
    return Submission.objects.get()


def test_an_approved_baseline_becomes_a_firm_once() -> None:
    row = baseline()
    client, url = client_of(cast.cast().lead), reverse("surveys:review", args=[row.public_id])
    for _time in range(2):
        client.post(url, {"state": "approved"})
    firm = Enterprise.objects.get()
    assert firm.name == "Tejidos Illimani"
    facts = {(f.kind, str(f.on), f.number) for f in firm.facts.filter(number__isnull=False)}
    assert {(k, d) for k, d, _n in facts} == {
        ("workers_women", "2026-03-01"),
        ("annual_sales", "2026-03-01"),
    }
    assert BindingOutcome.objects.get().row_key == str(firm.public_id)
    assert "Se registró la empresa" in page(client, row)


def test_an_answer_that_does_not_fit_stops_the_approval_unless_told_otherwise() -> None:
    row = baseline(ventas="-5")
    client, url = client_of(cast.cast().lead), reverse("surveys:review", args=[row.public_id])
    client.post(url, {"state": "approved"})
    row.refresh_from_db()
    assert (row.state, Enterprise.objects.count()) == ("received", 0)
    client.post(url, {"state": "approved", "sin-llevar": "1"})
    row.refresh_from_db()
    assert (row.state, Enterprise.objects.count()) == ("approved", 0)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((("text", "a", "A", "enterprise.nada"),), "binding"),
        ((("text", "a", "A", "enterprise.name"), ("text", "b", "B", "enterprise.name")),
         "binding_twice"),
        ((("text", "a", "A", "enterprise.nit"),), "binding_lacks"),
        ((("begin repeat", "r", "R", ""), ("text", "a", "A", "enterprise.name"),
          ("end repeat", "", "", "")),
         "binding_in_repeat"),
    ],
)  # fmt: skip
def test_bindings_that_lead_nowhere_are_refused_at_upload(rows: Any, code: str) -> None:
    from digna.errors import Refused

    told = workbooks.settings(namespaces=NAMESPACE)
    with pytest.raises(Refused) as problem:
        phone.form(workbooks.workbook((BASELINE[0], *rows), told=told))
    assert problem.value.details["faults"][0].code == code
