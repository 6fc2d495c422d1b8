"""Pages of assessments by HTTP: who may, what is typed stays, pages cost the same."""

import io
import uuid
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

import cast
import make
from cast import client_of
from digna.studies.models.assessments import Evidence, Finding, Study, Version
from digna.studies.services import assessments, versions
from studies import assessing

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Client:
    return client_of(make.user("Elena", role="lead"))


def inside(study: Study) -> dict[str, str]:
    """Every page of a study that is opened by GET."""
    key = [study.public_id]
    later = assessments.begin_round(
        actor=make.actor(), study=study, round="2020", starts_on=date(2020, 1, 1)
    )
    version = versions.freeze(actor=make.actor(), study=study, note="x")
    rows = {
        "eslabon": study.links.get(), "actor": study.actors.all()[0], "canal": study.channels.get(),
        "elemento": study.elements.all()[0], "causa": study.causes.all()[0],
        "flecha": study.edges.get(), "serie": study.series.get(),
        "deficit": study.deficits.get(), "hallazgo": study.findings.get(),
    }  # fmt: skip
    evidence, step = study.evidence.get(number=1), study.channels.get().steps.get()
    told: dict[str, list[Any]] = {
        name: key
        for name in (
            "study", "study_evidence", "study_actors", "study_chain", "study_system",
            "study_causes", "study_trends", "study_findings", "study_versions", "study_xlsx",
            "study_settings", "new_evidence", "new_interview",
        )
    }  # fmt: skip
    told |= {"version": [version.public_id], "compare_rounds": [*key, later.public_id]}
    told |= {"evidence": [evidence.public_id], "change_evidence": [evidence.public_id]}
    told |= {"remove_evidence": [evidence.public_id], "new_step": [rows["canal"].public_id]}
    told |= {"change_interview": [study.interviews.get().public_id]}
    told |= {"change_step": [step.public_id], "remove_step": [step.public_id]}
    told |= {"decide": [rows["hallazgo"].public_id]}
    urls = {name: reverse(f"studies:{name}", args=args) for name, args in told.items()}
    for slug, row in rows.items():
        urls[f"new {slug}"] = reverse("studies:new_part", args=[*key, slug])
        urls[f"change {slug}"] = reverse("studies:change_part", args=[slug, row.public_id])
        urls[f"remove {slug}"] = reverse("studies:remove_part", args=[slug, row.public_id])
    return urls


READING = {
    "study", "study_evidence", "study_actors", "study_chain", "study_system", "study_causes",
    "study_trends", "study_findings", "study_versions", "study_xlsx", "version", "compare_rounds",
    "evidence",
}  # fmt: skip


def test_who_opens_which_page(lead: Client) -> None:
    people = cast.cast()
    pages = inside(assessing.whole(partner=assessing.partner(cast.PARTNER)))
    analyst = client_of(make.user(role="analyst"))
    for name, url in pages.items():
        can_read = name in READING
        assert lead.get(url).status_code == 200, name
        assert analyst.get(url).status_code == 200, name
        for reader in (people.auditor, people.mel, people.coordinator):
            assert client_of(reader).get(url).status_code == (200 if can_read else 403), name
        wrong = client_of(people.other_coordinator).get(url).status_code
        assert wrong == (404 if can_read else 403), name
        assert client_of(people.owner).get(url).status_code == 403, name
        assert client_of(people.trainer).get(url).status_code == 403, name
        assert Client().get(url).status_code == 302, name


def test_an_analyst_of_another_programme_or_department_sees_nothing_of_it() -> None:
    study = assessing.whole(place=make.place("Caranavi", "BO-L"))
    url = study.get_absolute_url()
    assert client_of(make.user(role="analyst", programmes=["otro"])).get(url).status_code == 404
    assert client_of(make.user(role="analyst", departments=["BO-T"])).get(url).status_code == 404
    assert client_of(make.user(role="analyst", departments=["BO-L"])).get(url).status_code == 200


def test_a_study_is_opened_once_and_what_was_typed_stays(lead: Client) -> None:
    url = reverse("studies:open_study")
    sent: dict[str, Any] = {
        "title": "Café de altura", "round": "2019", "programme": assessing.programme().pk,
        "product": "Café", "starts_on": "2019-11-01", "ends_on": "2019-10-01",
        "sectors": [assessing.sector().pk],
    }  # fmt: skip
    page = lead.post(url, sent)
    assert page.status_code == 422
    assert 'value="Café de altura"' in page.content.decode()
    assert "El fin es anterior" in page.content.decode()
    sent |= {"ends_on": "", "intention": str(uuid.uuid4())}
    for _ in range(2):
        assert lead.post(url, sent).status_code == 302
    assert Study.objects.count() == 1


