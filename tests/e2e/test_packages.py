"""Packages in a real Chromium: what they report reaches the record, and what is hostile is held."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

import make
import wrapped
from browser import Site, expect_sound, new_window, press
from digna.packages.models import Package, PackageAttempt
from digna.packages.services import imports
from digna.xapi.models import Statement


def bring(data: bytes, name: str = "leccion.zip") -> Package:
    return imports.import_package(actor=make.actor(), archive=wrapped.sent(data, name))


def opened(site: Site, screen: Page, package: Package) -> FrameLocator:
    screen.goto(f"{site.url}/paquetes/{package.public_id}/")
    press(screen, "Abrir la lección")
    return screen.frame_locator("iframe.player__frame")


def kept(screen: Page) -> None:
    expect(screen.get_by_role("status").filter(has_text="Guardado.")).to_be_visible()


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A page on which content may be told no: the browser says so on its console."""
    context = new_window(browser, "desktop")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004"])
def test_scorm_goes_on_where_it_was_and_its_score_is_kept(
    site: Site, screen: Page, kind: str
) -> None:
    package = bring(getattr(wrapped, kind)())
    site.sign_in(screen)
    sco = opened(site, screen, package).frame_locator("#content")
    expect(sco.locator("#place")).to_have_text("inicio")
    sco.get_by_role("button", name="Seguir").click()
    kept(screen)

    screen.reload()
    expect(sco.locator("#place")).to_have_text("p2")
    expect(sco.locator("#kept")).to_have_text("a|b")
    sco.get_by_role("button", name="Terminar").click()
    kept(screen)
    screen.reload()
    expect(screen.get_by_text("terminada", exact=True)).to_be_visible()
    attempt = PackageAttempt.objects.get()
    assert attempt.completed_at is not None
    assert attempt.is_passed is True
    assert float(attempt.scaled or 0) == {"scorm12": 0.85, "scorm2004": 0.9}[kind]
    assert Statement.objects.count() == 3  # began, finished, passed
    expect_sound(screen)


def test_an_h5p_is_answered(site: Site, screen: Page) -> None:
    package = bring(wrapped.h5p(), "pregunta.h5p")
    site.sign_in(screen)
    inner = opened(site, screen, package)
    inner.get_by_role("button", name="Sí").click()
    kept(screen)
    attempt = PackageAttempt.objects.get()
    assert attempt.completed_at is not None
    assert attempt.scaled == 1
    expect_sound(screen)


def test_a_cmi5_unit_is_launched_and_satisfied(site: Site, screen: Page) -> None:
    package = bring(wrapped.cmi5())
    site.sign_in(screen)
    unit = opened(site, screen, package)
    expect(unit.locator("#state")).to_have_text("lista")
    unit.get_by_role("button", name="Terminar").click()
    expect(unit.locator("#state")).to_have_text("terminada")
    attempt = PackageAttempt.objects.get()
    assert attempt.completed_at is not None
    assert attempt.is_passed is True
    assert attempt.sessions.get().terminated_at is not None
    screen.reload()
    expect(screen.get_by_text("terminada", exact=True)).to_be_visible()


HOSTILE = """
var found = [];
function note(name, told) { found.push(name + ':' + (told ? 'SI' : 'no')); }
function tried(name, act) { try { note(name, act()); } catch (e) { note(name, false); } }
tried('top-document', function () { return !!top.document.body; });
tried('top-cookies', function () { return !!top.document.cookie; });
tried('own-cookies', function () { return !!document.cookie; });
tried('page-document', function () { return !!parent.parent.document; });
tried('popup', function () { return !!window.open('HOME/'); });
tried('top-storage', function () { return !!top.localStorage.length; });
tried('top-name', function () { return !!top.name.length; });
tried('navigate', function () { top.location = 'HOME/cuenta/logout/'; return false; });
var asks = ['HOME/', 'HOME/personas/', 'HOME/static/web/mark.svg', 'http://127.0.0.1:1/',
  '/personas/', '/paquetes/', '/'];
var asked = asks.map(function (url) {
  return fetch(url, { credentials: 'include' })
    .then(function (r) { note(url.replace('HOME', 'home'), r.ok); })
    .catch(function () { note(url.replace('HOME', 'home'), false); });
});
asked.push(new Promise(function (done) {
  var image = new Image();
  image.onload = function () { note('image', true); done(); };
  image.onerror = function () { note('image', false); done(); };
  image.src = 'HOME/static/web/mark.svg';
}));
Promise.all(asked).then(function () {
  document.getElementById('place').textContent = found.sort().join(' ');
});
function go() {
  var form = document.createElement('form');
  form.action = 'HOME/idioma';
  form.method = 'post';
  document.body.appendChild(form);
  form.submit();
}
"""


def test_a_hostile_package_is_contained(site: Site, window: Page) -> None:
    """It reads nothing of ours, of the page around it, nor of the world, and sends nothing."""
    asked: list[str] = []
    window.on("requestfinished", lambda request: asked.append(request.url))
    package = bring(wrapped.scorm12(script=HOSTILE.replace("HOME", site.url)))
    site.sign_in(window)
    sco = opened(site, window, package).frame_locator("#content")
    expect(sco.locator("#place")).to_contain_text("top-storage:no")
    told = sco.locator("#place").inner_text()
    assert "SI" not in told, told
    assert told.count(":no") == 16
    began = next(i for i, url in enumerate(asked) if "/contenido/" in url)
    sco.get_by_role("button", name="Seguir").click()
    window.wait_for_timeout(300)
    assert window.url.startswith(f"{site.url}/paquetes/intento/")
    later = [url for url in asked[began:] if url.startswith(site.url)]
    assert [url for url in later if "/static/" not in url] == []


def test_two_packages_do_not_share_an_origin(site: Site, window: Page) -> None:
    first, second = bring(wrapped.scorm12()), bring(wrapped.scorm2004())
    site.sign_in(window)
    frames = []
    for package in (first, second):
        window.goto(f"{site.url}/paquetes/{package.public_id}/")
        press(window, "Abrir la lección")
        frames.append(window.locator("iframe.player__frame").get_attribute("src") or "")
    hosts = [frame.split("/contenido/")[0] for frame in frames]
    assert len({*hosts, site.url}) == 3


def test_importing_and_trying_does_not_count(site: Site, screen: Page) -> None:
    site.sign_in(screen)
    screen.goto(f"{site.url}/paquetes/")
    expect_sound(screen)
    press(screen, "Importar un paquete")
    file = {"name": "c.zip", "mimeType": "application/zip", "buffer": wrapped.scorm12()}
    screen.set_input_files("[name=archive]", files=[file])  # type: ignore[list-item]
    press(screen, "Importar", exact=True)
    expect(screen.get_by_text("Pruébelo antes de ofrecerlo")).to_be_visible()
    expect_sound(screen)
    press(screen, "Probar (no cuenta)")
    sco = screen.frame_locator("iframe.player__frame").frame_locator("#content")
    sco.get_by_role("button", name="Terminar").click()
    kept(screen)
    assert PackageAttempt.objects.get().is_trial
    assert not Statement.objects.exists()
