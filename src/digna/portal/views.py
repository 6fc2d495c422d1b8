"""The public account: no sign-in, little weight, told apart by what it says."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.portal import exports
from digna.portal.selectors import account as shown
from digna.results.selectors import iati as iati_files
from digna.web import themes
from digna.web.context import VERSION
from digna.web.doors import public

FRESH_FOR = 300


def _told_apart(
    request: HttpRequest, said: object, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer «not modified» to whoever has this very page; else the page, marked."""
    what = (said, get_language(), themes.chosen(request), VERSION, str(request.user))
    etag = quote_etag(hashlib.sha256(repr(what).encode()).hexdigest()[:32])
    known = get_conditional_response(request, etag=etag)
    response = known if isinstance(known, HttpResponseNotModified) else answer()
    response.headers["ETag"] = etag
    return response


@public
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that give account in public."""
    return render(request, "portal/programmes.html", {"programmes": shown.programmes()})


@public
def account(request: HttpRequest, code: str) -> HttpResponse:
    """The account of one programme by strategic area."""
    page = shown.account_page(shown.programme(code), get_language() or "")
    response = _told_apart(
        request, page, lambda: render(request, "portal/account.html", {"page": page})
    )
    patch_cache_control(response, no_cache=True)
    return response


@public
def definition(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """What one public figure counts, and its parts."""
    page = shown.definition_page(shown.programme(code), indicator)
    response = _told_apart(
        request, page, lambda: render(request, "portal/definition.html", {"page": page})
    )
    patch_cache_control(response, no_cache=True)
    return response


@public
def figures(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same figures as data."""
    found = shown.programme(code)
    rows = exports.rows(found, request.build_absolute_uri("/").rstrip("/"))
    if form == "csv":
        response = _told_apart(request, rows, lambda: exports.as_csv(f"cifras-{code}", rows))
    elif form == "json":
        response = _told_apart(request, rows, lambda: exports.as_json(found, rows))
    else:
        raise NotVisible("portal.export.form", _("Hay csv y json; no «%s».") % form)
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    return response


@public
def open_data(request: HttpRequest, code: str) -> HttpResponse:
    """The public figures as a data package; `hxl=1` adds a row of hashtags."""
    found = shown.programme(code)
    rows = exports.rows(found, request.build_absolute_uri("/").rstrip("/"))
    hxl = request.GET.get("hxl") == "1"
    content = exports.as_package(found, rows, timezone.now(), hxl=hxl)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="datos-{code}.zip"'
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    return response


@public
def iati(request: HttpRequest, code: str) -> HttpResponse:
    """The newest IATI file that the programme published."""
    row = iati_files.newest_file(shown.programme(code))
    if row is None:
        raise NotVisible("portal.iati.none", _("Este programa todavía no publicó un archivo IATI."))
    response = HttpResponse(iati_files.content_of(row), content_type="application/xml")
    patch_cache_control(response, public=True, max_age=FRESH_FOR)
    return response
