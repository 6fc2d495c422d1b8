"""Buyers, their personal links, and what they ask for."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import make
from digna.errors import Refused
from digna.journal.models import Change
from digna.linkages.models import Buyer, Demand, Requirement
from digna.linkages.services import buyers
from digna.registry.models import Organisation

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 4)


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def a_buyer(**values: Any) -> Buyer:
    stated: dict[str, Any] = {
        "name": "Naturkost Hamburg",
        "kind": Buyer.Kind.FOREIGN,
        "country": "de",
        "city": "Hamburg",
        "time_zone": "Europe/Berlin",
        "languages": ["en", "de"],
    }
    return buyers.register_buyer(actor=make.actor(), **(stated | values))


def a_demand(buyer: Buyer | None = None, **values: Any) -> Demand:
    stated: dict[str, Any] = {"product_es": "Quinua real", "valid_from": DAY}
    return buyers.note_demand(actor=make.actor(), buyer=buyer or a_buyer(), **(stated | values))


def test_a_buyer_is_an_organisation_of_the_register() -> None:
    buyer = a_buyer()
    assert Organisation.objects.get(name="Naturkost Hamburg").buyer == buyer
    assert (buyer.country, buyer.is_foreign, str(buyer)) == ("DE", True, "Naturkost Hamburg")
    with refused("linkages.buyer.exists"):
        a_buyer(organisation=buyer.organisation)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "linkages.buyer.who"),
        ({"time_zone": "Europe/Nowhere"}, "linkages.buyer.time_zone"),
        ({"time_zone": ""}, "linkages.buyer.time_zone"),
    ],
)
def test_a_buyer_has_a_name_and_a_time_zone_that_exists(values: Any, code: str) -> None:
    with refused(code):
        a_buyer(**values)


def test_what_is_known_of_a_buyer_can_change() -> None:
    buyer = a_buyer()
    buyers.change_buyer(actor=make.actor(), buyer=buyer, country=" pe ", time_zone="America/Lima")
    buyer.refresh_from_db()
    assert (buyer.country, buyer.time_zone) == ("PE", "America/Lima")
    with refused("linkages.buyer.time_zone"):
        buyers.change_buyer(actor=make.actor(), buyer=buyer, time_zone="Mars/Base")


def test_a_link_opens_until_its_day_or_until_it_is_revoked() -> None:
    buyer = a_buyer()
    link = buyers.give_link(actor=make.actor(), buyer=buyer, name=" Ute  Brandt ", expires_on=DAY)
    assert (link.name, link.language) == ("Ute Brandt", "en")
    assert link.works_on(DAY)
    assert not link.works_on(DAY + timedelta(days=1))
    buyers.revoke_link(actor=make.actor(), link=link)
    assert not link.works_on(DAY)


def test_each_link_is_somebodys_and_its_token_is_not_written_down() -> None:
    buyer = a_buyer()
    with refused("linkages.buyer.link_name"):
        buyers.give_link(actor=make.actor(), buyer=buyer, name=" ")
    link = buyers.give_link(actor=make.actor(), buyer=buyer, name="Ute")
    written = Change.objects.filter(model="linkages.buyerlink")
    assert written.exists()
    assert not any(link.token in str(change.after) for change in written)


def test_openings_are_noted_at_most_once_an_hour() -> None:
    link = buyers.give_link(actor=make.actor(), buyer=a_buyer(), name="Ute")
    first = make.actor()
    assert buyers.note_opening(actor=first, link=link).seen_at == first.at
    assert buyers.note_opening(actor=make.actor(), link=link).seen_at == first.at


def test_a_demand_says_units_with_its_numbers() -> None:
    asked = a_demand(
        hs_code="1008.50", quantity_per_month=Decimal(2000), unit="kg",
        price_wanted=Decimal("3.4"), currency="usd", price_unit="kg",
    )  # fmt: skip
    assert (asked.hs_code, asked.currency) == ("100850", "USD")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"valid_until": DAY - timedelta(days=1)}, "linkages.demand.dates"),
        ({"quantity_per_month": Decimal(0), "unit": "kg"}, "linkages.trade.amounts"),
        ({"quantity_per_month": Decimal(1)}, "linkages.trade.units"),
        ({"price_wanted": Decimal(1), "currency": "USD"}, "linkages.trade.units"),
        ({"requirements": [{"code": "x", "level": "must"}]}, "linkages.demand.requirements"),
    ],
)
def test_a_demand_that_cannot_be_read_is_refused(values: Any, code: str) -> None:
    with refused(code):
        a_demand(**values)


def test_requirements_are_of_the_list_each_once() -> None:
    Requirement.objects.create(code="organic", name_es="Orgánico", kind="certification")
    one = {"code": "organic", "level": "must"}
    assert a_demand(requirements=[one]).requirements == [one]
    with refused("linkages.demand.requirements"):
        a_demand(a_buyer(name="Otro"), requirements=[one, one])


def test_a_refused_change_leaves_a_demand_as_it_was() -> None:
    asked = a_demand()
    with refused("linkages.trade.units"):
        buyers.change_demand(actor=make.actor(), demand=asked, quantity_per_month=Decimal(5))
    assert asked.quantity_per_month is None
    buyers.change_demand(actor=make.actor(), demand=asked, is_published=True)
    assert asked.is_open_on(DAY)
    assert not asked.is_open_on(DAY - timedelta(days=1))
