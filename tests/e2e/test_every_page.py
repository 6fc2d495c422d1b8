"""Every page a lead can reach, in both languages: sound for readers, small, from here only."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

import make
from browser import SIZES, Site
from digna.demo import programme

GRAVE = {"serious", "critical"}
LEFT = re.compile(
    r"logout|salir|\.(pdf|zip|xlsx|csv|ics|json|docx|html)(\?|$)|exportar|descargar|/asistencia"
)
MOST = 240


def shape(path: str) -> str:
    """Return a path with its keys taken out: one page of each kind is asked."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<uuid>", path)
    path = re.sub(r"/rueda/[^/]+", "/rueda/<token>", path)
    path = re.sub(r"/(biblioteca|paso)/[^/]+", r"/\1/<step>", path)
    return re.sub(r"/\d+", "/<n>", path)


@pytest.mark.parametrize("language", ["es-bo", "en"])
def test_no_page_has_a_grave_fault(site: Site, browser: Browser, language: str) -> None:
    programme.load(make.actor())
    context = browser.new_context(locale="es-BO", viewport=SIZES["desktop"])
    context.add_cookies([{"name": "idioma", "value": language, "url": site.url}])
    page = context.new_page()
    wrong: list[str] = []
    weights: dict[str, int] = {}
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).netloc == urlsplit(site.url).netloc
            or request.url.startswith(("data:", "blob:"))
            else wrong.append(f"{page.url} asks {request.url}")
        ),
    )
    site.sign_in(page, "responsable@demo.example", programme.PASSWORD)
    for path in _walk(site, page):
        wrong += _faults(page, path)
        weights[path] = len(page.content())
    context.close()
    assert wrong == []
    assert len(weights) > 25, sorted(weights)


def _walk(site: Site, page: Page):  # type: ignore[no-untyped-def]
    """Yield the path of each kind of page reachable by links, after going there."""
    queue, seen = ["/", "/estilo", "/publico/"], set[str]()
    while queue and len(seen) < MOST:
        path = queue.pop(0)
        if shape(path) in seen or LEFT.search(path):
            continue
        seen.add(shape(path))
        answer = page.goto(site.url + path)
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status < 500, path
        yield path
        found = page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
        for link in found:
            parts = urlsplit(urljoin(page.url, link))
            if parts.netloc == urlsplit(site.url).netloc:
                queue.append(parts.path)


def _faults(page: Page, path: str) -> list[str]:
    found = [
        f"{path}: {rule['id']} ({rule['impact']}) {rule['nodes'][0]['target']}"
        for rule in Axe().run(page).response["violations"]
        if rule["impact"] in GRAVE
    ]
    page.set_viewport_size({"width": 360, "height": 740})
    sideways = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.set_viewport_size(SIZES["desktop"])
    if sideways > 1:
        found.append(f"{path}: {sideways} px sideways at 360")
    if page.locator("h1").count() != 1:
        found.append(f"{path}: {page.locator('h1').count()} h1")
    return found


def test_the_first_page_is_light_and_comes_from_one_place(site: Site, browser: Browser) -> None:
    """What a phone fetches at first: at most 100 kB and ten requests."""
    context = browser.new_context(viewport=SIZES["phone"])
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(site.url + "/cuenta/login/", wait_until="networkidle")
    context.close()
    assert len(sizes) <= 10
    assert sum(sizes) <= 260_000, "uncompressed; a third of it on the wire"
