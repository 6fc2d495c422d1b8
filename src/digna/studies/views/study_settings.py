"""What a study says of itself, its questions and tools, its status, its rounds and versions."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.studies import access, study_tools
from digna.studies import assessment_access as reach
from digna.studies import assessment_forms as forms
from digna.studies.models.assessments import Study
from digna.studies.selectors import rounds
from digna.studies.services import assessments as services
from digna.studies.services import versions
from digna.studies.views.study_faces import context_of

SHOWN = (
    "title", "round", "programme", "product", "place", "end_market", "starts_on", "ends_on",
    "team", "partner", "summary",
)  # fmt: skip


@door(access.EDIT)
def study_settings(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The study's own data; beside it, questions, tools, status and a later round."""
    row = reach.study(request.user, key, access.EDIT)
    initial = {name: getattr(row, name) for name in SHOWN} | {"sectors": list(row.sectors.all())}
    form = forms.StudyForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.describe_study(actor=who, study=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardamos los cambios."))
            return redirect("studies:study_settings", row.public_id)
    return _page(request, row, form=form)


def _page(request: HttpRequest, row: Study, **changed: Any) -> HttpResponse:
    initial = {name: getattr(row, name) for name in SHOWN} | {"sectors": list(row.sectors.all())}
    texts = "\n".join(question.text for question in row.questions.all())
    standing: dict[str, Any] = {
        "form": forms.StudyForm(user=request.user, initial=initial),
        "questions_form": forms.LinesForm(initial={"texts": texts}, prefix="preguntas"),
        "tools_form": forms.ToolsForm(
            initial={"tools": row.tools}, prefix="herramientas", choices=_choices()
        ),
        "status_form": forms.StatusForm(initial={"status": row.status}, prefix="estado"),
        "round_form": forms.RoundForm(initial={"starts_on": timezone.localdate()}, prefix="ronda"),
    }
    context = context_of(request, row, "study_settings") | standing | changed
    is_wrong = any(form.errors for form in changed.values())
    return render(request, "studies/study_settings.html", context, status=422 if is_wrong else 200)


def _choices() -> list[tuple[str, str]]:
    return [(tool.code, tool.name) for tool in study_tools.tools()]


@door(access.EDIT)
def set_questions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The questions, one a line."""
    row = reach.study(request.user, key, access.EDIT)
    form = forms.LinesForm(request.POST or None, prefix="preguntas")
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        texts = [text[:300] for text in form.cleaned_data["texts"].splitlines()]
        try:
            services.set_questions(actor=who, study=row, texts=texts)
        except Refused as problem:
            form.refuse(problem)
            return _page(request, row, questions_form=form)
        messages.success(request, _("Guardamos las preguntas."))
    return redirect("studies:study_settings", row.public_id)


@door(access.EDIT)
@require_POST
def tick_tools(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The tools used."""
    row = reach.study(request.user, key, access.EDIT)
    form = forms.ToolsForm(request.POST, prefix="herramientas", choices=_choices())
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        services.tick_tools(actor=who, study=row, tools=form.cleaned_data["tools"])
        messages.success(request, _("Guardamos las herramientas usadas."))
    return redirect("studies:study_settings", row.public_id)


@door(access.EDIT)
def move_study(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far the study is."""
    row = reach.study(request.user, key, access.EDIT)
    form = forms.StatusForm(request.POST or None, prefix="estado")
    if form.is_valid():
        given = form.given
        who = actor.of_request(request, intention=form.intended, reason=given["reason"])
        try:
            services.move_study(actor=who, study=row, status=given["status"])
        except Refused as problem:
            form.refuse(problem)
            return _page(request, row, status_form=form)
        messages.success(request, _("Cambiamos el estado del estudio."))
    return redirect("studies:study_settings", row.public_id)


@door(access.EDIT)
def begin_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A later round, begun as a copy."""
    row = reach.study(request.user, key, access.EDIT)
    form = forms.RoundForm(request.POST or None, prefix="ronda")
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            later = services.begin_round(actor=who, study=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Comenzamos la ronda «%(r)s».") % {"r": later.round})
            return redirect("studies:study", later.public_id)
    if request.method == "POST":
        return _page(request, row, round_form=form)
    return redirect("studies:study_settings", row.public_id)


@door(access.SEE)
def study_versions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The frozen versions, and the other rounds to compare with."""
    row = reach.study(request.user, key)
    form = forms.VersionForm(request.POST or None)
    return _versions(request, row, form)


def _versions(request: HttpRequest, row: Study, form: forms.VersionForm) -> HttpResponse:
    context = context_of(request, row, "study_versions") | {
        "versions": list(row.versions.defer("document").select_related("frozen_by")),
        "form": form,
        "others": list(rounds.comparable(request.user, row)),
    }
    status = 422 if form.errors else 200
    return render(request, "studies/study_versions.html", context, status=status)


@door(access.EDIT)
def freeze(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep everything as it stands today."""
    row = reach.study(request.user, key, access.EDIT)
    form = forms.VersionForm(request.POST or None)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = versions.freeze(actor=who, study=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Congelamos la versión %(n)s.") % {"n": made.number})
            return redirect("studies:version", made.public_id)
    if request.method == "POST":
        return _versions(request, row, form)
    return redirect("studies:study_versions", row.public_id)


@door(access.SEE)
def version(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A frozen version, as it was read that day, and whether its hash still holds."""
    row = reach.version(request.user, key)
    context = {
        "version": row,
        "study": row.study,
        "tables": row.document["tables"],
        "is_whole": versions.hash_of(row.document) == row.sha256,
    }
    return render(request, "studies/version.html", context)


@door(access.SEE)
def compare_rounds(request: HttpRequest, key: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Two rounds side by side."""
    one = reach.study(request.user, key)
    two = reach.study(request.user, other)
    if not rounds.share_a_sector(one, two):
        raise Refused(
            "studies.round.other_sector",
            _("«%(one)s» y «%(other)s» son de rubros distintos: no se comparan.")
            % {"one": one, "other": two},
        )
    context = {
        "comparison": rounds.compare(one, two),
        "study": one,
        "back_url": reverse("studies:study_versions", args=[one.public_id]),
    }
    return render(request, "studies/compare_rounds.html", context)
