"""Our own forms: they convert without faults, and the baseline becomes a firm."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from lxml import etree

import cast
import make
from cast import client_of
from digna.registry.models import Enterprise, LegalForm, Sector
from digna.surveys import binding, examples
from digna.surveys.models import Submission
from digna.surveys.reading import converting, definitions, expressions, trees
from digna.surveys.services import forms, reviews
from surveys import phone, workbooks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["evaluacion_rapida", "linea_de_base", "seguimiento_anual"])
def test_our_forms_are_sound_and_in_two_languages(code: str) -> None:
    made = converting.convert("a.xlsx", examples.workbook(code), version="1")
    assert made.form_id == code
    assert made.definition.languages == ("Español (es)", "English (en)")
    assert binding.faults(made.definition) == []
    for node in made.definition.walk():
        if node.kind not in ("calculate", "metadata"):
            assert "" not in node.labels.values(), node.path
            assert definitions.UNTRANSLATED not in node.labels.values(), node.path
    root = trees.parse(made.xform, most=converting.MOST_XFORM)
    conditions = [
        v
        for b in root.iter("{*}bind")
        for n, v in b.attrib.items()
        if n in ("relevant", "constraint")
    ]
    assert all(expressions.is_sound(one) for one in conditions)
    assert examples.workbook(code) == examples.workbook(code)


def test_an_example_is_fetched_from_the_upload_screen() -> None:
    client = client_of(cast.cast().mel)
    assert "Línea de base de la empresa" in client.get(reverse("surveys:upload")).content.decode()
    got = client.get(reverse("surveys:example", args=["linea_de_base"]))
    assert BytesIO(got.content).read(2) == b"PK"
    assert client.get(reverse("surveys:example", args=["no-hay"])).status_code == 404


def test_the_baseline_becomes_a_firm_with_its_facts() -> None:
    Sector.objects.get_or_create(code="coffee", defaults={"name_es": "Café"})
    LegalForm.objects.get_or_create(code="sole_trader", defaults={"name_es": "Unipersonal"})
    place = make.place()
    form = forms.upload(
        actor=make.actor(),
        programme=phone.programme(),
        workbook=workbooks.sent(examples.workbook("linea_de_base")),
    )
    forms.open_form(actor=make.actor(), form=form)
    root = etree.Element("data", id="linea_de_base", version="2026112301")
    told = {
        "empresa": {"nombre": "Café Yungas", "tiene_nit": "si", "nit": "1023456789",
                    "forma": "sole_trader",
                    "rubro": "coffee", "departamento": place.department_code},
        "personas": {"mujeres": "3", "hombres": "1", "total": "4"},
        "dinero": {"anio": "2025", "al_dia": "2025-12-31", "ventas": "80000"},
    }  # fmt: skip
    for group, values in told.items():
        holder = etree.SubElement(root, group)
        for name, value in values.items():
            etree.SubElement(holder, name).text = value
    assert phone.phone().send(etree.tostring(root)).status_code == 201
    row = Submission.objects.get()
    reviews.review(actor=make.actor(make.user("E", role="lead")), submission=row, state="approved")
    firm = Enterprise.objects.get()
    assert (firm.name, firm.nit, str(firm.sector.code if firm.sector else "")) == (
        "Café Yungas",
        "1023456789",
        "coffee",
    )
    facts = {
        f.kind: f.number for f in firm.facts.filter(on=date(2025, 12, 31), number__isnull=False)
    }
    assert facts == {"workers_women": 3, "workers_men": 1, "annual_sales": 80000}
