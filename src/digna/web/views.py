"""Screens that belong to no room: the living style page and what to show when all else fails."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from digna.web.doors import public


@public
def style(request: HttpRequest) -> HttpResponse:
    """Every component and token, alive, on one page."""
    return render(request, "web/style.html")
