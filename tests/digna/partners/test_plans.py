"""Profile, maturity, transition and assets: what is kept, what is refused."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from tests.digna.partners import made

import make
from digna.errors import Refused
from digna.partners import documents, kit_sections
from digna.partners.models import ActionTemplate, Judgement, Marker, OwnBudget, TransitionAction
from digna.partners.selectors import exits
from digna.partners.selectors import maturity as shown
from digna.partners.selectors import transition as plans
from digna.partners.services import assets, maturity, profile, transition

pytestmark = pytest.mark.django_db
TOMORROW = made.TODAY + timedelta(days=1)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def judged(marker: Marker, reached: str, on: date = made.TODAY, **values: Any) -> Judgement:
    values.setdefault("evidence", "acta")
    return maturity.judge(
        actor=make.actor(), partner=made.partner(), marker=marker, on=on, reached=reached, **values
    )


def action(**values: Any) -> TransitionAction:
    told: dict[str, Any] = {
        "partner": made.partner(), "line": "alliances", "what": "Renovar", "owner": "Luz",
        "due_on": made.TODAY,
    }  # fmt: skip
    return transition.plan_action(actor=make.actor(), **(told | values))


def test_the_kit_brings_markers_and_actions() -> None:
    kit = make.kit("score")
    kit_sections.take(make.actor(), "score", {n: kit.plain(n) for n in ("markers", "transition")})
    kit_sections.take(make.actor(), "score", {n: kit.plain(n) for n in ("markers", "transition")})
    assert Marker.objects.count() == 21
    assert ActionTemplate.objects.count() == 12
    by_dimension = {m.dimension for m in Marker.objects.all()}
    assert by_dimension == {"technical", "institutional", "financial"}
    assert {m.depth for m in Marker.objects.all()} == {"expect", "like", "love"}


def test_a_new_wording_retires_the_old_and_keeps_its_readings() -> None:
    old = made.markers(1)[0]
    judged(old, "reached")
    row = {
        "code": old.code, "version": "2", "dimension": old.dimension, "depth": old.depth,
        "order": 1, "text_es": "Otro", "text_en": "Other", "kit": "score",
    }  # fmt: skip
    maturity.load_markers(actor=make.actor(), markers=[row])
    old.refresh_from_db()
    assert old.retired_on is not None
    with refused("partners.marker.retired"):
        judged(old, "reached")
    new = Marker.objects.get(version="2")
    assert shown.history_of(made.partner(), new).count() == 1


def test_a_marker_is_judged_with_evidence_and_not_in_the_future() -> None:
    marker = made.markers()[0]
    with refused("partners.marker.no_evidence"):
        judged(marker, "partly", evidence=" ")
    with refused("partners.marker.future"):
        judged(marker, "reached", on=TOMORROW)
    judged(marker, "not_yet", evidence="")
    row = judged(marker, "partly", evidence="", file=ContentFile(b"%PDF-1", name="a.pdf"))
    assert row.file.name.endswith(".pdf")
    with refused("partners.judgement.no_reason"):
        maturity.remove_judgement(actor=make.actor(), judgement=row)
    maturity.remove_judgement(actor=make.actor(reason="error"), judgement=row)
    assert Judgement.objects.get().reached == "not_yet"


def test_the_latest_reading_holds_and_the_dimensions_are_never_added() -> None:
    markers = made.markers(2)
    technical = [m for m in markers if m.dimension == "technical" and m.depth == "expect"]
    judged(technical[0], "not_yet", on=made.TODAY - timedelta(days=400))
    judged(technical[0], "reached")
    side = shown.sides(made.partner(), made.TODAY)[0]
    assert (side.reached, side.total, side.word) == (1, 6, "on_the_way")
    assert (side.faces[0].cell.reached, side.faces[0].cell.unknown) == (1, 1)
    assert [mark.value for mark in side.trend.marks][-1] == 1
    others = shown.sides(made.partner(), made.TODAY)[1:]
    assert [other.word for other in others] == ["unknown", "unknown"]
    assert [mark.value for mark in others[0].trend.marks] == [None] * shown.POINTS


def test_a_snapshot_stands_still_and_two_are_compared() -> None:
    one, two, *_rest = made.markers(2)
    early = made.TODAY - timedelta(days=200)
    judged(one, "reached", on=early)
    told: dict[str, Any] = {"actor": make.actor(), "partner": made.partner()}
    before = maturity.take_snapshot(**told, on=early, label="antes")
    judged(one, "partly")
    judged(two, "reached")
    after = maturity.take_snapshot(**told, on=made.TODAY)
    judged(one, "not_yet", on=early)
    before.refresh_from_db()
    assert before.reached[f"{one.code}@1"] == "reached"
    kinds = {change.marker.pk: change.kind for change in shown.compared(before, after)}
    assert (kinds[one.pk], kinds[two.pk]) == ("back", "unknown")
    with refused("partners.snapshot.already"):
        maturity.take_snapshot(**told, on=early)
    with refused("partners.snapshot.future"):
        maturity.take_snapshot(**told, on=TOMORROW)


def test_without_markers_there_is_nothing_to_keep() -> None:
    with refused("partners.snapshot.no_markers"):
        maturity.take_snapshot(actor=make.actor(), partner=made.partner(), on=made.TODAY)


def test_a_profile_has_its_dates_in_order_and_is_of_a_partner() -> None:
    told: dict[str, Any] = {"actor": make.actor()}
    with refused("partners.profile.not_partner"):
        profile.describe_partner(**told, partner=make.organisation(), kind="private")
    partner = made.partner()
    profile.describe_partner(**told, partner=partner, mou_from=date(2022, 1, 1))
    with refused("partners.profile.dates"):
        profile.describe_partner(**told, partner=partner, mou_until=date(2021, 1, 1))
    with refused("partners.partner.no_reason"):
        profile.lose_partner(**told, partner=partner, on=made.TODAY, reason="")
    lost = profile.lose_partner(**told, partner=partner, on=made.TODAY, reason="money")
    assert (lost.state, lost.lost_reason) == ("lost", "money")
    assert profile.regain_partner(**told, partner=partner).lost_on is None


def test_a_budget_line_has_proof_and_an_amount_only_where_there_is_one() -> None:
    told: dict[str, Any] = {"actor": make.actor(), "partner": made.partner(), "year": 2022}
    with refused("partners.budget.no_evidence"):
        profile.record_own_budget(**told, has_line=True)
    with refused("partners.budget.amount_without_line"):
        profile.record_own_budget(**told, has_line=False, amount=Decimal(5))
    profile.record_own_budget(**told, has_line=False)
    profile.record_own_budget(**told, has_line=True, amount=Decimal(5), evidence="POA p. 3")
    assert (OwnBudget.objects.get().amount, OwnBudget.objects.get().currency) == (5, "BOB")


def test_an_action_has_an_owner_a_whole_risk_and_closes_with_evidence() -> None:
    with refused("partners.action.no_owner"):
        action(owner=" ")
    with refused("partners.action.nothing"):
        action(what=" ")
    with refused("partners.action.risk"):
        action(likelihood=3)
    row = action(likelihood=3, impact=2, due_on=made.TODAY - timedelta(days=1))
    plan = plans.plan(made.partner(), made.TODAY)
    assert (len(plan.late), plan.risks[0].is_grave) == (1, True)
    told: dict[str, Any] = {"actor": make.actor(), "action": row}
    with refused("partners.action.no_evidence"):
        transition.close_action(**told, on=made.TODAY, evidence="")
    with refused("partners.action.future"):
        transition.close_action(**told, on=TOMORROW, evidence="acta")
    transition.close_action(**told, on=made.TODAY, evidence="acta")
    with refused("partners.action.closed"):
        transition.close_action(**told, on=made.TODAY, evidence="acta")
    transition.begin_action(**told)
    transition.close_action(**told, on=made.TODAY, evidence="ya no", is_dropped=True)
    assert TransitionAction.objects.get().state == "dropped"


def test_a_plan_begins_with_templates_once() -> None:
    template = ActionTemplate.objects.create(
        code="a", version="1", line="alliances", text_es="Renovar", text_en="Renew", months=3,
        kit="score",
    )  # fmt: skip
    intention = uuid.uuid4()
    for _again in range(2):
        transition.adopt_templates(
            actor=make.actor(intention=intention),
            partner=made.partner(),
            templates=[template],
            owner="Luz",
            starts_on=date(2022, 1, 1),
        )
    row = TransitionAction.objects.get()
    assert (row.what, row.due_on) == ("Renovar", date(2022, 4, 1))
    assert plans.offered(made.partner()) == []


def test_an_asset_is_handed_to_somebody_and_can_be_taken_back() -> None:
    told: dict[str, Any] = {"actor": make.actor()}
    with refused("partners.asset.nothing"):
        assets.list_asset(**told, partner=made.partner(), kind="materials", what=" ")
    row = assets.list_asset(**told, partner=made.partner(), kind="materials", what="Manuales")
    file = ContentFile(b"%PDF-1", name="acta.pdf")
    with refused("partners.asset.not_handed"):
        assets.keep_receipt(**told, asset=row, on=made.TODAY, file=file)
    with refused("partners.asset.not_handed"):
        assets.take_back(**told, asset=row)
    with refused("partners.asset.nobody"):
        assets.hand_over(**told, asset=row, on=made.TODAY, received_by=" ")
    with refused("partners.asset.future"):
        assets.hand_over(**told, asset=row, on=TOMORROW, received_by="Luz")
    assets.change_asset(**told, asset=row, what="Manuales y guías")
    assets.hand_over(**told, asset=row, on=made.TODAY, received_by="Luz")
    for act in (assets.unlist_asset, assets.change_asset):
        with refused("partners.asset.handed_already"):
            act(**told, asset=row)
    assets.keep_receipt(**told, asset=row, on=made.TODAY, file=file)
    assert plans.plan(made.partner(), made.TODAY).handed == 1
    with refused("partners.asset.no_reason"):
        assets.take_back(**told, asset=row)
    assets.take_back(actor=make.actor(reason="error"), asset=row)
    assets.unlist_asset(**told, asset=row)


def test_only_a_pdf_or_a_photograph_is_a_document() -> None:
    assert documents.accepted(b"%PDF-1.7", "acta").name == "acta.pdf"
    with refused("partners.document.unreadable"):
        documents.accepted(b"<script>", "acta")
    with refused("partners.document.too_large"):
        documents.accepted(b"%PDF-" + b"0" * documents.BYTES_MAX, "acta")


def test_the_committee_reads_every_partner_in_the_same_queries(
    django_assert_num_queries: Any,
) -> None:
    made.markers()
    for number in range(12):
        partner = made.partner(f"socio-{number}")
        made.complete(made.cycle(partner), "100", public="10")
        action(partner=partner)
    partners = [made.partner(f"socio-{number}") for number in range(12)]
    with django_assert_num_queries(12):
        rows = exits.exit_rows(partners, made.TODAY)
    with django_assert_num_queries(12):
        exits.exit_rows(partners[:3], made.TODAY)
    assert (rows[0].recovery.share, rows[0].open_actions) == (Decimal("0.1"), 1)
