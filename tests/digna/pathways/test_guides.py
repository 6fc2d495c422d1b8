"""Guides open to the world: one's own list, what is not known, paper, no trace of the answers."""

import io
from datetime import date

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import make
from digna.journal import sealing
from digna.journal.models import Line
from digna.pathways.selectors import guides
from digna.pathways.selectors.library import shelf
from digna.programmes.models import InstalledKit

pytestmark = pytest.mark.django_db
COFFEE = {
    "form": "srl", "regime": "general", "makes_food": "si", "product_state": "raw",
    "preference": "certificate", "to_eu": "no", "organic": "no", "asks_food_safety": "no",
    "fob_usd": "30.000", "municipality": "other",
}  # fmt: skip


@pytest.fixture
def installed() -> None:
    """The kits as an installation keeps them; places and sectors are not asked for here."""
    for code in ("bolivia", "formal", "export", "tourism"):
        kit = make.kit(code)
        InstalledKit.objects.create(
            code=code, version=kit.version, title=kit.title_es, sha256=kit.sha256,
            documents={name: sealing.plain(one) for name, one in kit.documents.items()},
            loaded_at=timezone.now(),
        )  # fmt: skip


def page_of(code: str, **answers: str) -> str:
    found = Client().get(reverse("pathways:guide", args=[code]), answers)
    assert found.status_code == 200
    return found.content.decode()


def test_without_kits_the_list_says_what_to_do() -> None:
    text = Client().get(reverse("pathways:guides")).content.decode()
    assert "cuando se instale un kit" in text
    assert shelf().library.pathways == {}


@pytest.mark.usefixtures("installed")
def test_the_guides_are_listed_with_what_is_uncertain() -> None:
    text = Client().get(reverse("pathways:guides")).content.decode()
    for code in ("formal_business", "export_grains", "export_coffee", "tourism_operator"):
        assert reverse("pathways:guide", args=[code]) in text
    assert "por confirmar" in text


@pytest.mark.usefixtures("installed")
def test_a_guide_that_is_not_there_says_so() -> None:
    answer = Client().get(reverse("pathways:guide", args=["volar"]))
    assert answer.status_code == 404
    assert "No hay una ruta con ese nombre" in answer.content.decode()


@pytest.mark.usefixtures("installed")
def test_it_asks_three_things_at_a_time_and_the_form_first() -> None:
    text = page_of("formal_business")
    assert text.count('class="field"') == 3
    assert text.index('name="form"') < text.index('name="regime"')
    assert "Faltan" in text


@pytest.mark.usefixtures("installed")
def test_a_firm_that_answers_everything_has_its_list_and_its_sums() -> None:
    text = page_of("export_coffee", **COFFEE)
    assert "Sus respuestas" in text
    assert "certificado de origen del café" in text
    assert "Bs 268" in text  # the band of a shipment of 30,000 dollars
    assert "USD 0,20 por 60 kg netos" in text
    assert "no se sabe" in text
    assert "trámites, uno tras otro" in text
    page = guides.guide("export_coffee", COFFEE, date(2026, 11, 22))
    assert page.open_count == 0
    assert page.totals.priced < page.totals.steps


@pytest.mark.usefixtures("installed")
def test_a_number_that_is_none_is_said_beside_its_field_and_costs_no_other_answer() -> None:
    text = page_of("export_coffee", **(COFFEE | {"fob_usd": "mucho"}))
    assert "Escriba un número" in text
    assert 'value="mucho"' in text
    assert "Falta 1 respuesta" in text


@pytest.mark.usefixtures("installed")
def test_an_answer_that_is_not_offered_is_not_known() -> None:
    assert "depende de su respuesta" in page_of("formal_business", form="reino")


@pytest.mark.usefixtures("installed")
def test_a_regime_without_invoices_closes_export() -> None:
    assert "sin factura no se exporta" in page_of("export_grains", form="sole_trader", regime="rts")
    assert "sin factura no se exporta" not in page_of("export_grains", regime="general")


@pytest.mark.usefixtures("installed")
def test_an_exemption_is_told_with_who_asks_all_the_same() -> None:
    text = page_of("formal_business", form="srl", regime="general", has_workers="si", size="micro")
    assert "exenta, pero se lo pedirán" in text
    assert "RM 258/18" in text


@pytest.mark.usefixtures("installed")
def test_it_reads_whole_in_english() -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "en"})
    text = client.get(reverse("pathways:guide", args=["export_coffee"]), COFFEE).content.decode()
    assert "Export coffee" in text
    assert "USD 0.20 per 60 net kg" in text
    for spanish in ("Trámites", "no se sabe", "gratis", "Cuesta", "Elegir el mercado"):
        assert spanish not in text


@pytest.mark.usefixtures("installed")
def test_the_list_prints_on_paper_with_its_address() -> None:
    answer = Client().get(
        reverse("pathways:guide_paper", args=["formal_business"]), {"form": "srl"}
    )
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "escritura de constitución" in text
    assert "form=srl" in text.replace("\r\n", "").replace("\n", "")


@pytest.mark.usefixtures("installed")
def test_reading_a_guide_keeps_nothing_and_asks_little_of_the_database() -> None:
    page_of("formal_business")
    before = Line.objects.count()
    with CaptureQueriesContext(connection) as asked:
        page_of("export_coffee", **COFFEE)
    assert len(asked) <= 4  # kits, corrections, medians, the session
    assert Line.objects.count() == before


@pytest.mark.usefixtures("installed")
def test_a_newer_kit_replaces_the_older_one() -> None:
    first = shelf()
    assert shelf() is first
    assert "tourism_operator" in first.library.pathways
    InstalledKit.objects.create(
        code="tourism", version="9", title="Turismo", sha256="9" * 64, documents={},
        loaded_at=timezone.now(),
    )  # fmt: skip
    assert "tourism_operator" not in shelf().library.pathways


@pytest.mark.usefixtures("installed")
def test_regimes_say_which_answer_decided() -> None:
    url = reverse("pathways:regimes")
    sent = {"form": "artisan", "trade": "artisan", "capital": "14.000", "yearly_sales": "90.000"}
    text = Client().get(url, sent).content.decode()
    assert "Categoría 1" in text
    assert "puede corresponderle" in text
    above = Client().get(url, sent | {"capital": "60.001"}).content.decode()
    assert "Categoría 1" not in above
    assert "¿Con cuánto capital trabaja, en bolivianos?" in above
    below = Client().get(url, sent | {"capital": "11.999"}).content.decode()
    assert "Sin obligación" in below
