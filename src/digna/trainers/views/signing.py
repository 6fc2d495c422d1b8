"""An expert's desk: what waits, a word on each piece, the next rung."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.trainers import access, forms, ladder, selectors
from digna.trainers.models import Rung, Way
from digna.trainers.services import evidence as pieces
from digna.trainers.services import ways as services
from digna.web.forms import Form


@door(access.SEE)
def to_sign(request: HttpRequest) -> HttpResponse:
    """What waits for one's word."""
    context = {
        "pieces": list(access.to_sign(request.user)[:100]),
        "modules": selectors.module_names(),
    }
    return render(request, "trainers/to_sign.html", context)


@door(access.SEE)
def judge(request: HttpRequest, key: int) -> HttpResponse:
    """One piece: accept it, or return it with what it lacks."""
    piece = access.evidence(request.user, key)
    form = forms.WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        word = pieces.accept if "accept" in request.POST else pieces.send_back
        try:
            word(actor=act, evidence=piece, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("trainers:to_sign")
    context = {
        "piece": piece,
        "form": form,
        "module": selectors.module_names().get(piece.way.module_code, piece.way.module_code),
        "may_sign": access.may_sign(request.user, piece.way),
    }
    return render(request, "trainers/judge.html", context, status=422 if form.errors else 200)


@door(access.SEE)
def evidence_file(request: HttpRequest, key: int) -> HttpResponseBase:
    """The file of a piece, to whoever may see the piece."""
    piece = access.evidence(request.user, key)
    if not piece.file:
        raise NotVisible("trainers.not_visible", _("Esta evidencia no tiene archivo."))
    return FileResponse(piece.file.open("rb"), as_attachment=True)


def _confirmed(
    request: HttpRequest, way: Way, form: Any, act_on: Callable[..., Any], page: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            act_on(actor=act, way=way, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("trainers:trainer", way.trainer.public_id)
    back = reverse("trainers:trainer", args=[way.trainer.public_id])
    module = selectors.module_names().get(way.module_code, way.module_code)
    context = {"form": form, "back_url": back, "sentence": f"{way.trainer} · {module}"} | page
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@door(access.SEE)
def climb(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let a trainer climb one rung; what is missing is said by name."""
    way = access.signed_way(request.user, key)
    above = ladder.next_rung(way.rung)
    page = {
        "title": _("Pasar al escalón siguiente"),
        "consequences": [
            _("Pasa de «%(before)s» a «%(after)s».")
            % {"before": Rung(way.rung).label, "after": Rung(above).label if above else "—"}
        ],
        "action": _("Firmar"),
    }
    return _confirmed(request, way, forms.ReasonForm(request.POST or None), services.climb, page)


@door(access.SEE)
def renew(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Renew a certificate for another term."""
    way = access.signed_way(request.user, key)
    page = {
        "title": _("Renovar el certificado"),
        "consequences": [_("Se emite otro certificado; el anterior queda reemplazado.")],
        "action": _("Renovar"),
    }
    return _confirmed(request, way, Form(request.POST or None), services.renew, page)


@door(access.SEE)
def step_down(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a trainer one rung down."""
    way = access.signed_way(request.user, key)
    page = {
        "title": _("Bajar un escalón"),
        "consequences": [
            _("Si tiene certificado, queda anulado y quien lo compruebe leerá el motivo.")
        ],
        "action": _("Bajar"),
        "is_grave": True,
    }
    form = forms.ReasonForm(request.POST or None)
    return _confirmed(request, way, form, services.step_down, page)
