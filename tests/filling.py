"""A form of the field app as somebody fills it in a browser."""

from playwright.sync_api import Locator, Page, expect

from browser import Site
from digna.surveys.models import SurveyForm


def open_form(page: Page, site: Site, form: SurveyForm, *, base: str = "") -> None:
    """Open a form's page and begin a new one."""
    page.goto(f"{base or site.url}/campo/formularios/{form.public_id}/")
    page.get_by_role("button", name="Llenar uno nuevo").click()
    ready(page)


def ready(page: Page) -> None:
    """Wait until the first part is drawn."""
    expect(page.locator(".ask-nav__next")).to_be_visible()


def ask(page: Page, name: str, turn: int = 0) -> Locator:
    """Return the question of this name (its last, or `turn` of a repeat from 0)."""
    return page.locator(f".ask[data-ref$='/{name}']").nth(turn)


def write(page: Page, name: str, text: str, turn: int = 0) -> None:
    """Type an answer."""
    ask(page, name, turn).locator("input, textarea").first.fill(text)


def choose(page: Page, name: str, *labels: str, turn: int = 0) -> None:
    """Choose one or several options by their words."""
    for label in labels:
        ask(page, name, turn).get_by_label(label, exact=True).check()


def following(page: Page) -> None:
    """Go to the next part, where nothing is wrong."""
    count = page.locator(".ask-head p").inner_text()
    page.locator(".ask-nav__next").click()
    expect(page.locator(".ask-head p")).not_to_have_text(count)


def hand_in(page: Page) -> None:
    """Save and send."""
    page.get_by_role("button", name="Guardar y enviar").click()


def take_along(page: Page, url: str) -> None:
    """Take a form along as its page offers, until it opens without signal."""
    page.goto(url)
    button = page.locator("[data-take-along]")
    button.click()
    expect(page.get_by_text("Conviene hacerlo con wifi")).to_be_visible()
    button.click()
    expect(page.get_by_text("Ya puede abrirlo sin señal")).to_be_visible()
    page.wait_for_function("() => !!navigator.serviceWorker.controller")
