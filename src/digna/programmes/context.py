"""What templates know about the programme: whether what they show is synthetic."""

from typing import Any

from django.http import HttpRequest


def synthetic(request: HttpRequest) -> dict[str, Any]:
    """Give templates `has_synthetic`."""
    return {"has_synthetic": False}
