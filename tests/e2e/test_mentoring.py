"""Mentoring from a phone without JavaScript to the coordinator's list: call, pair, three taps."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

import make
from browser import PASSWORD, SIZES, Site, browser_of, expect_sound, new_window, press
from digna.accounts.models import Membership, User
from digna.mentoring.models import Application, Cohort, MentoringSession, Pair
from digna.mentoring.services import cohorts, mentors
from digna.programmes.services import programmes


@pytest.fixture
def cohort(site: Site) -> Cohort:
    """A call that is open, and a mentor who signs in."""
    today = timezone.localdate()
    programme = programmes.found_programme(
        actor=make.actor(), code="illari", name="Programa Illari",
        starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=700),
    )  # fmt: skip
    user = User(name="Luz Flores", email="luz@digna.test")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, role="mentor")
    mentors.enlist(
        actor=make.actor(), person=make.person("Luz", "Flores", sex="female"), capacity=1,
        user=user, languages=["es"], slots=["sat-am"], expertise=["sales"],
        headline="Quince años vendiendo café",
    )  # fmt: skip
    return cohorts.open_cohort(
        actor=make.actor(), title="IMPULSA 7", programme=programme, template="one-to-one",
        starts_on=today, ends_on=today + timedelta(days=365),
        call_opens_on=today - timedelta(days=1), call_closes_on=today + timedelta(days=9),
    )  # fmt: skip


def test_from_a_phone_without_javascript_to_the_list_of_pairs(
    site: Site, screen: Page, cohort: Cohort
) -> None:
    apply_without_javascript(screen, site, cohort)
    site.sign_in(screen)
    accept_and_match(screen, site, cohort)
    mentor = new_window(browser_of(screen), "phone").new_page()
    site.sign_in(mentor, "luz@digna.test")
    say_yes(mentor, site)
    taps = log_in_taps(mentor, site)
    assert taps == 3
    look_at_the_list(screen, site, cohort)


def apply_without_javascript(screen: Page, site: Site, cohort: Cohort) -> None:
    context = browser_of(screen).new_context(
        locale="es-BO", viewport=SIZES["phone"], java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{site.url}/mentoria/postular/{cohort.token}/")
    page.get_by_label("Nombres").fill("Ana")
    page.get_by_label("Apellidos").fill("Quispe Mamani")
    page.get_by_label("Celular").fill("71234567")
    page.get_by_label("mujer", exact=True).check()
    page.get_by_label("Ventas y clientes").check()
    page.get_by_label("sábado en la mañana").check()
    page.get_by_label("sí, cuido a alguien todos los días").check()
    page.get_by_role("button", name="Enviar mi postulación").click()
    expect(page.get_by_text("hace falta aceptar el código de conducta").first).to_be_visible()
    expect(page.get_by_label("Nombres")).to_have_value("Ana")  # nothing typed is lost
    page.get_by_label("Leí el código de conducta y lo acepto").check()
    for box in page.locator("input[name^=consent_]").all():
        box.check()
    page.get_by_role("button", name="Enviar mi postulación").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hola, Ana")
    expect(page.get_by_text("Tenemos su postulación")).to_be_visible()
    context.close()
    assert Application.objects.get().care == "yes"


def accept_and_match(screen: Page, site: Site, cohort: Cohort) -> None:
    screen.goto(f"{site.url}/mentoria/{cohort.public_id}/postulaciones")
    expect_sound(screen)
    screen.get_by_role("link", name="Quispe Mamani, Ana").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Quispe Mamani, Ana")
    expect_sound(screen)
    press(screen, "Aceptar", exact=True)
    expect(screen.get_by_text("Guardado.")).to_be_visible()
    screen.goto(f"{site.url}/mentoria/{cohort.public_id}/borradores")
    expect_sound(screen)
    press(screen, "Armar un borrador")
    expect(screen.get_by_text("Domina 1 de 1 áreas pedidas (Ventas y clientes).")).to_be_visible()
    expect_sound(screen)
    screen.get_by_role("link", name=re.compile("Ver a todas las personas mentoras")).click()
    expect(screen.get_by_text("posible", exact=True)).to_be_visible()
    expect_sound(screen)
    screen.go_back()
    press(screen, "Confirmar 1 pareja")
    expect(screen.get_by_text("Confirmamos 1 pareja.")).to_be_visible()
    assert Pair.objects.get().state == Pair.State.ASKED


def say_yes(page: Page, site: Site) -> None:
    expect(page.get_by_text("espera su respuesta").first).to_be_visible()  # on the first page
    page.goto(f"{site.url}/mentoria/")
    expect_sound(page)
    press(page, "Sí, le acompaño")
    expect(page.get_by_text("La pareja está en marcha.")).to_be_visible()
    expect_sound(page)


def log_in_taps(page: Page, site: Site) -> int:
    """Return how many taps a session took, from a mentor's own list."""
    page.goto(f"{site.url}/mentoria/")
    taps = 0

    def tap(what: Locator) -> None:
        nonlocal taps
        what.tap()
        taps += 1

    tap(page.get_by_role("link", name=re.compile("^Anotar sesión")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sesión con Ana")
    expect_sound(page)
    tap(page.get_by_text("llamada de teléfono", exact=True))
    tap(page.get_by_role("button", name="4 bien"))
    expect(page.get_by_text("Sesión anotada.")).to_be_visible()
    session = MentoringSession.objects.get()
    assert (session.on, session.happened) == (timezone.localdate(), "held")
    assert (session.channel, session.mentor_mood) == ("phone", 4)
    return taps


def look_at_the_list(screen: Page, site: Site, cohort: Cohort) -> None:
    screen.goto(f"{site.url}/mentoria/{cohort.public_id}/parejas")
    expect(screen.get_by_text("bien", exact=True)).to_be_visible()
    chat = screen.get_by_role("link", name=re.compile("^Emprende"))
    expect(chat).to_have_attribute("href", re.compile(r"^https://wa\.me/59171234567\?text=Hola"))
    expect_sound(screen)
    screen.goto(f"{site.url}/mentoria/{cohort.public_id}/")
    expect(screen.get_by_text("1 de 1 (100 %)").first).to_be_visible()
    expect_sound(screen)
