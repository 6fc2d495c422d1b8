"""A whole Digna served to a real Chromium: pages are asked as a person asks them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

import field_room
import make
from browser import ARGUMENTS, PASSWORD, SIZES, Site, new_window
from digna.accounts.models import Membership, User
from digna.config.management.commands import prepare
from digna.journal import intake
from digna.programmes.services import kits
from handset import Phone
from line import Line

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop is in this thread
expect.set_options(timeout=15_000)  # two browsers on two cores: a slow machine is no fault


def pytest_configure(config: pytest.Config) -> None:
    """Figures are computed here too: ibis still calls duckdb's older name."""
    config.addinivalue_line("filterwarnings", "ignore:fetch_arrow_table:DeprecationWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": "/usr/bin/chromium", "args": ARGUMENTS}


@pytest.fixture
def site(live_server: Any, transactional_db: None) -> Site:
    for code in prepare.KITS:
        kits.install_kit(actor=make.actor(), kit=make.kit(code))
    lead = User(name="Elena Rojas", email="elena@digna.test")
    lead.set_password(PASSWORD)
    lead.save()
    Membership.objects.create(user=lead, role="lead")
    return Site(live_server.url, lead)


@pytest.fixture
def bare_site(live_server: Any, transactional_db: None) -> Site:
    """A served Digna with a programme lead and no kit: up in no time."""
    lead = User(name="Elena Rojas", email="elena@digna.test")
    lead.set_password(PASSWORD)
    lead.save()
    Membership.objects.create(user=lead, role="lead")
    return Site(live_server.url, lead)


@pytest.fixture
def thumb(browser: Browser, bare_site: Site, tmp_path: Path, settings: Any) -> Iterator[Page]:
    """A telephone with a place, signed in; whatever goes wrong on it fails the test."""
    settings.MEDIA_ROOT = tmp_path
    context = new_window(browser, "phone")
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": -16.5, "longitude": -68.15, "accuracy": 4})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    away = "ERR_INTERNET_DISCONNECTED"  # a test that cuts the line is told so
    bare_site.sign_in(page)
    yield page
    context.close()
    assert [text for text in wrong if away not in text] == []


@pytest.fixture(params=list(SIZES))
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page at phone and at desktop size, with whatever went wrong on it collected."""
    context = new_window(browser, request.param)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    yield page
    context.close()
    expected = ("422", "409", "403", "404", "429")
    assert [text for text in wrong if not any(code in text for code in expected)] == []


@pytest.fixture
def line(live_server: Any, transactional_db: None) -> Iterator[Line]:
    address = urlparse(live_server.url)
    one = Line(str(address.hostname), int(address.port or 80))
    one.join()
    yield one
    one.cut()


@pytest.fixture
def phone(playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    one = Phone(playwright, tmp_path / "disk")
    yield one
    one.switch_off()


@pytest.fixture
def room(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own room of intentions, empty."""
    settings.ROOT_URLCONF = "field_room"
    monkeypatch.setitem(intake.INTAKES, field_room.ACTION, field_room.take)
    field_room.ARRIVED.clear()
    field_room.ROWS.clear()
