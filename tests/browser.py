"""What the browser tests share: screen sizes, Chromium's arguments, a served Digna."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from digna.accounts.models import User

PASSWORD = "una-clave-de-prueba"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 800},
}


@dataclass
class Site:
    """A served Digna with the kit of Bolivia and a programme lead."""

    url: str
    lead: User

    def sign_in(self, page: Page, email: str = "", password: str = PASSWORD) -> None:
        """Sign in on the page, as a person would."""
        page.goto(self.url + "/cuenta/login/")
        page.fill("[name=login]", email or self.lead.email or "")
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "login" not in url)


def new_window(browser: Browser, size: str) -> BrowserContext:
    """Return a browser of its own, with nobody signed in: a desktop's, or a phone's with touch."""
    by_thumb = size == "phone"
    context = browser.new_context(
        locale="es-BO", viewport=SIZES[size], has_touch=by_thumb, is_mobile=by_thumb
    )
    context.set_default_timeout(15_000)
    return context


def browser_of(page: Page) -> Browser:
    """Return the browser a page is in."""
    browser = page.context.browser
    assert browser is not None
    return browser


def is_phone(page: Page) -> bool:
    """Whether the page is at the size of a phone."""
    return (page.viewport_size or SIZES["desktop"])["width"] < 600


def go_to(page: Page, section: str) -> None:
    """Go to a section as one does at this size: by the rail, or by the bar and its «Más»."""
    bar = page.locator(".bar" if is_phone(page) else ".rail")
    link = bar.get_by_role("link", name=section, exact=True)
    if not link.is_visible():
        bar.get_by_text("Más", exact=True).click()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(section)


def press(page: Page, name: str, *, exact: bool = False) -> None:
    """Press what bears this name, be it a button or a link that looks like one."""
    main = page.get_by_role("main")
    named = main.get_by_role("button", name=name, exact=exact)
    named.or_(main.get_by_role("link", name=name, exact=exact)).first.click()


def row_of(page: Page, text: str) -> Locator:
    """Return the row of a table that says this."""
    return page.get_by_role("row").filter(has_text=text)


def expect_sound(page: Page) -> None:
    """Nothing grave for who reads with a screen reader, and nothing wider than the screen."""
    found = Axe().run(page).response["violations"]
    grave = [
        f"{page.url}: {rule['id']} {rule['nodes'][0]['target']}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
    ]
    root = "document.documentElement"
    wider = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    assert grave == []
    assert wider <= 1, f"{page.url} is {wider} px wider than the screen"


def number(page: Page, label: str) -> Locator:
    """Return the big number under this heading."""
    heading = page.get_by_role("heading", name=label, exact=True)
    return page.get_by_role("article").filter(has=heading).locator(".number__value")
