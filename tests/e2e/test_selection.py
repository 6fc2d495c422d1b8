"""A workshop: three people on phones, two rounds, one who leaves, a decision against the rank."""

import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

import make
from browser import Site, browser_of, expect_sound, new_window, press
from digna.programmes.services import programmes
from digna.studies.models import Decision, Evaluator, Round, Score, Selection, WeightVote
from digna.studies.services import criteria, evaluators, selections

ANCHORS = ["Nada.", "Poco.", "Algo.", "Bastante.", "Mucho."]
SECTORS = ("Quinua", "Turismo", "Café")
POINTS = {"Empleo": "60", "Demanda": "40"}
SCORES = {"Quinua": (5, 4), "Turismo": (2, 3), "Café": (None, None)}
"""Nobody has evidence on coffee."""


@pytest.fixture
def workshop(site: Site) -> Selection:
    """Three sectors, two criteria, three people."""
    programme = programmes.found_programme(
        actor=make.actor(), code="illari", name="Programa Illari",
        starts_on=date(2019, 1, 1), ends_on=date(2029, 1, 1),
    )  # fmt: skip
    made = selections.create_selection(
        actor=make.actor(), title="Sectores de la región", question="¿Con qué sectores trabajar?",
        programmes=[programme], held_on=date(2026, 11, 22), seats=1,
    )  # fmt: skip
    selections.add_candidates(actor=make.actor(), selection=made, names=SECTORS)
    for name in POINTS:
        criteria.add_criterion(actor=make.actor(), selection=made, name=name, anchors=ANCHORS)
    for name, seat in (("Rosa", "workers"), ("Juan", "employers"), ("Inés", "government")):
        evaluators.invite_evaluator(
            actor=make.actor(), selection=made, name=name, constituency=seat
        )
    return made


def test_from_three_phones_to_the_memo(
    site: Site, screen: Page, workshop: Selection, tmp_path: Path
) -> None:
    site.sign_in(screen)
    phones = {who.name: phone(screen, site, who) for who in workshop.evaluators.all()}
    turn(screen, site, workshop, "Abrir la ronda 1 de pesos")
    for name in ("Rosa", "Juan", "Inés"):
        give_points(phones[name])
    expect(screen.locator(".board__count")).to_contain_text("3", timeout=12_000)  # by itself
    turn(screen, site, workshop, "Cerrar la ronda 1 de pesos")
    turn(screen, site, workshop, "Abrir la ronda 1 de puntajes")
    for name in ("Rosa", "Juan", "Inés"):
        score_all(phones[name])
    turn(screen, site, workshop, "Cerrar la ronda 1 de puntajes")
    turn(screen, site, workshop, "Abrir la ronda 2 de puntajes")
    stand_by_it(phones["Rosa"])
    leave(screen, site, workshop, "Inés")
    turn(screen, site, workshop, "Cerrar la ronda 2 de puntajes")
    expect_the_result(screen, site, workshop)
    decide_otherwise(screen, site, workshop)
    look_at_the_memo(screen, site, workshop, tmp_path)


def phone(screen: Page, site: Site, who: Evaluator) -> Page:
    """A phone of one's own, opened by the personal link."""
    page = new_window(browser_of(screen), "phone").new_page()
    page.goto(f"{site.url}/estudios/seleccion/evaluar/{who.token}/")
    expect(page.get_by_text("Ahora no hay nada que responder.")).to_be_visible()
    return page


def address(site: Site, of: Selection, face: str) -> str:
    return f"{site.url}/estudios/seleccion/{of.public_id}/{face}"


def turn(screen: Page, site: Site, of: Selection, button: str) -> None:
    screen.goto(address(site, of, "pizarra"))
    press(screen, button)
    expect(screen.get_by_role("button", name=button)).to_have_count(0)


def give_points(page: Page) -> None:
    page.reload()
    press(page, "Dar los pesos")
    expect_sound(page)
    for name, points in POINTS.items():
        page.get_by_label(name).fill(points)
        page.get_by_label(name).blur()
    expect(page.get_by_text("Guardadas 2 de 2 respuestas.")).to_be_visible()


def score_all(page: Page) -> None:
    """By thumb, saved as one goes; no button is pressed."""
    page.goto(re.sub(r"(evaluar/[^/]+/).*", r"\1", page.url))
    for sector, scores in SCORES.items():
        page.get_by_role("link", name=re.compile(sector)).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(sector)
        for place, score in enumerate(scores):
            cell = page.locator(".vote-cell").nth(place)
            value = "sin" if score is None else str(score)
            cell.locator(f"input[name=answer][value='{value}']").check()
            expect(cell.get_by_text("guardado")).to_be_visible()
        expect_sound(page)
        press(page, "Volver a mis sectores")
    expect(page.get_by_text("Lleva 6 de 6 respuestas.")).to_be_visible()


def stand_by_it(page: Page) -> None:
    page.reload()
    for sector in SECTORS:
        page.get_by_role("link", name=re.compile(sector)).first.click()
        press(page, "Mantengo lo que dije de este sector")
    expect(page.get_by_text("Lleva 6 de 6 respuestas.")).to_be_visible()


def leave(screen: Page, site: Site, of: Selection, name: str) -> None:
    screen.goto(address(site, of, "personas"))
    screen.get_by_role("link", name=f"Se retiró {name}").click()
    press(screen, "Anotar que se retiró")
    expect(screen.get_by_text("sus respuestas cuentan")).to_be_visible()


def expect_the_result(screen: Page, site: Site, of: Selection) -> None:
    assert WeightVote.objects.count() == 6
    assert Score.objects.filter(round__number=2).count() == 6
    assert Round.objects.filter(closed_at=None).count() == 0
    screen.goto(address(site, of, "resultado"))
    expect_sound(screen)
    main = screen.get_by_role("main")
    expect(main).to_contain_text("lugar abierto por falta de evidencia")
    expect(main).to_contain_text("Falta evidencia en 2 celdas")
    screen.goto(address(site, of, "rondas/scores/2"))
    expect(screen.get_by_role("main")).to_contain_text("no respondieron esta ronda")
    expect_sound(screen)


def decide_otherwise(screen: Page, site: Site, of: Selection) -> None:
    screen.goto(address(site, of, "decision"))
    screen.get_by_role("checkbox", name="Turismo").check()
    screen.get_by_label("Quién firma").fill("Elena Rojas, responsable")
    press(screen, "Registrar la decisión")
    expect(screen.get_by_text("Lo elegido difiere del orden calculado.").first).to_be_visible()
    screen.get_by_label("Justificación").fill("Los municipios ya comprometieron su contraparte.")
    screen.get_by_label("Disensos").fill("Trabajadores: preferían quinua")
    press(screen, "Registrar la decisión")
    expect(screen.get_by_text("La decisión quedó registrada")).to_be_visible()
    assert Decision.objects.get().differs
    expect_sound(screen)


def look_at_the_memo(screen: Page, site: Site, of: Selection, folder: Path) -> None:
    reply = screen.request.get(address(site, of, "memoria.pdf"))
    paper = pypdfium2.PdfDocument(reply.body())
    text = "\n".join(page.get_textpage().get_text_range() for page in paper)
    assert "preferían quinua" in text
    assert "municipios ya comprometieron" in text
    picture = paper[0].render(scale=1).to_pil().convert("L")
    picture.save(folder / "memo.png")
    dark = sum(picture.histogram()[:100])
    assert dark > 2000, "the memo's first page is blank"
