"""The one way a page of this room sends a form to a service and says what came of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from digna.errors import Refused
from digna.journal import actor
from digna.journal.actor import Actor
from digna.rounds.forms import ActForm


def form_page(
    request: HttpRequest,
    form: Any,
    do: Callable[[Actor, Any], Any],
    *,
    title: str,
    action: str,
    back: str,
    done: str,
    to: Callable[[Any], str] | None = None,
    template: str = "web/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; when it was sent and is sound, do it and go on.

    `to` gives the next address from what the service returned; without it, `back`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = do(actor.of_request(request, intention=form.intended), form)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, done)
            return redirect(back if to is None else to(made))
    page = {"form": form, "title": title, "action": action, "back_url": back, "draft": True}
    page |= dict(context or {})
    return render(request, template, page, status=422 if form.errors else 200)


def act(request: HttpRequest, do: Callable[[Actor], Any], *, back: str, done: str = "") -> Any:
    """Do what a button says, tell how it went, go back."""
    form = ActForm(request.POST)
    if form.is_valid():
        try:
            do(actor.of_request(request, intention=form.intended))
        except Refused as problem:
            messages.error(request, str(problem.message))
        else:
            if done:
                messages.success(request, done)
    return redirect(back)
