"""A form of 300 questions on a cheap telephone: what a first visit weighs, how fast it opens after.

Chromium with the processor slowed four times. First visit: every byte that travels, packed, from an
empty browser to the form being filled. Then the form is taken along, the server stopped, and it is
opened nine times: until its first question can be answered. Budgets: 400 kB, 0 kB, 2 s.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import serving
from playwright.sync_api import CDPSession, Page, sync_playwright

PORT = 8125
SLOWER = 4
TIMES = 9
GROUPS, EACH = 30, 10
WIDE = {"width": 390, "height": 844}
MAKE = """
import io
from datetime import date
import xlsxwriter
from django.core.files.base import ContentFile
from digna.accounts.models import Membership, User
from digna.journal import actor
from digna.programmes.models import Programme
from digna.surveys.services import forms
user = User(name="Tania Quispe", email="tania@digna.example")
user.set_password("una-clave-de-prueba")
user.save()
Membership.objects.create(user=user, role="lead")
programme = Programme.objects.create(
    code="medida", name="Medida", starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1))
rows = [("type", "name", "label", "relevant", "constraint", "calculation", "required")]
kinds = ("text", "integer", "select_one lista", "decimal", "select_multiple lista")
for group in range({groups}):
    rows.append(("begin group", f"g{{group}}", f"Parte {{group}}", "", "", "", ""))
    for n in range({each}):
        kind = kinds[n % 5]
        limit = ". >= 0" if kind == "integer" else ""
        when = f"${{{{q{{group}}_0}}}} != 'no'" if n == 3 else ""
        rows.append((kind, f"q{{group}}_{{n}}", f"Pregunta {{group}}.{{n}}", when, limit, "", ""))
    rows.append(("calculate", f"c{{group}}", "", "", "", f"${{{{q{{group}}_1}}}} + 1", ""))
    rows.append(("end group", "", "", "", "", "", ""))
out = io.BytesIO()
with xlsxwriter.Workbook(out, {{"in_memory": True}}) as book:
    told = [("form_title", "form_id", "version"), ("Trescientas", "trescientas", "1")]
    lista = [("list_name", "name", "label")]
    lista += [("lista", f"o{{n}}", f"Opción {{n}}") for n in range(8)]
    for name, cells in (("survey", rows), ("choices", lista), ("settings", told)):
        sheet = book.add_worksheet(name)
        for y, row in enumerate(cells):
            for x, cell in enumerate(row):
                sheet.write_string(y, x, cell)
act = actor.system()
form = forms.upload(actor=act, programme=programme, workbook=ContentFile(out.getvalue(), "a.xlsx"))
forms.open_form(actor=act, form=form)
print("form", form.public_id)
"""


class Weight:
    """Every byte that travels to a page, packed as it travels."""

    def __init__(self, session: CDPSession) -> None:
        self.total = 0
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._add)

    def _add(self, event: dict[str, float]) -> None:
        self.total += int(event["encodedDataLength"])


def main() -> None:
    """Print weights and times."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        path = f"/campo/formularios/{_made(Path(home))}/"
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_context(viewport=WIDE, locale="es-BO").new_page()
        with serving.digna(Path(home), PORT):
            _first_visit(page, path)
            _take_along(page, path)
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        weight = Weight(session)
        _tell("opened, server off", [_opened(page, path) for _time in range(TIMES)])
        print(f"later visits: {weight.total:,} bytes over the line, from this telephone alone")
        _tell("a key to its echo", [_echo(page, n) for n in range(TIMES)])
        browser.close()


def _made(home: Path) -> str:
    for arguments in (
        ["prepare", "--no-demo"],
        ["shell", "-c", MAKE.format(groups=GROUPS, each=EACH)],
    ):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=serving.ROOT, check=True, text=True,
            env=os.environ | {"DIGNA_HOME": str(home)}, capture_output=True,
        )  # fmt: skip
    return done.stdout.rsplit("form ", 1)[1].split()[0]


def _first_visit(page: Page, path: str) -> None:
    base = f"http://localhost:{PORT}"
    page.goto(f"{base}/cuenta/login/")
    page.fill("[name=login]", "tania@digna.example")
    page.fill("[name=password]", "una-clave-de-prueba")
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    cookies = page.context.cookies()
    fresh = page.context.browser.new_context(viewport=WIDE, locale="es-BO")  # type: ignore[union-attr]
    fresh.add_cookies(cookies)  # type: ignore[arg-type]
    first = fresh.new_page()
    weight = Weight(fresh.new_cdp_session(first))
    first.goto(base + path)
    first.locator("[data-act=new]").click()
    first.locator(".ask-nav__next").wait_for()
    first.wait_for_load_state("networkidle")
    print(f"first visit, signed in, to the first question: {weight.total:,} bytes over the line")
    fresh.close()


def _take_along(page: Page, path: str) -> None:
    page.goto(f"http://localhost:{PORT}{path}")
    button = page.locator("[data-take-along]")
    for _time in (1, 2):
        button.click()
        page.wait_for_timeout(1500)
    button.wait_for(state="hidden")
    page.wait_for_function("() => !!navigator.serviceWorker.controller")


def _opened(page: Page, path: str) -> float:
    """Milliseconds from asking for the page to the first question, its button included."""
    page.goto("about:blank")
    began = time.monotonic()
    page.goto(f"http://localhost:{PORT}{path}")
    page.locator("[data-act=new]").click()
    page.locator(".ask input").first.wait_for()
    return (time.monotonic() - began) * 1000


def _echo(page: Page, n: int) -> float:
    """Milliseconds from a key to the next frame, with everything that follows from the answer."""
    told = page.evaluate(
        """(n) => new Promise((done) => {
          const input = document.querySelector('.ask input');
          const began = performance.now();
          input.value = n % 2 ? 'no' : 'sí';
          input.dispatchEvent(new Event('input', { bubbles: true }));
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        })""",
        n,
    )
    return float(told)


def _tell(name: str, values: list[float]) -> None:
    print(
        f"{name} (processor slowed {SLOWER} times): median {statistics.median(values):.0f} ms, "
        f"{min(values):.0f}–{max(values):.0f}, n = {len(values)}"
    )


if __name__ == "__main__":
    main()
