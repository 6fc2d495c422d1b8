"""All firms on their pathways, and the papers that lapse."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.pathways import access, calendars, exports
from digna.pathways.forms import said
from digna.pathways.selectors import following as selectors
from digna.pathways.selectors.library import shelf, spoken
from digna.web.calendars import CONTENT_TYPE

PAGE = 50


def _filters(request: HttpRequest) -> selectors.Filters:
    asked = request.GET
    return selectors.Filters(
        q=asked.get("q", ""), code=asked.get("ruta", ""), state=asked.get("estado", "")
    )


def _found(request: HttpRequest, filters: selectors.Filters) -> list[selectors.Along]:
    rows = selectors.pathways(request.user, filters)
    return selectors.along(rows, timezone.localdate())


@door(access.FOLLOW)
def firms(request: HttpRequest) -> HttpResponse:
    """How far each firm is."""
    filters = _filters(request)
    every = _found(request, filters)
    found = [one for one in every if selectors.is_in(one, filters.state)]
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "asked": filters,
        "filters": _chips(request, filters, every),
        "is_filtered": any((filters.q, filters.code, filters.state)),
        "codes": [(c, said(p.name, spoken())) for c, p in shelf().library.pathways.items()],
    }
    return render(request, "pathways/firms.html", context)


def _chips(
    request: HttpRequest, filters: selectors.Filters, every: list[selectors.Along]
) -> list[dict[str, Any]]:
    labels = {
        "": _("Todas"),
        "en-curso": _("En curso"),
        "terminadas": _("Terminadas"),
        "vencidas": _("Con papeles por vencer"),
    }
    chips = []
    for state, label in labels.items():
        query = request.GET.copy()
        query.pop("pagina", None)
        query["estado"] = state
        count = sum(selectors.is_in(one, state) for one in every)
        url, is_on = f"?{query.urlencode()}", filters.state == state
        chips.append({"label": label, "count": count, "url": url, "is_on": is_on})
    return chips


@door(access.FOLLOW)
def export_firms(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered."""
    filters = _filters(request)
    found = [one for one in _found(request, filters) if selectors.is_in(one, filters.state)]
    return exports.of_firms(found, "xlsx" if request.GET.get("formato") == "xlsx" else "csv")


@door(access.FOLLOW)
def lapsing(request: HttpRequest) -> HttpResponse:
    """Papers that lapsed or will within sixty days."""
    rows = selectors.lapsing(request.user, timezone.localdate())
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")), "rows": rows}
    return render(request, "pathways/lapsing.html", context)


@door(access.FOLLOW)
def calendar(request: HttpRequest) -> HttpResponse:
    """The days on which papers lapse, for one's calendar."""
    rows = selectors.lapsing(request.user, timezone.localdate(), days=selectors.FAR)
    return _calendar(_("Papeles que vencen"), rows)


@door(access.SEE)
def firm_calendar(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The days on which a firm's papers lapse."""
    firm = access.firm(request.user, key)
    rows = selectors.lapsing_of(firm, timezone.localdate(), days=selectors.FAR)
    return _calendar(_("Papeles que vencen · %(firm)s") % {"firm": firm}, rows)


def _calendar(name: str, rows: Iterable[selectors.Lapsing]) -> HttpResponse:
    content = calendars.of_lapsing(name, rows, at=timezone.now())
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="vencimientos.ics"'
    return response
