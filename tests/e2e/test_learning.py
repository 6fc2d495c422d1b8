"""A learner on a telephone with nothing but a link; the trainer who reviews; the certificate."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

import make
from browser import Site, expect_sound, new_window, press
from digna.learning.models import Course, Enrolment, QuizAttempt, TaskSubmission
from digna.learning.services import enrolments
from digna.programmes import kitfile
from digna.programmes.services import kits

KIT = Path(__file__).resolve().parents[1] / "fixtures" / "kits" / "orden"

pytestmark = pytest.mark.django_db(transaction=True)


def enrolled() -> Enrolment:
    kits.install_kit(actor=make.actor(), kit=kitfile.read_kit(KIT))
    return enrolments.enrol(
        actor=make.actor(),
        course=Course.objects.get(code="orden"),
        person=make.person("Rosa", "Mamani", phone="+59171234567"),
    )


def first_lesson(page: Page) -> None:
    """Read it larger and easier, tick, answer wrongly and then well."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Qué sobra en el taller")
    press(page, "Español fácil")
    expect(page.get_by_text("Saque lo que no usa.")).to_be_visible()
    press(page, "Letra grande")
    expect(page.locator(".lesson")).to_have_attribute("data-size", "2")
    page.get_by_label("El pasillo está libre.").check()
    expect(page.locator("#recorrido [data-intended]")).to_have_text("Guardado.")
    page.get_by_label("Comprar cajas").check()
    press(page, "Ver si acerté")
    expect(page.get_by_text("Todavía no sabe cuántas.")).to_be_visible()
    page.get_by_label("Separar").check()
    page.get_by_label("Retazos de hace un año").check()
    page.get_by_label("Una máquina que no anda").check()
    page.get_by_label("Falso").check()
    page.get_by_label("¿cuántos son en 20 días?").fill("120")
    press(page, "Ver si acerté")
    expect(page.locator("[data-result]")).to_have_text("4 de 4 correctas")
    expect(page.locator("#repaso [data-intended]")).to_have_text("Guardado.")
    expect_sound(page)
    press(page, "Terminé la lección")
    expect(page.get_by_text("1 de 2 lecciones")).to_be_visible()


def second_lesson(page: Page) -> None:
    """Do the task, with its photograph."""
    press(page, "Seguir donde quedó")
    expect(page.get_by_role("heading", level=1)).to_have_text("Un lugar para cada cosa")
    out = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(out, "JPEG")
    page.get_by_label("Cuente qué hizo").fill("Marcamos tres herramientas.")
    page.locator("input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    )
    press(page, "Entregar la tarea")
    expect(page.get_by_text("La están revisando")).to_be_visible()
    press(page, "Terminé la lección")
    expect(page.get_by_text("2 de 2 lecciones")).to_be_visible()
    expect_sound(page)


def test_from_the_link_to_the_certificate(site: Site, browser: Browser) -> None:
    row = enrolled()
    phone = new_window(browser, "phone").new_page()
    phone.goto(f"{site.url}/aprender/mi/{row.token}")
    expect_sound(phone)
    press(phone, "Comenzar: Qué sobra en el taller")
    first_lesson(phone)
    second_lesson(phone)

    desk = new_window(browser, "desktop").new_page()
    site.sign_in(desk)
    desk.goto(f"{site.url}/cursos/tareas/")
    press(desk, "Empezar por la más antigua")
    expect(desk.get_by_text("Marcamos tres herramientas.")).to_be_visible()
    desk.get_by_label("Se ve la marca de cada herramienta.").check()
    expect_sound(desk)
    press(desk, "Aceptar")
    expect(desk.get_by_text("No queda ninguna tarea por revisar.")).to_be_visible()

    phone.reload()
    press(phone, "Ver mi certificado")
    expect(phone.get_by_text("Rosa Mamani").first).to_be_visible()
    row.refresh_from_db()
    assert row.state == Enrolment.State.FINISHED
    counted = [(one.right_count, one.question_count) for one in QuizAttempt.objects.all()]
    assert counted == [(0, 4), (4, 4)]
    assert TaskSubmission.objects.count() == 1
    phone.context.close()
    desk.context.close()


def test_a_page_being_written_is_seen_on_the_telephone(site: Site, browser: Browser) -> None:
    enrolled()
    desk = new_window(browser, "desktop").new_page()
    site.sign_in(desk)
    desk.goto(f"{site.url}/cursos/curso/orden/editar")
    press(desk, "Comenzar un borrador")
    press(desk, "Un lugar para cada cosa")
    expect_sound(desk)
    desk.goto(f"{site.url}/cursos/curso/orden/editar/pagina/un-lugar/es")
    desk.locator("textarea[name=body]").fill("Cada cosa **en su lugar**.")
    expect(desk.frame_locator("iframe[name=vista]").locator("strong")).to_have_text("en su lugar")
    press(desk, "Guardar", exact=True)
    expect(desk.get_by_text("Guardado en el borrador.")).to_be_visible()
    desk.context.close()
