"""The lists of three firms, written by hand from the sources; and what every step must say."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from digna_engines.pathways import fitting, in_force, plan, total
from digna_engines.systems.graphs import find_cycle
from engines.pathways import shelf

ON = date(2026, 11, 22)

EL_ALTO: dict[str, Any] = {
    "form": "sole_trader", "regime": "general", "has_workers": False, "size": "micro",
    "makes_food": False, "municipality": "bo-l-el-alto",
}  # fmt: skip
ORURO: dict[str, Any] = {
    "form": "association", "regime": "general", "has_workers": True, "size": "small",
    "makes_food": True, "product_state": "raw", "preference": "certificate", "to_eu": False,
    "organic": True, "asks_food_safety": False, "fob_usd": 30000,
}  # fmt: skip
CARANAVI: dict[str, Any] = {
    "form": "srl", "regime": "general", "has_workers": True, "size": "small", "makes_food": True,
    "product_state": "raw", "preference": "rex", "to_eu": True, "organic": False,
    "asks_food_safety": True, "fob_usd": 60000,
}  # fmt: skip


def to_do(pathway: str, known: dict[str, Any]) -> list[str]:
    return [p.step.key for p in plan(shelf.library(), pathway, known, on=ON).steps]


def test_a_sole_trader_in_el_alto() -> None:
    assert to_do("formal_business", EL_ALTO) == [
        "choose_form",
        "digital_citizenship",
        "tax_number_general",
        "trade_licence",
        "municipal_licence",
        "e_invoicing",
        "productive_unit",
        "trade_licence_update",
    ]
    found = plan(shelf.library(), "formal_business", EL_ALTO, on=ON)
    sums = total(found)
    assert (sums.money, sums.priced, sums.steps) == ({"BOB": Decimal(130)}, 4, 6)
    assert found.questions == ()
    licence = found.step("municipal_licence")
    assert licence is not None
    assert licence.cost.known == ()  # not known is not free


def test_a_quinoa_association_in_oruro() -> None:
    assert to_do("export_grains", ORURO) == [
        "choose_market",
        "choose_form",
        "legal_personality_association",
        "tax_number_general",
        "digital_signature",
        "exporter_register",
        "plant_health_register",
        "organic_certificate",
        "grain_quality",
        "origin_statement",
        "e_invoicing",
        "export_invoice",
        "packing_list",
        "plant_health_certificate",
        "origin_certificate",
        "export_declaration",
        "payment_received",
        "tax_refund",
    ]
    found = plan(shelf.library(), "export_grains", ORURO, on=ON)
    register, certificate = found.step("exporter_register"), found.step("origin_certificate")
    assert register is not None
    assert certificate is not None
    assert [p.amount for p in register.cost.known] == [142]
    assert [p.amount for p in certificate.cost.known] == [268]


def test_a_coffee_company_in_caranavi() -> None:
    assert to_do("export_coffee", CARANAVI) == [
        "choose_market",
        "choose_form",
        "digital_citizenship",
        "name_reservation",
        "public_deed",
        "tax_number_general",
        "digital_signature",
        "trade_licence",
        "exporter_register",
        "plant_health_register",
        "cup_profile",
        "deforestation_data",
        "origin_statement",
        "e_invoicing",
        "export_invoice",
        "packing_list",
        "plant_health_certificate",
        "municipal_licence",
        "food_register",
        "food_safety_certificate",
        "rex_statement",
        "coffee_certificate",
        "export_declaration",
        "coffee_file",
        "payment_received",
        "tax_refund",
    ]
    found = plan(shelf.library(), "export_coffee", CARANAVI, on=ON)
    register, coffee = found.step("exporter_register"), found.step("coffee_certificate")
    assert register is not None
    assert coffee is not None
    assert [p.amount for p in register.cost.known] == [182]
    assert coffee.cost.known[0].per["es"] == "60 kg netos"
    assert total(found).per_unit == 1
    formal = to_do("formal_business", CARANAVI)
    assert (
        formal.index("name_reservation")
        < formal.index("public_deed")
        < formal.index("trade_licence")
    )


def test_the_three_lists_differ() -> None:
    lists = [tuple(to_do("formal_business", known)) for known in (EL_ALTO, ORURO, CARANAVI)]
    assert len(set(lists)) == 3


def test_who_is_exempt_is_told_who_asks_all_the_same() -> None:
    found = plan(shelf.library(), "formal_business", CARANAVI, on=ON)
    employer = found.step("employer_register")
    assert employer is not None
    assert employer.state == "exempt_but_asked"
    assert employer.asked_by == ("health_fund",)
    alone = plan(shelf.library(), "formal_business", {**CARANAVI, "size": "large"}, on=ON)
    large = alone.step("employer_register")
    assert large is not None
    assert large.state == "needed"


def test_a_simplified_regime_closes_export() -> None:
    known = {"form": "sole_trader", "regime": "rts"}
    assert plan(shelf.library(), "export_grains", known, on=ON).barriers
    assert not plan(shelf.library(), "export_grains", ORURO, on=ON).barriers


def test_nothing_known_asks_the_form_first() -> None:
    found = plan(shelf.library(), "formal_business", {}, on=ON)
    assert found.questions[:2] == ("form", "regime")
    assert "fob_usd" not in found.questions


def test_a_price_of_the_past_is_the_price_of_its_day() -> None:
    found = plan(shelf.library(), "formal_business", EL_ALTO, on=date(2021, 5, 1))
    licence = found.step("trade_licence")
    assert licence is not None
    assert licence.cost.known[0].amount == 260
    assert licence.agency is not None
    assert licence.agency.key == "fundempresa"


def test_facts_read_long_ago_warn() -> None:
    later = plan(shelf.library(), "formal_business", EL_ALTO, on=date(2028, 1, 1))
    assert all(p.is_stale for p in later.steps)
    assert not any(
        p.is_stale for p in plan(shelf.library(), "formal_business", EL_ALTO, on=ON).steps
    )


def test_the_library_is_whole() -> None:
    library = shelf.library()
    assert len(library.steps) == 43
    arcs = [(b, s.key) for s in library.steps.values() for b in (*s.requires, *s.usually_after)]
    assert find_cycle(list(library.steps), arcs) == ()
    for step in library.steps.values():
        assert step.name["es"] != step.name["en"]
        assert step.checked_on is not None
        assert all(word.get("es") and word.get("en") for word in (*step.documents, *step.warnings))
        assert step.agency or step.agency_text or step.is_milestone or step.key == "cup_profile"
    for pathway in library.pathways:
        assert plan(library, pathway, {}, on=ON).steps


def test_offices_follow_each_other() -> None:
    agencies = shelf.library().agencies
    on = {day: in_force(agencies, "gestora", day) for day in (date(2020, 1, 1), ON)}
    assert [one.key for one in on.values() if one] == ["afp", "gestora"]


@pytest.mark.parametrize(
    ("capital", "sales", "fits", "category", "is_below"),
    [
        (11999, 50000, True, "", True),
        (12000, 50000, True, "", True),
        (12001, 50000, True, "1", False),
        (15000, 50000, True, "1", False),
        (15001, 50000, True, "2", False),
        (37000, 136000, True, "5", False),
        (60000, 184000, True, "6", False),
        (60001, 100000, False, "", False),
        (20000, 184001, False, "", False),
    ],
)
def test_the_simplified_regime_has_limits(
    capital: int, sales: int, fits: bool, category: str, is_below: bool
) -> None:
    known = {"form": "artisan", "trade": "artisan", "capital": capital, "yearly_sales": sales}
    fit = next(f for f in fitting(shelf.regimes(), known, on=ON) if f.regime.key == "rts")
    assert (fit.fits, fit.category, fit.is_below) == (fits, category, is_below)


def test_regimes_of_another_day() -> None:
    keys = {f.regime.key for f in fitting(shelf.regimes(), {}, on=date(2010, 1, 1))}
    assert keys == {"general", "rts_2004", "rau"}
    plant = {"form": "oeca", "trade": "farming", "runs_plant": True}
    rau = next(f for f in fitting(shelf.regimes(), plant, on=ON) if f.regime.key == "rau")
    assert (rau.fits, rau.because) == (False, ("runs_plant",))
