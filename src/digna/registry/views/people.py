"""People: the list, a person whole, and every change to one."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.registry import access, exports
from digna.registry.forms import (
    AffiliationForm,
    ConsentForm,
    EndForm,
    NewPersonForm,
    PersonForm,
    ReasonForm,
    person_now,
)
from digna.registry.models import ConsentText, Person
from digna.registry.selectors import lists, matching, records
from digna.registry.services import consents, erasure
from digna.registry.services import people as services


@door(access.SEE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """The list."""
    return render(request, "registry/people.html", {"listing": lists.people_page(request)})


@door(access.SEE_PEOPLE)
def person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One person."""
    found = access.person(request.user, key)
    page = records.person_page(request.user, found)
    texts = records.consent_texts(request.LANGUAGE_CODE)
    return render(request, "registry/person.html", {"page": page, "texts": texts})


@door(access.EDIT)
def new_person(request: HttpRequest) -> HttpResponse:
    """Search before create: near matches first, then the person."""
    form = NewPersonForm(request.POST or None)
    text = next(iter(records.consent_texts(request.LANGUAGE_CODE)), None)
    near = []
    if form.is_valid():
        given = form.given_person
        near = matching.near_people(request.user, given["given_names"], given["surnames"])
        if form.cleaned_data["is_new"] or not near:
            try:
                act = actor.of_request(request, intention=form.intended)
                made = services.register_person(actor=act, **given)
            except Refused as problem:
                form.refuse(problem)
            else:
                _record_first_consent(request, form, text, made)
                messages.success(request, _("%(name)s quedó registrada.") % {"name": made})
                return redirect("registry:person", made.public_id)
    return render(request, "registry/new_person.html", {"form": form, "near": near, "text": text})


def _record_first_consent(
    request: HttpRequest, form: NewPersonForm, text: ConsentText | None, person: Person
) -> None:
    if text is not None and form.cleaned_data["consent"]:
        consents.record_consent(
            actor=actor.of_request(request),
            person=person,
            text=text,
            is_given=True,
            channel="spoken",
        )


@door(access.EDIT)
def near_people(request: HttpRequest) -> HttpResponse:
    """People whose name is near what is being typed: a fragment under the name."""
    near = matching.near_people(
        request.user, request.GET.get("given_names", ""), request.GET.get("surnames", "")
    )
    return render(request, "registry/near_people.html", {"near": near})


@door(access.EDIT)
def correct_person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct what is known of a person."""
    found = access.person(request.user, key, access.EDIT)
    form = PersonForm(request.POST or None, initial=person_now(found))
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            services.correct_person(actor=act, person=found, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("registry:person", found.public_id)
    context = {"form": form, "person": found}
    return render(request, "registry/correct_person.html", context)


@door(access.EDIT)
def affiliate(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Link a person with an organisation or a firm."""
    found = access.person(request.user, key, access.EDIT)
    form = AffiliationForm(request.POST or None)
    if form.is_valid():
        given = form.given
        try:
            given["enterprise"] = services.enterprise_named(given["enterprise"])
            act = actor.of_request(request, intention=form.intended)
            services.affiliate(actor=act, person=found, **given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("registry:person", found.public_id)
    return render(request, "registry/affiliate.html", {"form": form, "person": found})


@door(access.EDIT)
def end_affiliation(request: HttpRequest, key: uuid.UUID, link: int) -> HttpResponse:
    """Say when a link ended."""
    found = access.person(request.user, key, access.EDIT)
    affiliation = get_object_or_404(found.affiliations, pk=link)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            services.end_affiliation(actor=act, affiliation=affiliation, on=form.cleaned_data["on"])
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("registry:person", found.public_id)
    context = {"form": form, "person": found, "affiliation": affiliation}
    return render(request, "registry/end_affiliation.html", context)


@door(access.EDIT)
def consent(request: HttpRequest, key: uuid.UUID, text: int) -> HttpResponse:
    """Show a text and record the answer."""
    found = access.person(request.user, key, access.EDIT)
    wording = get_object_or_404(ConsentText, pk=text)
    form = ConsentForm(request.POST or None, initial={"text": wording})
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            consents.record_consent(actor=act, person=found, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("registry:person", found.public_id)
    context = {"form": form, "person": found, "text": wording}
    return render(request, "registry/consent.html", context)


@door(access.ERASE)
def erase_person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Erase a person who asked for it."""
    found = access.person(request.user, key, access.ERASE)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended, reason=form.cleaned_data["reason"])
        try:
            erasure.erase_person(actor=act, person=found)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("La identidad se borró; lo contado no cambia."))
            return redirect("registry:people")
    return render(request, "registry/erase_person.html", {"form": form, "person": found})


@door(access.SEE_PEOPLE)
def export_people(request: HttpRequest, form: str) -> HttpResponseBase:
    """The visible people as a spreadsheet that re-imports unchanged."""
    rows = access.visible_people(request.user).select_related("place")
    return exports.people(rows, form)
