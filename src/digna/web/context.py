"""What every template knows about the screen it is on."""

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from digna.web import themes

VERSION = version("digna")


def screen(request: HttpRequest) -> dict[str, Any]:
    """Give templates the language in use, the ones on offer and which room they are in."""
    match = request.resolver_match
    return {
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "languages": settings.LANGUAGES,
        "theme": themes.chosen(request),
        "version": VERSION,
        "room": match.app_name if match else "",
        "fragment": request.headers.get("hx-request") == "true",
    }
