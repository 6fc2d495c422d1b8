"""One trainer: their ladders, their portfolio, that they stopped or came back."""

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
from digna.journal.history import history
from digna.registry import access as registry
from digna.trainers import access, forms, selectors, telling
from digna.trainers.models import Trainer, Way
from digna.trainers.services import evidence as pieces
from digna.trainers.services import ways as services
from digna.training.models import Cycle


@door(access.SEE)
def trainer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every ladder of one trainer, with what is missing for the next rung."""
    row = access.trainer(request.user, key)
    may_edit = access.visible_trainers(request.user, access.EDIT).filter(pk=row.pk).exists()
    context = {
        "trainer": row,
        "ways": selectors.ways_page(request.user, row, timezone.localdate()),
        "may_edit": may_edit,
        "may_add": may_edit or row.user == request.user,
        "words": telling.STANDINGS,
        "kinds": telling.KINDS,
        "history": history(row),
    }
    return render(request, "trainers/trainer.html", context)


@door(access.EDIT)
def enlist(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A person of the register becomes a trainer."""
    person = registry.person(request.user, key)
    form = forms.EnlistForm(
        request.POST or None,
        partners=access.partners_of(request.user),
        initial={"since": timezone.localdate(), "partner": person.partner},
    )
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        made = services.enlist(actor=act, person=person, **form.given)
        return redirect("trainers:begin_way", made.public_id)
    context = {
        "form": form,
        "title": _("%(name)s como formador/a") % {"name": person},
        "sentence": _("Después elija el módulo cuya escalera empieza."),
        "action": _("Guardar"),
        "back_url": reverse("registry:person", args=[key]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def correct(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct partner, languages, since when."""
    row = access.trainer(request.user, key, access.EDIT)
    form = forms.EnlistForm(
        request.POST or None,
        partners=access.partners_of(request.user),
        initial={"partner": row.partner, "languages": row.languages, "since": row.since},
    )
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        services.correct(actor=act, trainer=row, **form.given)
        messages.success(request, _("Guardado."))
        return _back(row)
    return _form(request, form, _("Corregir los datos de %(name)s") % {"name": row}, row)


def _back(row: Trainer) -> HttpResponse:
    return redirect("trainers:trainer", row.public_id)


def _form(
    request: HttpRequest, form: Any, title: str, row: Trainer, sentence: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "sentence": sentence,
        "action": _("Guardar"),
        "back_url": reverse("trainers:trainer", args=[row.public_id]),
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def begin_way(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Begin the ladder of a module."""
    row = access.trainer(request.user, key, access.EDIT)
    form = forms.WayForm(request.POST or None, modules=selectors.modules_on_offer())
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            services.begin_way(actor=act, trainer=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return _back(row)
    title = _("Empezar un módulo: %(name)s") % {"name": row}
    return _form(request, form, title, row, _("Se certifica módulo por módulo, nunca en general."))


@door(access.SEE)
def add_evidence(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Add a piece to a portfolio: one's own, or of a trainer one keeps."""
    way = access.own_way(request.user, key)
    form = forms.EvidenceForm(
        request.POST or None,
        request.FILES or None,
        cycles=_cycles(way),
        initial={"on": timezone.localdate(), "kind": request.GET.get("tipo", "")},
    )
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            pieces.add(actor=act, way=way, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardada: espera la palabra de una persona experta."))
            return _back(way.trainer)
    title = _("Evidencia de %(name)s") % {"name": way.trainer}
    return _form(request, form, title, way.trainer)


def _cycles(way: Way) -> Any:
    told = selectors.deliveries_of([way.trainer]).get((way.trainer_id, way.module_code), [])
    return Cycle.objects.filter(pk__in=[one.cycle.pk for one in told])


@door(access.SEE)
@require_POST
def remove_evidence(request: HttpRequest, key: int) -> HttpResponse:
    """Take back a piece that nobody has judged."""
    piece = access.evidence(request.user, key)
    way = access.own_way(request.user, piece.way.public_id)
    pieces.remove(actor=actor.of_request(request), evidence=piece)
    messages.success(request, _("Quitada."))
    return _back(way.trainer)


@door(access.EDIT)
def stop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that somebody no longer trains, and why."""
    row = access.trainer(request.user, key, access.EDIT)
    form = forms.StopForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            services.stop(actor=act, trainer=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Anotado."))
            return _back(row)
    title = _("%(name)s deja de formar") % {"name": row}
    return _form(request, form, title, row, _("Sirve para saber por qué se van los formadores."))


@door(access.EDIT)
@require_POST
def come_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that somebody trains again."""
    row = access.trainer(request.user, key, access.EDIT)
    services.come_back(actor=actor.of_request(request), trainer=row)
    messages.success(request, _("Anotado: vuelve a formar."))
    return _back(row)
