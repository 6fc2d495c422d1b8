"""What templates know about the person: the codes of the rights they hold."""

from typing import Any

from django.http import HttpRequest

from digna.accounts import rights


def rights_of_request(request: HttpRequest) -> dict[str, Any]:
    """Give templates `may`: a set of right codes."""
    return {"may": rights.codes_of(getattr(request, "user", None))}
