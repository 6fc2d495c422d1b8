"""The screens of reports through their doors: the right person, the other's, the stranger."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from tests.digna.reports import made

import make
from cast import Cast, cast, client_of
from digna.reports.models import Edition, Narrative, Report
from digna.reports.services import editions
from digna.trainers.models import Trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> tuple[Cast, dict[str, Report]]:
    who = cast()
    partner = made.partner()
    made.firm(made.cycle(partner, who.trainer), "Qhana")
    programme = made.trained()
    return who, {
        "trainer": made.report("trainer", trainer=who.trainer),
        "partner": made.report("partner", partner=partner),
        "logframe": made.report("logframe", programme=programme),
        "statement": made.report("statement", programme=programme),
    }


SEES = {
    "lead": {"trainer", "partner", "logframe", "statement"},
    "mel": {"trainer", "partner", "logframe", "statement"},
    "auditor": {"trainer", "partner", "logframe", "statement"},
    "coordinator": {"partner"},
    "other_coordinator": set(),
    "trainer": {"trainer"},
}


@pytest.mark.parametrize("part", list(SEES))
def test_each_sees_the_reports_that_are_theirs(world: Any, part: str) -> None:
    who, found = world
    client = client_of(getattr(who, part))
    seen = {
        kind
        for kind, report in found.items()
        if client.get(report.get_absolute_url()).status_code == 200
    }
    assert seen == SEES[part]
    for form in ("docx", "xlsx", "html"):
        for kind, report in found.items():
            answer = client.get(f"{report.get_absolute_url()}informe.{form}")
            assert answer.status_code == (200 if kind in seen else 404), (kind, form)


def test_a_colleague_of_another_partner_sees_nothing(world: Any) -> None:
    _who, found = world
    other = client_of(make.user("Otra", role="trainer", partner="cadepia"))
    assert {other.get(one.get_absolute_url()).status_code for one in found.values()} == {404}
    assert b"Qhana" not in other.get("/informes/").content


def test_a_stranger_is_asked_to_sign_in_and_an_owner_is_refused(world: Any) -> None:
    who, found = world
    url = found["partner"].get_absolute_url()
    assert client_of(None).get(url).status_code == 302
    assert client_of(who.owner).get(url).status_code == 403


def test_the_auditor_reads_and_makes_nothing(world: Any) -> None:
    who, found = world
    client = client_of(who.auditor)
    page = client.get(found["logframe"].get_absolute_url()).content.decode()
    assert "Emitir el informe" not in page
    assert client.post(f"{found['logframe'].get_absolute_url()}emitir").status_code == 403
    assert client.get("/informes/nuevo/logframe").status_code == 403


def test_a_coordinator_makes_the_quarter_of_her_partner_and_no_other(world: Any) -> None:
    who, _found = world
    other = made.partner("cadepia")
    client = client_of(who.coordinator)
    page = client.get("/informes/nuevo/partner").content.decode()
    assert "Cámara CAINCO" in page
    assert "Cámara CADEPIA" not in page
    given = {"partner": other.pk, "period": "2021-T2"}
    assert client.post("/informes/nuevo/partner", given).status_code == 200
    assert not Report.objects.filter(partner=other).exists()
    assert client.get("/informes/nuevo/logframe").status_code == 404
    given = {"partner": made.partner().pk, "period": "2021-T3"}
    answer = client.post("/informes/nuevo/partner", given)
    assert answer.status_code == 302
    assert Report.objects.get(period="2021-T3").get_absolute_url() == answer["location"]


def test_a_coordinators_report_on_a_trainer_holds_her_partners_cycles_alone(world: Any) -> None:
    who, _found = world
    Trainer.objects.create(
        person=make.person(), user=who.trainer, partner=made.partner(), since="2020-01-01"
    )
    made.firm(made.cycle(made.partner("cadepia"), who.trainer), "Ajena")
    client = client_of(who.coordinator)
    given = {"trainer": who.trainer.pk, "period": "2021-T2"}
    answer = client.post("/informes/nuevo/trainer", given)
    assert answer.status_code == 302
    page = client.get(answer["location"]).content.decode()
    assert "Qhana" in page
    assert "Ajena" not in page


def test_words_are_written_refused_and_kept(world: Any) -> None:
    who, found = world
    client = client_of(who.mel)
    url = f"{found['statement'].get_absolute_url()}escribir/constituents"
    page = client.post(url, {"es": "Son {ind:nada}."}).content.decode()
    assert "no nombra ninguna cifra" in page
    assert "Son {ind:nada}." in page
    assert client.post(url, {"es": "Son {ind:constituents_trained}."}).status_code == 302
    assert Narrative.objects.get().es == "Son {ind:constituents_trained}."
    assert "Son <a" in client.get(found["statement"].get_absolute_url()).content.decode()
    assert client.get(f"{found['statement'].get_absolute_url()}escribir/nada").status_code == 404


def test_an_edition_is_issued_compared_published_and_withdrawn_on_screen(world: Any) -> None:
    who, found = world
    client, url = client_of(who.lead), found["statement"].get_absolute_url()
    assert client.get(f"{url}comparar").status_code == 200
    answer = client.post(f"{url}emitir", {"note": "primera"})
    edition = Edition.objects.get()
    assert answer["location"] == f"/informes/edicion/{edition.public_id}/"
    assert "158 de 263 (60 %)" in client.get(answer["location"]).content.decode()
    assert client_of(who.mel).post(f"{answer['location']}publicar").status_code == 403
    client.post(f"{answer['location']}publicar")
    edition.refresh_from_db()
    assert edition.state == "published"
    public = client_of(None).get("/publico/informes/bdp")
    assert "Edición 1" in public.content.decode()
    client.post(f"{answer['location']}retirar", {"because": "Faltaba Beni"})
    assert "Retirada: Faltaba Beni" in client.get(answer["location"]).content.decode()
    assert "Edición 1" not in client_of(None).get("/publico/informes/bdp").content.decode()


def test_the_statement_is_read_by_anybody_where_the_programme_is_public(world: Any) -> None:
    _who, found = world
    nobody = client_of(None)
    page = nobody.get("/publico/informes/bdp?idioma=en").content.decode()
    assert "reached" in page
    assert '<article class="report" lang="en">' in page
    assert nobody.get("/publico/informes/bdp/informe.docx").status_code == 200
    assert nobody.get("/publico/informes/bdp/informe.csv").status_code == 404
    assert "/publico/informes/bdp" in nobody.get("/publico/bdp").content.decode()
    programme = found["statement"].programme
    assert programme is not None
    programme.is_public = False
    programme.save()
    assert nobody.get("/publico/informes/bdp").status_code == 404


def test_a_pdf_is_sent_once_drawn_and_waits_with_a_word_until_then(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    who, found = world
    client, url = client_of(who.lead), f"{found['statement'].get_absolute_url()}informe.pdf"
    from digna.reports import delivering

    real, later = delivering.tasks.draw, SimpleNamespace(enqueue=lambda _key: None)
    monkeypatch.setattr(delivering.tasks, "draw", later)
    waiting = client.get(url)
    assert waiting.status_code == 202
    assert "Haciendo el PDF" in waiting.content.decode()
    monkeypatch.setattr(delivering, "drawn", lambda _told: b"%PDF-1.7 hecho")
    from digna.reports.models import Rendering

    real.func(Rendering.objects.get().pk)
    part = client.get(url, headers={"hx-request": "true"})
    assert "Abrir el PDF" in part.content.decode()
    ready = client.get(url)
    assert ready["content-type"] == "application/pdf"
    assert ready.content.startswith(b"%PDF")


def test_the_list_costs_the_same_however_long(
    world: Any, django_assert_max_num_queries: Any
) -> None:
    who, found = world
    from django.db import connection

    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client_of(who.lead).get("/informes/").status_code == 200
        counts.append(len(asked))
        for number in range(6):
            made.report("trainer", trainer=make.user(f"T{number}", role="trainer"))
    editions.issue(actor=make.actor(), report=found["logframe"])
    assert counts[1] <= counts[0]


def test_an_empty_list_says_what_will_be_there() -> None:
    page = client_of(cast().lead).get("/informes/").content.decode()
    assert "Todavía no hay informes aquí" in page
