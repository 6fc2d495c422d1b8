"""The one way a page sends a form to a service and says what came of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import actor
from digna.journal.actor import Actor
from digna.web.forms import Form

Do = Callable[[Actor, Any], Any]


def who(request: HttpRequest, form: Form) -> Actor:
    """Return who acts, with the form's intention and the reason where one was asked."""
    reason = str(form.cleaned_data.get("reason", "") or "")
    return actor.of_request(request, intention=form.intended, reason=reason)


def form_page(
    request: HttpRequest,
    form: Any,
    do: Do,
    *,
    title: str,
    action: str,
    back: str,
    done: str,
    to: Callable[[Any], str] | None = None,
    sentence: str = "",
    template: str = "web/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; when it was sent and is sound, do it and go on.

    `to` gives the next address from what the service returned; without it, `back`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = do(who(request, form), form)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, done)
            return redirect(back if to is None else to(made))
    page = {
        "form": form,
        "title": title,
        "sentence": sentence,
        "action": action,
        "back_url": back,
        "draft": True,
        **(context or {}),
    }
    return render(request, template, page, status=422 if form.errors else 200)


def press(request: HttpRequest, form: Any, do: Do, *, done: str, to: str) -> HttpResponse:
    """Do what a button asks for; what is refused is told on the page that is gone to."""
    if form.is_valid():
        try:
            do(who(request, form), form)
        except Refused as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, done)
    else:
        messages.error(request, _("Falta un dato o no se entiende. Revíselo y envíe otra vez."))
    return redirect(to)