def test_the_list_filters_and_its_downloads_obey(lead: Client) -> None:
    assessing.study("Café")
    assessing.study(
        "Quinua", "2020–21", product="Quinua", sectors=[assessing.sector("andean_grains")]
    )
    url, download = reverse("studies:studies"), reverse("studies:export_studies")
    for query in ("?q=cafe", "?rubro=coffee", "?ronda=2019"):
        for page in (lead.get(url + query), lead.get(download + query)):
            text = page.content.decode("utf-8-sig")
            assert "Café" in text
            assert "Quinua</a>" not in text
            assert "Quinua;" not in text
    assert "Nada pasa por esos filtros" in lead.get(url + "?estado=closed").content.decode()
    assert lead.get(download + "?formato=xlsx").content[:2] == b"PK"


def test_orphans_stand_on_top_of_a_study(lead: Client) -> None:
    study = assessing.whole()
    page = lead.get(study.get_absolute_url()).content.decode()
    assert page.index("1 hallazgo huérfano") < page.index("Hallazgos con seguimiento")
    row = study.findings.get()
    url = reverse("studies:decide", args=[row.public_id])
    assert lead.post(url, {"decision": "do_not_act"}).status_code == 422
    sent = {"decision": "act", "intervention": "Patios", "owner": "La planta"}
    assert lead.post(url, sent).status_code == 302
    assert Finding.objects.get().owner == "La planta"
    assert "huérfano" not in lead.get(study.get_absolute_url()).content.decode()


def test_parts_are_typed_corrected_and_removed(lead: Client) -> None:
    study = assessing.study()
    proof = assessing.evidence(study)
    key = study.public_id
    sent = {"name": "Banco", "role": "service", "will": "3", "skill": "", "evidence": [proof.pk]}
    assert lead.post(reverse("studies:new_part", args=[key, "actor"]), sent).status_code == 302
    row = study.actors.get()
    assert (row.will, row.skill, list(row.evidence.all())) == (3, None, [proof])
    url = reverse("studies:change_part", args=["actor", row.public_id])
    assert "Banco" in lead.get(url).content.decode()
    assert lead.post(url, sent | {"name": "Cooperativa"}).status_code == 302
    assert lead.post(url, {"name": ""}).status_code == 422
    again = reverse("studies:new_part", args=[key, "actor"])
    assert lead.post(again, sent | {"name": "Cooperativa"}).status_code == 422
    gone = reverse("studies:remove_part", args=["actor", row.public_id])
    assert lead.post(gone, {}).status_code == 302
    assert not study.actors.exists()
    assert lead.get(reverse("studies:new_part", args=[key, "nada"])).status_code == 404
    sent = {"name": "Exportación", "unit": "t", "source": "INE", "points": "2018: 1.250,5\n2019:"}
    url = reverse("studies:new_part", args=[key, "serie"])
    assert lead.post(url, sent | {"points": "2018: mucho"}).status_code == 422
    assert lead.post(url, sent).status_code == 302
    assert study.series.get().points == [["2018", "1250.5"], ["2019", None]]


def test_prices_are_typed_and_a_refusal_keeps_them(lead: Client) -> None:
    study = assessing.whole()
    channel = study.channels.get()
    url = reverse("studies:new_step", args=[channel.public_id])
    page = lead.post(url, {"link": study.links.get().pk, "order": "2", "price_in": "3,5"})
    assert page.status_code == 422
    assert "ya tiene precios" in page.content.decode()
    step = channel.steps.get()
    url = reverse("studies:change_step", args=[step.public_id])
    sent = {"link": study.links.get().pk, "order": "1", "price_in": "18", "price_out": "25,00"}
    assert lead.post(url, sent).status_code == 302
    page = lead.get(reverse("studies:study_chain", args=[study.public_id])).content.decode()
    assert "los márgenes suman" in page


