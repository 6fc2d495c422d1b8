"""A telephone of the browser tests: its browser is closed, killed and opened again on the same disk."""

import os
import signal
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from browser import ARGUMENTS, SIZES, Site
from digna.accounts.models import User
from line import Line


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
