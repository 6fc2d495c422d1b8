"""Screens: who enters, what is typed and kept, papers behind a door, files that leave."""

import io
import uuid
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

import cast
import make
from cast import client_of
from digna.errors import NotVisible, Refused
from digna.journal.intake import INTAKES
from digna.pathways.models import (
    FactCorrection,
    FactProposal,
    FirmAnswer,
    FirmPathway,
    OfficialRecord,
    StepPaper,
    StepProgress,
    StepReport,
)
from digna.pathways.services import exporting, library, official, reports
from digna.registry.models import Enterprise
from digna.registry.models.people import Affiliation
from digna.registry.services import organisations, people
from pathways import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed() -> None:
    made.kits()


@pytest.fixture
def everybody() -> cast.Cast:
    return cast.cast()


def kept(everybody: cast.Cast) -> Enterprise:
    """A firm that a partner cares for and that the cast's owner owns."""
    partner = organisations.register_organisation(
        actor=make.actor(), name="CAINCO", code=cast.PARTNER, is_partner=True
    )
    firm = made.firm("Tostaduría Illimani", partner=partner, phone="+59171234567")
    owner = make.person("Olga")
    people.correct_person(actor=make.actor(), person=owner, account=everybody.owner)
    people.affiliate(actor=make.actor(), person=owner, enterprise=firm, role=Affiliation.Role.OWNER)
    return firm


def pages(firm: Enterprise) -> dict[str, str]:
    made.pathway(of=firm)
    progress = made.done(firm, "digital_signature", photo=made.photo())
    plan = exporting.write_plan(actor=make.actor(), enterprise=firm, product="Café")
    correction = library.confirm_step(actor=make.actor(), step="trade_licence", source="x")
    report = reports.report_error(actor=make.actor(), step="trade_licence", text="x")
    official.take_in(actor=make.actor(), name="a.json", content=made.dump(made.official()))
    key, code = firm.public_id, "formal_business"
    named = {
        "firms": [], "export_firms": [], "lapsing": [], "calendar": [], "library": [],
        "library_step": ["trade_licence"], "correct_price": ["trade_licence"],
        "confirm_step": ["trade_licence"], "correct_fact": ["trade_licence", "agency"],
        "withdraw": [correction.pk], "official": [],
        "official_record": [OfficialRecord.objects.get().pk],
        "reports": [], "answer_report": [report.public_id],
        "firm": [key], "firm_calendar": [key], "checklist": [key, code], "export": [key, code],
        "step": [key, "trade_licence"], "readiness": [key], "export_plans": [key],
        "export_plan": [plan.public_id], "plan_docx": [plan.public_id],
        "step_paper": [StepPaper.objects.get(step=progress.step).pk],
        "answers": [key, code], "leave": [key, code], "check_readiness": [key],
        "write_plan": [key],
    }  # fmt: skip
    return {name: reverse(f"pathways:{name}", args=args) for name, args in named.items()}


FOLLOW = {"firms", "export_firms", "lapsing", "calendar", "library", "library_step", "reports"}
APPROVE = {
    "correct_price", "confirm_step", "correct_fact", "withdraw", "official", "official_record",
    "answer_report",
}  # fmt: skip
OF_FIRM = {
    "firm", "firm_calendar", "checklist", "export", "step", "readiness", "export_plans",
    "export_plan", "plan_docx", "step_paper",
}  # fmt: skip
WORK = {"answers", "leave", "check_readiness", "write_plan"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", FOLLOW | APPROVE | OF_FIRM | WORK),
        ("mel", FOLLOW | OF_FIRM),
        ("auditor", FOLLOW | OF_FIRM),
        ("coordinator", FOLLOW | OF_FIRM | WORK),
        ("trainer", FOLLOW | OF_FIRM | WORK),
        ("owner", OF_FIRM | WORK),
        ("other_coordinator", FOLLOW),
        ("mentor", set()),
    ],
)
def test_who_enters_where(everybody: cast.Cast, who: str, may: set[str]) -> None:
    client = client_of(getattr(everybody, who))
    for name, url in pages(kept(everybody)).items():
        status = client.get(url).status_code
        assert (status == 200) == (name in may), (who, name, status)
        assert status in (200, 403, 404)


def test_a_stranger_signs_in_first(everybody: cast.Cast) -> None:
    for url in pages(kept(everybody)).values():
        assert client_of(None).get(url).status_code == 302


