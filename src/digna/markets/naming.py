"""Names of countries and products in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Named:
    """A product: its code as people write it, a short name, the official wording."""

    code: str
    dotted: str
    name: str
    official: str


def tongue() -> str:
    """The language of names for this reader: `es` or `en`."""
    return "en" if (get_language() or "es").startswith("en") else "es"


def country(code: str) -> str:
    """Return a country's name, or its code where nobody named it."""
    raise NotImplementedError


def product(code: str, official: str = "") -> Named:
    """Return how a product is called here."""
    raise NotImplementedError


def product_in_both(code: str, official: str = "") -> Mapping[str, str]:
    """Return a product's short name in Spanish and in English."""
    raise NotImplementedError


def dotted(code: str) -> str:
    """Return `1008.50` for `100850`."""
    return f"{code[:4]}.{code[4:]}" if len(code) == 6 else code


def search(text: str) -> list[Any]:
    """Return products for common words, best first."""
    raise NotImplementedError
