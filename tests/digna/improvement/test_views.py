"""Screens by HTTP: who gets in, who does not, what is typed stays, what each page costs."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

import make
from cast import PARTNER, client_of
from digna.improvement.models import (
    ContinuityPlan,
    Instrument,
    Measurement,
    Observation,
    Project,
    PulseRound,
    Suggestion,
)
from digna.improvement.services import checklists, plans, pulses
from digna.registry.models.people import Affiliation
from digna.web import pdf
from improvement import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Any:
    partner = make.organisation("Cainco", code=PARTNER, is_partner=True)
    return made.firm(name="Panadería Illimani", partner=partner)


@pytest.fixture
def lead() -> Client:
    return client_of(make.user(role="lead"))


def owner_of(firm: Any) -> Client:
    user = make.user(role="owner", partner=PARTNER)
    person = make.person("Olga")
    type(person).objects.filter(pk=person.pk).update(account=user)
    Affiliation.objects.create(person=person, enterprise=firm, role="owner")
    return client_of(user)


def pulse_of(firm: Any, **values: Any) -> PulseRound:
    today = timezone.localdate()
    return pulses.open_round(
        actor=make.actor(),
        enterprise=firm,
        instrument=Instrument.objects.get(kind="pulse"),
        opens_on=values.pop("opens_on", today),
        closes_on=values.pop("closes_on", today + timedelta(days=10)),
    )


def everything(firm: Any) -> dict[str, tuple[str, str]]:
    """Every page of a firm that is opened by GET: its address, and who may (see, do, coach…)."""
    value = made.value(firm, "DEF", 5, 100)
    measurement = made.complete_baseline(firm)
    project = made.project(firm)
    run = checklists.start_run(
        actor=make.actor(), enterprise=firm, instrument=made.instrument("osh"), on=date(2021, 1, 1)
    )
    round = pulse_of(firm)
    plan = plans.start_plan(actor=make.actor(), enterprise=firm)
    suggestion = Suggestion.objects.create(round=round, text="Más luz", month=date(2021, 1, 1))
    kpi, f = made.kpi(firm, "DEF"), firm.public_id
    osh = made.instrument("osh").pk
    rows: list[tuple[str, list[Any], str]] = [
        ("board", [f], "see"), ("my_board", [f], "see"), ("wall", [f], "see"),
        ("export_board", [f], "see"), ("choose_kpis", [f], "record"),
        ("kpi", [kpi.public_id], "see"),
        ("record", [kpi.public_id], "record"), ("correct", [value.public_id], "record"),
        ("confirm", [value.public_id], "review"), ("measurements", [f], "see"),
        ("open_measurement", [f], "coach"), ("measurement", [measurement.public_id], "see"),
        ("headcount", [measurement.public_id], "coach"),
        ("practices", [measurement.public_id], "coach"),
        ("record_at", [measurement.public_id, kpi.public_id], "coach"),
        ("say_missing", [measurement.public_id, kpi.public_id], "coach"),
        ("projects", [f], "see"), ("export_projects", [f], "see"), ("add_project", [f], "record"),
        ("project", [project.public_id], "see"), ("change_project", [project.public_id], "record"),
        ("confirm_project", [project.public_id], "review"), ("lists", [f], "see"),
        ("start_run", [f, osh], "record"), ("run", [run.public_id], "see"),
        ("pulses", [f], "see"), ("open_pulse", [f], "coach"), ("pulse", [round.public_id], "see"),
        ("pulse_poster", [round.public_id], "coach"),
        ("follow_suggestion", [suggestion.pk], "record"), ("plans", [f], "see"),
        ("plan", [plan.public_id], "see"), ("write_plan", [plan.public_id], "record"),
        ("add_plan_action", [plan.public_id], "record"),
        ("approve_plan", [plan.public_id], "record"),
    ]  # fmt: skip
    return {name: (reverse(f"improvement:{name}", args=args), may) for name, args, may in rows}


def test_every_page_opens_for_whom_it_should_and_for_nobody_else(firm: Any) -> None:
    pages = everything(firm)
    clients = {
        "lead": (client_of(make.user(role="lead")), {"see", "record", "coach", "review"}),
        "coordinator": (
            client_of(make.user(role="coordinator", partner=PARTNER)),
            {"see", "record", "coach", "review"},
        ),
        "trainer": (
            client_of(make.user(role="trainer", partner=PARTNER)), {"see", "record", "coach"},
        ),
        "owner": (owner_of(firm), {"see", "record"}),
        "auditor": (client_of(make.user(role="auditor")), {"see"}),
    }  # fmt: skip
    doors = {"lead": "", "coordinator": "", "trainer": "", "owner": "", "auditor": ""}
    assert set(doors) == set(clients)
    for who, (client, may) in clients.items():
        for name, (url, asked) in pages.items():
            status = client.get(url).status_code
            assert status == (200 if asked in may else 403), (who, name, status)
    # An owner of another firm holds the same roles and reaches nothing here; so another partner.
    other = owner_of(made.firm())
    elsewhere = client_of(make.user(role="coordinator", partner="cadepia"))
    for name, (url, asked) in pages.items():
        assert other.get(url).status_code == (404 if asked in {"see", "record"} else 403), name
        assert elsewhere.get(url).status_code == 404, name
        assert Client().get(url).status_code == 302, name


def test_owner_of_another_firm_writes_nothing_here(firm: Any) -> None:
    value, project = made.value(firm, "DEF", 5, 100), made.project(firm)
    other = owner_of(made.firm())
    for name, key in (("withdraw", value.public_id), ("add_photo", project.public_id)):
        assert other.post(reverse(f"improvement:{name}", args=[key])).status_code == 404
    assert Observation.objects.standing().count() == 1


def sent(**values: Any) -> dict[str, Any]:
    return {
        "period_start": "2021-03-01", "period_end": "2021-03-31", "numerator": "5",
        "denominator": "100", "method": "record", "intention": str(uuid.uuid4()),
    } | values  # fmt: skip


def test_a_doubtful_value_is_asked_about_and_what_was_typed_stays(firm: Any) -> None:
    made.value(firm, "DEF", 50, 100)
    client = owner_of(firm)
    url = reverse("improvement:record", args=[made.kpi(firm, "DEF").public_id])
    page = client.post(url, sent())
    assert page.status_code == 422
    told = page.content.decode()
    assert "¿Es correcto?" in told
    assert 'value="5"' in told
    assert "<textarea" in told
    explained = sent(confirmed_reason="Máquina nueva.", record_seen="on")
    for _twice in range(2):
        assert client.post(url, explained).status_code == 302
    row = Observation.objects.get(period_end=date(2021, 3, 31))
    assert (row.review, row.record_seen, row.grade) == ("waiting", False, "B")
    lead = client_of(make.user(role="lead"))
    assert "Máquina nueva." in lead.get(reverse("improvement:reviews")).content.decode()
    assert "1 dato por revisar" in lead.get("/").content.decode()
    confirm = reverse("improvement:confirm", args=[row.public_id])
    assert lead.post(confirm, {"reason": ""}).status_code == 422
    assert lead.post(confirm, {"reason": "Vi el cuaderno."}).status_code == 302
    row.refresh_from_db()
    assert row.review == "confirmed"


def test_choosing_correcting_withdrawing_and_undoing(firm: Any, lead: Client) -> None:
    url = reverse("improvement:choose_kpis", args=[firm.public_id])
    few = [made.instrument("DEF").pk]
    assert lead.post(url, {"instruments": few}).status_code == 422
    wanted = [made.instrument(code).pk for code in ("DEF", "COMP", "DELV")]
    assert lead.post(url, {"instruments": wanted}).status_code == 302
    row = made.value(firm, "DEF", 5, 100)
    page = lead.post(reverse("improvement:correct", args=[row.public_id]), sent(numerator="6"))
    assert page.status_code == 302
    withdraw = reverse("improvement:withdraw", args=[row.public_id])
    assert lead.post(withdraw, {"act": "back"}).status_code == 302
    assert Observation.objects.standing().get().numerator == 5
    page = lead.get(reverse("improvement:kpi", args=[made.kpi(firm, "DEF").public_id]))
    assert "Deshacer" in page.content.decode()
    assert lead.get(withdraw).status_code == 405


def test_a_measurement_grows_on_screen(firm: Any, lead: Client) -> None:
    url = reverse("improvement:open_measurement", args=[firm.public_id])
    assert lead.post(url, {"point": "baseline", "on": "2021-03-01"}).status_code == 302
    row = Measurement.objects.get()
    key = [row.public_id]
    heads = {name: "" if number is None else number for name, number in made.HEADS.items()}
    assert lead.post(reverse("improvement:headcount", args=key), heads).status_code == 302
    practices = lead.get(reverse("improvement:practices", args=key)).content.decode()
    assert practices.count('type="radio"') == 80
    assert lead.post(reverse("improvement:practices", args=key), {"ppe": "yes"}).status_code == 302
    kpi = made.kpi(firm, "DEF").public_id
    at = reverse("improvement:record_at", args=[row.public_id, kpi])
    assert lead.post(at, sent()).status_code == 302
    missing = reverse("improvement:say_missing", args=[row.public_id, kpi])
    assert lead.post(missing, {"reason": "Desde abril"}).status_code == 302
    page = lead.get(reverse("improvement:measurement", args=key)).content.decode()
    assert "Faltan responder 19 prácticas." in page
    foreign = made.kpi(made.firm(), "DEF").public_id
    wrong = reverse("improvement:record_at", args=[row.public_id, foreign])
    assert lead.get(wrong).status_code == 404


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (800, 600), "teal").save(out, "PNG")
    return SimpleUploadedFile("taller.png", out.getvalue(), "image/png")


def test_a_project_with_photographs_from_a_telephone(firm: Any) -> None:
    client = owner_of(firm)
    url = reverse("improvement:add_project", args=[firm.public_id])
    given = {
        "title": "Ordenar el depósito", "area": "5s", "starts_on": "2021-01-10",
        "status": "done", "done_on": "2021-02-10", "saving": "20", "saving_kind": "recurring",
    }  # fmt: skip
    page = client.post(url, given)
    assert page.status_code == 422
    assert "Ordenar el depósito" in page.content.decode()
    assert client.post(url, given | {"saving": "1200,50"}).status_code == 302
    row = Project.objects.get()
    assert row.saving == Decimal("1200.50")
    key = [row.public_id]
    add = reverse("improvement:add_photo", args=key)
    assert client.post(add, {"moment": "before", "photo": picture()}).status_code == 302
    photo = row.photos.get()
    look = reverse("improvement:photo", args=[photo.pk])
    assert client.get(look)["content-type"] == "image/jpeg"
    assert owner_of(made.firm()).get(look).status_code == 404
    assert Client().get(look).status_code == 302
    assert (
        "Antes y después" in client.get(reverse("improvement:project", args=key)).content.decode()
    )
    remove = reverse("improvement:remove_photo", args=[photo.pk])
    assert client.post(remove).status_code == 302
    change = reverse("improvement:change_project", args=key)
    assert client.post(change, given | {"saving": "10"}).status_code == 422
    assert client.post(change, given | {"saving": "800", "status": "doing"}).status_code == 302
    for form in ("csv", "xlsx"):
        for name in ("export_projects", "export_board"):
            told = client.get(
                reverse(f"improvement:{name}", args=[firm.public_id]) + f"?formato={form}"
            )
            assert told.status_code == 200


def test_the_owners_page_is_light_and_plain(firm: Any) -> None:
    for month in range(1, 9):
        made.value(firm, "DEF", 10 + month, 100, month=(2021, month))
    for n in range(12):
        made.project(firm, f"Mejora {n}", saving=Decimal(500), status="done")
    page = owner_of(firm).get(reverse("improvement:my_board", args=[firm.public_id]))
    assert len(page.content) <= 60_000
    told = page.content.decode()
    assert "spark" in told
    assert "Qué hacer ahora" in told


def test_the_firms_page_leads_to_its_board(firm: Any, lead: Client) -> None:
    made.complete_baseline(firm)
    told = lead.get(reverse("registry:enterprise", args=[firm.public_id])).content.decode()
    assert reverse("improvement:board", args=[firm.public_id]) in told
    assert "Medición: línea de base" in told


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of every paper that was drawn as PDF."""
    words: list[str] = []
    really = pdf.draw

    def draw(html: str) -> bytes:
        words.append(html)
        return really(html)

    monkeypatch.setattr(pdf, "draw", draw)
    return words


