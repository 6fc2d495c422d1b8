"""Tariffs a person brings: the lowest one that applies, and what nobody told is not nought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digna_engines.trade import beside
from digna_engines.trade.beside import Origin
from digna_engines.trade.reading import small

KIND = "tariffs"
EVERYONE = "WLD"
_EU27 = (
    "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT "
    "ROU SVK SVN SWE"
)
UNIONS: Mapping[str, frozenset[str]] = {
    "EU27": frozenset(_EU27.split()),
    "SACU": frozenset(["BWA", "LSO", "NAM", "SWZ", "ZAF"]),
    "EAEU": frozenset(["ARM", "BLR", "KAZ", "KGZ", "RUS"]),
    "GCC": frozenset(["ARE", "BHR", "KWT", "OMN", "QAT", "SAU"]),
}
"""Customs unions: no tariff among their members, and one name for all of them in a file."""
Triple = tuple[str, str, str]
_Cell = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff that applies.

    Symbols: ``rate`` a fraction of the value (0.05 is 5 %); ``kind`` ``MFN`` what members of the
    World Trade Organization pay, ``PREF`` a preference, ``UNION`` within a customs union; ``year``
    of the tariff, None within a union.
    """

    rate: float
    kind: str
    year: int | None


@dataclass(frozen=True, eq=False)
class Tariffs:
    """Tariffs by importer, exporter (or everyone), product and kind: the latest year of each."""

    cells: Mapping[_Cell, tuple[float, int]]
    hs: str
    origin: Origin | None = None

    def applied(self, exporter: str, product: str, importer: str) -> Tariff | None:
        """The lowest tariff that applies: min(latest MFN, latest preference); None when not told.

        Edge cases: within a customs union 0, whatever a file says; a preference that is above MFN
        does not apply.

        >>> told = Tariffs({("DEU", "WLD", "100850", "MFN"): (0.037, 2022)}, "17")
        >>> told.applied("BOL", "100850", "DEU").rate, told.applied("BOL", "090111", "DEU")
        (0.037, None)
        """
        seller, buyer = exporter.partition("-")[0], importer.partition("-")[0]
        if any(seller in union and buyer in union for union in UNIONS.values()):
            return Tariff(0.0, "UNION", None)
        offers = []
        for kind in ("MFN", "PREF"):
            found = self._latest(buyer, seller, product, kind)
            if found is not None:
                offers.append(Tariff(found[0], kind, found[1]))
        return min(offers, key=lambda one: one.rate, default=None)

    def of(self, cells: Iterable[Triple]) -> dict[Triple, float]:
        """The known rates of some (exporter, product, market): what the export potential takes."""
        found = {cell: self.applied(*cell) for cell in cells}
        return {cell: tariff.rate for cell, tariff in found.items() if tariff is not None}

    def _latest(
        self, importer: str, exporter: str, product: str, kind: str
    ) -> tuple[float, int] | None:
        """The latest of what a file says of the exporter itself, of its union, of everyone."""
        buyers, sellers = _names(importer), [*_names(exporter), EVERYONE]
        for buyer in buyers:
            told = [self.cells.get((buyer, seller, product, kind)) for seller in sellers]
            found = [one for one in told if one is not None]
            if found:
                return max(found, key=lambda one: (one[1], -one[0]))
        return None


def bring(root: Path, path: Path) -> Origin:
    """Keep a file of tariffs.

    Columns: ``importer`` and ``exporter`` (ISO letters, a customs union's name, or ``WLD`` for
    everyone), ``hs6``, ``hs_rev`` (``17``), ``year``, ``type`` (MFN or PREF), ``rate_pct`` in per
    cent; several years of a cell may be there, the latest counts.
    Errors: ``trade.column``, ``trade.cell``, ``trade.empty``, ``trade.file_unreadable``.
    """
    needed = ("importer", "exporter", "hs6", "hs_rev", "year", "type", "rate_pct")
    table = small.opened(path, needed)
    found: dict[tuple[str, _Cell, int], float] = {}
    for line, row in table.rows:
        cell = (
            _party(table, line, row, "importer"), _party(table, line, row, "exporter"),
            _product(table, line, row), _kind(table, line, row),
        )  # fmt: skip
        key = (_edition(table, line, row), cell, int(table.number(line, row, "year")))
        if key in found:
            raise table.wrong(
                line, "hs6", row["hs6"], "Esa fila está dos veces. Deje una.",
                "That row is there twice. Leave one.",
            )  # fmt: skip
        rate = table.number(line, row, "rate_pct", least=0)
        if rate > 1000:
            raise table.wrong(
                line, "rate_pct", row["rate_pct"], "Un arancel va de 0 a 1000 %.",
                "A tariff goes from 0 to 1000 %.",
            )  # fmt: skip
        found[key] = round(rate / 100, 12)
    columns: dict[str, list[Any]] = {
        "hs": [key[0] for key in found],
        **{name: [key[1][at] for key in found]
           for at, name in enumerate(("importer", "exporter", "product", "kind"))},
        "year": [key[2] for key in found],
        "rate": list(found.values()),
    }  # fmt: skip
    return beside.keep(root, KIND, columns, path, path.name)


def read(root: Path, hs: str) -> Tariffs | None:
    """What somebody brought for an edition of the Harmonized System, or None."""
    kept = beside.load(root, KIND)
    if kept is None:
        return None
    columns, origin = kept
    cells: dict[_Cell, tuple[float, int]] = {}
    for edition, buyer, seller, product, kind, year, rate in zip(*columns.values(), strict=True):
        cell = (buyer, seller, product, kind)
        if edition == hs and (cell not in cells or year > cells[cell][1]):
            cells[cell] = (rate, year)
    return Tariffs(cells, hs, origin) if cells else None


def _names(letters: str) -> list[str]:
    return [letters, *(name for name, members in UNIONS.items() if letters in members)]


def _party(table: small.Small, line: int, row: small.Row, column: str) -> str:
    text = row[column].strip().upper()
    if text in UNIONS or text == EVERYONE:
        return text
    return table.iso3(line, row, column)


def _product(table: small.Small, line: int, row: small.Row) -> str:
    text = row["hs6"].strip().replace(".", "")
    if len(text) != 6 or not text.isdigit():
        raise table.wrong(
            line, "hs6", row["hs6"],
            "Son seis dígitos; si empieza con 0, léalo como texto para no perderlo.",
            "It has six digits; if it begins with 0, keep it as text so as not to lose it.",
        )  # fmt: skip
    return text


def _edition(table: small.Small, line: int, row: small.Row) -> str:
    text = row["hs_rev"].strip().upper().removeprefix("HS")[-2:]
    if text not in {"92", "96", "02", "07", "12", "17", "22"}:
        raise table.wrong(
            line, "hs_rev", row["hs_rev"], "La edición es 92, 96, 02, 07, 12, 17 o 22.",
            "The edition is 92, 96, 02, 07, 12, 17 or 22.",
        )  # fmt: skip
    return text


def _kind(table: small.Small, line: int, row: small.Row) -> str:
    text = row["type"].strip().upper()
    if text not in {"MFN", "PREF"}:
        raise table.wrong(
            line, "type", row["type"], "Debe ser MFN o PREF.", "It must be MFN or PREF."
        )
    return text
