"""What came of a selection: the ranking, the decision, its memo, the tables that leave."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.registry import downloads
from digna.studies import (
    access,
    gathering,
    memos,
    selection_access,
    selection_exports,
    selection_forms,
)
from digna.studies.models import Decision, Outcome, Selection
from digna.studies.selectors import results
from digna.studies.selectors import selections as selectors
from digna.studies.services import decisions, outcomes
from digna.studies.views.selections import context_of
from digna.web import links, pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@door(access.SEE)
def selection_result(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The ranking and how far to trust it."""
    row = selection_access.selection(request.user, key)
    outcome = _shown(row)
    context = context_of(request, row, "selection_result") | {
        "result": results.result(outcome) if outcome else None,
        "is_stale": outcome is not None and not outcomes.is_fresh(outcome),
        "table": gathering.table_of(row),
        "runs": row.outcomes.count(),
        "has_open": row.rounds.filter(closed_at=None).exists(),
    }
    return render(request, "studies/selection_result.html", context)


def _shown(row: Selection) -> Outcome | None:
    """The snapshot the decision stands on, else the last one."""
    decision = selectors.decision_of(row)
    return decision.outcome if decision else row.outcomes.first()


@door(access.EDIT)
@require_POST
def compute_outcome(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Rank again: a new run is a new row, unless nothing changed."""
    row = selection_access.selection(request.user, key, access.EDIT)
    form = selection_forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            outcomes.compute_outcome(actor=who, selection=row)
        except Refused as problem:
            messages.error(request, str(problem.message))
    return redirect("studies:selection_result", row.public_id)


@door(access.SEE)
def selection_decision(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The decision: taken once, then shown."""
    right = access.EDIT if request.method == "POST" else access.SEE
    row = selection_access.selection(request.user, key, right)
    table = gathering.table_of(row)
    initial = {"decided_on": timezone.localdate()}
    form = selection_forms.DecisionForm(
        request.POST or None, candidates=table.candidates, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            decisions.take_decision(actor=who, selection=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("La decisión quedó registrada y la selección, congelada."))
            return redirect("studies:selection_decision", row.public_id)
    outcome = _shown(row)
    context = context_of(request, row, "selection_decision") | {
        "form": form,
        "result": results.result(outcome) if outcome else None,
    }
    status = 422 if form.errors else 200
    return render(request, "studies/selection_decision.html", context, status=status)


def _decided(request: HttpRequest, key: uuid.UUID) -> tuple[Selection, Decision]:
    row = selection_access.selection(request.user, key)
    decision = selectors.decision_of(row)
    if decision is None:
        raise NotVisible("studies.no_decision", _("Todavía no hay decisión: no hay memoria."))
    return row, decision


def _language(request: HttpRequest) -> str:
    return "en" if request.GET.get("idioma") == "en" else "es-bo"


@door(access.SEE)
def memo_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The memo as PDF, in Spanish or English."""
    row, decision = _decided(request, key)
    url = request.build_absolute_uri(reverse("studies:selection", args=[row.public_id]))
    with translation.override(_language(request)):
        context: dict[str, Any] = {
            "memo": memos.memo(row, decision),
            "language": _language(request)[:2],
            "qr": links.qr(url),
        }
        return pdf.response(request, "studies/selection_memo.html", context, _name(row))


@door(access.SEE)
def memo_word(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The memo as a Word document, to be edited and signed."""
    row, decision = _decided(request, key)
    with translation.override(_language(request)):
        content = memos.word(memos.memo(row, decision))
    reply = HttpResponse(content, content_type=DOCX)
    reply["Content-Disposition"] = f'attachment; filename="{_name(row)}.docx"'
    return reply


def _name(row: Selection) -> str:
    return f"memoria-{slugify(row.title)[:40]}-v{row.version}"


@door(access.SEE)
def export_selection(request: HttpRequest, key: uuid.UUID, slug: str) -> HttpResponse:
    """Weights, scores or results as csv or xlsx; of closed rounds only."""
    row = selection_access.selection(request.user, key)
    if slug not in selection_exports.TABLES:
        raise NotVisible("studies.not_visible", _("No hay tal tabla."))
    header, lines = selection_exports.TABLES[slug](row)
    file = downloads.xlsx_file if request.GET.get("formato") == "xlsx" else downloads.csv_file
    return file(f"{slug}-{slugify(row.title)[:40]}-v{row.version}", header, lines)
