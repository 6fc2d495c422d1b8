"""Submissions taken away in a file: at once, or made by the worker and fetched from its page."""

import uuid

from django.contrib import messages
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.accounts.models import User
from digna.errors import Clash
from digna.journal import actor
from digna.surveys import access, asking, exporting, words, writing
from digna.surveys.asking import Asked
from digna.surveys.models import Export, SurveyForm
from digna.surveys.services import exports as services


@door(access.SEE)
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """What was sent, as the list is filtered, in a file; a large one is asked for first."""
    row = access.form(request.user, key)
    asked = asking.read(row, request.POST or request.GET)
    user = _user(request)
    if request.method == "POST":
        made = asking.ask(actor.of_request(request), user, row, asked.plain)
        return redirect("surveys:one_export", made.public_id)
    count = asking.found(user, row, asked).count()
    if asking.is_large(count):
        context = {"form": row, "count": count, "asked": asked.plain}
        return render(request, "surveys/export_large.html", context)
    return _at_once(user, row, asked)


def _at_once(user: User, form: SurveyForm, asked: Asked) -> HttpResponseBase:
    plan = exporting.layout(form, asked.wishes)
    rows = exporting.rows(asking.found(user, form, asked), plan)
    ending, kind = writing.kind_of(plan, asked.kind)
    name = _name(form, ending)
    if ending != "csv":
        opened = writing.opened(plan, rows, ending)
        return FileResponse(opened, as_attachment=True, filename=name, content_type=kind)
    response = StreamingHttpResponse(writing.csv_lines(plan, rows), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _name(form: SurveyForm, ending: str) -> str:
    return f"{form.form_id}-{timezone.localdate():%Y%m%d}.{ending}"


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — the door saw to it
    return request.user


@door(access.SEE)
def one_export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far an export is, or its file; a fragment of it where it is asked for again and again."""
    row = access.export(request.user, key)
    lost = row.is_lost()
    context = {
        "export": row,
        "form": row.form,
        "state": Export.State.FAILED if lost else row.state,
        "problem": words.PROBLEMS.get("lost" if lost else row.problem, words.PROBLEMS["broken"]),
        "may_repeat": bool(row.asked),
    }
    is_part = request.headers.get("hx-request") == "true"
    template = "surveys/parts/export.html" if is_part else "surveys/export.html"
    return render(request, template, context)


@door(access.SEE)
def export_file(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The file of an export; that it was taken is written down."""
    row = access.export(request.user, key)
    services.take(actor=actor.of_request(request), export=row)
    name = _name(row.form, str(row.file.name).rsplit(".", 1)[-1])
    return FileResponse(row.file.open("rb"), as_attachment=True, filename=name)


@door(access.SEE)
@require_POST
def cancel_export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Stop an export."""
    row = access.export(request.user, key)
    try:
        services.cancel(actor=actor.of_request(request), export=row)
    except Clash as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("Cancelada. No quedó ningún archivo."))
    return redirect("surveys:one_export", key)


@door(access.SEE)
@require_POST
def repeat_export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask for the same again: a new export, so that what became of the first stays told."""
    row = access.export(request.user, key)
    if not row.asked:
        messages.error(request, _("Esa descarga venció. Elija de nuevo qué quiere llevarse."))
        return redirect("surveys:submissions", row.form.public_id)
    made = asking.ask(actor.of_request(request), _user(request), row.form, row.asked)
    return redirect("surveys:one_export", made.public_id)
