"""What a step is called, in a table of steps."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """Return the name of a code; the code itself where it is no longer known."""
    return names.get(code, code)


@register.filter
def of(counts: Mapping[str, int], code: str) -> int:
    """Return how many there are of a step."""
    return counts.get(code, 0)
