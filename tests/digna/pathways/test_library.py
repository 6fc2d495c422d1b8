"""Facts that change: a new price keeps the old one, a firm is told, a newer kit wins, reports."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import make
from digna.errors import Refused
from digna.pathways import overlay
from digna.pathways.models import FactCorrection, StepReport
from digna.pathways.selectors import checklist, desk, reports
from digna.pathways.selectors.library import shelf, shelf_then
from digna.pathways.services import firms, library
from digna.pathways.services import reports as reporting
from digna_engines.pathways import plan
from digna_engines.pathways.planning import cost_of
from pathways import made

SOLE = {"form": "sole_trader", "regime": "general"}


@pytest.fixture
def installed(db: None) -> None:
    made.kits()


def price(on: date, step: str = "trade_licence") -> list[Decimal | None]:
    found = cost_of(shelf().library.steps[step].prices, SOLE, on)
    return [one.amount for one in found.prices]


def corrected(**values: object) -> FactCorrection:
    given_ = {
        "step": "trade_licence", "place": "prices.0", "amount": Decimal(150), "currency": "BOB",
        "since": date(2027, 3, 1), "source": "Ventanilla de SEPREC",
    } | values  # fmt: skip
    return library.correct_price(actor=make.actor(), **given_)  # type: ignore[arg-type]


@pytest.mark.usefixtures("installed")
def test_a_price_change_keeps_the_history() -> None:
    place = next(
        name for name, one in overlay.placed(shelf().laid["trade_licence"]) if one["amount"] == 130
    )
    corrected(place=place)
    assert price(date(2027, 2, 28)) == [Decimal(130)]
    assert price(date(2027, 3, 1)) == [Decimal(150)]
    corrected(place=place, amount=Decimal(180), since=date(2028, 1, 1))
    assert price(date(2027, 12, 31)) == [Decimal(150)]
    assert price(date(2028, 1, 1)) == [Decimal(180)]
    assert price(date(2027, 2, 28)) == [Decimal(130)]
    step = desk.step("trade_licence", date(2027, 6, 1))
    assert step is not None
    told = next(one for one in step.places if one.place == place)
    assert [(line.said, line.is_now) for line in told.lines[:2]] == [
        ("Bs 180", False), ("Bs 150", True),
    ]  # fmt: skip


@pytest.mark.usefixtures("installed")
def test_a_correction_that_is_withdrawn_gives_back_what_stood_before() -> None:
    row = corrected(since=date(2026, 1, 1))
    with pytest.raises(Refused) as refused:
        library.withdraw(actor=make.actor(), correction=row, reason=" ")
    assert refused.value.code == "pathways.fact.needs_reason"
    before = price(date(2027, 1, 1))
    library.withdraw(actor=make.actor(), correction=row, reason="era de otro paso")
    assert price(date(2027, 1, 1)) != before
    assert FactCorrection.objects.get().withdrawn_reason == "era de otro paso"


@pytest.mark.usefixtures("installed")
def test_an_expired_price_warns_and_is_listed_to_do() -> None:
    corrected(step="digital_citizenship", since=date(2026, 11, 1), until=date(2026, 12, 31))
    assert "digital_citizenship" not in expired(date(2026, 12, 31))
    assert "digital_citizenship" in expired(date(2027, 1, 1))
    drawn = plan(shelf().library, "formal_business", SOLE, on=date(2027, 1, 1))
    step = drawn.step("digital_citizenship")
    assert step is not None
    assert step.cost.expired is not None


def expired(on: date) -> set[str]:
    return {row.key for row in desk.rows(on) if desk.is_in(row, "vencidos")}


@pytest.mark.usefixtures("installed")
def test_facts_read_over_a_year_ago_wait_and_confirming_renews_them() -> None:
    later = date(2027, 12, 1)
    assert {row.key for row in desk.rows(later) if row.is_stale} == set(shelf().library.steps)
    made_ = library.confirm_step(actor=make.actor(), step="trade_licence", source="SEPREC, llamada")
    assert shelf().library.steps["trade_licence"].checked_on == made_.checked_on
    assert shelf().library.steps["trade_licence"].certainty == "medium"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("agency", "sin", lambda step: step.agency),
        ("url", "https://tramites.example", lambda step: step.url),
        ("law", ["Ley 1"], lambda step: list(step.law)),
        ("documents", [{"es": "NIT"}], lambda step: [dict(d) for d in step.documents]),
    ],
)
def test_other_facts_are_replaced_whole_from_their_day(field, value, found) -> None:  # type: ignore[no-untyped-def]
    tomorrow = timezone.localdate() + timedelta(days=1)
    before = found(shelf().library.steps["trade_licence"])
    for since, expected in ((tomorrow, before), (tomorrow - timedelta(days=1), value)):
        library.correct_fact(
            actor=make.actor(), step="trade_licence", field=field, value=value, since=since,
            source="SEPREC",
        )  # fmt: skip
        assert found(shelf().library.steps["trade_licence"]) == expected


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"source": " "}, "pathways.fact.no_source"),
        ({"place": "prices.9"}, "pathways.fact.place"),
        ({"place": "variants.7.prices.0"}, "pathways.fact.place"),
        ({"until": date(2027, 2, 1)}, "pathways.fact.days"),
        ({"amount": Decimal(-1)}, "pathways.step.negative"),
        ({"step": "volar"}, "pathways.step.unknown"),
    ],
)
def test_what_cannot_be_corrected_is_refused(values: dict, code: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(Refused) as refused:
        corrected(**values)
    assert refused.value.code == code


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agency", "ministerio-de-nada"), ("url", ""), ("documents", []), ("price", "x"),
        ("duration", {"amount": 0, "unit": "days"}),
    ],
)  # fmt: skip
def test_a_fact_that_says_nothing_replaces_nothing(field: str, value: object) -> None:
    with pytest.raises(Refused) as refused:
        library.correct_fact(
            actor=make.actor(), step="trade_licence", field=field, value=value,
            since=date(2026, 1, 1), source="x",
        )  # fmt: skip
    assert refused.value.code == "pathways.fact.value"


@pytest.mark.usefixtures("installed")
def test_a_firm_is_told_what_changed_since_it_set_out() -> None:
    row = made.pathway(of=made.firm(form="sole_trader"))
    firms.answer_questions(
        actor=make.actor(), enterprise=row.enterprise, given={"regime": "general"}
    )
    today = timezone.localdate()
    assert not any(line.changed for line in checklist.checklist(row, today).lines)
    place = next(
        name for name, one in overlay.placed(shelf().laid["trade_licence"]) if one["amount"] == 130
    )
    corrected(place=place, since=today)
    told = {one.face.key: one.changed for one in checklist.checklist(row, today).lines}
    assert told["trade_licence"] == "Cambió desde que empezó: antes Bs 130, ahora Bs 150."
    assert [key for key, text in told.items() if text] == ["trade_licence"]
    made.done(row.enterprise, "trade_licence")
    found = checklist.checklist(row, today).lines
    assert not next(one for one in found if one.face.key == "trade_licence").changed


@pytest.mark.usefixtures("installed")
def test_a_newer_kit_is_told_as_a_change_and_each_step_keeps_its_version() -> None:
    row = made.pathway(of=made.firm(form="sole_trader"))
    made.done(row.enterprise, "digital_citizenship")

    def dearer(documents: dict) -> None:  # type: ignore[type-arg]
        for step in documents["steps"]["steps"]:
            if step["code"] == "health_fund":
                step["prices"][0]["amount"] = 20

    made.newer("formal", "0.2.0", dearer)
    told = checklist.checklist(row, timezone.localdate())
    assert "antes Bs 13, ahora Bs 20" in next(
        one.changed for one in told.lines if one.face.key == "health_fund"
    )
    made.done(row.enterprise, "health_fund")
    versions = {one.face.key: one.progress for one in checklist.checklist(row, made.TODAY).lines}
    kept = {key: one.kit_version for key, one in versions.items() if one is not None}
    assert kept == {"digital_citizenship": "formal 0.1.0", "health_fund": "formal 0.2.0"}


@pytest.mark.usefixtures("installed")
def test_a_kit_read_after_a_correction_wins() -> None:
    corrected(since=date(2026, 1, 1))
    assert Decimal(150) in price_amounts()

    def read_again(documents: dict) -> None:  # type: ignore[type-arg]
        for step in documents["steps"]["steps"]:
            step["checked_on"] = "2999-01-01"

    made.newer("formal", "0.2.0", read_again)
    assert Decimal(150) not in price_amounts()


def price_amounts() -> list[Decimal | None]:
    return [one.amount for one in shelf().library.steps["trade_licence"].prices]


@pytest.mark.usefixtures("installed")
def test_the_library_then_is_that_of_the_day_it_was_begun() -> None:
    row = made.pathway()
    corrected(since=date(2026, 1, 1))
    then = [one.amount for one in shelf_then(row).library.steps["trade_licence"].prices]
    assert Decimal(150) not in then
    assert Decimal(150) in price_amounts()


days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(st.lists(st.tuples(days, st.integers(0, 999)), min_size=1, max_size=6), days)
def test_one_price_at_most_holds_on_any_day(changes: list[tuple[date, int]], on: date) -> None:
    row = {"code": "a", "checked_on": "2019-01-01", "prices": [{"amount": 5, "currency": "BOB"}]}
    corrections = [
        overlay.Correction(
            "a", "price", "prices.0", overlay.price_value(Decimal(amount), "BOB"), since, None,
            date(2020, 1, 1) + timedelta(days=number), "high", "",
        )
        for number, (since, amount) in enumerate(changes)
    ]  # fmt: skip
    prices = overlay.laid_over([row], corrections)[0]["prices"]

    def holds(one: dict) -> bool:  # type: ignore[type-arg]
        since, until = one.get("since", "0000"), one.get("until", "9999")
        return bool(since <= on.isoformat() <= until)

    assert sum(holds(one) for one in prices) == 1
    assert len(prices) == len(changes) + 1
    assert row["prices"] == [{"amount": 5, "currency": "BOB"}]


@pytest.mark.usefixtures("installed")
def test_reports_wait_are_answered_and_counted_by_step() -> None:
    row = reporting.report_error(actor=make.actor(), step="trade_licence", text=" Cobran Bs 150 ")
    assert checklist.open_reports() == {"trade_licence": 1}
    assert reports.by_step()[0][::2] == ("trade_licence", 1)
    with pytest.raises(Refused) as refused:
        reporting.answer_report(actor=make.actor(), report=row, state="mended")
    assert refused.value.code == "pathways.report.needs_answer"
    reporting.answer_report(actor=make.actor(), report=row, state="seen")
    assert reports.counts()["abiertos"] == 1
    reporting.answer_report(actor=make.actor(), report=row, state="mended", answer="Corregido")
    assert checklist.open_reports() == {}
    assert StepReport.objects.get().text == "Cobran Bs 150"
    for values, code in (
        ({"step": "volar", "text": "x"}, "pathways.step.unknown"),
        ({"step": "trade_licence", "text": " "}, "pathways.report.empty"),
    ):
        with pytest.raises(Refused) as refused:
            reporting.report_error(actor=make.actor(), **values)  # type: ignore[arg-type]
        assert refused.value.code == code
