"""CEPII's BACI: world trade reconciled, as its zip or its files have it.

Layout (Gaulier and Zignago 2010; CEPII's description): one file of a year,
``BACI_HS17_Y2023_V202501.csv``, with ``t,i,j,k,v,q``: year, exporter, importer, product of six
digits as text, value in thousand US dollars, quantity in metric tons or missing; a list of
countries and one of products beside it. Codes of countries are BACI's own.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.connecting import copy, parquet
from digna_engines.trade.dimensions import Country, Product
from digna_engines.trade.gathered import Gathered
from digna_engines.trade.manifest import SourceFile
from digna_engines.trade.reading import baci_lists, scanning
from digna_engines.trade.reading.scanning import Check, Text
from digna_engines.trade.reading.unpacking import Bundle
from digna_engines.trade.reports import Progress

LICENCE = "Etalab Open Licence 2.0"
ATTRIBUTION = "CEPII, BACI (Gaulier & Zignago 2010)"
MARK = "SYNTHETIC.txt"
"""A bundle with a file of this name holds an invented world, and everything made of it says so."""
COLUMNS = ("t", "i", "j", "k", "v", "q")
PROVISIONAL = 2
"""Years at the end of a release that CEPII calls provisional."""
_FLOWS = re.compile(r"BACI_HS(?P<hs>\d\d)_Y(?P<year>\d{4})(?P<rest>.*)\.csv(\.gz)?$", re.IGNORECASE)
_RELEASE = re.compile(r"_V(\d{6}[a-z]?)", re.IGNORECASE)
SELECT = {
    "exporter": "TRY_CAST(i AS SMALLINT)",
    "importer": "TRY_CAST(j AS SMALLINT)",
    "product": "TRY_CAST(k AS INTEGER)",
    "year": "TRY_CAST(t AS SMALLINT)",
    "value": "TRY_CAST(round(TRY_CAST(v AS DOUBLE) * 1000) AS BIGINT)",
    "quantity": "TRY_CAST(round(TRY_CAST(q AS DOUBLE) * 1000) AS BIGINT)",
}


@dataclass(frozen=True)
class Plan:
    """What will be read: the files of each year and the lists, before anything heavy is done."""

    bundle: Bundle
    hs: str
    release: str
    flows: Mapping[int, str]
    countries: str
    products: str
    synthetic: bool

    @property
    def source(self) -> str:
        return "synthetic" if self.synthetic else "baci"

    @property
    def choices(self) -> str:
        """What was asked for besides the files: two choices of one zip are two releases."""
        return ",".join(str(year) for year in sorted(self.flows))

    def files(self) -> tuple[SourceFile, ...]:
        """The files of the release with their hashes."""
        return self.bundle.sources((*self.flows.values(), self.countries, self.products))

    def gather(self, working: Path, database: Any, progress: Progress) -> Gathered:
        """Read what was planned."""
        return gather(self, working, database, progress)


def plan(
    path: Path,
    *,
    hs: str | None = None,
    release: str | None = None,
    years: frozenset[int] | None = None,
) -> Plan:
    """See what is in ``path`` and that it belongs together.

    Symbols: ``hs`` the edition wanted, which may be left out when there is one; ``release`` the
    release of files whose name has none; ``years`` to take only some.
    Errors: ``trade.file_absent``, ``trade.zip``, ``trade.file_name`` where no file is called as
    BACI calls them, ``trade.edition``, ``trade.release``, ``trade.list_absent``, ``trade.year``.
    """
    bundle = Bundle.of(path)
    found = [(name, match) for name in bundle.names if (match := _FLOWS.match(name))]
    if not bundle.is_zip and path.is_file():
        found = [(name, match) for name, match in found if name == path.name]
    edition = _edition(path, {match["hs"] for _, match in found}, hs)
    found = [(name, match) for name, match in found if match["hs"] == edition]
    told = {one[1] for name, _ in found if (one := _RELEASE.search(name))}
    named = _release(path, told, release, bundle.names)
    flows = {int(match["year"]): name for name, match in found}
    chosen = _chosen(path, flows, years)
    return Plan(
        bundle=bundle,
        hs=edition,
        release=named,
        flows=chosen,
        countries=_list(bundle, "country_codes", named, ""),
        products=_list(bundle, f"product_codes_HS{edition}", named, edition),
        synthetic=MARK in bundle.names,
    )


def gather(told: Plan, working: Path, database: Any, progress: Progress) -> Gathered:
    """Read every year of a plan into the workspace.

    Errors: those of ``scanning.typed`` and of ``baci_lists``; ``trade.header``; ``trade.twice``;
    ``trade.unknown_code`` for a country or product that is in no list; ``trade.other_year``.
    """
    with told.bundle.file(told.countries, working, progress) as path:
        countries = baci_lists.countries(path)
    with told.bundle.file(told.products, working, progress) as path:
        products = baci_lists.products(path)
    parts, left_out = {}, Counter[str]()
    for done, (year, name) in enumerate(sorted(told.flows.items())):
        progress("reading", done, len(told.flows))
        with told.bundle.file(name, working, progress) as path:
            text = _text(path, name)
            parts[year] = working / f"part-{year}.parquet"
            left_out.update(_read_year(database, text, year, parts[year], countries, products))
    progress("reading", len(told.flows), len(told.flows))
    warnings = [] if told.release in told.products else ["products_of_another_release"]
    return Gathered(
        source=told.source,
        release=told.release,
        hs=told.hs,
        parts=parts,
        countries=countries,
        products=products,
        files=told.files(),
        licence="EUPL-1.2" if told.synthetic else LICENCE,
        attribution="Digna: invented figures" if told.synthetic else ATTRIBUTION,
        synthetic=told.synthetic,
        provisional_years=_provisional(told.release, parts),
        left_out={why: count for why, count in left_out.items() if count},
        warnings=tuple(warnings),
        choices=told.choices,
    )


def _read_year(
    database: Any, text: Text, year: int, part: Path,
    countries: tuple[Country, ...], products: tuple[Product, ...],
) -> dict[str, int]:  # fmt: skip
    """Type and check a year; give how many rows stayed out, and why."""
    scanning.typed(database, text, SELECT, _checks(year), part)
    scanning.refuse_unknown(
        database, text, part, {"exporter": "i", "importer": "j"}, (one.code for one in countries),
        "trade.unknown_code",
        "Ese país no está en la lista de países. Use la lista del mismo zip.",
        "That country is not in the list of countries. Use the list of the same zip.",
    )  # fmt: skip
    scanning.refuse_unknown(
        database, text, part, {"product": "k"}, (one.number for one in products),
        "trade.unknown_code",
        "Ese producto no está en la lista de productos. ¿Es la lista de la misma edición del HS?",
        "That product is not in the list of products. Is the list of the same edition of the HS?",
    )  # fmt: skip
    scanning.refuse_twice(database, text, part, {"exporter": "i", "importer": "j", "product": "k"})
    return _without_crumbs(database, part)


def _without_crumbs(database: Any, part: Path) -> dict[str, int]:
    """Take out flows that round to no dollar, and those of codes that are no product."""
    below, special = database.execute(
        "SELECT count(*) FILTER (value = 0), count(*) FILTER (product IS NULL) "  # noqa: S608
        f"FROM {parquet([part])}"
    ).fetchone()
    if below or special:
        whole = part.with_suffix(".whole")
        kept = f"SELECT * FROM {parquet([part])} WHERE value > 0 AND product IS NOT NULL"  # noqa: S608
        copy(database, kept, whole, compression="snappy")
        whole.replace(part)
    return {"below_one_dollar": below, "special_codes": special}


def _text(path: Path, name: str) -> Text:
    with path.open("rb") as file:
        header = file.readline().decode("utf-8-sig", "replace").strip()
    columns = tuple(one.strip().strip('"') for one in header.split(","))
    if columns != COLUMNS:
        raise EngineError(
            "trade.header",
            f"«{name}», línea 1: las columnas son «{header[:80]}» y deben ser "
            f"«{','.join(COLUMNS)}», en ese orden. Use el archivo original de BACI.",
            f"“{name}”, line 1: the columns are “{header[:80]}” and must be "
            f"“{','.join(COLUMNS)}”, in that order. Use BACI's original file.",
            file=name,
            line=1,
        )
    return Text(path, name, COLUMNS)


def _checks(year: int) -> list[Check]:
    number = "TRY_CAST({0} AS SMALLINT) IS NULL"
    value = "TRY_CAST(v AS DOUBLE)"
    return [
        Check("t", f"TRY_CAST(t AS SMALLINT) IS DISTINCT FROM {year}", "trade.other_year",
              f"El nombre del archivo dice {year}. Revise el nombre o descárguelo de nuevo.",
              f"The file's name says {year}. Check the name or download it again."),
        *(Check(name, number.format(name), "trade.unknown_code",
                "Debe ser el número de un país. Use el archivo original.",
                "It must be the number of a country. Use the original file.") for name in "ij"),
        Check("k", "(length(trim(k)) <> 6 OR TRY_CAST(k AS INTEGER) IS NULL) "
              "AND k NOT SIMILAR TO '9999[A-Z][A-Z]'", "trade.product_code",
              "El código tiene seis dígitos. Si una planilla de cálculo le quitó el cero, use el "
              "archivo original.",
              "The code has six digits. If a spreadsheet took its zero away, use the original "
              "file."),
        Check("v", f"NOT coalesce({value} > 0 AND isfinite({value}), false)", "trade.value",
              "El valor debe ser un número mayor que 0, con punto decimal. Use el archivo "
              "original.",
              "The value must be a number above 0 with a decimal point. Use the original file."),
        Check("q", "trim(q) NOT IN ('', 'NA') AND NOT coalesce(TRY_CAST(q AS DOUBLE) >= 0, false)",
              "trade.quantity",
              "La cantidad debe ser un número, o NA si falta. Use el archivo original.",
              "The quantity must be a number, or NA where it is missing. Use the original file."),
    ]  # fmt: skip


def _edition(path: Path, there: set[str], asked: str | None) -> str:
    if not there:
        raise EngineError(
            "trade.file_name",
            f"En «{path.name}» no hay archivos llamados como los de BACI: "
            "BACI_HS17_Y2023_V202501.csv. El nombre dice la edición, el año y la versión.",
            f"“{path.name}” has no files named as BACI's are: BACI_HS17_Y2023_V202501.csv. The "
            "name tells the edition, the year and the release.",
            file=path.name,
        )
    wanted = asked or (next(iter(there)) if len(there) == 1 else None)
    if wanted not in there:
        told = ", ".join(f"HS{one}" for one in sorted(there))
        raise EngineError(
            "trade.edition",
            f"«{path.name}» trae {told}" + (f", no HS{wanted}." if wanted else ".")
            + " Diga cuál con --hs, o descargue la edición que quiere.",
            f"“{path.name}” has {told}" + (f", not HS{wanted}." if wanted else ".")
            + " Say which with --hs, or download the edition you want.",
            file=path.name,
            editions=sorted(there),
        )  # fmt: skip
    return wanted


def _release(path: Path, told: set[str], asked: str | None, names: tuple[str, ...]) -> str:
    """The release the names tell; else the one asked for; else that of the only country list."""
    lists = {one[1] for name in names
             if name.startswith("country_codes") and (one := _RELEASE.search(name))}  # fmt: skip
    found = told or ({asked} if asked else lists)
    if len(found) == 1 and (asked is None or asked in found):
        return found.pop()
    shown = ", ".join(sorted(found)) or "—"
    raise EngineError(
        "trade.release",
        f"No se sabe de qué versión de BACI es «{path.name}» (hay: {shown}). Dígala con --release, "
        "por ejemplo 202501, y no mezcle versiones en una carpeta.",
        f"It is not clear which release of BACI “{path.name}” is (there are: {shown}). Say it with "
        "--release, for instance 202501, and do not mix releases in one folder.",
        file=path.name,
        releases=sorted(found),
    )


def _chosen(
    path: Path, flows: Mapping[int, str], years: frozenset[int] | None
) -> Mapping[int, str]:
    absent = sorted((years or frozenset()) - set(flows))
    if absent:
        there = ", ".join(str(year) for year in sorted(flows))
        raise EngineError(
            "trade.year",
            f"«{path.name}» no tiene el año {absent[0]}. Están: {there}.",
            f"“{path.name}” does not have the year {absent[0]}. There are: {there}.",
            year=absent[0],
        )
    return {year: name for year, name in flows.items() if years is None or year in years}


def _list(bundle: Bundle, beginning: str, release: str, hs: str) -> str:
    """The list of the release itself; for products, failing it, the only one of the edition."""
    there = [name for name in bundle.names if name.lower().startswith(f"{beginning.lower()}_v")]
    same = [name for name in there if f"_V{release}".lower() in name.lower()]
    if same:
        return same[0]
    if hs and len(there) == 1:
        return there[0]
    raise EngineError(
        "trade.list_absent",
        f"Falta «{beginning}_V{release}.csv» junto a los flujos. Está en el mismo zip: los códigos "
        "cambian de una versión a otra.",
        f"“{beginning}_V{release}.csv” is missing beside the flows. It is in the same zip: codes "
        "change from one release to the next.",
        file=f"{beginning}_V{release}.csv",
    )


def _provisional(release: str, years: Mapping[int, Path]) -> tuple[int, ...]:
    """The last two years a release of January reaches: 202501 ends in 2023."""
    newest = int(release[:4]) - PROVISIONAL
    return tuple(year for year in sorted(years) if year > newest - PROVISIONAL)
