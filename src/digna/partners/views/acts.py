"""What every screen of a partner shares: its faces, and a page that is one form for one service."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.errors import Refused
from digna.journal import actor
from digna.journal.actor import Actor
from digna.partners import access, documents
from digna.registry.models import Organisation
from digna.web.forms import Form

Act = Callable[[Actor, dict[str, Any]], Any]


def by_form(
    request: HttpRequest, form: Form, act: Act, *, back_url: str, told: str, **page: Any
) -> HttpResponse:
    """Show a form; once it is right, let `act` do what was meant and say so.

    `title`, `action` and `sentence` dress the page; `template` another than the usual one.
    """
    template = page.pop("template", "web/form.html")
    if request.method == "POST" and form.is_valid() and _is_done(request, form, act):
        messages.success(request, told)
        return redirect(back_url)
    context = {"form": form, "back_url": back_url, "guard": True} | page
    return render(request, template, context, status=422 if form.errors else 200)


def _is_done(request: HttpRequest, form: Form, act: Act) -> bool:
    given = form.given
    reason = given.pop("reason", "")
    try:
        file = given.get("file")
        if isinstance(file, UploadedFile):
            given["file"] = documents.accepted(file.read(), "documento")
        who = actor.of_request(request, intention=form.intended, reason=reason)
        act(who, given)
    except Refused as problem:
        form.refuse(problem)
        return False
    return True


def context_of(request: HttpRequest, partner: Organisation, here: str) -> dict[str, Any]:
    """Return what every face of a partner shows."""
    return {
        "partner": partner,
        "tabs": _tabs(request, partner, here),
        "can_edit": access.may_edit(request.user, partner),
    }


def _tabs(request: HttpRequest, partner: Organisation, here: str) -> list[dict[str, Any]]:
    faces = {
        "partner": _("Resumen"),
        "money": _("Dinero"),
        "maturity": _("Madurez"),
        "transition": _("Transición"),
        "exit_page": _("Salida"),
    }
    if rights.may(request.user, access.HAND_OVER):
        faces["copies"] = _("Copia de trabajo")
    return [
        {
            "label": label,
            "url": reverse(f"partners:{name}", args=[partner.code]),
            "is_here": name == here,
        }
        for name, label in faces.items()
    ]
