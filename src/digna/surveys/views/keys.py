"""The screens of app keys: whose telephones come in, one more, one less."""

import base64
import json
import uuid
import zlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.accounts.models import User
from digna.accounts.printing import qr
from digna.errors import Refused
from digna.journal import actor
from digna.programmes.models import Programme
from digna.surveys import access, forms
from digna.surveys.services import keys as services

SECRET = "surveys_secret"  # noqa: S105 — the name under which the session holds it, once


@door(access.SEND)
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """The telephones that come in; the secrets of one just made, this once."""
    told = request.session.pop(SECRET, None)
    context = {
        "keys": access.visible_keys(request.user).select_related("user", "programme"),
        "shown": _shown(request, *told) if told else None,
    }
    return render(request, "surveys/keys.html", context)


def _shown(
    request: HttpRequest, name: str, password: str, token: str, code: str
) -> dict[str, object]:
    url = request.build_absolute_uri(f"/openrosa/{code}")
    return {
        "url": url,
        "name": name,
        "password": password,
        "link": request.build_absolute_uri(f"/openrosa/key/{token}"),
        "qr": qr(for_collect(url, name, password)),
    }


def for_collect(url: str, name: str, password: str) -> str:
    """Return what Collect reads from a QR to be set up: its settings, packed.

    Source: docs.getodk.org, «Collect import/export settings»: JSON, zlib, base64.
    """
    general = {
        "server_url": url, "username": name, "password": password, "app_language": "es",
        "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular",
    }  # fmt: skip
    told = json.dumps({"general": general, "admin": {}, "project": {"name": "Digna"}})
    return base64.b64encode(zlib.compress(told.encode(), 9)).decode()


@door(access.SEND)
def make_key(request: HttpRequest) -> HttpResponse:
    """Let a telephone in."""
    mine = list(access.programmes_of(request.user, access.SEND))
    users = {u.pk: u for p in mine for u in access.senders(request.user, p)}
    form = forms.KeyForm(
        request.POST or None,
        programmes=[(p.code, p.name) for p in mine],
        users=[(str(u.public_id), u.name) for u in users.values()],
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _made(request, form)
        except Refused as problem:
            form.refuse(problem)
    context = {
        "form": form,
        "title": _("Crear una clave de aplicación"),
        "sentence": _("Una para cada teléfono. Verá la contraseña una sola vez."),
        "action": _("Crear"),
        "back_url": reverse("surveys:keys"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _made(request: HttpRequest, form: forms.KeyForm) -> HttpResponse:
    fresh, given = services.new_secrets(), form.given
    made = services.make(
        actor=actor.of_request(request, intention=form.intended),
        programme=Programme.objects.get(code=given["programme"]),
        user=User.objects.get(public_id=given["user"]),
        label=given["label"],
        fresh=fresh,
    )
    if made.name == fresh.name:  # sent twice, the first one stands and its secret is gone
        request.session[SECRET] = [fresh.name, fresh.password, fresh.token, made.programme.code]
    return redirect("surveys:keys")


@door(access.SEND)
@require_POST
def revoke_key(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let a telephone in no longer."""
    row = access.key(request.user, key)
    services.revoke(actor=actor.of_request(request), key=row)
    messages.success(request, _("Retirada: ese teléfono ya no entra. Lo que envió queda."))
    return redirect("surveys:keys")
