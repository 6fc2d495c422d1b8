"""A form of a chain: shown, refused beside its field, or kept. The same for every part of one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import actor
from digna.web.forms import Form


def kept(
    request: HttpRequest,
    form: Form,
    service: Callable[..., Any],
    *,
    context: dict[str, Any],
    back: str = "",
    template: str = "results/chain_form.html",
) -> HttpResponse:
    """Call `service` with what a form holds; then go back, or to the row that was made."""
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = service(actor=who, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect(back or made.get_absolute_url())
    page = {"form": form, "action": _("Guardar"), "draft": True, **context}
    return render(request, template, page, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> Any:
    """Return what was sent, or None where a form was only opened."""
    return request.POST if request.method == "POST" else None
