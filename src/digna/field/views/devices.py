"""Telephones: one's own, those of the accounts one manages, and how one is revoked."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import signed_in
from digna.accounts.models import User
from digna.field import telephones
from digna.field.forms import RevocationForm
from digna.field.services import devices as services
from digna.journal import actor
from digna.web import paging


@signed_in
def devices(request: HttpRequest) -> HttpResponse:
    """The list: one's own first."""
    rows = telephones.visible(_user(request)).order_by("revoked_at", "-last_seen_at", "id")
    page = paging.page_of(request, rows, rows.count)
    return render(request, "field/devices.html", {"page": page})


@signed_in
def revoke(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what it means, then end what a telephone may do."""
    row = telephones.device(_user(request), key)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        services.revoke_device(actor=act, device=row)
        messages.success(request, _("Ese teléfono ya no puede enviar ni recibir."))
        return redirect("field:devices")
    return render(request, "field/revoke.html", {"device": row, "form": form})


@require_POST
@signed_in
def readmit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let a telephone that turned up send again."""
    row = telephones.device(_user(request), key)
    services.readmit_device(actor=actor.of_request(request), device=row)
    messages.success(request, _("Ese teléfono puede enviar otra vez."))
    return redirect("field:devices")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 — the door saw to it
    return request.user
