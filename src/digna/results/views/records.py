"""The records behind a figure, and the figures as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from digna.accounts.doors import door
from digna.results import access, exports, tasks
from digna.results import open_data as opening
from digna.results.selectors import records as shown


@door(access.RECORDS)
def records(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """The records behind a figure or a part; those of a part are found when first asked for."""
    found = access.programme(request.user, code, access.RECORDS)
    figure = access.figure(found, key)
    page = shown.records_page(request, found, figure)
    if page.is_looking:
        tasks.find_members.enqueue(figure.pk)
        page = shown.records_page(request, found, figure)
    return render(request, "results/records.html", {"page": page})


@door(access.SEE)
def export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Every figure with its parts, as csv, xlsx or JSON."""
    return exports.figures(access.programme(request.user, code), form)


@door(access.OPEN_DATA)
def open_data(request: HttpRequest, code: str) -> HttpResponse:
    """Figures and facts as a data package; `hxl=1` adds a row of hashtags."""
    found = access.programme(request.user, code, access.OPEN_DATA)
    content = opening.package(found, timezone.now(), hxl=request.GET.get("hxl") == "1")
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="datos-{found.code}.zip"'
    return response
