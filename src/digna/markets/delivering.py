"""A fact sheet leaves: PDF, Word, one HTML file for a telephone without connection, JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.markets import fair_days, firm_pages, sheet_pages, sheet_word
from digna.web import links, papers, pdf
from digna.web.calendars import CONTENT_TYPE

FORMS = ("pdf", "docx", "html", "json", "ics")


@dataclass(frozen=True, slots=True)
class Label:
    """What a paper says of itself: where it is kept, which version, who approved it."""

    url: str = ""
    number: int | None = None
    sha256: str = ""
    is_draft: bool = False
    approved_on: datetime | None = None
    approved_by: str = ""


def deliver(
    request: HttpRequest, document: Mapping[str, Any], form: str, label: Label
) -> HttpResponse:
    """Return a document in a form: `?idioma=en` gives it in English.

    Raises:
        NotVisible: `markets.export.form`.
    """
    if form not in FORMS:
        raise NotVisible(
            "markets.export.form", _("Hay pdf, docx, html, json e ics; no «%s».") % form
        )
    language = papers.language_of(request)
    content, content_type = made(document, form, language, label)
    name = f"{file_name(document, language)}.{form}"
    return papers.reply(request, content, content_type, name)


def file_name(document: Mapping[str, Any], language: str) -> str:
    title = document["title"].get(language[:2]) or document["title"]["es"]
    return f"ficha-{document['product']}-{document['exporter'].lower()}-{slugify(title)[:30]}"


def made(document: Mapping[str, Any], form: str, language: str, label: Label) -> tuple[bytes, str]:
    """Return a document as bytes and their type; also for the command, without a request."""
    if form == "json":
        text = json.dumps(document, ensure_ascii=False, indent=1)
        return text.encode(), "application/json"
    with translation.override(language):
        if form == "ics":
            return fair_days.calendar(document, at=timezone.now()), CONTENT_TYPE
        told = sheet_pages.paper(document)
        if form == "docx":
            return sheet_word.word(told, label), papers.DOCX
        context = {
            "paper": told, "label": label, "language": language[:2],
            "qr": links.qr(label.url) if label.url else "",
        }  # fmt: skip
        return _drawn("markets/sheet_paper.html", context, form)


def _drawn(template: str, context: dict[str, Any], form: str) -> tuple[bytes, str]:
    """Draw a paper as PDF, or as one HTML file that holds its own style and asks for nothing."""
    if form == "pdf":
        return pdf.render(template, context), "application/pdf"
    return papers.offline(render_to_string(template, context)), papers.HTML


def deliver_firm(
    request: HttpRequest, page: firm_pages.FirmPage, form: str, url: str
) -> HttpResponse:
    """Return a firm's page as PDF or as one HTML file."""
    context = {"page": page, "language": papers.language_of(request)[:2], "qr": links.qr(url)}
    content, content_type = _drawn("markets/firm_paper.html", context, form)
    name = f"mercados-{slugify(page.firm)[:40]}-{page.product.code}.{form}"
    return papers.reply(request, content, content_type, name)
