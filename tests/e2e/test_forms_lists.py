"""A firm chosen without signal from the list of the register; approved, its facts are there."""

import re

from playwright.sync_api import Page, expect
from surveys import phone

import filling
import make
from browser import Site
from digna.surveys import examples
from digna.surveys.models import Submission
from filling import ask, choose, following, take_along, write


def test_a_firm_is_chosen_offline_and_its_facts_are_there(thumb: Page, bare_site: Site) -> None:
    town = make.place()
    firms = [make.enterprise(f"Taller Sajama {n:02d}", place=town) for n in range(14)]
    form = phone.form(examples.workbook("seguimiento_anual"))
    page, url = thumb, f"{bare_site.url}/campo/formularios/{form.public_id}/"
    take_along(page, url)
    page.context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Llenar uno nuevo").click()
    filling.ready(page)
    if page.locator(".ask[data-ref$='/empresa']").count() == 0:
        following(page)
    ask(page, "empresa").get_by_role("searchbox").fill("sajama 07")
    choose(page, "empresa", "Taller Sajama 07 · El Alto")
    expect(page.get_by_text("Va a responder por Taller Sajama 07, de El Alto.")).to_be_visible()
    choose(page, "trabaja", "Sí")
    following(page)
    write(page, "mujeres", "6")
    write(page, "hombres", "1")
    following(page)
    write(page, "anio", "2025")
    write(page, "ventas", "84000")
    choose(page, "exporta", "No")
    following(page)
    following(page)
    filling.hand_in(page)
    expect(page.get_by_text("Se enviará cuando haya señal.")).to_be_visible()
    page.context.set_offline(False)
    page.goto(f"{bare_site.url}/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    sent = Submission.objects.get()
    assert sent.name == "Taller Sajama 07 2025"
    page.goto(f"{bare_site.url}/formularios/envio/{sent.public_id}/")
    expect(page.get_by_text("Taller Sajama 07 · El Alto")).to_be_visible()
    page.get_by_role("radio", name="aprobado").check()
    page.get_by_role("button", name="Guardar la revisión").click()
    page.get_by_role("link", name="Abrir la ficha").click()
    expect(page).to_have_url(re.compile(str(firms[7].public_id)))
    facts = {f.kind: f.number for f in firms[7].facts.filter(text="")}
    assert facts == {"workers_women": 6, "workers_men": 1, "annual_sales": 84000, "exports": 0}
