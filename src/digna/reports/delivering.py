"""A report leaves: PDF by the worker, Word, workbook, one HTML file for who has no connection."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.journal import actor
from digna.reports import keeping, tasks, word_file, workbook
from digna.reports.label import Label
from digna.reports.models import Rendering
from digna.reports.paper import Paper
from digna.reports.services import renderings
from digna.web import links, papers, pdf
from digna.web.context import VERSION

FORMS = ("pdf", "docx", "xlsx", "html")
TEMPLATE = "reports/paper.html"
STYLE = "reports/paper.css"


def known_form(form: str) -> str:
    """Return a form there is.

    Raises:
        NotVisible: `reports.export.form`.
    """
    if form not in FORMS:
        raise NotVisible("reports.export.form", _("Hay pdf, docx, xlsx y html; no «%s».") % form)
    return form


def file_name(paper: Paper, form: str) -> str:
    """Return what the file is called where it is kept."""
    return f"{slugify(paper.title)[:60]}-{slugify(paper.period)[:24]}-{paper.language}.{form}"


def made(paper: Paper, form: str, label: Label) -> tuple[bytes, str]:
    """Return a report in a form that takes no time, and its type."""
    with translation.override("en" if paper.language == "en" else "es-bo"):
        if form == "docx":
            return word_file.word(paper, label), papers.DOCX
        if form == "xlsx":
            return workbook.workbook(paper, label), papers.XLSX
        return papers.offline(_html(paper, label), STYLE), papers.HTML


def _html(paper: Paper, label: Label) -> str:
    context = {
        "paper": paper, "label": label, "language": paper.language, "version": VERSION,
        "qr": links.qr(label.url) if label.url else "",
    }  # fmt: skip
    return render_to_string(TEMPLATE, context)


def rendering(paper: Paper, label: Label) -> Rendering:
    """Return the PDF of a report: drawn, being drawn, or asked for now.

    It is found by what it says, so that it is drawn once however often it is asked.
    """
    told = {"paper": keeping.written(paper), "label": asdict(label), "version": VERSION}
    digest = keeping.hash_of(told)
    row = Rendering.objects.filter(sha256=digest).exclude(state=Rendering.State.FAILED).first()
    if row is None:
        row = renderings.ask(actor=actor.system(), sha256=digest, paper=told)
        tasks.draw.enqueue(row.pk)
        row.refresh_from_db()
    return row


def drawn(told: Mapping[str, Any]) -> bytes:
    """Draw what a rendering was asked with: what the worker does."""
    paper = keeping.paper_of(told["paper"])
    with translation.override("en" if paper.language == "en" else "es-bo"):
        html = _html(paper, Label(**told["label"]))
        return pdf.draw(html.replace("</head>", f"<style>{_style()}</style></head>", 1))


def _style() -> str:
    from pathlib import Path

    from django.contrib.staticfiles import finders

    return Path(str(finders.find(STYLE))).read_text(encoding="utf-8")
