"""At the door and from afar: people without an account put themselves on the list."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

import make
from browser import Site, browser_of, expect_sound, new_window, press, row_of
from digna.events.models import Process, Session
from digna.events.services import enrolments, processes, sessions
from digna.programmes.services import programmes
from digna.registry.models import Consent, Person

TITLE = "Compras públicas"


@pytest.fixture
def course(site: Site) -> Process:
    """A course of today, open to the public, with one person enrolled."""
    today = timezone.localdate()
    programme = programmes.found_programme(
        actor=make.actor(), code="illari", name="Programa Illari",
        starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=30),
    )  # fmt: skip
    made = processes.create_process(
        actor=make.actor(),
        kind="capacity_building",
        title=TITLE,
        programmes=[programme],
        starts_on=today,
    )
    processes.set_registration(actor=make.actor(), process=made, is_open=True)
    rosa = make.person("Rosa Elena", "Mamani Quispe", phone="+59171234567", sex="female")
    enrolments.enrol(actor=make.actor(), process=made, person=rosa)
    return made


@pytest.fixture
def session(course: Process) -> Session:
    """A session that is under way."""
    now = timezone.now()
    return sessions.create_session(
        actor=make.actor(),
        process=course,
        title="Primer día",
        starts_at=now - timedelta(minutes=10),
        ends_at=now + timedelta(hours=2),
        mode="on_site",
    )


def test_the_poster_lets_people_in(site: Site, screen: Page, session: Session) -> None:
    site.sign_in(screen)
    address = read_the_poster(screen, site, session)
    find_oneself_by_phone(stranger(screen), address)
    register_at_the_door(stranger(screen), address)
    see_both_in_the_grid(screen, site, session)


def test_an_unknown_telephone_gives_nobody_away(site: Site, screen: Page, session: Session) -> None:
    screen.goto(f"{site.url}/asistir/{session.check_in_token}/")
    screen.get_by_label("Su celular, o su nombre y apellido").fill("70000000")
    press(screen, "Continuar")
    expect(screen.get_by_text("No le encontramos en la lista.")).to_be_visible()
    expect(screen.get_by_role("main")).not_to_contain_text("Rosa")


def test_registering_from_afar(site: Site, screen: Page, course: Process) -> None:
    screen.goto(f"{site.url}/inscribirse/{course.registration_token}/")
    expect(screen.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect_sound(screen)
    fill_in(screen, "Justina", "Choque Apaza", "78111222")
    press(screen, "Inscribirme")
    refused_without_consent(screen)
    screen.get_by_label("Seguimiento del programa").check()
    press(screen, "Inscribirme")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Gracias, Justina")
    expect_sound(screen)
    answer = Consent.objects.get(person__given_names="Justina")
    assert (answer.text.purpose, answer.is_given) == ("follow_up", True)
    assert course.enrolments.filter(person__given_names="Justina").count() == 1


def stranger(page: Page) -> Page:
    """A telephone that has never been here: no session, no cookie."""
    return new_window(browser_of(page), "phone").new_page()


def read_the_poster(page: Page, site: Site, session: Session) -> str:
    """Return the address printed under the QR."""
    page.goto(f"{site.url}/actividades/sesion/{session.pk}/")
    press(page, "Cartel con QR")
    expect(page.locator(".poster__code svg")).to_be_visible()
    address = page.get_by_role("link").filter(has_text="/asistir/").get_attribute("href")
    assert address is not None
    return address


def find_oneself_by_phone(page: Page, address: str) -> None:
    page.goto(address)
    expect_sound(page)
    page.get_by_label("Su celular, o su nombre y apellido").fill("712 34567")
    press(page, "Continuar")
    expect(page.get_by_role("main")).not_to_contain_text("Mamani")
    expect_sound(page)
    press(page, "Sí, soy Rosa E. M. Q.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Listo, gracias por venir")
    page.context.close()


def register_at_the_door(page: Page, address: str) -> None:
    page.goto(address)
    press(page, "No estoy en la lista")
    expect_sound(page)
    fill_in(page, "Juan", "Choque Limachi", "69111333")
    page.get_by_label("Seguimiento del programa").check()
    press(page, "Registrarme y marcar asistencia")
    expect(page.get_by_role("heading", level=1)).to_have_text("Listo, gracias por venir")
    page.context.close()


def see_both_in_the_grid(page: Page, site: Site, session: Session) -> None:
    page.goto(f"{site.url}/actividades/sesion/{session.pk}/")
    expect(page.locator("#cuenta")).to_have_text("2 presentes de 2 en la lista")
    for name in ("Mamani Quispe, Rosa Elena", "Choque Limachi, Juan"):
        expect(row_of(page, name).get_by_label("Presente")).to_be_checked()
    assert Person.objects.living().filter(phone="+59171234567").count() == 1


def fill_in(page: Page, given_names: str, surnames: str, phone: str) -> None:
    page.get_by_label("Nombres").fill(given_names)
    page.get_by_label("Apellidos").fill(surnames)
    page.get_by_label("mujer" if given_names.endswith("a") else "hombre", exact=False).check()
    page.get_by_label("Celular").fill(phone)


def refused_without_consent(page: Page) -> None:
    """What was typed is still there, and what is missing is said at the top."""
    expect(page.locator("[data-summary]")).to_contain_text("hace falta aceptar")
    expect(page.get_by_label("Nombres")).to_have_value("Justina")
    expect(page.get_by_label("Celular")).to_have_value("78111222")
