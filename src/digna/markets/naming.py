"""Names of countries and products in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.utils import DatabaseError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from digna.markets import groups
from digna.programmes import kitfile
from digna.programmes.models import InstalledKit
from digna_engines.trade import names, territories

GROUP_NAMES = {"EU": _("Unión Europea"), "ANDEAN": _("Comunidad Andina")}
OWN = "markets"
"""The kit that names the programme's products and knows where capitals lie."""
STARTERS = ("100850", "090111", "120799", "080122", "180100", "510220")


@dataclass(frozen=True, slots=True)
class Named:
    """A product: its code as people write it, a short name, the official wording, a warning."""

    code: str
    dotted: str
    name: str
    official: str
    note: str = ""


def tongue() -> str:
    """The language of names for this reader: `es` or `en`."""
    return "en" if (get_language() or "es").startswith("en") else "es"


def country(code: str) -> str:
    """Return the name of a country or of a group of them; its code where nobody named it."""
    if code in groups.GROUPS:
        return str(GROUP_NAMES[code])
    iso3, _dash, number = code.partition("-")
    found = territories.iso_countries().get(iso3)
    if found is None:
        return code
    if number.isdigit() and int(number) in territories.SPECIAL:
        return territories.SPECIAL[int(number)][tongue() == "en"]
    return territories.cldr_names(tongue()).get(found.iso2 or "", code)


def countries() -> list[tuple[str, str]]:
    """Return every country's code and name, by name."""
    pairs = [(code, country(code)) for code in territories.iso_countries()]
    return sorted(pairs, key=lambda pair: pair[1])


def kit_section(name: str) -> Mapping[str, object]:
    """Return a section of the newest edition of this room's kit; of its folder, uninstalled."""
    try:
        row = InstalledKit.objects.filter(code=OWN).order_by("-loaded_at", "-pk").first()
    except DatabaseError:  # a command, before there is a database
        row = None
    if row is not None:
        return dict(row.documents.get(name, {}))
    return dict(kitfile.read_kit(settings.KITS / OWN).documents[name])


def _book() -> names.Names:
    file = Path(settings.HOME) / "trade" / "beside" / "names.parquet"
    stamp = file.stat().st_mtime_ns if file.is_file() else 0
    try:
        kits = InstalledKit.objects.filter(code=OWN).order_by("-loaded_at", "-pk")
        key = kits.values_list("pk", flat=True).first()
    except DatabaseError:
        key = None
    return _read(key, stamp)


@lru_cache(maxsize=4)
def _read(_kit: int | None, stamp: int) -> names.Names:
    """The kit never changes under its key; the file somebody brought, only with its date."""
    brought = names.read(Path(settings.HOME) / "trade") if stamp else None
    return names.Names(kit_section("products"), brought)


def product(code: str, official: str = "") -> Named:
    """Return how a product is called here; `official` is what its data call it."""
    found = _book().name(code, tongue())
    named = found.text if found.text != code else (official or code)
    return Named(code, dotted(code), named, found.official or official, found.note)


def product_in_both(code: str, official: str = "") -> Mapping[str, str]:
    """Return a product's short name in Spanish and in English."""
    book = _book()
    told = {one: book.name(code, one).text for one in ("es", "en")}
    return {one: text if text != code else (official or code) for one, text in told.items()}


def dotted(code: str) -> str:
    """Return `1008.50` for `100850`."""
    return f"{code[:4]}.{code[4:]}" if len(code) == 6 else code


def search(text: str) -> list[Named]:
    """Return products for common words, best first."""
    return [product(one.code) for one in _book().search(text, language=tongue())]


def starters() -> list[Named]:
    """Return the programme's own products, to begin with."""
    return [product(code) for code in STARTERS]
