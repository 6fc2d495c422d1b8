"""Countries by their letters: what they are called, and the number trade sources give them.

Names, two letters and numbers come from CLDR, the Unicode Consortium's locale data, through babel;
where the sources of trade number a country differently from ISO, theirs wins.
"""

import re
from collections.abc import Mapping
from functools import cache

from digna_engines.trade.dimensions import OTHER_ASIA, Country

SOURCE_NUMBERS = {"FRA": 251, "USA": 842, "IND": 699, "CHE": 757, "NOR": 579, "TWN": OTHER_ASIA}
"""Numbers of BACI and UN Comtrade that are not ISO's: France with Monaco, the United States with
Puerto Rico, India, Switzerland with Liechtenstein, Norway with Svalbard, and «Other Asia»."""
SPECIAL: Mapping[int, tuple[str, str]] = {
    58: ("Bélgica y Luxemburgo (hasta 1998)", "Belgium and Luxembourg (to 1998)"),
    251: ("Francia (con Mónaco)", "France (with Monaco)"),
    280: ("Alemania (República Federal, hasta 1990)", "Germany (Federal Republic, to 1990)"),
    490: ("Otros de Asia (Taiwán)", "Other Asia (Taiwan)"),
    579: ("Noruega (con Svalbard)", "Norway (with Svalbard)"),
    697: ("AELC, sin especificar", "EFTA, not specified"),
    699: ("India", "India"),
    711: ("Unión Aduanera del África Austral", "Southern African Customs Union"),
    736: ("Sudán (hasta 2011)", "Sudan (to 2011)"),
    757: ("Suiza (con Liechtenstein)", "Switzerland (with Liechtenstein)"),
    842: ("Estados Unidos (con Puerto Rico)", "United States (with Puerto Rico)"),
    849: ("Islas del Pacífico de Estados Unidos", "United States Pacific islands"),
}
"""What codes that are not a country of today, or more than one, cover."""


def name_of(country: Country, language: str) -> str:
    """What a country of a release is called in Spanish or English, and what else it covers.

    Edge cases: a code CLDR has no name for keeps the release's own.

    >>> name_of(Country(68, "BOL", "BOL", "BO", "Bolivia (Plurinational State of)"), "es")
    'Bolivia'
    >>> name_of(Country(711, "ZAF-711", "ZAF", "ZA", "So. African Customs Union"), "es")
    'Unión Aduanera del África Austral'
    """
    if country.code in SPECIAL:
        return SPECIAL[country.code][0 if language.startswith("es") else 1]
    return cldr_names(language[:2]).get(country.iso2 or "", country.name_en)


@cache
def iso_countries() -> Mapping[str, Country]:
    """The countries of today by ISO letters, with the numbers trade sources use.

    >>> iso_countries()["BOL"].code, iso_countries()["USA"].code, iso_countries()["NAM"].iso2
    (68, 842, 'NA')
    """
    three, number = _aliases()
    found = {}
    for iso2, iso3 in three.items():
        code = SOURCE_NUMBERS.get(iso3, number.get(iso2))
        if code is not None:
            found[iso3] = Country(code, iso3, iso3, iso2, cldr_names("en").get(iso2, iso3))
    return found


def iso2_of(iso3: str) -> str | None:
    """The two letters of three; None for letters that are no country of today.

    >>> iso2_of("NAM"), iso2_of("W00")
    ('NA', None)
    """
    found = iso_countries().get(iso3)
    return found.iso2 if found else None


@cache
def cldr_names(language: str) -> Mapping[str, str]:
    """What CLDR calls each territory in a language, by its two letters."""
    from babel import Locale

    return dict(Locale(language).territories)


_OLD_LETTERS = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
_OLD_NUMBERS = frozenset({230, 249, 278, 280, 720, 736, 886})
"""Letters and numbers of states that are no more; CLDR leads them to the country of today."""


@cache
def _aliases() -> tuple[Mapping[str, str], Mapping[str, int]]:
    """ISO's three letters and numbers by two letters, from CLDR's table of other names."""
    from babel.core import get_global

    three: dict[str, str] = {}
    number: dict[str, int] = {}
    for other, now in sorted(get_global("territory_aliases").items()):
        if len(now) != 1 or now[0] not in cldr_names("en"):
            continue
        if re.fullmatch("[A-Z]{3}", other) and other not in _OLD_LETTERS:
            three.setdefault(now[0], other)
        if re.fullmatch(r"\d{3}", other) and int(other) not in _OLD_NUMBERS:
            number.setdefault(now[0], int(other))
    return three, number
