"""A trainer on a telephone starts a firm's pathway, answers, marks steps with photo and money."""

from decimal import Decimal
from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, Page, expect

import make
from browser import PASSWORD, Site, expect_sound, new_window, press
from digna.accounts.models import Membership, User
from digna.pathways.models import StepPaper, StepProgress
from digna.registry.models import Enterprise, LegalForm, Place, Sector


def firm() -> Enterprise:
    return make.enterprise(
        "Confecciones Kantuta",
        legal_form=LegalForm.objects.get(code="sole_trader"),
        sector=Sector.objects.get(code="manufacturing"),
        place=Place.objects.get(code="bo-l-el-alto"),
        numbers={"workers_women": Decimal(1), "workers_men": Decimal(0)},
    )


def trainer() -> User:
    user = User(name="Lidia Condori", email="lidia@digna.test")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, role="trainer", departments=["BO-L"])
    return user


def photo() -> dict[str, object]:
    out = BytesIO()
    Image.effect_noise((800, 600), 30).convert("RGB").save(out, "JPEG")
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def mark(page: Page, step: str, *, began: str, finished: str, spent: str) -> None:
    """Open a step of the list, fill it with a photograph and the money, save."""
    page.get_by_role("link", name=step).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(step)
    page.locator("[name=state][value=done]").check()
    page.fill("[name=began_on]", began)
    page.fill("[name=finished_on]", finished)
    page.fill("[name=spent]", spent)
    page.locator("[name=photo]").set_input_files(photo())  # type: ignore[arg-type]
    press(page, "Guardar", exact=True)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Formalizar")


def test_a_trainer_walks_a_firm_along_its_pathway_on_a_telephone(
    site: Site, browser: Browser
) -> None:
    own, user = firm(), trainer()
    page = new_window(browser, "phone").new_page()
    site.sign_in(page, user.email or "")
    page.goto(f"{site.url}/empresas/{own.public_id}")
    page.get_by_role("main").get_by_role("link", name="Trámites").click()
    expect_sound(page)
    press(page, "Formalizar su empresa, asociación o cooperativa")

    expect(page.get_by_text("Lo sabemos del registro").first).to_be_visible()
    assert page.locator("[name=form]").count() == 0
    while page.locator("[name=regime], [name=makes_food]").count():
        if page.locator("[name=regime]").count():
            page.select_option("[name=regime]", "general")
        if page.locator("[name=makes_food]").count():
            page.locator("[name=makes_food][value=no]").check()
        expect_sound(page)
        press(page, "Guardar y seguir")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Formalizar")
    expect(page.get_by_text("0 de ").first).to_be_visible()
    expect_sound(page)

    mark(
        page, "Abrir su cuenta de Ciudadanía Digital",
        began="2026-10-01", finished="2026-10-02", spent="0",
    )  # fmt: skip
    mark(
        page, "Inscribirse en el registro de comercio (matrícula)",
        began="2026-10-05", finished="2026-10-17", spent="130",
    )  # fmt: skip
    expect(page.get_by_text("2 de ").first).to_be_visible()
    sums = page.get_by_role("complementary").filter(has_text="Gastó de verdad")
    expect(sums).to_contain_text("Bs 130")
    expect(sums).to_contain_text("anotado en 2 de ")
    expect(sums).to_contain_text("13")
    expect_sound(page)
    assert StepPaper.objects.count() == 2
    assert set(StepProgress.objects.values_list("spent", flat=True)) == {Decimal(0), Decimal(130)}

    paper = page.get_by_role("link", name="Imprimir").get_attribute("href")
    answer = page.request.get(f"{site.url}{paper}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
