"""The way in: what is to be done today, for whoever signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from digna.accounts.doors import signed_in
from digna.config.today import today_page


@signed_in
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    return render(request, "config/today.html", {"page": today_page(request)})
