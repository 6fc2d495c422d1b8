"""A programme's results, and each indicator's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.results import access, asking, kept
from digna.results.selectors import freshness
from digna.results.selectors import indicator as one
from digna.results.selectors import overview as shown
from digna.results.selectors import together as shared


@door(access.SEE)
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes whose results may be seen."""
    rows = shown.programmes_list(request.user)
    return render(request, "results/programmes.html", {"rows": rows})


@door(access.SEE)
def together(request: HttpRequest) -> HttpResponse:
    """Figures of several interventions as one number, each unit once, and who may claim what."""
    keys = [int(key) for key in request.GET.getlist("cifra") if key.isdigit()]
    page = shared.together_page(request.user, keys, request.GET.get("regla", ""))
    return render(request, "results/together.html", {"page": page})


@door(access.SEE)
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """The results of one programme; stale figures are computed again meanwhile."""
    found = access.programme(request.user, code)
    fresh = asking.fresh(found)

    def draw() -> str:
        page = shown.results_page(request, found, fresh)
        return render_to_string("results/parts/whole.html", {"page": page}, request)

    rights_read = (access.EDIT, access.FREEZE, access.RECORDS)
    is_declared = found.indicators.exists()
    context = {
        "programme": found,
        "fresh": fresh,
        "progress_url": reverse("results:progress", args=[found.code]),
        "may_edit": rights.may(request.user, access.EDIT),
        "whole": kept.drawn(request, "programme", draw, depends_on=rights_read)
        if is_declared
        else "",
    }
    return render(request, "results/programme.html", context)


@door(access.SEE)
def indicator(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """One indicator whole."""
    found = access.programme(request.user, code)
    row = access.indicator(found, indicator)
    page = one.indicator_page(request, found, row, asking.fresh(found))
    return render(request, "results/indicator.html", {"page": page})


@door(access.SEE)
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the figures are still being computed; reloads the page at the end."""
    found = access.programme(request.user, code)
    fresh = freshness.of(found)
    response = render(request, "results/progress.html", {"fresh": fresh, "programme": found})
    if not fresh.is_under_way:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@door(access.SEE)
def recompute(request: HttpRequest, code: str) -> HttpResponse:
    """Compute again because somebody asked."""
    found = access.programme(request.user, code)
    asking.ask(found)
    return redirect("results:programme", found.code)
