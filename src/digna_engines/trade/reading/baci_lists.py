"""BACI's lists of countries and products, whichever of its headers and encodings they have."""

import re
from pathlib import Path

from digna_engines.trade.dimensions import Country, Product, countries_of
from digna_engines.trade.reading import small

_SPECIAL = re.compile("9999[A-Z]{2}")
"""Codes of some releases that are no product of the Harmonized System."""
NAMES = {
    "country_name_abbreviation": "name",
    "country_name": "name",
    "iso_2digit_alpha": "iso2",
    "country_iso2": "iso2",
    "iso_3digit_alpha": "iso3",
    "country_iso3": "iso3",
}


def countries(path: Path) -> tuple[Country, ...]:
    """The countries of a list; both of CEPII's headers are known.

    Errors: ``trade.column``, ``trade.cell``, ``trade.empty``, ``trade.file_unreadable``.
    """
    table = small.opened(path, ("country_code", "name", "iso2", "iso3"), NAMES)
    rows: dict[int, tuple[int, str, str, str]] = {}
    for line, row in table.rows:
        code = row["country_code"].strip()
        if not code.isdigit() or not 0 < int(code) < 1000 or int(code) in rows:
            raise table.wrong(
                line, "country_code", code,
                "Debe ser un número de 1 a 999 que no se repite. Use la lista original.",
                "It must be a number from 1 to 999 that is there once. Use the original list.",
            )  # fmt: skip
        iso2, iso3 = row["iso2"].strip(), row["iso3"].strip()
        rows[int(code)] = (int(code), row["name"].strip(), iso2, iso3)
    return countries_of(rows.values())


def products(path: Path) -> tuple[Product, ...]:
    """The products of a list; a zero that a spreadsheet took is put back, for five digits can only
    be six that began with it.

    Errors: ``trade.column``, ``trade.cell``, ``trade.empty``, ``trade.file_unreadable``.
    """
    table = small.opened(path, ("code", "description"))
    found: dict[str, Product] = {}
    for line, row in table.rows:
        code = row["code"].strip()
        code = code.zfill(6) if len(code) == 5 else code
        if _SPECIAL.fullmatch(code):
            continue
        if len(code) != 6 or not code.isascii() or not code.isdigit() or code in found:
            raise table.wrong(
                line, "code", row["code"],
                "Debe tener seis dígitos y estar una vez. Use la lista original.",
                "It must have six digits and be there once. Use the original list.",
            )  # fmt: skip
        found[code] = Product(code, row["description"].strip())
    return tuple(found[code] for code in sorted(found))
