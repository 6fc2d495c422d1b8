"""The parts of a study: noted, corrected, removed; decisions on findings."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.studies import access, part_kinds
from digna.studies import assessment_access as reach
from digna.studies import assessment_forms as forms
from digna.studies.models.assessments import Channel, Finding, Part, Step, Study
from digna.studies.services import findings, parts
from digna.web.forms import Form


@door(access.EDIT)
def new_part(request: HttpRequest, key: uuid.UUID, slug: str) -> HttpResponse:
    """A new actor, link, element, cause…"""
    kind = part_kinds.kind_of(slug)
    study = reach.study(request.user, key, access.EDIT)
    form = kind.form(request.POST or None, study=study)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            kind.service(actor=who, study=study, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect(f"studies:{kind.page}", study.public_id)
    context = {
        "form": form,
        "title": kind.new,
        "sentence": kind.sentence,
        "action": _("Guardar"),
        "back_url": reverse(f"studies:{kind.page}", args=[study.public_id]),
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def change_part(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """A part as it stands, to correct."""
    kind = part_kinds.kind_of(slug)
    row = reach.part(request.user, kind.model, key, access.EDIT)
    study: Study = row.study  # type: ignore[attr-defined]
    initial = part_kinds.initial(row, kind.form)
    form = kind.form(request.POST or None, study=study, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            kind.service(actor=who, study=study, row=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect(f"studies:{kind.page}", study.public_id)
    remove_url = reverse("studies:remove_part", args=[slug, row.public_id])
    return _corrected(request, study, row, form, kind.page, remove_url)


def _corrected(
    request: HttpRequest, study: Study, row: Part, form: Form, page: str, remove_url: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": str(row),
        "study": study,
        "action": _("Guardar"),
        "back_url": reverse(f"studies:{page}", args=[study.public_id]),
        "remove_url": remove_url,
    }
    return render(request, "studies/part.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def remove_part(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Ask, then take a part out of its study."""
    kind = part_kinds.kind_of(slug)
    row = reach.part(request.user, kind.model, key, access.EDIT)
    back = reverse(f"studies:{kind.page}", args=[row.study.public_id])  # type: ignore[attr-defined]
    return removed(request, row, back)


def removed(request: HttpRequest, row: Part, back: str) -> HttpResponse:
    """Ask before removing `row`; do it when asked to."""
    form = forms.ActForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            parts.remove_part(actor=who, row=row)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Lo quitamos del estudio."))
            return redirect(back)
    context = {
        "title": _("¿Quitar «%(part)s»?") % {"part": row},
        "sentence": _("Sale del estudio y de sus dibujos. Queda en el diario que estuvo."),
        "action": _("Quitar"),
        "is_grave": True,
        "form": form,
        "back_url": back,
    }
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def new_step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What a link pays and gets in a channel."""
    channel = reach.part(request.user, Channel, key, access.EDIT)
    order = channel.steps.count() + 1
    form = forms.StepForm(request.POST or None, study=channel.study, initial={"order": order})
    return _priced(request, channel, form, None)


@door(access.EDIT)
def change_step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The prices of a link, to correct."""
    row = reach.part(request.user, Step, key, access.EDIT)
    initial = part_kinds.initial(row, forms.StepForm)
    form = forms.StepForm(request.POST or None, study=row.study, initial=initial)
    return _priced(request, row.channel, form, row)


def _priced(
    request: HttpRequest, channel: Channel, form: forms.StepForm, row: Step | None
) -> HttpResponse:
    study = channel.study
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            parts.note_step(actor=who, channel=channel, row=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("studies:study_chain", study.public_id)
    context = {
        "form": form,
        "title": row.link.name if row else _("Precios de un eslabón"),
        "sentence": f"{channel.name} · {channel.currency} / {channel.unit}",
        "study": study,
        "action": _("Guardar"),
        "back_url": reverse("studies:study_chain", args=[study.public_id]),
        "remove_url": reverse("studies:remove_step", args=[row.public_id]) if row else "",
    }
    return render(request, "studies/part.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def remove_step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a link out of a channel."""
    row = reach.part(request.user, Step, key, access.EDIT)
    return removed(request, row, reverse("studies:study_chain", args=[row.study.public_id]))


DECIDED = ("decision", "reason", "decided_on", "activity", "intervention", "owner")


@door(access.EDIT)
def decide(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What is done about a finding."""
    row = reach.part(request.user, Finding, key, access.EDIT)
    initial = {name: getattr(row, name) for name in DECIDED}
    form = forms.DecisionForm(request.POST or None, study=row.study, initial=initial)
    back = reverse("studies:study_findings", args=[row.study.public_id])
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            findings.decide(actor=who, finding=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardamos la decisión."))
            return redirect(back)
    context = {
        "form": form,
        "title": _("Qué se decide"),
        "sentence": row.text,
        "action": _("Guardar la decisión"),
        "back_url": back,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)
