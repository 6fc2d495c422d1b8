"""Every way in, and what each says to whoever cannot come in."""

from typing import Any

from playwright.sync_api import Page, expect

import make
from browser import PASSWORD, Site, expect_sound, press
from digna.accounts import card_secrets
from digna.accounts.card_secrets import CardSecrets
from digna.accounts.models import Membership, User
from digna.accounts.services import cards

NAME = "Basilia Quisbert"
REFUSED = "El código o el PIN no son correctos."
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_printed_card_opens_with_its_pin(site: Site, screen: Page) -> None:
    secrets = card_of(trainer())
    scan(screen, site, secrets)
    expect_sound(screen)
    say_pin(screen, wrong_pin(secrets))
    expect(screen.locator("[data-summary]")).to_contain_text(REFUSED)
    expect(screen.locator("[data-summary]")).to_be_focused()
    say_pin(screen, secrets.pin)
    screen.goto(site.url + "/cuenta/")
    expect(screen.get_by_role("main")).to_contain_text("Entra con tarjeta")


def test_a_card_rests_after_five_wrong_pins(site: Site, screen: Page) -> None:
    secrets = card_of(trainer())
    scan(screen, site, secrets)
    for _ in range(4):
        say_pin(screen, wrong_pin(secrets))
        expect(screen.locator("[data-summary]")).to_contain_text(REFUSED)
    say_pin(screen, wrong_pin(secrets))
    expect(screen.locator("[data-summary]")).to_contain_text("en pausa 15 minutos")
    expect_sound(screen)
    say_pin(screen, secrets.pin)
    expect(screen.locator("[data-summary]")).to_contain_text("en pausa 15 minutos")


def test_a_passkey_is_added_and_opens(site: Site, screen: Page) -> None:
    hold_an_authenticator(screen)
    site.sign_in(screen)
    add_a_passkey(screen, site)
    sign_out(screen)
    screen.goto(site.url + "/cuenta/login/")
    expect_sound(screen)
    press(screen, "Entrar con huella, rostro o llave")
    screen.wait_for_url(lambda url: "login" not in url)
    screen.goto(site.url + "/cuenta/")
    expect(screen.get_by_role("main")).to_contain_text(site.lead.email or "")


def test_a_password_rests_after_six_wrong_ones(site: Site, screen: Page) -> None:
    for _ in range(5):
        say_password(screen, site, "no-es-esta")
        expect(screen.locator("[data-summary]")).to_contain_text("No pudimos dejarle entrar")
    say_password(screen, site, "no-es-esta")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Demasiados intentos")
    expect_sound(screen)
    say_password(screen, site, PASSWORD)
    expect(screen.get_by_role("heading", level=1)).to_have_text("Demasiados intentos")


def trainer() -> User:
    user = User.objects.create(name=NAME)
    Membership.objects.create(user=user, role="trainer")
    return user


def card_of(user: User) -> CardSecrets:
    """A card given to the trainer: what is printed on it."""
    secrets = card_secrets.for_card()
    cards.issue_card(actor=make.actor(), user=user, secrets=secrets)
    return secrets


def wrong_pin(secrets: CardSecrets) -> str:
    return f"{(int(secrets.pin) + 1) % 1_000_000:06d}"


def scan(page: Page, site: Site, secrets: CardSecrets) -> None:
    """Open what the QR says; the code does not stay in the address."""
    page.goto(f"{site.url}/cuenta/tarjeta/{secrets.code}")
    expect(page.get_by_text("Leímos su tarjeta. Ahora escriba su PIN.")).to_be_visible()
    assert secrets.code not in page.url


def say_pin(page: Page, pin: str) -> None:
    with page.expect_navigation():
        page.get_by_role("textbox", name="PIN").fill(pin)
        press(page, "Entrar", exact=True)


def say_password(page: Page, site: Site, password: str) -> None:
    page.goto(site.url + "/cuenta/login/")
    page.get_by_label("Correo o celular").fill(site.lead.email or "")
    page.get_by_role("textbox", name="Contraseña").fill(password)
    with page.expect_navigation():
        press(page, "Entrar", exact=True)


def hold_an_authenticator(page: Page) -> None:
    """Give the browser a fingerprint reader that always says yes."""
    device: Any = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def add_a_passkey(page: Page, site: Site) -> None:
    page.goto(site.url + "/cuenta/")
    press(page, "Huella, rostro o código de seguridad")
    expect_sound(page)
    press(page, "Agregar", exact=True)
    confirm_it_is_me(page)
    page.get_by_label("Cómo llamarla").fill("mi celular")
    expect_sound(page)
    press(page, "Agregar", exact=True)
    page.wait_for_url(lambda url: "add" not in url)
    page.goto(site.url + "/cuenta/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="mi celular")).to_contain_text("sin contraseña")


def confirm_it_is_me(page: Page) -> None:
    """A new way in is given only to who has just shown the old one."""
    if "reauthenticate" in page.url:
        page.get_by_role("textbox", name="Contraseña").fill(PASSWORD)
        press(page, "Confirmar")


def sign_out(page: Page) -> None:
    page.get_by_role("banner").locator("summary").filter(has_text="Mi cuenta").click()
    page.get_by_role("banner").get_by_role("button", name="Salir").click()
    page.wait_for_url(lambda url: "/cuenta/" in url or url.endswith("/"))
