"""One process: its summary, sessions, registration and settings."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.events import access, forms, selectors
from digna.events.models import Process
from digna.events.services import processes as services
from digna.journal import actor
from digna.web import links

SHOWN = (
    "title", "kind", "starts_on", "ends_on", "partner", "sector", "capacity", "description",
)  # fmt: skip


def tabs_of(process: Process, here: str) -> list[dict[str, Any]]:
    """Return the faces of a process."""
    faces = {
        "process": _("Resumen"),
        "process_sessions": _("Sesiones"),
        "process_people": _("Personas"),
        "process_registration": _("Inscripción"),
        "process_settings": _("Ajustes"),
    }
    return [
        {
            "label": label,
            "url": reverse(f"events:{name}", args=[process.public_id]),
            "is_here": name == here,
        }
        for name, label in faces.items()
    ]


def context_of(request: HttpRequest, process: Process, here: str) -> dict[str, Any]:
    """Return what every face of a process shows."""
    return {
        "process": process,
        "tabs": tabs_of(process, here),
        "can_edit": access.may_edit(request.user, process),
    }


@door(access.SEE)
def process(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The summary: people and attendances, two numbers that are never added."""
    row = access.process(request.user, key)
    context = context_of(request, row, "process") | {
        "summary": selectors.summary(row),
        "sessions": selectors.sessions(row),
    }
    return render(request, "events/process.html", context)


@door(access.SEE)
def process_sessions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The sessions, each with its attendance."""
    row = access.process(request.user, key)
    context = context_of(request, row, "process_sessions") | {"sessions": selectors.sessions(row)}
    return render(request, "events/process_sessions.html", context)


@door(access.EDIT)
def create_process(request: HttpRequest) -> HttpResponse:
    """A new process."""
    form = forms.ProcessForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = services.create_process(actor=who, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Creamos «%(title)s».") % {"title": made.title})
            return redirect("events:process_sessions", made.public_id)
    context = {
        "form": form,
        "title": _("Nuevo proceso"),
        "sentence": _("Un curso, un conversatorio u otra serie de sesiones con un mismo fin."),
        "action": _("Crear el proceso"),
        "back_url": reverse("events:processes"),
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def process_settings(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the process says of itself, and its topics."""
    row = access.process(request.user, key, access.EDIT)
    initial = {name: getattr(row, name) for name in SHOWN}
    initial["programmes"] = list(row.programmes.all())
    form = forms.ProcessForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.change_process(actor=who, process=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardamos los cambios."))
            return redirect("events:process_settings", row.public_id)
    topics = "\n".join(topic.title for topic in row.topics.all())
    context = context_of(request, row, "process_settings") | {
        "form": form,
        "topics_form": forms.TopicsForm(initial={"titles": topics}, prefix="temas"),
    }
    status = 422 if form.errors else 200
    return render(request, "events/process_settings.html", context, status=status)


@door(access.EDIT)
@require_POST
def set_topics(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The topics, one a line."""
    row = access.process(request.user, key, access.EDIT)
    form = forms.TopicsForm(request.POST, prefix="temas")
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        titles = form.cleaned_data["titles"].splitlines()
        services.set_topics(actor=who, process=row, titles=[title[:200] for title in titles])
        messages.success(request, _("Guardamos los temas."))
    return redirect("events:process_settings", row.public_id)


@door(access.SEE)
def process_registration(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The public page: open or closed, its address and QR, who waits and who is invited."""
    row = access.process(request.user, key)
    url = request.build_absolute_uri(reverse("events:register", args=[row.registration_token]))
    context = context_of(request, row, "process_registration") | {
        "counts": selectors.state_counts_of(row),
        "url": url,
        "qr": links.qr(url),
        "form": forms.ActForm(),
        "invited": selectors.invitations(row, url),
    }
    return render(request, "events/process_registration.html", context)


@door(access.EDIT)
@require_POST
def set_registration(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open, close or readdress the public page."""
    row = access.process(request.user, key, access.EDIT)
    form = forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        if request.POST.get("act") == "renew":
            services.renew_registration_address(actor=who, process=row)
            messages.success(request, _("La página tiene dirección nueva; la anterior no abre."))
        else:
            is_open = request.POST.get("act") == "open"
            services.set_registration(actor=who, process=row, is_open=is_open)
            told = _("La inscripción está abierta.") if is_open else _("Cerramos la inscripción.")
            messages.success(request, told)
    return redirect("events:process_registration", row.public_id)
