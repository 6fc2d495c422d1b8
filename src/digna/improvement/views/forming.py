"""A page that is one form: filled, sent, refused with what was typed, or done."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement import access
from digna.journal import actor
from digna.registry.models import Enterprise
from digna.web.forms import Form

F = TypeVar("F", bound=Form)
FORM = "web/form.html"


def answer(
    request: HttpRequest,
    form: F,
    act: Callable[[F, actor.Actor], object],
    *,
    to: str,
    page: dict[str, Any],
    said: str = "",
    template: str = FORM,
) -> HttpResponse:
    """Carry out `act` when the form was sent rightly, then go to `to`; else show the form."""
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(
            request, intention=form.intended, reason=form.cleaned_data.get("reason", "")
        )
        try:
            act(form, who)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, said or _("Guardado."))
            return redirect(to)
    shown = page | {"form": form}
    return render(request, template, shown, status=422 if form.errors else 200)


def press(
    request: HttpRequest,
    form: F,
    act: Callable[[F, actor.Actor], object],
    *,
    to: str,
    said: str = "",
) -> HttpResponse:
    """Carry out a button; what is refused is told on the page that is gone to."""
    if form.is_valid():
        who = actor.of_request(
            request, intention=form.intended, reason=form.cleaned_data.get("reason", "")
        )
        try:
            act(form, who)
        except Refused as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, said or _("Guardado."))
    else:
        messages.error(request, _("Falta un dato o no se entiende. Revíselo y envíe otra vez."))
    return redirect(to)


def around(request: HttpRequest, enterprise: Enterprise, here: str = "") -> dict[str, Any]:
    """Return what every page of a firm's board shows: the firm, its tabs, what may be done."""
    faces = {
        "board": _("Tablero"),
        "projects": _("Proyectos"),
        "measurements": _("Mediciones"),
        "lists": _("Listas"),
        "plans": _("Continuidad"),
        "pulses": _("Pulso"),
    }
    tabs = [
        {
            "label": label,
            "url": reverse(f"improvement:{name}", args=[enterprise.public_id]),
            "is_here": name == here,
        }
        for name, label in faces.items()
    ]
    return {
        "enterprise": enterprise,
        "tabs": tabs,
        "can_record": access.may(request.user, access.RECORD, enterprise),
        "can_coach": access.may(request.user, access.COACH, enterprise),
    }