def test_evidence_with_a_photo_is_served_by_right_only(
    lead: Client, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    study = assessing.study(partner=assessing.partner(cast.PARTNER))
    photo = io.BytesIO()
    Image.new("RGB", (20, 20)).save(photo, "PNG")
    sent = {
        "kind": "informant", "source": "Acopiadora", "on": "2019-11-02", "reliability": "C",
        "consent": "given", "file": SimpleUploadedFile("a.png", photo.getvalue()),
    }  # fmt: skip
    url = reverse("studies:new_evidence", args=[study.public_id])
    assert lead.post(url, sent).status_code == 302
    row = Evidence.objects.get()
    file = reverse("studies:evidence_file", args=[row.public_id])
    served = lead.get(file)
    assert served.status_code == 200
    assert b"".join(served.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[arg-type, attr-defined]
    people = cast.cast()
    assert client_of(people.other_coordinator).get(file).status_code == 404
    assert client_of(people.owner).get(file).status_code == 403
    bare = assessing.evidence(study)
    assert lead.get(reverse("studies:evidence_file", args=[bare.public_id])).status_code == 404


def test_an_interview_is_typed_by_the_study_s_questions(lead: Client) -> None:
    study = assessing.whole()
    question = study.questions.get()
    url = reverse("studies:new_interview", args=[study.public_id])
    sent = {"role": "Productora", "on": "2019-11-02", "reliability": "C", "consent": "given"}
    assert lead.post(url, sent).status_code == 422
    assert lead.post(url, sent | {f"question_{question.pk}": "A nadie"}).status_code == 302
    row = study.interviews.get(role="Productora")
    page = lead.get(reverse("studies:evidence", args=[row.evidence.public_id])).content.decode()
    assert "A nadie" in page
    change = lead.get(reverse("studies:change_evidence", args=[row.evidence.public_id]))
    assert change.headers["Location"].endswith(
        reverse("studies:change_interview", args=[row.public_id])
    )


def test_studies_of_other_sectors_are_not_compared(lead: Client) -> None:
    one = assessing.study()
    other = assessing.study("Quinua", "2021", sectors=[assessing.sector("andean_grains")])
    url = reverse("studies:compare_rounds", args=[one.public_id, other.public_id])
    page = lead.get(url)
    assert page.status_code == 422
    assert "rubros distintos" in page.content.decode()


def test_settings_versions_and_a_later_round(lead: Client) -> None:
    study = assessing.whole()
    key = [study.public_id]

    def post(name: str, **sent: Any) -> int:
        return lead.post(reverse(f"studies:{name}", args=key), sent).status_code

    assert post("set_questions", **{"preguntas-texts": "¿Otra?"}) == 422
    assert post("set_questions", **{"preguntas-texts": "¿A quién vende?\n¿Otra?"}) == 302
    assert post("tick_tools") == 302
    assert post("freeze", note="") == 422
    assert post("freeze", note="Validada") == 302
    assert post("freeze", note="Otra") == 422
    assert post("begin_round", **{"ronda-round": "2019", "ronda-starts_on": "2020-01-01"}) == 422
    assert post("begin_round", **{"ronda-round": "2020", "ronda-starts_on": "2020-01-01"}) == 302
    assert post("move_study", **{"estado-status": "closed"}) == 302
    assert post("move_study", **{"estado-status": "analysis"}) == 422
    page = lead.get(reverse("studies:version", args=[Version.objects.get().public_id]))
    assert "congelada, íntegra" in page.content.decode()
    for name in ("set_questions", "freeze", "begin_round", "move_study"):
        assert lead.get(reverse(f"studies:{name}", args=key)).status_code == 302


def test_the_workbook_has_every_table_and_no_formula(lead: Client) -> None:
    study = assessing.whole()
    assessing.cause(study, "=1+1")
    assessing.evidence(study, source="=1+1")
    content = lead.get(reverse("studies:study_xlsx", args=[study.public_id])).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 11
    cell = next(c for row in book["Evidencia"] for c in row if c.value == "=1+1")
    assert cell.data_type == "s"


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_report_is_a_pdf_even_of_an_empty_study(lead: Client, language: str) -> None:
    for study in (assessing.whole(title="Café " + "muy largo " * 15), assessing.study("Vacío")):
        url = reverse("studies:study_report", args=[study.public_id])
        answer = lead.get(url, {"idioma": language})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_pages_cost_the_same_at_ten_and_twenty_rows(lead: Client) -> None:
    study = assessing.whole()
    names = ("study", "study_evidence", "study_actors", "study_causes", "study_findings")
    urls = [reverse(f"studies:{name}", args=[study.public_id]) for name in names]
    urls.append(reverse("studies:studies"))

    def grow(start: int, end: int) -> None:
        for number in range(start, end):
            assessing.study(f"Estudio {number}")
            proof = assessing.evidence(study, source=f"Fuente {number}")
            assessing.cause(study, f"Causa {number}")
            row = assessing.finding(study, f"Hallazgo {number}")
            row.evidence.add(proof)

    grow(0, 10)
    for url in urls:
        lead.get(url)
    before = [queries(lead, url) for url in urls]
    grow(10, 20)
    lead.get(urls[0])
    assert [queries(lead, url) for url in urls] == before
    assert max(before) <= 25