def test_papers(firm: Any, lead: Client, drawn: list[str]) -> None:
    made.value(firm, "DEF", 20, 100, month=(2021, 1))
    made.value(firm, "DEF", 10, 100, month=(2021, 3))
    plan = plans.start_plan(actor=make.actor(), enterprise=firm)
    run = checklists.start_run(
        actor=make.actor(),
        enterprise=firm,
        instrument=made.instrument("biosafety"),
        on=date(2021, 1, 1),
    )
    for url, word in (
        (reverse("improvement:wall", args=[firm.public_id]) + "?pdf", "Mejoró"),
        (reverse("improvement:plan_paper", args=[plan.public_id]), "sin dato"),
        (reverse("improvement:run_paper", args=[run.public_id]), "¿Propone una acción?"),
    ):
        paper = lead.get(url)
        assert paper["content-type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")
        assert "Panadería Illimani" in drawn[-1]
        assert word in drawn[-1]
    stranger = client_of(make.user(role="coordinator", partner="cadepia"))
    for name, key in (("plan_paper", plan.public_id), ("run_paper", run.public_id)):
        assert stranger.get(reverse(f"improvement:{name}", args=[key])).status_code == 404


def test_a_checklist_is_walked_on_a_telephone(firm: Any) -> None:
    client = owner_of(firm)
    row = made.instrument("five-s")
    start = reverse("improvement:start_run", args=[firm.public_id, row.pk])
    assert client.post(start, {"on": "2021-03-01", "area": ""}).status_code == 422
    page = client.post(start, {"on": "2021-03-01", "area": "Taller"})
    assert page.status_code == 302
    url = page["location"]
    filled = {
        "sort-value": "1", "sort-action": "Sacar lo roto", "sort-who": "Jefa", "set-value": "4",
        "sort-due_on": "2021-04-01", "shine-photo": picture(), "act": "close",
    }  # fmt: skip
    assert client.post(url, filled | {"sort-due_on": "ayer"}).status_code == 422
    filled["shine-photo"] = picture()
    assert client.post(url, filled).status_code == 302
    told = client.get(url).content.decode()
    assert "Sacar lo roto" in told
    run = firm.checklist_runs.get()
    assert run.closed_at is not None
    answer = run.answers.get(item_code="sort")
    act = reverse("improvement:mark_item_action", args=[answer.pk])
    assert client.post(act, {"act": "done"}).status_code == 302
    shine = run.answers.get(item_code="shine")
    assert client.get(reverse("improvement:item_photo", args=[shine.pk])).status_code == 200
    assert client.get(reverse("improvement:item_photo", args=[answer.pk])).status_code == 404
    again = client.post(f"{start}?otra={run.public_id}", {"on": "2021-05-01", "area": "Taller"})
    assert client.post(again["location"], {"sort-value": "3"}).status_code == 302
    assert "La vez anterior" in client.get(again["location"]).content.decode()
    reopen = reverse("improvement:reopen_run", args=[run.public_id])
    assert client.post(reopen).status_code == 302
    assert client.get(f"{start}?otra=zzz").status_code == 200


