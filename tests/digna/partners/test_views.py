"""Every screen by HTTP: the right person, another partner's, an owner, the auditor, a stranger."""

import json
import re
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from tests.digna.partners import made

import make
from cast import Cast, cast, client_of
from digna.partners.facts import cost_facts, fee_facts
from digna.partners.models import (
    Asset,
    ClosedYear,
    CostLine,
    Fee,
    Income,
    Judgement,
    Payment,
    TransitionAction,
    WorkingCopy,
)
from digna.partners.services import assets, maturity, money, profile, transition
from digna.registry import stories
from digna.web import pdf

pytestmark = pytest.mark.django_db
SENT = {"intention": ""}
"""What a browser sends of a form with nothing to fill."""


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are drawn once, below; here their HTML is enough."""
    monkeypatch.setattr(pdf, "draw", lambda html: b"%PDF-" + html.encode())


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def full() -> dict[str, Any]:
    """A partner with one row of everything."""
    partner, who = made.partner(), make.actor()
    cycle = made.complete(made.cycle(partner), "1000", public="200")
    cycle.programmes.add(made.programme())
    fee = made.fee(cycle, "500")
    made.pay(fee, "200", receipt="A-1")
    money.close_year(actor=who, partner=partner, year=2020)
    money.set_target(actor=who, partner=partner, year=2021, group="first", covered=made.BOB(40))
    marker = made.markers()[0]
    file = ContentFile(b"%PDF-1", name="acta.pdf")
    told: dict[str, Any] = {"actor": who, "partner": partner}
    maturity.judge(**told, marker=marker, on=made.TODAY, reached="partly", evidence="a", file=file)
    for days in (100, 0):
        maturity.take_snapshot(**told, on=made.TODAY - timedelta(days=days))
    profile.describe_partner(**told, kind="private", mou_until=made.TODAY)
    profile.record_own_budget(**told, year=made.TODAY.year, has_line=False)
    transition.plan_action(
        **told, line="alliances", what="Renovar", owner="Luz", likelihood=3, impact=3,
        risk="Cambio", due_on=made.TODAY - timedelta(days=3),
    )  # fmt: skip
    asset = assets.list_asset(**told, kind="materials", what="Manuales")
    return {"partner": partner, "cycle": cycle, "fee": fee, "marker": marker, "asset": asset}


def screens(full: dict[str, Any]) -> dict[str, list[str]]:
    """Return the addresses of the room, those that show and those that change."""
    code, cycle = full["partner"].code, full["cycle"].public_id
    fee, action = full["fee"].pk, TransitionAction.objects.get().pk
    asset, one = full["asset"].public_id, full["marker"].pk

    def urls(*rows: tuple[Any, ...]) -> list[str]:
        return [reverse(f"partners:{name}", args=args) for name, *args in rows]

    return {
        "shown": urls(
            ("partner", code), ("money", code), ("export_money", code), ("maturity", code),
            ("marker", code, one), ("compare_snapshots", code), ("transition", code),
            ("exit_page", code), ("exit_paper", code), ("cycle_money", cycle),
            ("payment_receipt", Payment.objects.get().pk), ("hand_over_record", asset),
            ("proof", "lectura", Judgement.objects.get().pk),
        ),
        "changed": urls(
            ("change_profile", code), ("lose_partner", code), ("regain_partner", code),
            ("own_budget", code), ("take_snapshot", code), ("adopt_templates", code),
            ("plan_action", code), ("list_asset", code), ("add_cost", cycle),
            ("add_income", cycle), ("agree_fee", cycle), ("state_costs", cycle),
            ("change_cost", CostLine.objects.get().pk), ("remove_cost", CostLine.objects.get().pk),
            ("change_income", Income.objects.get().pk), ("remove_income", Income.objects.get().pk),
            ("change_fee", fee), ("remove_fee", fee), ("receive_payment", fee), ("refund", fee),
            ("remove_payment", Payment.objects.get().pk),
            ("reopen_year", ClosedYear.objects.get().pk),
            ("remove_judgement", Judgement.objects.get().pk), ("change_action", action),
            ("begin_action", action), ("close_action", action), ("change_asset", asset),
            ("unlist_asset", asset), ("hand_over_asset", asset), ("keep_receipt", asset),
            ("take_back", asset),
        ),
    }  # fmt: skip


def test_each_screen_opens_for_whose_it_is_and_for_no_other(
    people: Cast, full: dict[str, Any]
) -> None:
    urls = screens(full)
    inside = [people.lead, people.mel, people.coordinator]
    for url in urls["shown"]:
        for user in (*inside, people.auditor):
            assert client_of(user).get(url).status_code == 200, (url, user)
    for url in urls["changed"]:
        for user in inside:
            assert client_of(user).get(url).status_code == 200, (url, user)
        assert client_of(people.auditor).get(url).status_code == 403, url
    for url in urls["shown"] + urls["changed"]:
        assert client_of(people.other_coordinator).get(url).status_code == 404, url
        assert client_of(people.other_coordinator).post(url).status_code == 404, url
        for user in (people.owner, people.trainer, people.mentor):
            assert client_of(user).get(url).status_code == 403, url
        assert client_of(None).get(url).status_code == 302, url


def test_lists_show_each_their_own(people: Cast, full: dict[str, Any]) -> None:
    made.partner("cadepia", "Otra cámara")
    names = ("partners", "exits", "exits_paper", "comparison", "comparison_paper")
    for name in names:
        url = reverse(f"partners:{name}")
        mine = client_of(people.coordinator).get(url).content.decode()
        assert "Otra cámara" not in mine, name
        assert client_of(people.lead).get(url).status_code == 200
    everything = client_of(people.auditor).get(reverse("partners:partners")).content.decode()
    assert "Otra cámara" in everything
    found = client_of(people.lead).get(reverse("partners:partners") + "?q=otra&estado=perdidos")
    assert "Nada pasa por esos filtros" in found.content.decode()
    for form in ("csv", "xlsx"):
        file = client_of(people.lead).get(reverse("partners:export_partners") + f"?formato={form}")
        assert file.status_code == 200


def test_the_list_costs_the_same_at_ten_and_twenty(
    people: Cast, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for upto in (10, 20):
        for number in range(upto):
            partner = made.partner(f"socio-{number}")
            profile.describe_partner(actor=make.actor(), partner=partner, kind="private")
        for name in ("partners", "exits"):
            client = client_of(people.lead)
            client.get(reverse(f"partners:{name}"))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(f"partners:{name}"))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 25


def test_a_cost_is_typed_refused_and_sent_twice(people: Cast, full: dict[str, Any]) -> None:
    client, cycle = client_of(people.coordinator), full["cycle"]
    url = reverse("partners:add_cost", args=[cycle.public_id])
    empty = client.post(url, {"kind": "venue", "currency": "BOB"})
    assert (empty.status_code, "Escriba lo previsto" in empty.content.decode()) == (422, True)
    sent = {"kind": "venue", "currency": "BOB", "actual": "5", "intention": str(uuid.uuid4())}
    for _again in range(2):
        assert client.post(url, sent).status_code == 302
    assert CostLine.objects.filter(actual=5).count() == 1


def test_a_fee_is_agreed_in_instalments_and_paid(people: Cast, full: dict[str, Any]) -> None:
    client, cycle = client_of(people.coordinator), full["cycle"]
    firm = made.firm(cycle, "Nueva")
    url = reverse("partners:agree_fee", args=[cycle.public_id])
    day = made.TODAY.isoformat()
    sent = {
        "enterprise": firm.pk, "agreed": "100", "agreed_on": day, "parts": "3", "first_due": day,
        "every": "30", "currency": "BOB",
    }  # fmt: skip
    assert client.post(url, sent).status_code == 302
    fee = Fee.objects.get(enterprise=firm)
    assert [str(row.amount) for row in fee.instalments.all()] == ["33.33", "33.33", "33.34"]
    paid = client.post(
        reverse("partners:receive_payment", args=[fee.pk]), {"amount": "40", "on": day}
    )
    assert paid.status_code == 302
    page = client.get(reverse("partners:cycle_money", args=[cycle.public_id])).content.decode()
    assert "pagó Bs 40,00" in page


def test_a_marker_is_judged_with_a_document(people: Cast, full: dict[str, Any]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    url = reverse("partners:marker", args=[full["partner"].code, full["marker"].pk])
    sent = {"reached": "reached", "on": made.TODAY.isoformat()}
    bad = SimpleUploadedFile("a.exe", b"MZ")
    refused = client_of(people.coordinator).post(url, sent | {"file": bad})
    assert (refused.status_code, "PDF" in refused.content.decode()) == (422, True)
    good = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    assert client_of(people.coordinator).post(url, sent | {"file": good}).status_code == 302
    assert Judgement.objects.filter(reached="reached").count() == 1
    assert client_of(people.auditor).post(url, sent).status_code in {403, 404}


def test_an_action_and_an_asset_go_their_way(people: Cast, full: dict[str, Any]) -> None:
    client, day = client_of(people.coordinator), made.TODAY.isoformat()
    action, asset = TransitionAction.objects.get(), full["asset"]
    url = reverse("partners:close_action", args=[action.pk])
    assert client.post(url, {"outcome": "done", "on": day}).status_code == 422
    assert client.post(url, {"outcome": "done", "on": day, "evidence": "acta"}).status_code == 302
    url = reverse("partners:hand_over_asset", args=[asset.public_id])
    assert client.post(url, {"received_by": "Luz", "on": day}).status_code == 302
    assert Asset.objects.get().received_by == "Luz"
    paper = client.get(reverse("partners:hand_over_record", args=[asset.public_id]))
    assert b"Luz" in paper.content


def test_losing_a_partner_asks_why(people: Cast, full: dict[str, Any]) -> None:
    client, code = client_of(people.mel), full["partner"].code
    day = made.TODAY.isoformat()
    url = reverse("partners:lose_partner", args=[code])
    assert client.post(url, {"on": day, "reason": "money"}).status_code == 302
    page = client.get(reverse("partners:partner", args=[code])).content.decode()
    assert "falta de dinero" in page
    assert client.post(reverse("partners:regain_partner", args=[code]), SENT).status_code == 302
    closed = client.post(reverse("partners:close_year", args=[code, 2021]), {})
    assert (closed.status_code, ClosedYear.objects.filter(year=2021).count()) == (302, 1)


def test_only_the_lead_makes_and_takes_a_copy(
    people: Cast, full: dict[str, Any], tmp_path: Path, settings: Any
) -> None:
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": on_disk}
    code = full["partner"].code
    for user in (people.mel, people.coordinator, people.auditor, people.owner):
        assert client_of(user).get(reverse("partners:copies", args=[code])).status_code == 403
        assert client_of(user).post(reverse("partners:ask_copy", args=[code])).status_code == 403
    lead = client_of(people.lead)
    assert lead.post(reverse("partners:ask_copy", args=[code])).status_code == 302
    copy = WorkingCopy.objects.get()
    if copy.state == "packing":  # queued, not run at once, in this setting
        from digna.partners import tasks

        assert lead.get(reverse("partners:copy_progress", args=[copy.public_id])).status_code == 200
        tasks.pack_copy.func(copy.pk, people.lead.pk)
    done = lead.get(reverse("partners:copy_progress", args=[copy.public_id]))
    assert done.headers["HX-Refresh"] == "true"
    file = lead.get(reverse("partners:download_copy", args=[copy.public_id]))
    assert b"".join(file.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    url = reverse("partners:hand_over_copy", args=[copy.public_id])
    day = made.TODAY.isoformat()
    assert lead.post(url, {"received_by": "Luz", "on": day}).status_code == 302
    assert b"Luz" in lead.get(reverse("partners:copy_receipt", args=[copy.public_id])).content
    assert lead.get(reverse("partners:copies", args=[code])).status_code == 200
    assert (
        lead.post(reverse("partners:discard_copy", args=[copy.public_id]), SENT).status_code == 302
    )
    for name in ("copy_progress", "download_copy", "hand_over_copy", "copy_receipt"):
        url = reverse(f"partners:{name}", args=[copy.public_id])
        assert client_of(people.coordinator).get(url).status_code == 403


def test_the_facts_of_money_have_their_shape_and_miss_what_is_missing(
    full: dict[str, Any],
) -> None:
    other = made.cycle(code="m2")
    other.programmes.add(made.programme())
    money.add_cost(actor=make.actor(), cycle=other, kind="venue", actual=made.BOB(5))
    schema, rows = cost_facts(made.programme().pk)
    told = [dict(zip(schema.columns, row, strict=True)) for row in rows]
    assert [(row["cost_bob"], row["covered_bob"]) for row in told] == [(1000, 400), (None, None)]
    schema, fees = fee_facts()
    kinds = [dict(zip(schema.columns, row, strict=True)) for row in fees]
    assert sorted(row["kind"] for row in kinds) == ["income", "instalment", "instalment", "paid"]
    assert json.dumps([str(row["amount_bob"]) for row in kinds])


def test_a_firms_story_tells_its_fee(full: dict[str, Any]) -> None:
    entries = stories.of_enterprise(full["fee"].enterprise)
    assert any(re.search(r"pagó Bs 200,00 de Bs 500,00", entry.detail) for entry in entries)


def test_the_committees_sheet_is_a_pdf_on_one_page(
    people: Cast, full: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    for url in (
        reverse("partners:exit_paper", args=[full["partner"].code]),
        reverse("partners:exits_paper"),
    ):
        content = client_of(people.lead).get(url).content
        assert content.startswith(b"%PDF")
        assert len(re.findall(rb"/Type /Page\b", content)) <= 1
