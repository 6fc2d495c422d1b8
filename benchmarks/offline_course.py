"""A course on a cheap telephone: what it weighs, and how fast a lesson opens with the server dead.

Chromium with the processor slowed four times; each lesson of «Mejora Continua» is opened five times
from the telephone's own store after the server was stopped. Budgets: 3 MB for the whole course with
audio and without video, 60 kB a lesson page, 1 s to open.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import serving
from playwright.sync_api import Page, sync_playwright

COURSE = "mejora-continua"
PORT = 8124
SLOWER = 4
TIMES = 5
ENROL = """
from digna.journal import actor
from digna.learning.models import Course
from digna.learning.services import enrolments
from digna.registry.services import people
who = people.register_person(
    actor=actor.system(), given_names="Rosa", surnames="Mamani", sex="female"
)
row = enrolments.enrol(
    actor=actor.system(), course=Course.objects.get(code="mejora-continua"), person=who
)
print("token", row.token)
"""


def main() -> None:
    """Print weights and times."""
    with tempfile.TemporaryDirectory() as home:
        token = _enrolled(Path(home))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 390, "height": 844}, locale="es-BO")
            with serving.digna(Path(home), PORT):
                manifest = _taken(page, token)
            _tell(manifest)
            _time(page, [one["url"] for one in manifest["urls"] if one["kind"] == "lesson"])
            browser.close()


def _enrolled(home: Path) -> str:
    environment = {"DIGNA_HOME": str(home)}
    for arguments in (["prepare", "--no-demo"], ["shell", "-c", ENROL]):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=serving.ROOT, check=True, text=True,
            env=os.environ | environment, capture_output=True,
        )  # fmt: skip
    return done.stdout.rsplit("token", 1)[1].split()[0]


def _taken(page: Page, token: str) -> dict[str, Any]:
    page.goto(f"http://localhost:{PORT}/aprender/mi/{token}")
    answer = page.request.get(f"http://localhost:{PORT}/aprender/{COURSE}/llevar")
    button = page.locator("[data-take-along]")
    for _time in (1, 2):
        button.click()
        page.wait_for_timeout(500)
    button.wait_for(state="hidden")
    page.wait_for_function("() => !!navigator.serviceWorker.controller")
    return dict(answer.json())


def _tell(manifest: dict[str, Any]) -> None:
    by_kind: dict[str, list[int]] = {}
    for one in manifest["urls"]:
        by_kind.setdefault(one["kind"], []).append(one["bytes"])
    for kind, sizes in by_kind.items():
        print(f"{kind}: {len(sizes)}, {sum(sizes):,} bytes, the largest {max(sizes):,}")
    print(f"all of it: {manifest['total_bytes']:,} bytes")


def _time(page: Page, addresses: list[str]) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    ready, seen = [], []
    for address in addresses * TIMES:
        page.goto(f"http://localhost:{PORT}{address}")
        told = page.evaluate(
            "() => { const n = performance.getEntriesByType('navigation')[0];"
            " const p = performance.getEntriesByName('first-contentful-paint')[0];"
            " return [n.domContentLoadedEventEnd, p ? p.startTime : 0]; }"
        )
        ready.append(told[0])
        seen.append(told[1])
    for name, values in (("first paint", seen), ("ready", ready)):
        print(
            f"{name}: median {statistics.median(values):.0f} ms, "
            f"{min(values):.0f}–{max(values):.0f}, n = {len(values)}"
        )


if __name__ == "__main__":
    main()
