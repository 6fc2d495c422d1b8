"""The first day of a lead who has never seen Digna: from a spreadsheet to a result."""

import re
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

import make
from browser import Site, expect_sound, go_to, is_phone, number, press, row_of
from digna.programmes.services import programmes

ROSTER = Path(__file__).resolve().parents[1] / "fixtures/rosters/lista_taller_la_paz.xlsx"
CODE, COURSE = "warawara", "Fichas técnicas de mercado"
MARKED = 6
"""People marked by hand; four of them present."""
LETTERS = "PPAPJP"
WORDS = {"P": "Presente", "A": "Ausente", "J": "Con licencia"}


def test_from_a_spreadsheet_to_a_result(site: Site, screen: Page) -> None:
    found_a_programme()
    site.sign_in(screen)
    send_the_roster(screen)
    read_the_errors_by_cell(screen)
    import_the_rest(screen)
    decide_on_the_doubtful(screen)
    create_a_course(screen)
    add_a_session(screen)
    enrol_the_roster(screen)
    present, latecomer = mark_attendance(screen)
    women = count_the_women(screen, present)
    see_the_two_numbers(screen, people=4, women=women)
    adopt_the_indicators(screen)
    see_the_result(screen, people=4)
    mark_one_more(screen, latecomer)
    see_the_result(screen, people=5)


def found_a_programme() -> None:
    year = timezone.localdate().year
    programmes.found_programme(
        actor=make.actor(),
        code=CODE,
        name="Programa Warawara",
        starts_on=date(year - 1, 1, 1),
        ends_on=date(year + 1, 12, 31),
    )


def send_the_roster(page: Page) -> None:
    go_to(page, "Personas")
    expect_sound(page)
    press(page, "Importar planilla")
    page.get_by_label("Planilla").set_input_files(ROSTER)
    press(page, "Seguir")
    expect(page.get_by_label("C.I.")).to_have_value("document")
    expect(page.get_by_label("Fila de los títulos")).to_have_value("5")
    expect_sound(page)
    press(page, "Revisar las filas")


def read_the_errors_by_cell(page: Page) -> None:
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\d+ filas listas y \d+ con err"))
    page.get_by_role("navigation", name="Filas").get_by_role("link", name="con errores").click()
    short = row_of(page, "Noemí Condori Apaza")
    expect(short).to_contain_text("F11")
    expect(row_of(page, "Gregorio Villca Flores")).to_contain_text("E12")
    expect_sound(page)


def import_the_rest(page: Page) -> None:
    press(page, "Importar")
    done = page.get_by_text(re.compile(r"\d+ registros nuevos, \d+ nuevos pero parecidos"))
    expect(done).to_be_visible()


def decide_on_the_doubtful(page: Page) -> None:
    press(page, "Resolver los dudosos")
    pairs = page.get_by_role("main").locator(".agenda__entry")
    before = pairs.count()
    assert before >= 2
    expect_sound(page)
    pairs.first.click()
    expect_sound(page)
    press(page, "Son la misma: fusionar")
    expect(page.get_by_text("Fusionadas. Puede deshacerlo desde la ficha.")).to_be_visible()
    pairs.first.click()
    press(page, "Son distintas")
    expect(page.get_by_text("no se preguntará otra vez")).to_be_visible()
    expect(pairs).to_have_count(before - 2)


def create_a_course(page: Page) -> None:
    go_to(page, "Actividades")
    expect_sound(page)
    press(page, "Nuevo proceso")
    page.get_by_label("Título").fill(COURSE)
    page.get_by_label("Capacitación").check()
    page.get_by_label("Programa Warawara").check()
    page.get_by_label("Inicio").fill(yesterday().isoformat())
    press(page, "Crear el proceso")
    expect(page.get_by_role("heading", level=1)).to_have_text(COURSE)
    tab(page, "Resumen").click()
    expect(number(page, "Personas que asistieron")).to_have_text("0")
    expect_sound(page)


def add_a_session(page: Page) -> None:
    press(page, "Agregar la primera sesión")
    page.get_by_label("Título").fill("Primer día")
    page.get_by_label("Día").fill(yesterday().isoformat())
    page.get_by_label("Comienza").fill("09:00")
    page.get_by_label("Termina").fill("12:00")
    page.get_by_label("Presencial").check()
    press(page, "Guardar")
    expect(page.get_by_text("Agregamos la sesión.")).to_be_visible()


