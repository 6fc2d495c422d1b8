"""A merge is decided, told and undone on the screen, and the record remembers both."""

import pytest
from playwright.sync_api import Locator, Page, expect

import make
from browser import Site, expect_sound, go_to, press, row_of
from digna.registry.likeness import Likeness
from digna.registry.models import Person
from digna.registry.services import duplicates

KEPT, ABSORBED = "Mamani Quispe, Rosa", "Mamani Quispe, Rossa"


@pytest.mark.parametrize("screen", ["desktop"], indirect=True)
def test_a_merge_and_its_undoing_are_remembered(site: Site, screen: Page) -> None:
    kept, _absorbed = two_alike()
    site.sign_in(screen)
    merge_them(screen)
    find_only_one(screen)
    undo_it(screen, site, kept)
    find_both(screen)
    see_it_in_the_history(screen, site, kept)
    see_it_in_the_journal(screen)


def two_alike() -> tuple[Person, Person]:
    """One person registered twice, the second time misheard and with a telephone."""
    first = make.person("Rosa", "Mamani Quispe", sex="female")
    second = make.person("Rossa", "Mamani Quispe", phone="+59171234567")
    duplicates.note_pair(
        actor=make.actor(), one=first, other=second, likeness=Likeness(0.93, ("similar_name",))
    )
    return first, second


def merge_them(page: Page) -> None:
    go_to(page, "Personas")
    press(page, "Resolver")
    page.get_by_role("link", name="Mamani Quispe, Rosa").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Son la misma?")
    expect(page.get_by_role("columnheader", name=f"Se conserva: {KEPT}")).to_be_visible()
    expect_sound(page)
    press(page, "Son la misma: fusionar")
    expect(page.get_by_text("Fusionadas. Puede deshacerlo desde la ficha.")).to_be_visible()


def find_only_one(page: Page) -> None:
    go_to(page, "Personas")
    expect(row_of(page, KEPT)).to_contain_text("71234567")
    expect(row_of(page, ABSORBED)).to_have_count(0)


def undo_it(page: Page, site: Site, kept: Person) -> None:
    page.goto(f"{site.url}/personas/{kept.public_id}")
    merges = page.get_by_role("main").locator("section").filter(has_text="Fusiones")
    expect(merges).to_contain_text(f"absorbió a {ABSORBED}")
    merges.get_by_role("link", name="Deshacer").click()
    expect(page.get_by_role("main")).to_contain_text(f"{KEPT} y {ABSORBED} volverán a ser dos")
    expect_sound(page)
    press(page, "Deshacer", exact=True)
    expect(page.get_by_text("La fusión se deshizo; el par vuelve a la lista.")).to_be_visible()


def find_both(page: Page) -> None:
    go_to(page, "Personas")
    expect(row_of(page, KEPT)).not_to_contain_text("71234567")
    expect(row_of(page, ABSORBED)).to_contain_text("71234567")


def see_it_in_the_history(page: Page, site: Site, kept: Person) -> None:
    """Newest first: undone, merged, registered; each with who did it."""
    page.goto(f"{site.url}/personas/{kept.public_id}")
    page.get_by_text("Historial de la ficha").click()
    expect_sound(page)
    entries = history(page)
    expect(entries.nth(0)).to_contain_text("Fusión deshecha")
    expect(entries.nth(1)).to_contain_text("Fichas fusionadas")
    for at in (0, 1):
        expect(entries.nth(at)).to_contain_text("Elena Rojas")


def see_it_in_the_journal(page: Page) -> None:
    go_to(page, "Diario")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Fusión deshecha")
    expect(main).to_contain_text("Fichas fusionadas")
    expect_sound(page)


def history(page: Page) -> Locator:
    return page.locator(".history__entry")
