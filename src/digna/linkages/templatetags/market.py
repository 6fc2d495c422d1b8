"""How quantities, prices, months and languages are written in this room's pages."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from digna.linkages import labels, sentences
from digna.linkages.amounts import Tally

register = template.Library()


@register.simple_tag
def quantity(value: Decimal | None, code: str) -> str:
    """Write `2.000 kg`."""
    return labels.quantity(value, code)


@register.simple_tag
def prices(row: Any) -> str:
    """Write the price range of an offer, be it a row or what may be shown of one."""
    return labels.prices(row.price_low, row.price_high, row.currency, row.price_unit)


@register.simple_tag
def price(value: Decimal | None, currency: str, code: str) -> str:
    """Write one price with its unit."""
    return labels.prices(value, None, currency, code)


@register.simple_tag
def languages(codes: Iterable[str]) -> str:
    """Write languages in words."""
    return labels.languages(codes)


@register.simple_tag
def months(given: Iterable[int]) -> str:
    """Write months in words."""
    return labels.months(given)


@register.simple_tag
def told(words: Mapping[str, str], code: str | None) -> str:
    """Write what a code is called; nothing said is told as that."""
    return words.get(code or "", _("a nadie: no se preguntó"))


@register.filter
def tally(found: Tally) -> str:
    """Write sums per currency, side by side."""
    return sentences.tally(found)
