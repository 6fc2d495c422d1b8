"""Filters for numbers and the query string; builtins in every template."""

from typing import Any

from django import template
from django.http import HttpRequest

from digna.web import numbers

register = template.Library()

register.filter("number", numbers.number)
register.filter("share_of", numbers.share)
register.filter("percent_of", numbers.percent)
register.filter("money", numbers.money)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """Return this page's query string with `changes`; None or empty drops the key."""
    request: HttpRequest = context["request"]
    parameters = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"
