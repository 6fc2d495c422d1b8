"""Filling forms in the field app: which there are, one to fill, one to type in from paper."""

import uuid

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page

from digna.accounts import fieldwork
from digna.accounts.doors import door
from digna.accounts.models import User
from digna.surveys import access, lists, taking_along
from digna.surveys.models import FormVersion, SurveyForm
from digna.surveys.reading import attachments
from digna.surveys.selectors import filling as selectors
from digna.surveys.services import forms as services
from digna.surveys.views import serving
from digna.web.middleware import WITH_ENGINE

YEAR = "private, max-age=31536000, immutable"


@door(access.SEND)
def to_fill(request: HttpRequest) -> HttpResponse:
    """The forms that may be filled now, and what the office returned."""
    context = {
        "base": fieldwork.BASE,
        "rows": selectors.to_fill(request.user),
        "returned": selectors.returned(request.user),
    }
    return render(request, "surveys/to_fill.html", context)


@door(access.SEND)
@never_cache
def fill(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One form: what was begun on this telephone, and a new one."""
    return _page(request, access.form_to_fill(request.user, key), is_paper=False)


@door(access.SEND)
@never_cache
def type_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One form as a keyboard's work: what was filled on paper, one after the other."""
    return _page(request, access.form_to_fill(request.user, key), is_paper=True)


def _page(request: HttpRequest, form: SurveyForm, *, is_paper: bool) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 — the door saw to it
    version = services.newest(form)
    context = {
        "base": "" if is_paper else fieldwork.BASE,
        "form": form,
        "hash": taking_along.revision(version),
        "definition_url": taking_along.definition_url(version),
        "is_paper": is_paper,
        "is_open": form.state == SurveyForm.State.OPEN,
        "typed": selectors.typed_today(user, form) if is_paper else 0,
        "returned": selectors.returned(user, form),
        "back_url": reverse("surveys:form", args=[form.public_id])
        if is_paper
        else reverse("surveys:to_fill"),
    }
    response = render(request, "surveys/fill.html", context)
    response["Content-Security-Policy"] = WITH_ENGINE
    return response


@door(access.SEND)
@gzip_page  # questions are long and alike, and nothing in them is secret
def definition(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A form as the telephone fills it: the version that is asked for, else the newest."""
    form = access.form_to_fill(request.user, key)
    asked = request.GET.get("v", "").partition("-")[0]
    version = form.versions.filter(md5=asked).first() or services.newest(form)
    told = taking_along.definition(version)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@door(access.SEND)
def along(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What to take along to fill this form without signal."""
    form = access.form_to_fill(request.user, key)
    user = request.user
    assert isinstance(user, User)  # noqa: S101 — the door saw to it
    version = services.newest(form)
    urls = [
        *taking_along.of_form(version),
        *taking_along.live_lists(user, [version]),
        *taking_along.engine(),
    ]
    urls[0]["kind"] = "course"  # where the shell's link leads
    told = {
        "course": f"form:{form.public_id}",
        "kind": "form",
        "version": version.number,
        "person": str(user.public_id),
        "name": user.name,
        "title": form.title,
        "language": request.LANGUAGE_CODE,
        "urls": urls,
        "total_bytes": sum(row["bytes"] for row in urls),
    }
    return JsonResponse(told)


@door(access.SEND)
def media(request: HttpRequest, key: uuid.UUID, name: str) -> FileResponse:
    """A file that a form leans on; its address changes with what it holds."""
    form = access.form_to_fill(request.user, key)
    rows = [m for v in _versions(form) for m in v.media.all() if m.name == name]
    asked = request.GET.get("v", "")
    row = next((one for one in rows if one.md5 == asked), rows[0] if rows else None)
    if row is None:
        raise access.gone()
    kind = attachments.type_of(row.name) or "application/octet-stream"
    response = FileResponse(row.file.open("rb"), filename=row.name, content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    if row.md5 == asked:
        response["Cache-Control"] = YEAR
    return response


@door(access.SEND)
def live_list(request: HttpRequest, programme: str, name: str) -> HttpResponseBase:
    """A list of the register as it is now, for who asks."""
    within = access.programmes_of(request.user, access.SEND).filter(code=programme).first()
    live = lists.known().get(name)
    if within is None or live is None:
        raise access.gone()
    return serving.live_list(request, lists.Shelf(request.user).content(within, live))


def _versions(form: SurveyForm) -> list[FormVersion]:
    rows = form.versions.defer("xform", "definition").prefetch_related("media")
    return list(rows.order_by("-number"))
