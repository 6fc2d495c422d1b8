"""What was filled in on paper is typed in without a mouse."""

from improvement import made as improvement
from playwright.sync_api import Browser, expect
from training import made as training

import make
from browser import Site, expect_sound, new_window
from digna.improvement.models import ChecklistRun
from digna.training.models import WorkshopAttendance
from digna.training.services import cycles


def test_a_checklist_and_a_signed_list_are_typed_in_by_keyboard(
    browser: Browser, bare_site: Site
) -> None:
    enterprise = improvement.firm("DEF", "ABS", "PROD", name="Tostaduría Illimani")
    cycle = training.cycle(partner=make.organisation("CAINCO", code="cainco", is_partner=True))
    cycles.set_trainers(actor=make.actor(), cycle=cycle, users=[bare_site.lead])
    firm = training.firm(cycle, enterprise=enterprise)
    training.people(firm, "manager", "worker")
    workshop = training.workshop(cycle)
    instrument = improvement.instrument("five-s")
    page = new_window(browser, "desktop").new_page()
    bare_site.sign_in(page)

    page.goto(
        f"{bare_site.url}/campo/papel/recorrido/{instrument.pk}/?empresa={enterprise.public_id}"
    )
    expect(page.get_by_text("Para pasarlo al sistema")).to_be_visible()
    expect_sound(page)
    page.locator(".qr a").click()
    keys = page.keyboard
    expect(page.get_by_label("Empresa")).to_be_focused()
    expect(page.get_by_label("Empresa")).to_have_value(str(enterprise.public_id))
    keys.press("Enter")  # the day is today's
    keys.press("Enter")
    keys.type("Tostado")
    for digit in "01234":
        keys.press("Enter")
        keys.press(digit)
    keys.press("Control+Enter")
    expect(page.get_by_label("Área de trabajo")).to_have_value("")
    expect(page).to_have_url(f"{bare_site.url}/campo/hacer/recorrido/{instrument.pk}/?teclado=1")
    run = ChecklistRun.objects.get()
    assert (run.enterprise, run.area) == (enterprise, "Tostado")
    answers = run.answers.values_list("value", flat=True)
    assert sorted(answers) == ["0", "1", "2", "3", "4"]

    page.goto(f"{bare_site.url}/campo/hacer/taller/{workshop.pk}/?teclado=1")
    expect(page.locator("[type=radio]").first).to_be_focused()
    keys.press("1")
    for key in ("Enter", "Enter", "2"):  # past the minutes, to the next person
        keys.press(key)
    with page.expect_navigation():
        keys.press("Control+Enter")
    marks = WorkshopAttendance.objects.order_by("person__surnames", "person__given_names", "pk")
    assert sorted(marks.values_list("is_present", flat=True)) == [False, True]
    page.context.close()
