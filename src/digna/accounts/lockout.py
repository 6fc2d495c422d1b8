"""What a person sees after too many failed sign-ins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """Say for how long, and whom to ask."""
    return render(request, "accounts/locked_out.html", status=429)
