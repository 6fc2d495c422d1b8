"""Issuing by hand, revoking, issuing anew with corrected facts."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.doors import door
from digna.certificates import access, forms
from digna.certificates.services import certificates as services
from digna.errors import Refused
from digna.journal import actor
from digna.programmes.models import Programme
from digna.registry import access as registry
from digna.registry.models import Organisation


@door(access.ISSUE)
def issue_to_person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A certificate for a person, by hand."""
    person = registry.person(request.user, key)
    back = reverse("registry:person", args=[key])
    return _issue(request, str(person), back, person=person)


@door(access.ISSUE)
def issue_to_firm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A certificate for a firm, by hand."""
    firm = registry.enterprise(request.user, key)
    back = reverse("registry:enterprise", args=[key])
    return _issue(request, str(firm), back, enterprise=firm)


def _issue(request: HttpRequest, name: str, back: str, **holder: Any) -> HttpResponse:
    form = forms.IssueForm(request.POST or None, **_choices(request.user))
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            made = services.issue(actor=act, **form.given, **holder)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Certificado emitido."))
            return redirect(made)
    context = {
        "form": form,
        "title": _("Certificado para %(name)s") % {"name": name},
        "sentence": _("Lo que escriba aquí es lo que dirá el papel y la página que lo comprueba."),
        "action": _("Emitir"),
        "back_url": back,
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _choices(user: object) -> dict[str, Any]:
    """A coordinator issues for their own partner and programmes; the office for any."""
    scopes = rights.reach(user, access.ISSUE).scopes
    partners, programmes = Organisation.objects.filter(is_partner=True), Programme.objects.all()
    if scopes and all(scope.partner for scope in scopes):
        partners = partners.filter(code__in={scope.partner for scope in scopes})
    if scopes and all(scope.programmes for scope in scopes):
        named = {code for scope in scopes for code in scope.programmes}
        programmes = programmes.filter(code__in=named)
    return {"partners": partners, "programmes": programmes}


@door(access.REVOKE)
def revoke(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Revoke, with the reason that whoever checks will read."""
    row = access.certificate(request.user, key, access.REVOKE)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            services.revoke(actor=act, certificate=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Anulado. Quien lo compruebe ya lo ve."))
            return redirect(row)
    context = {
        "form": form,
        "title": _("Anular el certificado"),
        "sentence": f"{row.holder_name} · {row.title}",
        "consequences": [
            _("La página que lo comprueba dirá «anulado» desde este momento."),
            _("No se puede deshacer; sí se puede emitir otro."),
        ],
        "action": _("Anular"),
        "is_grave": True,
        "back_url": row.get_absolute_url(),
    }
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@door(access.REVOKE)
def reissue(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Revoke and issue another with corrected facts; the name comes from the register."""
    row = access.certificate(request.user, key, access.REVOKE)
    names = (n for n in forms.FactsForm.base_fields if n != "intention")
    initial = {name: getattr(row, name) for name in names}
    form = forms.ReissueForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            made = services.reissue(actor=act, certificate=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Emitimos uno nuevo; el anterior quedó anulado."))
            return redirect(made)
    context = {
        "form": form,
        "title": _("Corregir el certificado"),
        "sentence": _(
            "El papel que ya existe queda anulado y se emite otro, con el nombre como está hoy en "
            "el registro."
        ),
        "action": _("Emitir el corregido"),
        "back_url": row.get_absolute_url(),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)
