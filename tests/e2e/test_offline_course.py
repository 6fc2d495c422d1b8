"""A course taken along: the server dies, two lessons are learnt, the browser is opened again, and
everything counts once. Two learners on one telephone, one learner on two."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Playwright, expect

import make
from browser import ARGUMENTS, PASSWORD, Site, press
from digna.accounts.models import Membership, User
from digna.journal.models import Line as JournalLine
from digna.learning.models import (
    Enrolment,
    LessonProgress,
    QuizAttempt,
    TaskPhoto,
    TaskSubmission,
)
from digna.learning.services import enrolments, tasks
from digna.programmes import kitfile
from digna.programmes.services import kits
from digna.registry.models import Person
from digna.web import photos
from handset import Phone, photograph, sign_in
from line import Line

KIT = Path(__file__).resolve().parents[1] / "fixtures" / "kits" / "orden"
COURSE = "/aprender/orden/"
FIRST, SECOND = f"{COURSE}que-sobra", f"{COURSE}un-lugar"


def learner(name: str, email: str) -> Enrolment:
    """Somebody with an account, enrolled in the course of the tests."""
    user = User(name=name, email=email)
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, role="owner")
    person = make.person(name)
    Person.objects.filter(pk=person.pk).update(account=user)
    kits.install_kit(actor=make.actor(), kit=kitfile.read_kit(KIT))
    course = enrolments.Course.objects.get(code="orden")
    return enrolments.enrol(actor=make.actor(), course=course, person=person)


def take_along(page: Page, line: Line) -> None:
    """Open the course, ask its size, take it."""
    page.goto(line.url + COURSE)
    button = page.locator("[data-take-along]")
    button.click()
    expect(page.get_by_text("Conviene hacerlo con wifi")).to_be_visible()
    button.click()
    expect(page.get_by_text("Ya puede abrirlo sin señal")).to_be_visible()
    page.wait_for_function("() => !!navigator.serviceWorker.controller")


def answer_first_quiz(page: Page) -> None:
    page.get_by_label("Separar", exact=True).check()
    page.get_by_label("Retazos de hace un año").check()
    page.get_by_label("Una máquina que no anda").check()
    page.locator("[name='q.q3'][value=false]").check()
    page.locator("[name='q.q4']").fill("120")
    press(page, "Ver si acerté")
    expect(page.get_by_text("4 de 4 correctas")).to_be_visible()


def hand_in_photo(page: Page) -> None:
    page.get_by_label("Cuente qué hizo").fill("Marqué el lugar de tres tijeras.")
    page.locator("[name=photo]").set_input_files(
        {"name": "estante.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    press(page, "Entregar la tarea")
    expect(page.get_by_text("Se enviará cuando haya señal").last).to_be_visible()


def answer_second_quiz(page: Page) -> None:
    for code, place in (("separar", "1"), ("ubicar", "2"), ("limpiar", "3")):
        page.locator(f"[name='q.q1.{code}']").fill(place) if page.locator(
            f"input[name='q.q1.{code}']"
        ).count() else page.locator(f"[name='q.q1.{code}']").select_option(place)
    for code in ("tijera", "molde"):
        page.locator(f"[name='q.q2.{code}']").select_option(code)
    press(page, "Ver si acerté")
    expect(page.get_by_text("2 de 2 correctas")).to_be_visible()


def test_two_lessons_with_the_server_dead_and_the_browser_closed_count_once(
    site: Site, line: Line, phone: Phone
) -> None:
    enrolment = learner("Juana", "juana@digna.test")
    page = phone.switch_on()
    sign_in(page, line, "juana@digna.test")
    take_along(page, line)
    line.cut()

    page.goto(line.url + FIRST)
    expect(page.get_by_role("heading", level=1)).to_have_text("Qué sobra en el taller")
    answer_first_quiz(page)
    expect(page.get_by_text("Se enviará cuando haya señal").first).to_be_visible()
    press(page, "Terminé la lección")
    page.wait_for_url(f"**{COURSE}")
    expect(page.locator("[data-here]").first).to_have_text("por enviar")
    expect(page.get_by_text("Su certificado es provisional")).to_be_hidden()
    phone.switch_off()

    page = phone.switch_on()
    page.goto(line.url + SECOND)
    answer_second_quiz(page)
    hand_in_photo(page)
    press(page, "Terminé la lección")
    page.wait_for_url(f"**{COURSE}")
    expect(page.get_by_text("Su certificado es provisional")).to_be_visible()
    assert LessonProgress.objects.count() == 0
    phone.switch_off()

    line.join()
    page = phone.switch_on()
    page.goto(line.url + "/campo/")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    assert LessonProgress.objects.filter(enrolment=enrolment).count() == 2
    assert QuizAttempt.objects.count() == 2
    assert TaskSubmission.objects.count() == TaskPhoto.objects.count() == 1
    kept = TaskPhoto.objects.get()
    with Image.open(kept.file) as image:
        assert max(image.size) == photos.LONGEST_SIDE
    lines = JournalLine.objects.filter(action__startswith="learning.", device__contains="teléfono")
    assert lines.count() == len(set(lines.values_list("intention", flat=True))) == 5

    tasks.review(
        actor=make.actor(site.lead), submission=TaskSubmission.objects.get(), is_accepted=True
    )
    sign_in(page, line, "juana@digna.test")
    page.goto(line.url + COURSE)
    page.get_by_role("link", name="Ver mi certificado").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    enrolment.refresh_from_db()
    assert enrolment.state == "finished"
    assert enrolment.certificate is not None


def test_two_learners_on_one_telephone_each_with_their_own_work(
    site: Site, line: Line, phone: Phone
) -> None:
    juana, marta = learner("Juana", "juana@digna.test"), learner("Marta", "marta@digna.test")
    page = phone.switch_on()
    for email in ("juana@digna.test", "marta@digna.test"):
        sign_in(page, line, email)
        take_along(page, line)
        page.context.clear_cookies()
    line.cut()
    for name in ("Juana", "Marta"):
        page.goto(line.url + "/campo/")
        row = page.locator("[data-list=people] > li").filter(has_text=name)
        row.get_by_role("link", name="Orden en el taller").click()
        page.wait_for_url(f"**{COURSE}")
        page.goto(line.url + FIRST)
        press(page, "Terminé la lección")
        page.wait_for_url(f"**{COURSE}")
    line.join()
    page.goto(line.url + "/campo/")
    press(page, "Enviar ahora")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    for enrolment in (juana, marta):
        assert LessonProgress.objects.filter(enrolment=enrolment).count() == 1


def test_another_telephone_goes_on_where_the_first_one_stopped(
    site: Site, line: Line, phone: Phone, playwright: Playwright, tmp_path: Path
) -> None:
    learner("Juana", "juana@digna.test")
    page = phone.switch_on()
    sign_in(page, line, "juana@digna.test")
    page.goto(line.url + FIRST)
    answer_first_quiz(page)
    press(page, "Terminé la lección")
    page.wait_for_url(f"**{COURSE}")
    phone.switch_off()

    other = Phone(playwright, tmp_path / "other")
    try:
        page = other.switch_on()
        sign_in(page, line, "juana@digna.test")
        take_along(page, line)
        line.cut()
        page.goto(line.url + COURSE)
        expect(page.get_by_role("link", name="Seguir donde quedó")).to_have_attribute(
            "href", SECOND
        )
    finally:
        other.switch_off()


def test_a_learner_by_link_hands_in_the_outbox_as_a_file_and_sends_it_too_once(
    site: Site, line: Line, phone: Phone, tmp_path: Path
) -> None:
    enrolment = learner("Juana", "juana@digna.test")
    page = phone.switch_on()
    page.goto(f"{line.url}/aprender/mi/{enrolment.token}")
    take_along(page, line)
    line.cut()
    page.goto(line.url + FIRST)
    press(page, "Terminé la lección")
    page.wait_for_url(f"**{COURSE}")
    expect(page.locator("[data-outbox]")).to_have_text("1 por enviar")
    page.locator("[data-outbox]").click()
    expect(page.get_by_text("Juana", exact=True)).to_be_visible()
    with page.expect_download() as saved:
        press(page, "Guardar en un archivo")
    file = tmp_path / "digna.json"
    saved.value.save_as(file)

    line.join()
    office = page.context.browser or phone.playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=ARGUMENTS
    )
    desk = office.new_page()
    site.sign_in(desk)
    desk.goto(site.url + "/campo/archivo")
    desk.locator("[name=file]").set_input_files(file)
    press(desk, "Recibir")
    expect(desk.get_by_text("recibido", exact=True)).to_be_visible()
    press(page, "Enviar ahora")
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
    assert LessonProgress.objects.filter(enrolment=enrolment).count() == 1
    office.close()


def test_what_a_rule_refuses_stays_on_the_telephone_with_the_sentence(
    site: Site, line: Line, phone: Phone
) -> None:
    learner("Juana", "juana@digna.test")
    page = phone.switch_on()
    sign_in(page, line, "juana@digna.test")
    take_along(page, line)
    line.cut()
    page.goto(line.url + SECOND)
    page.get_by_label("Cuente qué hizo").fill("Sin foto")
    press(page, "Entregar la tarea")
    expect(page.get_by_text("Se enviará cuando haya señal").last).to_be_visible()
    line.join()
    page.goto(line.url + "/campo/")
    expect(page.get_by_text("Falta la foto")).to_be_visible()
    assert TaskSubmission.objects.count() == 0
    page.on("dialog", lambda dialog: dialog.accept())
    press(page, "Quitar", exact=True)
    expect(page.get_by_text("Todo se envió.")).to_be_visible()