def test_workers_answer_without_an_account_and_the_owner_sees_nothing_early(firm: Any) -> None:
    round = pulse_of(firm)
    url = reverse("improvement:answer_pulse", args=[round.token])
    assert "No guardamos quién es usted" in Client().get(url).content.decode()
    assert Client().post(url, {}).status_code == 422
    said = {"voice": "yes", "suggestion": "Más luz", "intention": str(uuid.uuid4())}
    for _twice in range(2):
        assert Client().post(url, said)["location"].endswith("gracias")
    round.refresh_from_db()
    assert round.answer_count == 1
    assert Client().get(url + "/gracias").status_code == 200
    owner = owner_of(firm)
    page = owner.get(reverse("improvement:pulse", args=[round.public_id])).content.decode()
    assert "Más luz" not in page
    suggestion = Suggestion.objects.get()
    follow = reverse("improvement:follow_suggestion", args=[suggestion.pk])
    assert "Más luz" not in owner.get(follow).content.decode()
    assert owner.post(follow, {"state": "done"}).status_code == 422
    lead = client_of(make.user(role="lead"))
    end = reverse("improvement:end_pulse", args=[round.public_id])
    assert lead.post(end).status_code == 302
    round.refresh_from_db()
    assert round.closes_on > timezone.localdate()  # too soon to end it
    PulseRound.objects.filter(pk=round.pk).update(
        closes_on=timezone.localdate() - timedelta(days=1), answer_count=5
    )
    page = owner.get(reverse("improvement:pulse", args=[round.public_id])).content.decode()
    assert "Más luz" in page
    assert "abierta" in Client().get(url).content.decode()
    assert owner.get(reverse("improvement:voice")).status_code == 403
    assert lead.get(reverse("improvement:voice")).status_code == 200


