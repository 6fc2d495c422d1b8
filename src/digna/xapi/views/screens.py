"""The staff's screens: records looked for, one of them, keys of programs."""

import json
import uuid
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.journal import actor
from digna.xapi import access, forms, selectors, showing, texts
from digna.xapi.selectors import Asked
from digna.xapi.services import keys as services

SECRET = "xapi_secret"  # noqa: S105 — the name under which the session holds it, once


def _asked(request: HttpRequest) -> tuple[forms.SearchForm, Asked]:
    form = forms.SearchForm(request.GET or None)
    cleaned = form.cleaned_data if form.is_valid() else {}
    return form, showing.asked_of(cleaned, request.GET.get("antes", ""))


@door(access.SEE)
def list_statements(request: HttpRequest) -> HttpResponse:
    """The records that the address asks for, the newest first."""
    form, asked = _asked(request)
    page = selectors.page(asked)
    context = {
        "form": form,
        "rows": showing.rows_of(page.rows),
        "older": None if page.more is None else page.more.after,
        "is_filtered": any(form.cleaned_data.values()) if form.is_valid() else bool(form.errors),
    }
    return render(request, "xapi/statements.html", context)


@door(access.SEE)
def statement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One record, as it is kept."""
    row = access.statement(request.user, key)
    context = {
        "row": showing.rows_of([row])[0],
        "is_voided": row.is_voided,
        "text": json.dumps(texts.read(row.body), indent=2, ensure_ascii=False),
    }
    return render(request, "xapi/statement.html", context)


@door(access.SEE)
def export_statements(request: HttpRequest) -> StreamingHttpResponse:
    """The records that the address asks for, one JSON a line."""
    _form, asked = _asked(request)
    rows = selectors.found(asked).order_by("pk")

    def lines() -> Iterator[bytes]:
        for body in rows.values_list("body", flat=True).iterator(chunk_size=500):
            yield body.encode() + b"\n"

    response = StreamingHttpResponse(lines(), content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="registros.jsonl"'
    return response


@door(access.KEYS)
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """The programs that may come in; the secret of one just made, this once."""
    told = request.session.pop(SECRET, None)
    context = {
        "keys": access.visible_keys(request.user),
        "secret": services.Secret(*told) if told else None,
        "endpoint": request.build_absolute_uri("/xapi/"),
    }
    return render(request, "xapi/keys.html", context)


@door(access.KEYS)
def make_key(request: HttpRequest) -> HttpResponse:
    """Let a program in."""
    form = forms.KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = services.new_secret("clave")
        act = actor.of_request(request, intention=form.intended)
        made = services.make(actor=act, secret=secret, **form.given)
        if made.name == secret.name:  # sent twice, the first one stands and its secret is gone
            request.session[SECRET] = [secret.name, secret.password]
        return redirect("xapi:keys")
    context = {
        "form": form,
        "title": _("Crear una clave"),
        "sentence": _("Verá la contraseña una sola vez."),
        "action": _("Crear"),
        "back_url": reverse("xapi:keys"),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.KEYS)
@require_POST
def revoke_key(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let a program in no longer."""
    row = access.key(request.user, key)
    services.revoke(actor=actor.of_request(request), key=row)
    messages.success(request, _("Retirada: ese programa ya no entra."))
    return redirect("xapi:keys")
