"""How a paper leaves: its language, its forms, one HTML file that asks for nothing, the reply."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from digna.web import pdf

PDF = "application/pdf"
HTML = "text/html; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STYLES = (pdf.STYLE, "web/paper_screen.css")


def language_of(request: HttpRequest) -> str:
    """The language of a paper: what the address asks for, else the reader's."""
    asked = request.GET.get("idioma") or translation.get_language() or "es-bo"
    return "en" if asked.startswith("en") else "es-bo"


def offline(html: str, *more: str) -> bytes:
    """Return a paper as one HTML file that holds its own style and asks for nothing."""
    style = "\n".join(_style(name) for name in (*STYLES, *more))
    viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    return html.replace("</head>", f"{viewport}<style>{style}</style></head>", 1).encode()


def _style(name: str) -> str:
    return Path(str(finders.find(name))).read_text(encoding="utf-8")


def reply(request: HttpRequest, content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a paper: a PDF to look at, anything else (or with `?descargar`) as a file."""
    answer = HttpResponse(content, content_type=content_type)
    is_shown = content_type == PDF and "descargar" not in request.GET
    answer["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{name}"'
    return answer
