"""Countries as customs write them: letters, or a name in Spanish or English."""

import unicodedata
from collections.abc import Mapping

from digna_engines.trade.territories import cldr_names, iso_countries


def plain(text: str) -> str:
    """A name without accents, case or marks, for comparing.

    >>> plain("  PAÍSES  Bajos (Reino de los)")
    'paises bajos reino de los'
    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


class Partners:
    """Finds the source number of a country: what the mapping says first, then letters, then names.

    >>> Partners({"EE.UU.": "USA"}).code("ee.uu."), Partners({}).code("Alemania")
    (842, 276)
    """

    def __init__(self, told: Mapping[str, str]) -> None:
        known = iso_countries()
        self._found: dict[str, int] = {}
        for language in ("es", "en"):
            names = cldr_names(language)
            for country in known.values():
                self._found.setdefault(plain(names.get(country.iso2 or "", "")), country.code)
        for country in known.values():
            self._found[plain(country.iso3 or "")] = country.code
            self._found.setdefault(plain(country.iso2 or ""), country.code)
        self._found |= {
            plain(name): known[letters].code for name, letters in told.items() if letters in known
        }

    def code(self, text: str) -> int | None:
        """The number of a country, or None when nobody knows the name."""
        return self._found.get(plain(text)) if plain(text) else None
