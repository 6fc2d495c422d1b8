"""A results chain drawn from nothing, by thumb and by mouse, and the self-check beside it."""

from datetime import date

from playwright.sync_api import Page, expect

import make
from browser import Site, expect_sound, press
from digna.programmes.models import Programme
from digna.programmes.services import programmes
from digna.results.models import ChainArrow, ChainBox, ResultsChain, StandardAssessment

ACTIVITY, OUTPUT = "Formar tostadurías en su planta", "Las tostadurías saben medir su merma"
IMPACT = "Las tostadurías mantienen el empleo"


def programme() -> Programme:
    return programmes.found_programme(
        actor=make.actor(),
        code="cafe",
        name="Café digno",
        starts_on=date(2021, 1, 1),
        ends_on=date(2021, 12, 31),
    )


def add_box(page: Page, button: str, level: str, says: str) -> None:
    press(page, button, exact=True)
    page.select_option("[name=level]", level)
    page.fill("[name=statement_es]", says)
    expect_sound(page)
    press(page, "Guardar", exact=True)
    expect(page.locator("svg.chain-picture")).to_be_visible()


def join(page: Page, source: str, target: str, why: str) -> None:
    press(page, "Unir casillas", exact=True)
    page.select_option("[name=source]", label=source)
    page.select_option("[name=target]", label=target)
    page.fill("[name=claim_es]", why)
    press(page, "Guardar", exact=True)


def test_a_chain_is_drawn_from_nothing_and_says_what_broke(site: Site, screen: Page) -> None:
    programme()
    site.sign_in(screen)
    screen.goto(f"{site.url}/resultados/cafe/cadenas/")
    expect_sound(screen)
    press(screen, "Empezar una cadena")
    screen.fill("[name=name_es]", "Café con menos merma")
    press(screen, "Guardar", exact=True)
    expect(screen.get_by_role("heading", level=1)).to_have_text("Café con menos merma")

    add_box(screen, "Agregar la primera casilla", "activity", ACTIVITY)
    add_box(screen, "Casilla", "output", OUTPUT)
    add_box(screen, "Casilla", "impact", IMPACT)
    join(screen, ACTIVITY, OUTPUT, "Quien mide en su planta aprende a ver la merma")
    join(screen, OUTPUT, IMPACT, "Lo que no se pierde paga jornales")
    assert (ChainBox.objects.count(), ChainArrow.objects.count()) == (3, 2)

    join(screen, IMPACT, ACTIVITY, "")
    expect(screen.get_by_role("main")).to_contain_text("va hacia atrás")
    expect_sound(screen)
    screen.goto(f"{site.url}{ResultsChain.objects.get().get_absolute_url()}")
    expect(screen.locator("svg.chain-picture a")).to_have_count(3)
    expect(screen.get_by_role("main")).to_contain_text("Se salta un nivel.")
    expect_sound(screen)

    screen.locator(".chain-box__name", has_text=OUTPUT).click()
    press(screen, "Supuesto", exact=True)
    screen.fill("[name=text_es]", "Hay electricidad en la planta")
    screen.locator("[name=state][value=broken]").check()
    press(screen, "Guardar", exact=True)
    expect(screen.get_by_role("main")).to_contain_text("Escriba cómo se sabe")
    screen.fill("[name=evidence]", "Cortes desde marzo, dicho por tres tostadurías")
    press(screen, "Guardar", exact=True)
    expect_sound(screen)
    screen.goto(f"{site.url}{ResultsChain.objects.get().get_absolute_url()}")
    findings = screen.locator("#hallazgos")
    expect(findings).to_contain_text("Un supuesto está roto. «Hay electricidad en la planta»")
    expect(screen.locator("svg.chain-picture")).to_contain_text("Supuesto roto")
    expect_sound(screen)


def test_a_removed_box_comes_back_and_the_self_check_is_kept(site: Site, screen: Page) -> None:
    found = programme()
    site.sign_in(screen)
    screen.goto(f"{site.url}/resultados/cafe/cadenas/")
    press(screen, "Turismo: vender directo y formal")
    expect(screen.locator("svg.chain-picture a")).to_have_count(8)
    screen.locator(".chain-box__name").first.click()
    press(screen, "Quitar", exact=True)
    expect(screen.locator("svg.chain-picture a")).to_have_count(7)
    press(screen, "Devolver", exact=True)
    expect(screen.locator("svg.chain-picture a")).to_have_count(8)

    screen.goto(f"{site.url}/resultados/cafe/autoevaluacion")
    expect(screen.get_by_role("main")).to_contain_text("puntos de control corresponden")
    expect_sound(screen)
    screen.locator("#indicators-understood").get_by_role("link", name="Responder").click()
    screen.locator("[name=verdict][value=partly]").check()
    screen.fill("[name=reason]", "Hubo un taller; los socios nuevos faltan.")
    screen.fill("[name=evidence]", "Lista de asistencia")
    expect_sound(screen)
    press(screen, "Guardar", exact=True)
    expect(screen.locator("#indicators-understood")).to_contain_text("Hubo un taller")
    press(screen, "Guardar como está hoy", exact=True)
    assert StandardAssessment.objects.get(programme=found).number == 1