def test_an_owner_of_another_firm_finds_nothing(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    other = made.firm("Ajena")
    made.pathway(of=other)
    client = client_of(everybody.owner)
    assert client.get(reverse("pathways:firm", args=[firm.public_id])).status_code == 200
    for name, args in (
        ("firm", [other.public_id]), ("checklist", [other.public_id, "formal_business"]),
        ("step", [other.public_id, "trade_licence"]),
    ):  # fmt: skip
        assert client.get(reverse(f"pathways:{name}", args=args)).status_code == 404
    url = reverse("pathways:step", args=[other.public_id, "trade_licence"])
    assert client.post(url, {"state": "done", "currency": "BOB"}).status_code == 404


def test_mel_reads_and_writes_nothing(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    client = client_of(everybody.mel)
    url = reverse("pathways:step", args=[firm.public_id, "trade_licence"])
    assert 'name="spent"' not in client.get(url).content.decode()
    client.post(url, {"state": "done", "currency": "BOB"})
    start = reverse("pathways:start", args=[firm.public_id, "formal_business"])
    assert client.post(start).status_code == 403
    assert not StepProgress.objects.exists()


def test_a_trainer_starts_answers_and_records(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    client, key = client_of(everybody.trainer), firm.public_id
    story = client.get(reverse("registry:enterprise", args=[key])).content.decode()
    assert reverse("pathways:firm", args=[key]) in story
    start = reverse("pathways:start", args=[key, "formal_business"])
    asked = client.post(start, {"intention": uuid.uuid4()}, follow=True)
    text = asked.content.decode()
    assert "Lo sabemos del registro" in text
    assert 'name="form"' not in text
    assert 'name="regime"' in text
    url = reverse("pathways:answers", args=[key, "formal_business"])
    client.post(url, {"regime": "general", "intention": uuid.uuid4()})
    assert FirmAnswer.objects.get(question="regime").by == everybody.trainer
    step = reverse("pathways:step", args=[key, "trade_licence"]) + "?ruta=formal_business"
    sent = {
        "state": "done", "began_on": "2026-10-01", "finished_on": "2026-10-13", "spent": "1.450,50",
        "currency": "BOB", "number": "77",
        "photo": SimpleUploadedFile("a.jpg", made.photo(), "image/jpeg"),
    }  # fmt: skip
    answer = client.post(step, sent)
    assert answer.status_code == 302
    assert answer["location"].endswith("formal_business/#trade_licence")
    row = StepProgress.objects.get()
    assert (row.spent, row.days, row.by) == (Decimal("1450.50"), 12, everybody.trainer)
    text = client.get(reverse("pathways:checklist", args=[key, "formal_business"])).content.decode()
    assert "Bs 1.450,50" in text
    again = client.get(step).content.decode()
    assert 'value="1450,5"' in again
    paper = client.get(reverse("pathways:step_paper", args=[StepPaper.objects.get().pk]))
    assert paper["Content-Type"] == "image/jpeg"
    assert paper["Cache-Control"].startswith("private")
    story = client.get(reverse("registry:enterprise", args=[key])).content.decode()
    assert "Trámite hecho: " in story
    assert "Empezó la ruta: " in story


def test_nothing_typed_is_lost_when_it_is_refused(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    url = reverse("pathways:step", args=[firm.public_id, "trade_licence"])
    sent = {"state": "not_ours", "number": "ABC-9", "currency": "BOB", "note": "ver con Rosa"}
    answer = client_of(everybody.trainer).post(url, sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Diga por qué no corresponde" in text
    assert "ABC-9" in text
    assert "ver con Rosa" in text


def test_undo_renew_and_papers_by_button(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    client = client_of(everybody.owner)
    row = made.done(firm, "digital_signature", finished_on=timezone.localdate())
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4 x", "application/pdf")
    client.post(reverse("pathways:add_paper", args=[row.public_id]), {"file": file})
    paper = StepPaper.objects.get()
    reply = client.get(reverse("pathways:step_paper", args=[paper.pk]))
    assert "attachment" in reply["Content-Disposition"]
    client.post(reverse("pathways:remove_paper", args=[paper.pk]), {})
    client.post(reverse("pathways:renew", args=[row.public_id]), {})
    second = StepProgress.objects.get(turn=2)
    client.post(reverse("pathways:undo", args=[second.public_id]), {})
    assert StepProgress.objects.get().turn == 1
    assert not StepPaper.objects.exists()


def test_a_firm_leaves_a_pathway(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    made.pathway(of=firm)
    url = reverse("pathways:leave", args=[firm.public_id, "formal_business"])
    client_of(everybody.owner).post(url, {"reason": "cerró"})
    assert FirmPathway.objects.get().left_reason == "cerró"


def test_the_list_prints_on_a4_and_leaves_as_a_sheet(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    made.pathway(of=firm)
    made.done(firm, "trade_licence", spent=Decimal(130), number="77")
    client, args = client_of(everybody.owner), [firm.public_id, "formal_business"]
    answer = client.get(reverse("pathways:paper", args=args))
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "Tostaduría Illimani" in text
    assert "Bs 130" in text
    sheet = client.get(reverse("pathways:export", args=args), {"formato": "xlsx"})
    rows = list(
        openpyxl.load_workbook(io.BytesIO(sheet.content)).active.iter_rows(values_only=True)
    )
    assert any(row[10] == "77" and row[8] == 130 for row in rows)
    assert "77" in client.get(reverse("pathways:export", args=args)).content.decode("utf-8-sig")


def test_all_firms_are_filtered_by_address_and_exported(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    made.pathway(of=firm)
    made.done(firm, "digital_signature", finished_on=timezone.localdate() - timedelta(days=330))
    made.pathway("export_coffee", of=firm)
    client, url = client_of(everybody.coordinator), reverse("pathways:firms")
    assert client.get(url).content.decode().count("row-link") == 2
    one = client.get(url, {"ruta": "export_coffee", "estado": "vencidas"}).content.decode()
    assert one.count("row-link") == 1
    assert "1 por vencer" in one
    assert "Nada pasa por esos filtros" in client.get(url, {"q": "zzz"}).content.decode()
    csv = client.get(reverse("pathways:export_firms"), {"ruta": "export_coffee"}).content
    assert len(csv.decode("utf-8-sig").strip().splitlines()) == 2
    nobody = client_of(everybody.other_coordinator).get(url).content.decode()
    assert "Aquí verá cuánto avanza cada empresa" in nobody


def test_papers_that_lapse_are_chased_and_go_to_a_calendar(
    everybody: cast.Cast,
) -> None:
    firm = kept(everybody)
    made.done(firm, "digital_signature", finished_on=timezone.localdate() - timedelta(days=330))
    client = client_of(everybody.trainer)
    text = client.get(reverse("pathways:lapsing")).content.decode()
    assert "https://wa.me/59171234567?text=" in text
    answer = client.get(reverse("pathways:calendar"))
    event = next(iter(Calendar.from_ical(answer.content).walk("VEVENT")))
    assert "Tostaduría Illimani" in str(event["SUMMARY"])
    assert answer.content.count(b"\r\n") == answer.content.count(b"\n")


def test_anybody_reports_an_error_and_reads_the_answer(everybody: cast.Cast) -> None:
    url = reverse("pathways:report", args=["trade_licence"])
    client = Client()
    assert client.post(url, {"text": " "}).status_code == 422
    sent = client.post(f"{url}?ruta=formal_business", {"text": "Ya cobran Bs 150"})
    row = StepReport.objects.get()
    assert (row.pathway, row.by, row.enterprise) == ("formal_business", None, None)
    assert client.get(sent["location"]).status_code == 200
    lead = client_of(everybody.lead)
    assert "Ya cobran Bs 150" in lead.get(reverse("pathways:reports")).content.decode()
    lead.post(
        reverse("pathways:answer_report", args=[row.public_id]),
        {"state": "mended", "answer": "Corregido, gracias"},
    )
    assert "Corregido, gracias" in client.get(sent["location"]).content.decode()
    assert client.get(reverse("pathways:report", args=["volar"])).status_code == 404


def test_reports_are_limited_from_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digna.web.limits.TRIES", 2)
    url = reverse("pathways:report", args=["trade_licence"])
    answers = [Client().post(url, {"text": "x"}).status_code for _n in range(3)]
    assert answers == [302, 302, 429]


def test_a_step_says_to_staff_that_a_report_waits_and_not_to_the_owner(
    everybody: cast.Cast,
) -> None:
    firm = kept(everybody)
    made.pathway(of=firm)
    reports.report_error(actor=make.actor(), step="trade_licence", text="x")
    url = reverse("pathways:step", args=[firm.public_id, "trade_licence"])
    assert "hay 1 reporte por revisar" in client_of(everybody.trainer).get(url).content.decode()
    assert "reporte por revisar" not in client_of(everybody.owner).get(url).content.decode()
    guide = reverse("pathways:guide", args=["formal_business"])
    assert "hay 1 reporte por revisar" in client_of(everybody.lead).get(guide).content.decode()
    assert "reporte por revisar" not in Client().get(guide).content.decode()


def test_a_report_names_a_firm_only_to_who_may_see_it(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    url = reverse("pathways:report", args=["trade_licence"]) + f"?empresa={firm.public_id}"
    Client().post(url, {"text": "x"})
    client_of(everybody.owner).post(url, {"text": "y"})
    assert [row.enterprise for row in StepReport.objects.order_by("pk")] == [None, firm]


def test_the_guide_shows_medians_and_no_name(everybody: cast.Cast) -> None:
    for number in range(3):
        made.done(made.firm(f"Secreta {number}"), "digital_citizenship", spent=Decimal(10 * number))
    text = Client().get(reverse("pathways:guide", args=["formal_business"])).content.decode()
    assert "Empresas del programa: mediana Bs 10 (n = 3)" in text
    assert "Secreta" not in text


def test_the_lead_corrects_a_price_on_screen(everybody: cast.Cast) -> None:
    client = client_of(everybody.lead)
    url = reverse("pathways:correct_price", args=["health_fund"]) + "?lugar=prices.0"
    sent = {
        "amount": "20", "currency": "BOB", "since": "2026-12-01", "certainty": "high",
        "source": "",
    }  # fmt: skip
    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"source": "CNS, ventanilla"}).status_code == 302
    row = FactCorrection.objects.get()
    assert (row.approved_by, row.value) == (everybody.lead, {"amount": "20", "currency": "BOB"})
    page = reverse("pathways:library_step", args=["health_fund"])
    text = client.get(page).content.decode()
    assert "Bs 20" in text
    assert "Bs 13" in text
    client.post(reverse("pathways:withdraw", args=[row.pk]), {"reason": "no era"})
    assert "retirada el" in client.get(page).content.decode()
    wrong = reverse("pathways:correct_price", args=["health_fund"]) + "?lugar=prices.7"
    assert client.get(wrong).status_code == 404


@pytest.mark.parametrize(
    ("field", "sent", "value"),
    [
        ("agency", {"value": "sin"}, "sin"),
        ("duration", {"amount": "3", "unit": "days"}, {"amount": "3", "unit": "days"}),
        ("documents", {"value": "NIT\nCédula"}, [{"es": "NIT"}, {"es": "Cédula"}]),
        ("law", {"value": "Ley 1"}, ["Ley 1"]),
        ("url", {"value": "https://cns.example/x"}, "https://cns.example/x"),
    ],
)
def test_the_lead_corrects_other_facts(
    everybody: cast.Cast, field: str, sent: dict[str, str], value: object
) -> None:
    client = client_of(everybody.lead)
    url = reverse("pathways:correct_fact", args=["health_fund", field])
    assert client.get(url).status_code == 200
    common = {"since": "2026-11-01", "source": "CNS", "certainty": "high"}
    assert client.post(url, sent | common).status_code == 302
    assert FactCorrection.objects.get().value == value


def test_a_confirmed_step_is_read_today(everybody: cast.Cast) -> None:
    client = client_of(everybody.lead)
    url = reverse("pathways:confirm_step", args=["health_fund"])
    client.post(url, {"source": "CNS", "certainty": "high"})
    assert FactCorrection.objects.get().checked_on == timezone.localdate()
    unknown = reverse("pathways:correct_fact", args=["health_fund", "color"])
    assert client.get(unknown).status_code == 404


def test_a_dump_comes_in_and_each_field_is_decided(everybody: cast.Cast) -> None:
    client = client_of(everybody.lead)
    content = made.dump(made.official(costs=[{"costo": 160, "moneda": "Bs"}], entidad="SENASAG"))
    file = SimpleUploadedFile("volcado.json", content, "application/json")
    client.post(reverse("pathways:official"), {"file": file})
    record = OfficialRecord.objects.get()
    page = reverse("pathways:official_record", args=[record.pk])
    text = client.get(page).content.decode()
    assert "código de tarifa" in text
    price = FactProposal.objects.get(field="price")
    documents = FactProposal.objects.get(field="documents")
    client.post(reverse("pathways:decide", args=[documents.pk]), {"reject": "1"})
    client.post(
        reverse("pathways:decide", args=[price.pk]),
        {"accept": "1", "since": "2026-10-01", "certainty": "medium"},
    )
    states = dict(FactProposal.objects.values_list("field", "state"))
    assert (states["price"], states["documents"]) == ("accepted", "rejected")
    assert FactCorrection.objects.get().approved_by == everybody.lead
    client.post(reverse("pathways:pair", args=[record.pk]), {"step": "trade_licence"})
    record.refresh_from_db()
    assert (record.step, record.is_paired_by_hand) == ("trade_licence", True)
    bad = SimpleUploadedFile("a.json", b"hola", "application/json")
    answer = client.post(reverse("pathways:official"), {"file": bad})
    assert answer.status_code == 422
    assert "No hay trámites" in answer.content.decode()


def test_readiness_and_plan_are_written_by_the_owner(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    client = client_of(everybody.owner)
    url = reverse("pathways:check_readiness", args=[firm.public_id])
    assert "¿Tiene una ficha técnica" in client.get(url).content.decode()
    client.post(url, {"spec_sheet": "yes", "note_spec_sheet": "ficha 2026", "volume": "no"})
    text = client.get(reverse("pathways:readiness", args=[firm.public_id])).content.decode()
    assert "entre 1 y 24 de 25" in text
    assert "ficha 2026" in text
    write = reverse("pathways:write_plan", args=[firm.public_id])
    sent = {
        "product": "Café verde", "currency": "USD", "budget_currency": "BOB", "volume": "18,5",
        "unit": "t", "hs_code": "0901.11.90",
    }  # fmt: skip
    answer = client.post(write, sent)
    assert answer.status_code == 302
    assert "0901.11.90" in client.get(answer["location"]).content.decode()
    assert 'value="18,5"' in client.get(write).content.decode()
    assert client.post(write, sent | {"hs_code": "x"}).status_code == 422


def test_the_list_costs_the_same_reads_with_more_firms(
    everybody: cast.Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        row = made.pathway(of=made.firm(f"Empresa {number}"))
        made.done(row.enterprise)
    client = client_of(everybody.lead)
    client.get(reverse("pathways:firms"))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get(reverse("pathways:firms"))
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        client.get(reverse("pathways:checklist", args=[row.enterprise.public_id, row.code]))


def test_it_reads_whole_in_english(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    found = pages(firm)
    client = client_of(everybody.lead)
    client.post(reverse("set_language"), {"language": "en"})
    for name in ("firm", "checklist", "step", "readiness", "library_step", "firms", "official"):
        text = client.get(found[name]).content.decode()
        for spanish in ("Trámites", "por hacer", "Guardar", "Vence", "sin dato", "pasos", "Todas"):
            assert spanish not in text, (name, spanish)


def test_what_a_telephone_kept_comes_in_once_by_the_same_door(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    take = INTAKES["pathways.step.recorded"]
    sent = {
        "enterprise": str(firm.public_id), "step": "trade_licence", "state": "done",
        "finished_on": "2026-10-13", "spent": "130",
    }  # fmt: skip
    photo = SimpleUploadedFile("a.jpg", made.photo(), "image/jpeg")
    actor = make.actor(everybody.trainer, intention=uuid.uuid4())
    receipt = take(actor, sent, {"photo": photo})
    photo.seek(0)
    assert take(actor, sent, {"photo": photo}) == receipt
    assert StepProgress.objects.get().spent == Decimal(130)
    assert StepPaper.objects.count() == 1
    with pytest.raises(NotVisible):
        take(make.actor(everybody.other_coordinator), sent, {})
    for wrong in ({"state": "volando"}, {"enterprise": "x"}):
        with pytest.raises(Refused) as refused:
            take(make.actor(everybody.trainer), sent | wrong, {})
        assert refused.value.code == "pathways.arrival.unreadable"


def test_today_says_what_waits_to_who_can_do_it(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    made.done(firm, "digital_signature", finished_on=timezone.localdate() - timedelta(days=330))
    reports.report_error(actor=make.actor(), step="trade_licence", text="x")
    lead = client_of(everybody.lead).get(reverse("today")).content.decode()
    assert "1 papel de empresas venció o vence pronto" in lead
    assert "1 error reportado en un paso" in lead
    trainer = client_of(everybody.trainer).get(reverse("today")).content.decode()
    assert "1 papel de empresas" in trainer
    assert "error reportado" not in trainer
    for who in (everybody.other_coordinator, everybody.auditor):
        text = client_of(who).get(reverse("today")).content.decode()
        assert "papel de empresas" not in text


def test_who_leaves_every_question_blank_comes_to_the_list(everybody: cast.Cast) -> None:
    firm = kept(everybody)
    made.pathway(of=firm)
    args = [firm.public_id, "formal_business"]
    url = reverse("pathways:answers", args=args)
    answer = client_of(everybody.owner).post(url, {"intention": uuid.uuid4()})
    assert answer["location"] == reverse("pathways:checklist", args=args)
