"""What somebody typed stays theirs: drafts, refusals, two at once, another language."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

import make
from browser import PASSWORD, Site, browser_of, expect_sound, new_window, press, row_of
from digna.accounts.models import User
from digna.events.models import Session
from digna.events.services import enrolments, processes, sessions
from digna.programmes.models import Programme
from digna.programmes.services import programmes
from digna.registry.models import Person


def test_a_half_filled_form_survives_the_tab(site: Site, screen: Page) -> None:
    site.sign_in(screen)
    address = site.url + "/personas/nueva"
    half_fill(screen, address)
    later = screen.context.new_page()
    screen.close()
    later.goto(address)
    find_it_again(later)
    press(later, "Registrar", exact=True)
    expect(later.get_by_text("quedó registrada")).to_be_visible()
    later.goto(address)
    expect(later.get_by_label("Nombres")).to_have_value("")


def test_a_draft_can_be_dropped(site: Site, screen: Page) -> None:
    site.sign_in(screen)
    address = site.url + "/personas/nueva"
    half_fill(screen, address)
    screen.goto(address)
    find_it_again(screen)
    press(screen, "Descartar")
    expect(screen.get_by_label("Nombres")).to_have_value("")
    screen.reload()
    expect(screen.get_by_label("Nombres")).to_have_value("")


def test_a_refused_form_keeps_what_was_typed(site: Site, screen: Page) -> None:
    found_a_programme()
    site.sign_in(screen)
    screen.goto(site.url + "/actividades/nueva")
    screen.get_by_label("Título").fill("Compras públicas")
    screen.get_by_label("Conversatorio").check()
    screen.get_by_label("Inicio").fill(timezone.localdate().isoformat())
    screen.get_by_label("Cupo").fill("30")
    press(screen, "Crear el proceso")
    summary = screen.locator("[data-summary]")
    expect(summary).to_be_focused()
    expect(screen.get_by_label("Título")).to_have_value("Compras públicas")
    expect(screen.get_by_label("Conversatorio")).to_be_checked()
    expect(screen.get_by_label("Cupo")).to_have_value("30")
    expect_sound(screen)
    summary.get_by_role("link").first.click()
    expect(screen.get_by_label("Programa Illari")).to_be_focused()


def test_two_take_the_same_attendance(site: Site, screen: Page) -> None:
    session, people = session_with_two()
    address = f"{site.url}/actividades/sesion/{session.pk}/"
    other = somebody_else(site, screen)
    site.sign_in(screen)
    screen.goto(address)
    other.goto(address)
    mark(other, people[0], "Presente")
    mark(screen, people[0], "Ausente")
    see_both_values(screen, people[0])
    press(screen, "Guardar", exact=True)
    expect(screen.locator("#cuenta")).to_contain_text("0 presentes de 2")
    other.context.close()


def test_another_language_keeps_the_page(site: Site, screen: Page) -> None:
    make.person("Rosa", "Mamani")
    site.sign_in(screen)
    screen.goto(site.url + "/personas/?q=rosa")
    screen.get_by_role("banner").locator("summary").filter(has_text="Mi cuenta").click()
    screen.get_by_role("banner").get_by_role("button", name="English").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("People")
    assert screen.url == site.url + "/personas/?q=rosa"
    expect(screen.locator("html")).to_have_attribute("lang", "en")
    expect(row_of(screen, "Mamani, Rosa")).to_be_visible()


def half_fill(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Nombres").fill("Justina")
    page.get_by_label("Apellidos").fill("Choque Apaza")
    page.get_by_label("mujer").check()
    expect(page.get_by_text("Borrador guardado en este equipo")).to_be_visible()


def find_it_again(page: Page) -> None:
    expect(page.get_by_text("Recuperamos lo que no llegó a enviar.")).to_be_visible()
    expect(page.get_by_label("Nombres")).to_have_value("Justina")
    expect(page.get_by_label("Apellidos")).to_have_value("Choque Apaza")
    expect(page.get_by_label("mujer")).to_be_checked()
    expect_sound(page)


def found_a_programme() -> Programme:
    today = timezone.localdate()
    return programmes.found_programme(
        actor=make.actor(), code="illari", name="Programa Illari",
        starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=30),
    )  # fmt: skip


def session_with_two() -> tuple[Session, list[Person]]:
    """A session of this morning with two people on its list."""
    began = timezone.now() - timedelta(hours=3)
    process = processes.create_process(
        actor=make.actor(),
        kind="capacity_building",
        title="Compras públicas",
        programmes=[found_a_programme()],
        starts_on=timezone.localdate(began),
    )
    session = sessions.create_session(
        actor=make.actor(), process=process, title="Primer día", mode="on_site",
        starts_at=began, ends_at=began + timedelta(hours=2),
    )  # fmt: skip
    people = [make.person("Rosa", "Mamani Quispe"), make.person("Juan", "Choque Limachi")]
    for person in people:
        enrolments.enrol(actor=make.actor(), process=process, person=person)
    return session, people


def somebody_else(site: Site, page: Page) -> Page:
    """Another lead at another computer."""
    user: User = make.user("Tomasa Cori", role="lead")
    user.set_password(PASSWORD)
    user.save()
    other = new_window(browser_of(page), "desktop").new_page()
    site.sign_in(other, user.email or "")
    return other


def mark(page: Page, person: Person, word: str) -> None:
    row_of(page, person.full_name).get_by_label(word).check()
    press(page, "Guardar", exact=True)
    expect(page.get_by_role("main")).to_contain_text("Guardó")


def see_both_values(page: Page, person: Person) -> None:
    """Both are shown, one's own still marked, and nothing was overwritten."""
    row = row_of(page, person.full_name)
    expect(row).to_contain_text("Otra persona guardó: presente")
    expect(row.get_by_label("Ausente")).to_be_checked()
    assert person.attendances.get().status == "present"
    expect_sound(page)
