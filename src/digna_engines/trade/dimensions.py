"""The countries and products of a release: their codes, and one label a person can read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OTHER_ASIA = 490
"""The release's «Other Asia, not elsewhere specified»: in practice Taiwan."""
FORMER = frozenset({58, 280, 711, 736})
"""Codes of former states and unions that share an ISO code with the state of today: Belgium and
Luxembourg, the Federal Republic of Germany to 1990, the customs union of southern Africa, Sudan
with the south."""
NO_CODE = frozenset({"", "N/A", "NA", "S19"})
ISO2_OF = {"NAM": "NA"}
"""Namibia's two letters read as «not available» wherever a table was opened by a program that
knows no better."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of a release.

    Symbols: ``code`` the source's own number (not ISO's); ``label`` is unique within a release:
    the ISO letters, or ``ZAF-711`` where a release has two codes for the same letters, or
    ``NES-697`` for what has no letters.
    """

    code: int
    label: str
    iso3: str | None
    iso2: str | None
    name_en: str


@dataclass(frozen=True, slots=True)
class Product:
    """A six-digit code of the Harmonized System, as text, and the name the release gives it."""

    code: str
    name_en: str

    @property
    def number(self) -> int:
        """The code as the store keeps it."""
        return int(self.code)


def countries_of(rows: Iterable[tuple[int, str, str, str]]) -> tuple[Country, ...]:
    """Label the rows (code, name, ISO2, ISO3) of a country list, in the order of codes.

    Choices: where two codes share their letters, the state of today keeps the bare letters.
    Edge cases: letters that are missing are missing; «Other Asia» is given Taiwan's.

    >>> [c.label for c in countries_of([(710, "South Africa", "ZA", "ZAF"),
    ...     (711, "So. African Customs Union", "ZA", "ZAF"), (697, "EFTA, nes", "N/A", "N/A")])]
    ['NES-697', 'ZAF', 'ZAF-711']
    """
    found = sorted((code, name, *_letters(code, iso2, iso3)) for code, name, iso2, iso3 in rows)
    kept = _keepers(found)
    return tuple(
        Country(code, _label(code, iso3, kept), iso3 or None, iso2 or None, name)
        for code, name, iso2, iso3 in found
    )


def _letters(code: int, iso2: str, iso3: str) -> tuple[str, str]:
    if code == OTHER_ASIA:
        return "TW", "TWN"
    three = "" if iso3 in NO_CODE else iso3
    two = ISO2_OF.get(three, "" if iso2 in NO_CODE else iso2)
    return two, three


def _keepers(rows: list[tuple[int, str, str, str]]) -> Mapping[str, int]:
    """Which code of several with the same letters keeps them bare."""
    shared = Counter(iso3 for _code, _name, _iso2, iso3 in rows)
    kept: dict[str, int] = {}
    for code, _name, _iso2, iso3 in rows:
        if iso3 and (shared[iso3] == 1 or code not in FORMER):
            kept.setdefault(iso3, code)
    return kept


def _label(code: int, iso3: str, kept: Mapping[str, int]) -> str:
    if not iso3:
        return f"NES-{code}"
    return iso3 if kept.get(iso3) == code else f"{iso3}-{code}"
