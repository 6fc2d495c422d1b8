"""Names of countries and products in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from digna.markets import groups

GROUP_NAMES = {"EU": _("Unión Europea"), "ANDEAN": _("Comunidad Andina")}


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
    """Return the name of a country or of a group of them; its code where nobody named it."""
    if code in groups.GROUPS:
        return str(GROUP_NAMES[code])
    return _names(tongue()).get(code, code)


def countries() -> list[tuple[str, str]]:
    """Return every country's code and name, by name."""
    return sorted(_names(tongue()).items(), key=lambda pair: pair[1])


@cache
def _names(language: str) -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    territories = Locale.parse(language).territories
    return {
        letters: territories[two[0]]
        for letters, two in get_global("territory_aliases").items()
        if len(letters) == 3 and letters.isalpha() and two[0] in territories
    }


def product(code: str, official: str = "") -> Named:
    """Return how a product is called here."""
    return Named(code, dotted(code), official or code, official)


def product_in_both(code: str, official: str = "") -> Mapping[str, str]:
    """Return a product's short name in Spanish and in English."""
    return {"es": official or code, "en": official or code}


def dotted(code: str) -> str:
    """Return `1008.50` for `100850`."""
    return f"{code[:4]}.{code[4:]}" if len(code) == 6 else code


def search(text: str) -> list[Named]:
    """Return products for common words, best first."""
    return []


def starters() -> list[Named]:
    """Return the programme's own products, to begin with."""
    return [product("100850"), product("090111")]
