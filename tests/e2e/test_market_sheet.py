"""A newcomer with a BACI file: bring it, find the product, make the sheet; then the portal."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

import make
import market_world as worlds
from browser import Site, expect_sound
from digna.markets import working
from digna.markets.models import Release, Sheet, SheetVersion
from digna.markets.services import sheets, versions


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    working._opened.cache_clear()


def test_a_sheet_from_a_baci_file_in_three_steps(site: Site, screen: Page, tmp_path: Path) -> None:
    worlds.programme()
    site.sign_in(screen)
    # 1. bring the file
    screen.goto(f"{site.url}/fichas/datos")
    screen.get_by_role("link", name="Traer un archivo").click()
    screen.set_input_files("[name=file]", worlds.baci(tmp_path))
    screen.get_by_role("button", name="Traer el archivo").click()
    expect(screen.get_by_text("Los datos ya están")).to_be_visible(timeout=30_000)
    expect_sound(screen)
    # 2. find the product by the word people use
    screen.get_by_role("link", name="Buscar un producto").click()
    screen.get_by_role("searchbox", name="Producto o partida").fill("quinua real")
    screen.get_by_role("button", name="Buscar un producto").click()
    screen.get_by_role("link", name="Quinua en grano").first.click()
    expect(screen.get_by_role("heading", name="Quién lo compra")).to_be_visible(timeout=30_000)
    expect_sound(screen)
    # 3. make the sheet
    screen.get_by_role("link", name="Hacer la ficha").click()
    screen.fill("[name=title]", "Quinua real")
    screen.get_by_role("button", name="Abrir la ficha").click()
    screen.get_by_role("link", name="Escribir Resumen").click()
    screen.locator("[data-cite='[[mundo importa]]']").click()
    expect(screen.locator("[name=es]")).to_have_value("[[mundo importa]]")
    screen.get_by_role("button", name="Guardar").click()
    sheet = Sheet.objects.get()
    screen.goto(site.url + sheet.get_absolute_url())
    expect(screen.locator(".cited").first).to_contain_text("USD")
    expect_sound(screen)
    paper = screen.request.get(f"{site.url}{sheet.get_absolute_url()}ficha.pdf")
    assert len(pypdfium2.PdfDocument(paper.body())) <= 2
    assert Release.objects.get().years == list(worlds.YEARS)


def test_every_number_of_a_market_leads_to_how_it_was_made(site: Site, screen: Page) -> None:
    worlds.stored()
    site.sign_in(screen)
    screen.goto(f"{site.url}/fichas/producto/BOL/100850/mercado/DEU")
    expect_sound(screen)
    screen.locator(".fields a").first.click()
    expect(screen.get_by_role("heading", name="Cómo se hizo")).to_be_visible()
    screen.goto(f"{site.url}/fichas/producto/BOL/100850/comparar?m=DEU&m=USA")
    expect_sound(screen)


def test_a_published_sheet_is_read_by_anybody(site: Site, screen: Page) -> None:
    sheet = sheets.open_sheet(
        actor=make.actor(), programme=worlds.programme(), reading=worlds.stored(), title="Quinua"
    )
    sheets.write_text(
        actor=make.actor(), sheet=sheet, part="summary", es="Alemania compra [[DEU importa]]."
    )
    version = versions.send(actor=make.actor(site.lead), sheet=sheet)
    versions.approve(actor=make.actor(make.user("Otra", role="lead")), version=version)
    versions.publish(actor=make.actor(), version=SheetVersion.objects.get())
    screen.goto(f"{site.url}/publico/fichas/")
    screen.get_by_role("link", name="Quinua").click()
    expect(screen.get_by_role("heading", name="Los mercados, lado a lado")).to_be_visible()
    expect_sound(screen)
