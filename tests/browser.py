"""What the browser tests share: screen sizes, Chromium's arguments, a served Digna."""

from dataclasses import dataclass

from playwright.sync_api import Page

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
SIZES = {
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
