"""The fact tables: rows fit their schema, and the kit's indicators compute from them."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

import make
import make_results
from digna.linkages import facts
from digna.linkages.models import Deal, MarketStep
from digna.linkages.services import cohorts, deals
from digna.programmes.models import Programme
from digna.registry import stories
from digna.results import sources
from digna.results.services import indicators
from linkages import made
from linkages.made import DAY

pytestmark = pytest.mark.django_db
TABLES: dict[str, Callable[..., Any]] = {
    "offer": facts.offer_facts, "deal": facts.deal_facts, "deal_step": facts.step_facts,
    "market_step": facts.market_step_facts,
}  # fmt: skip


@pytest.fixture
def market() -> Programme:
    """One firm paid abroad, one of which nothing was heard, one in doubt; one in a cohort."""
    made.kit()
    programme = made.programme()
    paid = made.shown_offer("public", firm=make.enterprise("Uno", place=make.place()))
    abroad = made.buyer()
    deal = made.deal(paid.enterprise, buyer=abroad, buyer_name="")
    step = made.step(deal, "order", DAY + timedelta(days=20), "800")
    made.step(deal, "paid", DAY + timedelta(days=40), "500")
    deals.correct_step(actor=make.actor(reason="menos"), step=step, amount=Decimal(700))
    made.deal(make.enterprise("Dos"), amount="100")
    doubt = made.deal(make.enterprise("Tres"))
    made.step(doubt, "order", DAY, "50")
    made.step(doubt, "paid", DAY, "60", confirmed_reason="flete")
    row = cohorts.add_firm(
        actor=make.actor(), cohort=made.cohort(), enterprise=paid.enterprise, joined_on=DAY
    )
    cohorts.mark_step(
        actor=make.actor(), firm=row, step=MarketStep.objects.get(code="catalogue"), state="done",
        on=DAY, note="visto",
    )  # fmt: skip
    return programme


def rows_of(table: str, programme: int | None = None) -> list[dict[str, Any]]:
    schema, rows = TABLES[table](programme)
    named = [dict(zip(schema.columns, row, strict=True)) for row in rows]
    for row in named:
        for name, column in schema.columns.items():
            assert column.nullable or row[name] is not None, name
    keys = [tuple(row[key] for key in schema.keys) for row in named]
    assert len(set(keys)) == len(keys)
    return named


@pytest.mark.parametrize(("table", "count"), [("offer", 1), ("deal", 3), ("deal_step", 7),
                                              ("market_step", 1)])  # fmt: skip
def test_rows_fit_their_schema(market: Programme, table: str, count: int) -> None:
    assert len(rows_of(table)) == len(rows_of(table, market.pk)) == count
    assert rows_of(table, market.pk + 99) == []
    assert f"linkages.{table}" in sources.SOURCES


def test_only_what_stands_is_published(market: Programme) -> None:
    orders = [row for row in rows_of("deal_step") if row["kind"] == "order"]
    assert sorted(row["amount"] for row in orders) == [50, 700]
    told = {row["is_followed_up"] for row in rows_of("deal")}
    assert told == {True, False}
    assert {row["department"] for row in rows_of("deal") if row["is_export"]} == {"BO-L"}


def test_an_offer_of_no_programme_is_published_with_none() -> None:
    made.offer()
    assert [row["programme_id"] for row in rows_of("offer")] == [None]
    assert rows_of("offer")[0]["has_papers"] is None


def test_the_indicators_of_the_kit_compute(market: Programme) -> None:
    documents = make.kit("reactivate")
    indicators.adopt_indicators(
        actor=make.actor(), programme=market,
        documents={name: documents.plain(name) for name in documents.documents},
    )  # fmt: skip
    figures = make_results.computed(market)
    values = {code: figure.value for code, figure in figures.items()}
    assert values["intended_usd"] == 1900
    assert values["sales_usd"] == 500  # the doubtful payment waits
    assert values["firms_selling"] == values["firms_exporting"] == 1
    assert values["digital_channels"] == values["firms_with_offers"] == 1
    known = figures["deals_followed_up"]
    assert (known.numerator, known.denominator) == (2, 3)
    assert set(values) >= {"sales_bob", "intended_bob", "firms_supplying"}


def test_a_firms_story_tells_its_way_to_market(market: Programme) -> None:
    firm = Deal.objects.get(is_export=True).enterprise
    told = [entry.what for entry in stories.of_enterprise(firm)]
    for wanted in ("Oferta publicada", "Pago", "Paso al mercado digital", "Entró al grupo"):
        assert any(what.startswith(wanted) for what in told), wanted
    links = stories.links_of_enterprise(make.user("Elena", role="lead"), firm)
    assert "Ofertas y ventas" in {link.label for link in links}
    nobody = stories.links_of_enterprise(make.user("Mario", role="mentor"), firm)
    assert "Ofertas y ventas" not in {link.label for link in nobody}
