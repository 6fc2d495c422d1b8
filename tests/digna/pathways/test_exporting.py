"""How ready a firm is to export, and its plan in versions; facts and indicators that compute."""

import io
from datetime import date, timedelta
from decimal import Decimal

import docx
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

import cast
import make
import make_results
from cast import client_of
from digna.errors import Refused
from digna.pathways.models import ExportPlan, ReadinessCheck
from digna.pathways.selectors import exporting as selectors
from digna.pathways.selectors.library import shelf
from digna.pathways.services import exporting, firms
from digna.results.services import indicators
from pathways import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed() -> None:
    made.kits()


def checked(firm: object, **answers: str) -> ReadinessCheck:
    return exporting.check_readiness(actor=make.actor(), enterprise=firm, answers=answers)  # type: ignore[arg-type]


def test_what_is_not_known_is_an_interval_and_not_a_no() -> None:
    firm = made.firm()
    page = selectors.readiness_page(firm, made.TODAY)
    assert (page.score, page.answered, page.most) == ("entre 0 y 25 de 25", 0, 25)
    checked(firm, spec_sheet="yes", same_quality="partly", volume="no", stock="unknown")
    page = selectors.readiness_page(firm, made.TODAY)
    assert (page.score, page.answered) == ("entre 1,5 y 23,5 de 25", 3)
    assert page.blocks[0].score == "entre 1,5 y 3,5 de 4"


def test_papers_that_are_done_answer_by_themselves_until_they_lapse() -> None:
    firm, today = made.firm(), timezone.localdate()
    made.done(firm, "tax_number_general")
    made.done(firm, "organic_certificate")
    made.done(firm, "deforestation_data", expires_on=today + timedelta(days=10))
    check = checked(firm, tax_number="no", spec_sheet="yes")
    assert check.from_steps == ["tax_number", "traceable"]
    assert check.answers["tax_number"] == "yes"
    papers = {i.key: i for b in selectors.readiness_page(firm, today).blocks for i in b.items}
    assert papers["tax_number"].is_from_steps
    later = selectors.readiness_page(firm, today + timedelta(days=11))
    lapsed = {i.key: i.reply for b in later.blocks for i in b.items}
    assert lapsed["traceable"] == "unknown"
    assert lapsed["tax_number"] == "yes"


def test_the_weakest_block_says_what_to_do_next() -> None:
    firm = made.firm()
    every = {i.key: "yes" for b in shelf().blocks for i in b.items}
    checked(firm, **(every | {"exporter": "no", "health": "partly"}))
    page = selectors.readiness_page(firm, made.TODAY)
    assert page.weakest == "Papeles"
    assert [item.key for item in page.next] == ["exporter", "health"]
    assert page.next[0].next_url == reverse(
        "pathways:step", args=[firm.public_id, "exporter_register"]
    )
    checked(firm, **every)
    assert selectors.readiness_page(firm, made.TODAY).score == "25 de 25"
    assert len(selectors.readiness_page(firm, made.TODAY).earlier) == 1


@pytest.mark.parametrize("answers", [{"nada": "yes"}, {"spec_sheet": "quizás"}])
def test_an_answer_that_is_none_is_refused(answers: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        checked(made.firm(), **answers)
    assert refused.value.code == "pathways.readiness.unknown"


def plan(firm: object, **values: object) -> ExportPlan:
    given = {"product": "Café verde", "volume": Decimal(18), "unit": "t", "price": Decimal(4200)}
    return exporting.write_plan(actor=make.actor(), enterprise=firm, **(given | values))  # type: ignore[arg-type]


def test_a_plan_keeps_its_versions() -> None:
    firm = made.firm()
    first, second = plan(firm), plan(firm, market="Japón")
    assert (first.version, second.version) == (1, 2)
    first.refresh_from_db()
    assert first.market == ""
    rows = dict(selectors.plan_page(second, made.TODAY).rows)
    assert rows["Venta del año, si todo sale"] == "USD 75.600"
    assert rows["Precio"] == "USD 4.200,00 por t"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"price": Decimal(-1)}, "pathways.export_plan.negative"),
        ({"hs_code": "café"}, "pathways.export_plan.hs_code"),
        ({"hs_code": "12"}, "pathways.export_plan.hs_code"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(values: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        plan(made.firm(), **values)
    assert refused.value.code == code


def test_the_plan_leaves_as_pdf_and_word_with_the_papers_of_its_pathway() -> None:
    row = made.pathway("export_coffee")
    firms.answer_questions(actor=make.actor(), enterprise=row.enterprise, given=made.COFFEE)
    made.done(row.enterprise, "exporter_register", number="RUEX 1")
    written = plan(row.enterprise, pathway="export_coffee", risks="La helada")
    client = client_of(cast.cast().lead)
    answer = client.get(reverse("pathways:plan_paper", args=[written.public_id]))
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "La helada" in text
    assert "RUEX 1" in text
    answer = client.get(reverse("pathways:plan_docx", args=[written.public_id]))
    word = docx.Document(io.BytesIO(answer.content))
    told = "\n".join(p.text for p in word.paragraphs)
    assert "La helada" in told
    assert "Inscribirse como exportador (RUEX): hecho" in told


def test_the_indicators_of_the_kit_compute() -> None:
    make_results.bolivia()
    programme = make_results.programme(ends_on=date(2030, 1, 1))
    began = date(2021, 3, 1)
    for number, days in enumerate((4, 10, 12)):
        row = made.pathway(of=made.firm(f"Empresa {number}", "sole_trader"))
        made.done(
            row.enterprise, "exporter_register", began_on=began,
            finished_on=began + timedelta(days=days),
        )  # fmt: skip
    made.done(
        made.firm("Vencida"), "exporter_register", finished_on=began,
        expires_on=began + timedelta(days=30),
    )  # fmt: skip
    finished = made.pathway(of=made.firm("Lista", "artisan", sector="tourism"))
    settle_all(finished)
    indicators.adopt_indicators(
        actor=make.actor(), programme=programme,
        documents={name: make.kit("formal").plain(name) for name in make.kit("formal").documents},
    )  # fmt: skip
    figures = make_results.computed(programme)
    assert figures["pathway_firms_ruex"].value == 3
    assert figures["pathway_firms_started"].value == 4
    assert figures["pathway_firms_formalised"].value == 1
    assert figures["pathway_step_days"].value is not None


def settle_all(row: object) -> None:
    """Answer and do everything that is a firm's, until nothing is left."""
    from digna.pathways.selectors import checklist

    given = {
        "regime": "rts", "makes_food": False, "municipality": "other", "trade": "artisan",
        "capital": Decimal(1), "yearly_sales": Decimal(1), "runs_plant": False,
    }  # fmt: skip
    firms.answer_questions(actor=make.actor(), enterprise=row.enterprise, given=given)  # type: ignore[attr-defined]
    for line in checklist.checklist(row, made.TODAY).lines:  # type: ignore[arg-type]
        began = date(2021, 5, 1)
        made.done(
            row.enterprise, line.face.key, began_on=began, finished_on=began,  # type: ignore[attr-defined]
            expires_on=date(2099, 1, 1),
        )  # fmt: skip