def test_a_plan_is_written_step_by_step(firm: Any) -> None:
    client = owner_of(firm)
    assert client.post(reverse("improvement:start_plan", args=[firm.public_id])).status_code == 302
    plan = ContinuityPlan.objects.get()
    key = [plan.public_id]
    written = {
        "products": "Pan\nTortas", "objective": "Seguir", "impacts": "Sin ventas",
        "contacts": "Gas; Rosa; 71234567", "score_cash": "3",
    }  # fmt: skip
    assert client.post(reverse("improvement:write_plan", args=key), written).status_code == 302
    assert (
        "Gas; Rosa; 71234567"
        in client.get(reverse("improvement:write_plan", args=key)).content.decode()
    )
    act = {"axis": "people", "what": "Barbijos", "control": "ppe"}
    for _two in range(2):
        add = reverse("improvement:add_plan_action", args=key)
        assert client.post(add, act).status_code == 302
    first, second = plan.actions.order_by("pk")
    change = reverse("improvement:change_plan_action", args=[first.pk])
    assert client.post(change, {"act": "done"}).status_code == 302
    remove = reverse("improvement:change_plan_action", args=[second.pk])
    assert client.post(remove, {"act": "remove"}).status_code == 302
    assert (
        "solo con equipo personal"
        in client.get(reverse("improvement:plan", args=key)).content.decode()
    )
    approve = reverse("improvement:approve_plan", args=key)
    ahead = timezone.localdate() + timedelta(days=100)
    assert client.post(approve, {"review_due": ahead.isoformat()}).status_code == 302
    assert plan.actions.count() == 1


