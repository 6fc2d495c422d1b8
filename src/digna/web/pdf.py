"""Papers as PDF: a template on A4, tagged for readers of screens (PDF/UA-1).

WeasyPrint runs in a process of its own, so that its fonts and shapes never weigh on the one that
serves pages. Only this installation's own assets may be named by a paper: no address is fetched.
"""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from digna.errors import DomainError

STYLE = "web/paper.css"
SECONDS_MAX = 60
APT = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"


class NoPaper(DomainError):
    """The paper could not be drawn."""

    status = 503


def response(
    request: HttpRequest, template: str, context: Mapping[str, Any], file_name: str
) -> HttpResponse:
    """Return a template as a PDF to look at; `?descargar` gives it as a file."""
    content = render(template, context, request)
    reply = HttpResponse(content, content_type="application/pdf")
    kind = "attachment" if "descargar" in request.GET else "inline"
    reply["Content-Disposition"] = f'{kind}; filename="{file_name}.pdf"'
    return reply


def render(template: str, context: Mapping[str, Any], request: HttpRequest | None = None) -> bytes:
    """Return the bytes of a template that extends `web/base_paper.html`.

    Raises:
        NoPaper: `web.pdf.missing_library` (what to install is said), `web.pdf.failed`.
    """
    return draw(render_to_string(template, dict(context), request))


def draw(html: str) -> bytes:
    """Return HTML as PDF, drawn in a process of its own with the style of papers."""
    command = [sys.executable, "-m", "digna.web.pdf", str(finders.find(STYLE))]
    try:
        done = subprocess.run(  # noqa: S603 — our own module, its input on stdin
            command, input=html.encode(), capture_output=True, timeout=SECONDS_MAX, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _failed() from error
    if done.returncode == MISSING:
        raise NoPaper(
            "web.pdf.missing_library",
            _(
                "A este servidor le falta una biblioteca para hacer PDF. Quien lo administra "
                "puede instalarla con: apt install %(apt)s. Mientras tanto, use Imprimir."
            )
            % {"apt": APT},
        )
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise _failed()
    return done.stdout


def _failed() -> NoPaper:
    return NoPaper(
        "web.pdf.failed",
        _("No se pudo hacer el PDF. Pruebe otra vez o use Imprimir desde la página."),
    )


MISSING = 3


def main(style: str) -> int:
    """Read HTML from stdin, write PDF to stdout."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except OSError:  # a shared library is not on this machine
        return MISSING
    text = sys.stdin.buffer.read().decode()
    paper = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    sheets = [CSS(filename=style)]
    sys.stdout.buffer.write(paper.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
