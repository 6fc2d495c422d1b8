"""How a report is sent: at once, or by the worker with its progress shown."""

from contextlib import AbstractContextManager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from digna.reports import delivering
from digna.reports.label import Label
from digna.reports.models import Rendering
from digna.reports.paper import Paper
from digna.web import papers


def in_language(language: str) -> AbstractContextManager[None]:
    """Say things in the language of a paper, whatever the reader's."""
    return translation.override(language)


def sent(request: HttpRequest, paper: Paper, form: str, label: Label, back: str) -> HttpResponse:
    """Send a report; a PDF takes seconds, so the worker draws it and this page says how far."""
    name = delivering.file_name(paper, form)
    if form != "pdf":
        content, content_type = delivering.made(paper, form, label)
        return papers.reply(request, content, content_type, name)
    row = delivering.rendering(paper, label)
    if row.state == Rendering.State.DONE and request.headers.get("hx-request") != "true":
        with row.file.open("rb") as file:
            return papers.reply(request, file.read(), papers.PDF, name)
    return _waiting(request, row, paper, back)


def _waiting(request: HttpRequest, row: Rendering, paper: Paper, back: str) -> HttpResponse:
    context = {"rendering": row, "paper": paper, "back": back, "url": request.get_full_path()}
    part = request.headers.get("hx-request") == "true"
    template = "reports/parts/rendering.html" if part else "reports/rendering.html"
    return render(request, template, context, status=202)
