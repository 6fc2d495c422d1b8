"""What every template knows about the screen it is on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def screen(request: HttpRequest) -> dict[str, Any]:
    """Give templates the language in use, the ones on offer and which room they are in."""
    match = request.resolver_match
    return {
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "languages": settings.LANGUAGES,
        "room": match.app_name if match else "",
        "fragment": request.headers.get("hx-request") == "true",
    }
