"""The IATI file of a programme: looked at, completed, published, kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.results import access, iati_forms
from digna.results.iati import composing
from digna.results.selectors import iati as shown
from digna.results.services import iati as services

XML = "application/xml"


@door(access.IATI)
def iati(request: HttpRequest, code: str) -> HttpResponse:
    """What would leave, and what is wrong with it."""
    found = access.programme(request.user, code, access.IATI)
    page = shown.iati_page(request.user, found, timezone.now())
    return render(request, "results/iati.html", {"page": page, "programme": found})


@door(access.EDIT)
def iati_settings(request: HttpRequest, code: str) -> HttpResponse:
    """What the records do not hold and IATI asks."""
    found = access.programme(request.user, code, access.EDIT)
    form = iati_forms.ProfileForm(
        request.POST or None,
        initial=iati_forms.initial_of(composing.profile_of(found)),
        areas=found.areas.all(),
        organisations=shown.organisations(found),
        codes=shown.codes(found),
    )
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        services.set_profile(actor=act, programme=found, **form.profile)
        messages.success(request, _("Guardado."))
        return redirect("results:iati", found.code)
    return render(request, "results/iati_settings.html", {"form": form, "programme": found})


@door(access.IATI)
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The file as it would leave now."""
    found = access.programme(request.user, code, access.IATI)
    content = composing.compose(found, timezone.now()).content
    return _sent(content, f"iati-{found.code}.xml")


@require_POST
@door(access.PUBLISH)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the file, unless it has errors."""
    found = access.programme(request.user, code, access.PUBLISH)
    try:
        services.publish_file(actor=actor.of_request(request), programme=found)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("Publicado."))
    return redirect("results:iati", found.code)


@door(access.IATI)
def published(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """A file as it was published."""
    found = access.programme(request.user, code, access.IATI)
    row = access.iati_file(found, key)
    name = f"iati-{found.code}-{row.published_at:%Y-%m-%d}.xml"
    return _sent(shown.content_of(row), name)


def _sent(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XML)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