def enrol_the_roster(page: Page) -> None:
    tab(page, "Personas").click()
    press(page, "Inscribir una planilla")
    page.get_by_label("Planilla importada").select_option(index=1)
    press(page, "Inscribir a todas las personas")
    expect(row_of(page, "Colque Apaza").first).to_be_visible()
    expect_sound(page)


def mark_attendance(page: Page) -> tuple[list[str], str]:
    """Mark six people and return who is present, and somebody who is not."""
    tab(page, "Sesiones").click()
    page.get_by_role("link", name="Primer día").click()
    expect_sound(page)
    rows = page.get_by_role("row").filter(has=page.get_by_role("radiogroup"))
    names = [name_in(rows.nth(at)) for at in range(MARKED)]
    if is_phone(page):
        by_thumb(rows)
    else:
        by_keyboard(page, rows)
    press(page, "Guardar", exact=True)
    expect(page.locator("#cuenta")).to_contain_text("4 presentes de")
    for at, letter in enumerate(LETTERS):
        expect(rows.nth(at).get_by_label(WORDS[letter])).to_be_checked()
    present = [name for name, letter in zip(names, LETTERS, strict=True) if letter == "P"]
    return present, names[LETTERS.index("A")]


def by_thumb(rows: Locator) -> None:
    for at, letter in enumerate(LETTERS):
        rows.nth(at).get_by_label(WORDS[letter]).tap()


def by_keyboard(page: Page, rows: Locator) -> None:
    """Letters mark and go on; an arrow goes back to mend one."""
    rows.first.get_by_label("Presente").focus()
    for letter in "pppp":
        page.keyboard.press(letter)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(rows.nth(MARKED).get_by_role("radio").first).to_be_focused()


def count_the_women(page: Page, names: list[str]) -> int:
    go_to(page, "Personas")
    women = 0
    for name in names:
        page.get_by_role("main").get_by_role("searchbox", name="Buscar por nombre").fill(name)
        press(page, "Buscar", exact=True)
        women += row_of(page, name).first.get_by_text("mujer", exact=True).count()
    return women


def see_the_two_numbers(page: Page, people: int, women: int) -> None:
    go_to(page, "Actividades")
    page.get_by_role("link", name=COURSE).click()
    expect(number(page, "Personas que asistieron")).to_have_text(str(people))
    expect(number(page, "Asistencias")).to_have_text(str(people))
    share = page.get_by_text(re.compile(rf"^{women} de {people} \(\d+ %\) mujeres$"))
    expect(share).to_be_visible()
    expect_sound(page)


def adopt_the_indicators(page: Page) -> None:
    go_to(page, "Resultados")
    expect_sound(page)
    page.get_by_role("main").get_by_role("link", name="Programa Warawara").click()
    expect_sound(page)
    press(page, "Adoptar los indicadores del kit")
    expect(page.get_by_text(re.compile(r"\d+ indicadores adoptados"))).to_be_visible()


def mark_one_more(page: Page, name: str) -> None:
    go_to(page, "Actividades")
    page.get_by_role("link", name=COURSE).click()
    page.get_by_role("link", name="Primer día").click()
    row_of(page, name).get_by_label("Presente").check()
    press(page, "Guardar", exact=True)
    expect(page.locator("#cuenta")).to_contain_text("5 presentes de")


def see_the_result(page: Page, people: int) -> None:
    """The number of representatives trained is the number of people marked present."""
    go_to(page, "Resultados")
    page.get_by_role("main").get_by_role("link", name="Programa Warawara").click()
    again = page.get_by_role("button", name="Recalcular")
    if again.is_visible():
        again.click()
    trained = number(page, "Representantes capacitados")
    expect(trained).to_have_text(re.compile(rf"^{people}\b"))
    expect_sound(page)


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name=COURSE).get_by_role("link", name=name)


def name_in(row: Locator) -> str:
    return row.get_by_role("rowheader").inner_text().splitlines()[0].strip()


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
