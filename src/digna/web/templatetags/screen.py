"""Filters for numbers and days, icons and the query string; builtins in every template."""

from datetime import date, datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from digna.web import days, devices, numbers

register = template.Library()

register.filter("number", numbers.number)
register.filter("share_of", numbers.share)
register.filter("percent_of", numbers.percent)
register.filter("money", numbers.money)
register.filter("width_of", numbers.width)
register.filter("day", days.day)
register.filter("weekday", days.weekday)
register.filter("moment", days.moment)
register.filter("device", devices.device)


@register.filter
def since(value: date | datetime | None) -> str:
    """Return `hace 3 días`; the clock is read here, at the very edge."""
    return days.since(value)


@register.simple_tag
def icon(name: str, label: Any = "", reader: Any = "") -> SafeString:
    """Draw the icon `name`, with words beside it (`label`) or for readers only (`reader`)."""
    drawing = format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("web/dist/icons.svg"),
        name,
    )
    spoken = format_html('<span class="for-readers">{}</span>', reader) if reader else ""
    return format_html("{}{}{}", drawing, f" {label}" if label else "", spoken)


@register.simple_block_tag
def wrap(content: str, element: str, **attributes: Any) -> SafeString:
    """Put `content` into an element, or leave the element out when there is nothing to put in."""
    if not content.strip():
        return mark_safe("")
    pairs = [(name.replace("_", "-"), value) for name, value in attributes.items()]
    written = format_html_join("", ' {}="{}"', pairs)
    return format_html("<{}{}>{}</{}>", element, written, conditional_escape(content), element)


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
