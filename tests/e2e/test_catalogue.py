"""A supplier decides on a phone what is shown; a buyer abroad reads just that, and no more."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

import make
from browser import PASSWORD, Site, browser_of, expect_sound, new_window, press
from digna.accounts.models import Membership, User
from digna.linkages.models import BuyerLink, Interest, Offer
from digna.linkages.services import buyers
from digna.registry.models import Enterprise
from digna.registry.services import people

OFFER = {
    "name_es": "Quinua real en grano", "name_en": "Royal quinoa, grain", "hs_code": "1008.50",
    "capacity_per_month": "800", "price_low": "3,2",
}  # fmt: skip
CHOSEN = {"unit": "kg", "currency": "USD", "price_unit": "kg"}


@pytest.fixture
def firm(site: Site) -> Enterprise:
    """A firm whose owner signs in with an account of her own."""
    owner = User(name="Rosa Mamani", email="rosa@digna.test")
    owner.set_password(PASSWORD)
    owner.save()
    Membership.objects.create(user=owner, role="owner")
    made = make.enterprise(
        "Granos Jiwra", phone="71234567", email="jiwra@firma.example", place=make.place()
    )
    rosa = make.person("Rosa")
    people.affiliate(actor=make.actor(), person=rosa, enterprise=made, role="owner")
    people.correct_person(actor=make.actor(), person=rosa, account=owner)
    return made


@pytest.fixture
def link(site: Site) -> BuyerLink:
    """The personal link of a buyer in Hamburg who asks for quinoa."""
    buyer = buyers.register_buyer(
        actor=make.actor(), name="Nordkorn Handel", kind="foreign", country="DE", city="Hamburg",
        time_zone="Europe/Berlin", languages=["en"],
    )  # fmt: skip
    buyers.note_demand(
        actor=make.actor(), buyer=buyer, product_es="Quinua real", product_en="Royal quinoa",
        hs_code="100850", quantity_per_month=2, unit="t", valid_from=date(2024, 1, 1),
        is_published=True,
    )  # fmt: skip
    return buyers.give_link(actor=make.actor(), buyer=buyer, name="Ute Brandt")


def test_what_a_supplier_agrees_to_is_what_a_buyer_abroad_reads(
    site: Site, screen: Page, firm: Enterprise, link: BuyerLink
) -> None:
    site.sign_in(screen, "rosa@digna.test")
    screen.goto(f"{site.url}/empresas/{firm.public_id}/ofertas")
    note_the_offer(screen)
    agree(screen, "Nombre de la empresa", "Capacidad y pedido mínimo")
    screen.goto(f"{site.url}/mercados/ofertas/{Offer.objects.get().public_id}/")
    press(screen, "Publicar")
    expect(screen.get_by_role("main")).to_contain_text("publicada")
    expect_sound(screen)

    context = new_window(browser_of(screen), "phone")
    abroad = context.new_page()
    abroad.goto(f"{site.url}/comprar/{link.token}/")
    reads_english_and_only_what_was_agreed(abroad)
    asks_for_a_sample(abroad)

    screen.goto(f"{site.url}/empresas/{firm.public_id}/ofertas")
    press(screen, "Dejar de mostrar")
    screen.get_by_label("Quién lo decide").fill("Rosa Mamani")
    press(screen, "Dejar de mostrar")
    expect(screen.get_by_role("main")).to_contain_text("Nadie de fuera ve nada")
    answer = abroad.reload()
    assert answer is not None
    assert answer.status == 404
    abroad.goto(f"{site.url}/comprar/{link.token}/")
    expect(abroad.get_by_role("main")).not_to_contain_text("Granos Jiwra")
    expect_sound(abroad)
    context.close()


def note_the_offer(page: Page) -> None:
    """Write the product down, as far as is known today."""
    press(page, "Nueva oferta")
    for name, value in OFFER.items():
        page.locator(f"[name={name}]").fill(value)
    for name, value in CHOSEN.items():
        page.locator(f"[name={name}]").select_option(value)
    expect_sound(page)
    press(page, "Guardar")
    expect(page.get_by_role("main")).to_contain_text("Quinua real en grano")


def agree(page: Page, *shown: str) -> None:
    """Tick exactly these facts, for the buyers of the programme."""
    press(page, "Decidir qué se muestra")
    page.get_by_label("a los compradores del programa").check()
    for box in page.locator("input[name=shows]").all():
        box.uncheck()
    for label in shown:
        page.get_by_label(label).check()
    page.get_by_label("Quién lo decide").fill("Rosa Mamani")
    expect_sound(page)
    press(page, "Guardar")
    expect(page.get_by_role("main")).to_contain_text("a los compradores del programa")


def reads_english_and_only_what_was_agreed(page: Page) -> None:
    """English, the hour of Hamburg, the fit from what is shown, nothing that was not agreed to."""
    main = page.get_by_role("main")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(main).to_contain_text("Europe/Berlin")
    expect(main).to_contain_text("Royal quinoa, grain")
    expect(main).to_contain_text("capacity 0.8 t of 2 t a month")
    expect_sound(page)
    main.get_by_role("link", name="Royal quinoa, grain").first.click()
    expect(main).to_contain_text("Granos Jiwra")
    expect(main).to_contain_text("800 kg")
    for kept in ("71234567", "jiwra@firma.example", "3.20", "El Alto"):
        expect(main).not_to_contain_text(kept)
    expect_sound(page)


def asks_for_a_sample(page: Page) -> None:
    """From the offer's page, without an account."""
    page.get_by_label("Message (optional)").fill("500 g, please")
    press(page, "Ask for a sample")
    expect(page.get_by_role("main")).to_contain_text("You have asked for it")
    assert Interest.objects.get().message == "500 g, please"
