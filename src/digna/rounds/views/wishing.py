"""Saying whom to meet: the same page by link and for the organiser; no script needed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import actor
from digna.rounds import forms
from digna.rounds.models import Party, Wish
from digna.rounds.services import parties as services


def page(request: HttpRequest, party: Party, *, back: str, template: str) -> HttpResponse:
    """Show everybody on the other side with three answers each; save what was chosen."""
    others = sorted(services.others_of(party), key=lambda other: other.name)
    said = {row.other_id: row.says for row in party.wishes.all()}
    form = forms.ActForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        given = {o.pk: request.POST.get(f"w-{o.pk}", "") for o in others}
        try:
            services.give_wishes(
                actor=actor.of_request(request, intention=form.intended), party=party, says=given
            )
        except Refused as refused:
            problem, said = str(refused.message), given
        else:
            messages.success(request, _("Guardamos sus deseos."))
            return redirect(back)
    context: dict[str, Any] = {
        "party": party,
        "round": party.round,
        "rows": [{"other": o, "says": said.get(o.pk, "")} for o in others],
        "choices": [*Wish.Says.choices, ("", _("Me da igual"))],
        "act_form": form if form.errors else forms.ActForm(),
        "problem": problem,
        "back_url": back,
    }
    return render(request, template, context, status=422 if problem else 200)
