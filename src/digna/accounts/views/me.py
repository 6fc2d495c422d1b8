"""One's own account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from digna.accounts import adapter, forms
from digna.accounts.doors import signed_in
from digna.accounts.selectors import members as selectors
from digna.accounts.services import members as services
from digna.errors import Refused
from digna.journal import actor


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Name and language, roles, how one enters, where one is signed in."""
    user: Any = request.user
    initial = {"name": user.name, "language": user.language}
    form = forms.MeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            services.change_own_data(actor=act, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            with override(form.cleaned_data["language"]):
                messages.success(request, _("Guardado."))
            response = redirect("accounts:me")
            adapter.speak(response, form.cleaned_data["language"])
            return response
    context = {"form": form, "page": selectors.member_page(user, user)}
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


@signed_in
def kept_by_coordinator(request: HttpRequest) -> HttpResponse:
    """Where allauth would let one change e-mail or phone: whoever coordinates does that."""
    messages.info(request, _("Su correo y su celular los corrige quien coordina el programa."))
    return redirect("accounts:me")