def test_instruments_are_edited_by_the_lead_alone(lead: Client) -> None:
    made.kit()
    row = made.instrument("DEF")
    page, edit = (
        reverse(f"improvement:{n}", args=[row.pk]) for n in ("instrument", "edit_instrument")
    )
    trainer = client_of(make.user(role="trainer"))
    assert trainer.get(page).status_code == 200
    assert trainer.get(edit).status_code == 403
    form = lead.get(edit).context["form"]
    given = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
    given |= {"reason": "Más claro", "t:name_es": "Fallas"}
    given = {name: "" if value is None else value for name, value in given.items()}
    assert lead.post(edit, given | {"reason": ""}).status_code == 422
    assert lead.post(edit, given).status_code == 302
    told = lead.get(page).content.decode()
    assert "Fallas" in told
    assert "<del>Productos defectuosos" in told
    row.refresh_from_db()
    assert row.current.document["denominator_en"] == "Units inspected"
    lists = made.instrument("five-s")
    assert lead.get(reverse("improvement:edit_instrument", args=[lists.pk])).status_code == 200
    retire = reverse("improvement:retire_instrument", args=[row.pk])
    assert lead.post(retire, {"reason": "x"}).status_code == 302
    back = reverse("improvement:reinstate_instrument", args=[row.pk])
    assert lead.post(back).status_code == 302
    assert trainer.get(reverse("improvement:instruments")).status_code == 200
    assert owner_of(made.firm()).get(reverse("improvement:instruments")).status_code == 403


def lists_of(firm: Any) -> Iterator[str]:
    for name in ("board", "my_board", "measurements", "projects", "lists", "pulses", "plans"):
        yield reverse(f"improvement:{name}", args=[firm.public_id])
    yield reverse("improvement:reviews")
    yield reverse("improvement:instruments")
    yield reverse("improvement:kpi", args=[made.kpi(firm, "DEF").public_id])


def test_pages_cost_the_same_at_ten_and_twenty_rows(firm: Any, lead: Client) -> None:
    counts: dict[str, list[int]] = {}
    for year in (2019, 2020):
        for n in range(10):
            made.project(firm, f"P{year}{n}", saving=Decimal(1), confirmed_reason="x")
            made.value(firm, "DEF", 101, 100, month=(year, n + 1), confirmed_reason="x")
            row = made.measured(firm, "progress", date(year, n + 1, 3))
            row.practices.create(
                version=made.instrument("five-s").current, practice_code="ppe", value="yes"
            )
            Measurement.objects.filter(pk=row.pk).update(
                practices_version=Instrument.objects.get(kind="practices").current
            )
            checklists.start_run(
                actor=make.actor(), enterprise=firm, instrument=made.instrument("osh"),
                on=date(year, n + 1, 1),
            )  # fmt: skip
            pulse_of(firm, opens_on=date(year, n + 1, 1), closes_on=date(year, n + 1, 12))
        for url in lists_of(firm):
            with CaptureQueriesContext(connection) as captured:
                assert lead.get(url).status_code == 200
            counts.setdefault(url, []).append(len(captured))
    assert {url: c for url, c in counts.items() if c[0] != c[1] or c[1] > 25} == {}
