"""Organisations: chambers, unions, ministries, partners."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.registry import access
from digna.registry.forms import OrganisationForm
from digna.registry.selectors import lists, records
from digna.registry.services import organisations as services


@door(access.SEE_PEOPLE)
def organisations(request: HttpRequest) -> HttpResponse:
    """The list."""
    listing = lists.organisations_page(request)
    return render(request, "registry/organisations.html", {"listing": listing})


@door(access.SEE_PEOPLE)
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """One organisation and who speaks for it."""
    found = access.organisation(request.user, code)
    page = records.organisation_page(request.user, found)
    return render(request, "registry/organisation.html", {"page": page})


@door(access.EDIT)
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            made = services.register_organisation(actor=act, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("registry:organisation", made.code)
    return render(request, "registry/new_organisation.html", {"form": form})


@door(access.EDIT)
def correct_organisation(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an organisation; doing so settles its review."""
    found = access.organisation(request.user, code)
    names = ("name", "acronym", "constituency", "is_partner")
    initial: dict[str, object] = {name: getattr(found, name) for name in names}
    initial["place"] = found.place.code if found.place is not None else ""
    form = OrganisationForm(request.POST or None, initial=initial)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        services.correct_organisation(
            actor=act, organisation=found, needs_review=False, **form.given
        )
        return redirect("registry:organisation", found.code)
    context = {"form": form, "organisation": found}
    return render(request, "registry/correct_organisation.html", context)
