"""Pages that belong to no room, and what every page keeps: no inline script, known icons."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client

import digna
from digna.config import navigation
from digna.web import themes

SOURCE = Path(digna.__file__).parent
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
ICONS = {
    line.split("#")[0].strip()
    for line in (SOURCE / "web" / "static_src" / "icons.txt").read_text().splitlines()
}


@pytest.mark.parametrize("path", ["/estilo", "/estilo/hoja"])
def test_the_living_page_shows_everything_without_the_database(client: Client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "{%" not in response.content.decode()
    assert "{{" not in response.content.decode()


def test_the_living_page_shows_every_component(client: Client):
    html = client.get("/estilo").content.decode() + client.get("/estilo/hoja").content.decode()
    for sign in (
        'class="number', "bar-row", "trend__column", "trend__line", "table--cards", "data-grid",
        'class="chip"', 'class="tabs"', 'class="pages"', 'class="steps"', 'class="empty"',
        'class="progress"', 'class="history"', 'class="fields', 'class="qr"', "summary",
        "field--error",
        "message--success", "badge--now", "search__option", "agenda__entry", 'class="file"',
    ):  # fmt: skip
        assert sign in html, sign


def test_no_page_carries_script_of_its_own():
    for path in TEMPLATES:
        for attributes in re.findall(r"<script([^>]*)>", path.read_text()):
            assert "src=" in attributes or "application/json" in attributes, path
        assert not re.search(r"\son(click|load|submit|change|input)=", path.read_text()), path
        assert "<style" not in path.read_text(), path


def test_every_icon_named_in_a_template_is_in_the_sprite():
    for path in TEMPLATES:
        named = set(re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text()))
        named |= set(re.findall(r'\bicon="([a-z0-9-]+)"', path.read_text()))
        assert named <= ICONS, (path, named - ICONS)


def test_every_icon_of_the_navigation_is_in_the_sprite():
    assert {place.icon for place in navigation.PLACES} <= ICONS


def test_every_template_compiles():
    for path in TEMPLATES:
        get_template(str(path).split("/templates/")[1])


@pytest.mark.parametrize("theme", ["light", "dark", ""])
def test_the_theme_is_kept_in_a_cookie_and_painted_first(client: Client, theme):
    response = client.post("/tema", {"theme": theme, "next": "/estilo"})
    assert response.status_code == 302
    assert response["location"] == "/estilo"
    assert response.cookies[themes.COOKIE].value == theme
    html = client.get("/estilo").content.decode()
    assert (f'data-theme="{theme}"' in html) == bool(theme)


def test_a_theme_nobody_made_is_not_kept(client: Client):
    response = client.post("/tema", {"theme": '"><script>', "next": "/"})
    assert themes.COOKIE not in response.cookies
    client.cookies[themes.COOKIE] = "neon"
    assert "data-theme=" not in client.get("/estilo").content.decode()


def test_the_way_back_stays_in_the_house(client: Client):
    response = client.post("/tema", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert response["location"] == "/"


def test_choosing_a_theme_by_link_is_not_possible(client: Client):
    assert client.get("/tema").status_code == 405


def test_a_wrong_address_is_answered_in_the_person_s_language(client: Client):
    response = client.get("/no-existe")
    assert response.status_code == 404
    assert "Esta página no existe" in response.content.decode()
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_last_resort_needs_no_context(name):
    html = get_template(name).render()
    assert 'lang="es-BO"' in html
    assert "Ir al inicio" in html


@pytest.mark.django_db
def test_sign_in_offers_what_there_is(client: Client):
    html = client.get("/cuenta/login/").content.decode()
    assert "Correo o celular" in html
    assert 'autocomplete="current-password"' in html
    assert 'id="passkey_login"' in html
    assert html.count("<h1") == 1


@pytest.mark.django_db
def test_a_refused_sign_in_says_so_on_top(client: Client):
    html = client.post("/cuenta/login/", {"login": "", "password": ""}).content.decode()
    assert "data-summary" in html
    assert 'href="#id_login"' in html


def test_htmx_attributes_keep_the_html_valid():
    for path in TEMPLATES:
        assert not re.search(r"[\s\"}]hx-[a-z]", path.read_text()), path
