"""A partner's coordinator makes the quarter's report; anybody reads the public statement."""

import pypdfium2
from playwright.sync_api import Page, expect
from tests.digna.reports import made

import make
from browser import PASSWORD, Site, expect_sound
from digna.accounts.models import Membership, User
from digna.reports.services import editions


def coordinator() -> User:
    user = User(name="Carla Ortiz", email="carla@digna.test")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, role="coordinator", partner="cainco")
    return user


def test_a_coordinator_makes_the_quarters_report_and_takes_it_along(
    site: Site, screen: Page
) -> None:
    made.programme()
    made.firm(made.cycle(made.partner()), "Tostaduría Qhana")
    site.sign_in(screen, coordinator().email or "")
    screen.goto(f"{site.url}/informes/")
    expect(screen.get_by_text("Todavía no hay informes aquí")).to_be_visible()
    expect_sound(screen)
    screen.goto(f"{site.url}/informes/nuevo/partner")
    screen.select_option("[name=period]", "2021-T2")
    screen.get_by_role("button", name="Abrir el informe").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Cámara CAINCO")
    expect_sound(screen)
    # a figure leads to what it counts
    firms = screen.locator(".report__card").filter(has_text="Empresas").first
    firms.get_by_role("link").first.click()
    number = screen.url.rsplit("-", 1)[1]
    expect(screen.locator(f"#definicion-{number}")).to_contain_text("cada una cuenta una vez")
    # one's own words, with a figure cited and not typed
    screen.locator(".report__write a").first.click()
    screen.locator("[data-cite='{ind:firms}']").click()
    expect(screen.locator("[name=es]")).to_have_value("{ind:firms}")
    expect_sound(screen)
    screen.get_by_role("button", name="Guardar").click()
    expect(screen.locator(".report__text--own")).to_contain_text("1")
    # issued, and taken along
    screen.get_by_role("button", name="Emitir el informe").click()
    expect(screen.get_by_text("La edición 1 quedó guardada.")).to_be_visible()
    expect_sound(screen)
    for form, start in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        paper = screen.request.get(f"{screen.url}informe.{form}")
        assert paper.body().startswith(start)
    assert len(pypdfium2.PdfDocument(paper.body())) >= 1


def test_anybody_reads_the_public_statement(site: Site, screen: Page) -> None:
    report = made.report("statement", programme=made.trained())
    edition = editions.issue(actor=make.actor(site.lead), report=report)
    editions.publish(actor=make.actor(site.lead), edition=edition)
    screen.goto(f"{site.url}/publico/bdp")
    screen.get_by_role("link", name="Lo logrado, en palabras").click()
    expect(screen.get_by_text("158 de 263 (60 %)").first).to_be_visible()
    expect_sound(screen)
    screen.get_by_role("link", name="263", exact=True).first.click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Representantes capacitados")
    screen.go_back()
    screen.get_by_role("link", name="In English").click()
    expect(screen.get_by_text("158 of 263 (60 %)").first).to_be_visible()
    expect_sound(screen)
