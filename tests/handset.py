"""A telephone of the browser tests: its browser is closed, killed, opened on the same disk."""

import io
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from browser import ARGUMENTS, SIZES, Site, press
from digna.accounts.models import User
from field_room import NOTE
from line import Line

PIN = "482913"
KEPT_HERE = "Se enviará cuando haya señal"


class Phone:
    """A telephone whose browser can be closed and opened again, with the same disk."""

    def __init__(self, playwright: Playwright, disk: Path) -> None:
        self.playwright, self.disk = playwright, disk
        self.context: BrowserContext | None = None

    def switch_on(self) -> Page:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.disk),
            executable_path="/usr/bin/chromium",
            args=ARGUMENTS,
            locale="es-BO",
            viewport=SIZES["phone"],
            has_touch=True,
            is_mobile=True,
        )
        self.context.set_default_timeout(15_000)
        return self.context.pages[0]

    def switch_off(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None

    def kill(self) -> None:
        """End the browser as a dead battery does: nothing gets to tidy up."""
        for process in self._processes():
            os.kill(process, signal.SIGKILL)
        try:
            self.switch_off()
        except Error:
            self.context = None
        (self.disk / "SingletonLock").unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        """The processes that run on this telephone's disk: ours alone, by their command line."""
        mine = f"--user-data-dir={self.disk}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mine in (folder / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                continue
        return found


def sign_in(page: Page, line: Line, email: str) -> None:
    """Sign in through the line, as a person would."""
    Site(line.url, User()).sign_in(page, email)


def go(page: Page, url: str) -> None:
    """Go to a page, though the one before may be going somewhere by itself just now."""
    for _again in range(3):
        try:
            page.goto(url)
            return
        except Error as problem:
            if "ERR_ABORTED" not in str(problem):
                raise
    page.goto(url)


def give_pin(page: Page, pin: str = PIN) -> None:
    """Type it and go on, as by a keyboard."""
    page.locator(".pin__code").fill(pin)
    page.locator(".pin [data-put=go]").click()


def by_thumb(page: Page, pin: str = PIN) -> None:
    for digit in pin:
        page.locator(f".pin [data-digit='{digit}']").click()
    page.locator(".pin [data-put=go]").click()


def take_week(page: Page, line: Line, email: str, pin: str = PIN) -> None:
    """Sign in, set a PIN, take the week along."""
    sign_in(page, line, email)
    go(page, line.url + NOTE)
    press(page, "Llevar mi semana")
    give_pin(page, pin)
    give_pin(page, pin)
    expect(page.get_by_text("Conviene hacerlo con wifi")).to_be_visible()
    page.locator("[data-take-along]").click()
    expect(page.get_by_text("Ya puede abrirlo sin señal")).to_be_visible()
    page.wait_for_function("() => !!navigator.serviceWorker.controller")


def write_note(
    page: Page, line: Line, name: str, *, at: str = NOTE, note: str = "todo bien"
) -> None:
    go(page, line.url + at)
    page.get_by_label("Nombre").fill(name)
    page.get_by_label("Nota").fill(note)
    press(page, "Guardar la nota")
    expect(page.get_by_text(KEPT_HERE).last).to_be_visible()


def unlock(page: Page, line: Line, pin: str = PIN) -> None:
    go(page, line.url + "/campo/")
    by_thumb(page, pin)
    expect(page.locator(".pin")).to_have_count(0)


def script(name: str) -> str:
    """Return a script of the tests that runs in a page."""
    return (Path(__file__).parent / "fixtures" / "field" / f"{name}.js").read_text()


def photograph() -> bytes:
    """Return a photograph of several hundred kilobytes."""
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 40).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def wait_for(what: Callable[[], object]) -> None:
    """Wait until the server has it: what the telephone does after its answer is shown."""
    for _ in range(100):
        if what():
            return
        time.sleep(0.1)
    raise AssertionError(what)
