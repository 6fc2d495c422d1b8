"""Firms with offers, buyers, deals and cohorts for this room's tests, through the services."""

import functools
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image

import make
from digna.improvement.services import instruments
from digna.linkages import showing
from digna.linkages.models import Buyer, BuyerLink, Cohort, Deal, Demand, Offer
from digna.linkages.services import buyers, cohorts, consents, deals, offers, reference
from digna.programmes.models import Programme
from digna.registry.models import Enterprise

DAY = date(2024, 3, 4)
ALL = dict.fromkeys(showing.GROUPS, True)


def kit() -> None:
    """Take what the kit brings to this room."""
    documents = make.kit("reactivate")
    for section, load in (
        ("requirements", reference.load_requirements),
        ("market_steps", reference.load_steps),
    ):
        entries = documents.plain(section)[section]
        load(actor=make.actor(), kit="reactivate", entries=entries)


def checklist() -> None:
    """Take the readiness list."""
    entries = make.kit("reactivate").plain("checklists")["checklists"]
    instruments.load_instruments(
        actor=make.actor(), kit="reactivate", kind="checklist", entries=entries
    )


def programme(code: str = "p") -> Programme:
    return Programme.objects.get_or_create(
        code=code, defaults={"name": code.upper(), "starts_on": DAY, "ends_on": date(2030, 1, 1)}
    )[0]


def offer(firm: Enterprise | None = None, **values: Any) -> Offer:
    stated: dict[str, Any] = {
        "name_es": "Quinua real", "name_en": "Royal quinoa", "hs_code": "1008.50",
        "capacity_per_month": Decimal(800), "unit": "kg", "price_low": Decimal("3.2"),
        "price_high": Decimal("3.6"), "currency": "usd", "price_unit": "kg",
        "languages": ["es", "en"], "months": [4, 5],
    }  # fmt: skip
    return offers.note_offer(
        actor=make.actor(), enterprise=firm or make.enterprise(), **(stated | values)
    )


def consent(firm: Enterprise, audience: str = "buyers", **shows: bool) -> None:
    consents.say_consent(
        actor=make.actor(), enterprise=firm, audience=audience, said_by="Rosa", **(shows or ALL)
    )


def shown_offer(audience: str = "buyers", firm: Enterprise | None = None, **values: Any) -> Offer:
    """An offer that is published, of a firm that agreed to show all of it."""
    firm = firm or make.enterprise("Granos Jiwra", phone="71234567", email="jiwra@firma.example")
    consent(firm, audience)
    return offers.publish_offer(actor=make.actor(), offer=offer(firm, **values))


def buyer(**values: Any) -> Buyer:
    stated: dict[str, Any] = {
        "name": "Nordkorn", "kind": "foreign", "country": "DE", "city": "Hamburg",
        "time_zone": "Europe/Berlin", "languages": ["en"],
    }  # fmt: skip
    return buyers.register_buyer(actor=make.actor(), **(stated | values))


def link(of: Buyer | None = None, **values: Any) -> BuyerLink:
    return buyers.give_link(
        actor=make.actor(), buyer=of or buyer(), **({"name": "Ute Brandt"} | values)
    )


def demand(of: Buyer, **values: Any) -> Demand:
    stated: dict[str, Any] = {
        "product_es": "Quinua", "product_en": "Quinoa", "hs_code": "100850",
        "quantity_per_month": Decimal(2), "unit": "t", "valid_from": DAY, "is_published": True,
    }  # fmt: skip
    return buyers.note_demand(actor=make.actor(), buyer=of, **(stated | values))


def deal(firm: Enterprise | None = None, amount: str | None = "900", **values: Any) -> Deal:
    intention = None
    if amount is not None:
        intention = deals.IntentionValues(on=DAY, amount=Decimal(amount), currency="USD")
    stated: dict[str, Any] = {
        "enterprise": firm or make.enterprise(), "programme": programme(),
        "product": "Quinua real", "buyer_name": "Nordkorn", "intention": intention,
    }  # fmt: skip
    return deals.open_deal(actor=make.actor(), **(stated | values))


def step(of: Deal, kind: str, on: date, amount: str | None = None, **values: Any) -> Any:
    if amount is not None:
        values = {"amount": Decimal(amount), "currency": "USD"} | values
    return deals.record_step(actor=make.actor(), deal=of, kind=kind, on=on, **values)


def cohort(**values: Any) -> Cohort:
    stated: dict[str, Any] = {"programme": programme(), "name": "Grupo 1", "starts_on": DAY}
    return cohorts.open_cohort(actor=make.actor(), **(stated | values))


@functools.cache
def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), (200, 120, 60)).save(out, "JPEG")
    return out.getvalue()
