"""Firms: the list, a firm whole, and every change to one."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.registry import access, exports
from digna.registry.forms import EnterpriseForm, FactsForm, NewEnterpriseForm, enterprise_now
from digna.registry.selectors import lists, matching, records
from digna.registry.services import enterprises as services


@door(access.SEE)
def enterprises(request: HttpRequest) -> HttpResponse:
    """The list."""
    listing = lists.enterprises_page(request)
    return render(request, "registry/enterprises.html", {"listing": listing})


@door(access.SEE)
def enterprise(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One firm."""
    found = access.enterprise(request.user, key)
    page = records.enterprise_page(request.user, found)
    return render(request, "registry/enterprise.html", {"page": page})


@door(access.EDIT)
def new_enterprise(request: HttpRequest) -> HttpResponse:
    """Search before create: near matches first, then the firm and its first facts."""
    form = NewEnterpriseForm(request.POST or None, initial={"on": timezone.localdate()})
    near = []
    if form.is_valid():
        given = form.given_enterprise
        near = matching.near_enterprises(request.user, given["name"])
        if form.cleaned_data["is_new"] or not near:
            try:
                act = actor.of_request(request, intention=form.intended)
                made = services.register_enterprise(actor=act, numbers=form.numbers, **given)
            except Refused as problem:
                form.refuse(problem)
            else:
                messages.success(request, _("%(name)s quedó registrada.") % {"name": made})
                return redirect("registry:enterprise", made.public_id)
    return render(request, "registry/new_enterprise.html", {"form": form, "near": near})


@door(access.EDIT)
def near_enterprises(request: HttpRequest) -> HttpResponse:
    """Firms whose name is near what is being typed."""
    near = matching.near_enterprises(request.user, request.GET.get("name", ""))
    return render(request, "registry/near_enterprises.html", {"near": near})


@door(access.EDIT)
def correct_enterprise(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a firm's name, keys or contacts."""
    found = access.enterprise(request.user, key, access.EDIT)
    form = EnterpriseForm(request.POST or None, initial=enterprise_now(found))
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            services.correct_enterprise(actor=act, enterprise=found, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("registry:enterprise", found.public_id)
    return render(request, "registry/correct_enterprise.html", {"form": form, "enterprise": found})


@door(access.EDIT)
def record_facts(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Record what is known of a firm on a day."""
    found = access.enterprise(request.user, key, access.EDIT)
    form = FactsForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        services.record_facts(actor=act, enterprise=found, numbers=form.numbers, **form.given_facts)
        messages.success(request, _("Guardado."))
        return redirect("registry:enterprise", found.public_id)
    return render(request, "registry/record_facts.html", {"form": form, "enterprise": found})


@door(access.SEE)
def export_enterprises(request: HttpRequest, form: str) -> HttpResponseBase:
    """The visible firms as a spreadsheet that re-imports unchanged."""
    rows = access.visible_enterprises(request.user)
    return exports.enterprises(rows.select_related("place", "sector", "legal_form"), form)
