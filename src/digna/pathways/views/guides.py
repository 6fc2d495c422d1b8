"""Guides open to the world: a pathway for one's own answers, on screen and on A4."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from digna.accounts import rights
from digna.pathways import access
from digna.pathways.selectors import checklist
from digna.pathways.selectors import guides as shown
from digna.pathways.selectors import regimes as shown_regimes
from digna.web import links, pdf
from digna.web.doors import public


@public
def guides(request: HttpRequest) -> HttpResponse:
    """The pathways there are guides for."""
    return render(request, "pathways/guides.html", {"cards": shown.cards()})


@public
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """One pathway: left the steps, right what they add up to."""
    page = shown.guide(code, request.GET.dict(), timezone.localdate())
    waiting = checklist.open_reports() if rights.may(request.user, access.FOLLOW) else {}
    return render(request, "pathways/guide.html", {"page": page, "waiting": waiting})


@public
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The same list on A4, with a QR that leads back to it."""
    page = shown.guide(code, request.GET.dict(), timezone.localdate())
    address = request.build_absolute_uri(reverse("pathways:guide", args=[code]))
    address = f"{address}?{page.query}" if page.query else address
    context = {"page": page, "url": address, "qr": links.qr(address, scale=3)}
    return pdf.response(request, "pathways/paper_guide.html", context, f"ruta-{code}")


@public
def regimes(request: HttpRequest) -> HttpResponse:
    """Tax regimes and which of them may fit."""
    page = shown_regimes.page(request.GET.dict(), timezone.localdate())
    return render(request, "pathways/regimes.html", {"page": page})
