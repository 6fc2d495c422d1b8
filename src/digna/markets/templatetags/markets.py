"""How trade numbers and names are written in this room's templates."""

from collections.abc import Sequence
from typing import Any

from django import template

from digna.markets import measures, naming

register = template.Library()
register.filter("usd", measures.usd)
register.filter("short_usd", measures.short_usd)
register.filter("price", measures.price)
register.filter("growth", measures.growth)
register.filter("signed", measures.signed)
register.filter("km", measures.km)
register.filter("hundredths", measures.hundredths)
register.filter("country", naming.country)
register.filter("dotted", naming.dotted)


@register.filter
def written(value: Any, measure: measures.Measure) -> str:
    """Write a number as its measure is written."""
    return measure.write(value)


@register.filter
def split_words(text: str) -> list[str]:
    return text.split()


@register.filter
def at_place(pairs: Sequence[tuple[str, str]], place: str) -> str:
    """Return the code at a place counted from 1; "" past the end."""
    at = int(place) - 1
    return pairs[at][0] if at < len(pairs) else ""
