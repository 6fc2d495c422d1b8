"""What this room's templates need besides the screen's own filters."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def at(held: Mapping[str, Any], name: str) -> Any:
    """Return what a mapping holds under a name; None where it holds nothing."""
    return held.get(name)
