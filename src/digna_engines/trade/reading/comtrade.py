"""UN Comtrade: the files a person downloads, in the three layouts there have been.

The new API's CSV (``reporterCode``), the web page's (``ReporterCode``, with a column without a name
at the end) and the one before 2023 (``Reporter Code``, also as R re-saves it, ``Reporter_Code``).
The same trade stands there several times over, by mode of transport, customs procedure and second
partner: only the row of all of them together is a flow. «World» is a sum to check against.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.connecting import connect, copy, parquet
from digna_engines.trade.dimensions import Country, Product, countries_of
from digna_engines.trade.gathered import COLUMNS, Gathered
from digna_engines.trade.manifest import SourceFile
from digna_engines.trade.reading import scanning, totals
from digna_engines.trade.reading.comtrade_layout import at, layout
from digna_engines.trade.reading.naming import release_of
from digna_engines.trade.reading.refusing import there
from digna_engines.trade.reading.scanning import Check, Text
from digna_engines.trade.reports import Progress
from digna_engines.trade.territories import iso2_of

LICENCE = "UN Comtrade: own use; passing the data on needs the UN's permission"
ATTRIBUTION = "UN Comtrade Database, United Nations Statistics Division"
EDITIONS = {"H0": "92", "H1": "96", "H2": "02", "H3": "07", "H4": "12", "H5": "17", "H6": "22"}
FLOWS = {"x": ("X", "2"), "m": ("M", "1")}
"""Exports and imports as the layouts write them."""
TOGETHER = {
    "second_partner": ("", "0"),
    "transport": ("", "0"),
    "customs": ("", "C00"),
    "supply": ("", "0"),
}
"""What each detail says on the row that has all of them together."""


@dataclass(frozen=True)
class Plan:
    """A file and how it is laid out.

    Symbols: ``places`` what a column means → its name in the file; ``flow`` ``x`` when reporters
    tell their exports, ``m`` when they tell their imports.
    """

    text: Text
    places: Mapping[str, str]
    flow: str
    hs: str
    release: str
    file: SourceFile
    source: str = "comtrade"

    @property
    def choices(self) -> str:
        return f"{self.hs},{self.flow}"

    def files(self) -> tuple[SourceFile, ...]:
        """The one file, with its hash."""
        return (self.file,)

    def gather(self, working: Path, database: Any, progress: Progress) -> Gathered:
        """Read what was planned."""
        return gather(self, working, database, progress)


def plan(path: Path, *, hs: str | None = None, release: str | None = None) -> Plan:
    """See which layout a file has, which edition of the HS, and who tells.

    Choices: exports where the file has them, for they are valued free on board; else imports.
    Errors: ``trade.file_absent``, ``trade.column``, ``trade.edition``, ``trade.flow``.
    """
    file = SourceFile.of(there(path))
    text, places = layout(path)
    with connect(path.parent) as database:
        columns = f"upper(trim({at(places, 'edition')})), upper(trim({at(places, 'flow')}))"
        told = scanning.asked(database, text, f"SELECT DISTINCT {columns} FROM {{rows}}")  # noqa: S608
    edition = _edition(path, {one for one, _ in told}, hs)
    flows = {flow for _, flow in told}
    flow = next((name for name, codes in FLOWS.items() if flows & set(codes)), None)
    if flow is None:
        raise EngineError(
            "trade.flow",
            f"«{path.name}» no tiene exportaciones (X) ni importaciones (M). Pídalas al descargar.",
            f"“{path.name}” has neither exports (X) nor imports (M). Ask for them on downloading.",
            file=path.name,
        )
    return Plan(text, places, flow, edition, release_of(path, release), file)


def gather(told: Plan, working: Path, database: Any, progress: Progress) -> Gathered:
    """Read the flows of a file, and leave out what would count them twice.

    Edge cases: a code of five digits is one of six that lost its zero, for the Harmonized System
    has none of five; a net weight of 0 is a weight nobody told.
    Errors: those of ``scanning.typed``; ``trade.twice``; ``trade.totals`` where partners do not
    add up to «World»; ``trade.empty``.
    """
    progress("reading", 0, 1)
    whole = working / "comtrade.parquet"
    scanning.typed(database, told.text, _select(told), _checks(told), whole)
    left_out = _counted(database, whole)
    flows = f"{parquet([whole])} WHERE reason = ''"
    if not database.execute(f"SELECT count(*) FROM {flows}").fetchone()[0]:  # noqa: S608
        raise _nothing(told, left_out)
    seller, buyer = _ends(told)
    scanning.refuse_twice(
        database, told.text, whole,
        {"exporter": told.places[seller], "importer": told.places[buyer],
         "product": told.places["product"], "year": told.places["year"]},
        where="reason = ''", kept=f"{_reason(told)} = ''",
    )  # fmt: skip
    totals.refuse_off(database, told.text, whole)
    parts = _by_year(database, whole, working)
    progress("reading", 1, 1)
    return Gathered(
        source=told.source, release=told.release, hs=told.hs, parts=parts,
        countries=_countries(told, database), products=_products(told, database, whole),
        files=told.files(), licence=LICENCE, attribution=ATTRIBUTION,
        valuation="FOB" if told.flow == "x" else "CIF", choices=told.choices,
        left_out={why: count for why, count in left_out.items() if count and why != "world"},
        warnings=_warnings(told, database, whole),
    )  # fmt: skip


def _edition(path: Path, told: set[str], asked: str | None) -> str:
    there = sorted({EDITIONS[one] for one in told if one in EDITIONS})
    if asked in there or (asked and told == {"HS"}):
        return str(asked)
    if asked is None and len(there) == 1 and len(told) == 1:
        return there[0]
    shown = ", ".join(sorted(told))
    raise EngineError(
        "trade.edition",
        f"«{path.name}» trae las clasificaciones {shown}. Diga con --hs cuál edición del Sistema "
        "Armonizado quiere, por ejemplo --hs 17 para H5.",
        f"“{path.name}” has the classifications {shown}. Say with --hs which edition of the "
        "Harmonized System you want, for instance --hs 17 for H5.",
        file=path.name,
        editions=there,
    )


def _ends(told: Plan) -> tuple[str, str]:
    return ("reporter", "partner") if told.flow == "x" else ("partner", "reporter")


def _product_sql(told: Plan) -> str:
    code = f"trim({at(told.places, 'product')})"
    return f"CASE WHEN length({code}) = 5 THEN '0' || {code} ELSE {code} END"


def _reason(told: Plan) -> str:
    """SQL that names why a row is no flow, '' where it is one; the first reason counts."""
    cell = {what: f"upper(trim({at(told.places, what)}))" for what in told.places}
    code = next(code for code, hs in EDITIONS.items() if hs == told.hs)
    cases = [
        (f"{cell['flow']} NOT IN ('{FLOWS[told.flow][0]}', '{FLOWS[told.flow][1]}')", "other_flow"),
        (f"{cell['edition']} NOT IN ('{code}', 'HS')", "other_edition"),
    ]
    if "frequency" in cell:
        cases.append((f"{cell['frequency']} NOT IN ('', 'A')", "not_annual"))
    for what, together in TOGETHER.items():
        if what in cell:
            listed = ", ".join(f"'{one}'" for one in together)
            cases.append((f"{cell[what]} NOT IN ({listed})", f"detail_{what}"))
    cases += [
        (f"length({cell['product']}) NOT IN (5, 6) OR {cell['product']} = 'TOTAL'", "other_level"),
        (f"TRY_CAST({cell['reporter']} AS INTEGER) = 0", "world_reporter"),
        (f"TRY_CAST({cell['partner']} AS INTEGER) = 0", "world"),
        (f"{cell['reporter']} = {cell['partner']}", "own_trade"),
        (f"coalesce(abs(TRY_CAST({cell['value']} AS DOUBLE)) < 0.5, false)", "below_one_dollar"),
    ]
    written = " ".join(f"WHEN {bad} THEN '{why}'" for bad, why in cases)
    return f"(CASE {written} ELSE '' END)"


def _select(told: Plan) -> dict[str, str]:
    seller, buyer = _ends(told)
    weight = f"TRY_CAST({at(told.places, 'weight')} AS DOUBLE)"
    value = f"TRY_CAST({at(told.places, 'value')} AS DOUBLE)"
    return {
        "exporter": f"TRY_CAST({at(told.places, seller)} AS SMALLINT)",
        "importer": f"TRY_CAST({at(told.places, buyer)} AS SMALLINT)",
        "product": f"TRY_CAST({_product_sql(told)} AS INTEGER)",
        "year": f"TRY_CAST({at(told.places, 'year')} AS SMALLINT)",
        "value": f"TRY_CAST(round({value}) AS BIGINT)",
        "quantity": f"TRY_CAST(round(nullif({weight}, 0)) AS BIGINT)",
        "reporter": f"TRY_CAST({at(told.places, 'reporter')} AS SMALLINT)",
        "restored": f"length(trim({at(told.places, 'product')})) = 5",
        "unweighed": f"coalesce({weight} = 0, false)",
        "reason": _reason(told),
    }


def _checks(told: Plan) -> list[Check]:
    counts = f"{_reason(told)} IN ('', 'world')"
    cell = {what: at(told.places, what) for what in told.places}
    value, weight = (f"TRY_CAST({cell[what]} AS DOUBLE)" for what in ("value", "weight"))
    country = ("El código del país debe ser un número. Descargue el archivo de nuevo.",
               "The country's code must be a number. Download the file again.")  # fmt: skip
    checks = [
        ("year", f"TRY_CAST({cell['year']} AS SMALLINT) IS NULL", "trade.year_unread",
         "Debe ser un año.", "It must be a year."),
        *((what, f"TRY_CAST({cell[what]} AS SMALLINT) IS NULL", "trade.unknown_code", *country)
          for what in ("reporter", "partner")),
        ("product", f"TRY_CAST({_product_sql(told)} AS INTEGER) IS NULL", "trade.product_code",
         "El código de producto debe tener seis dígitos.",
         "The product code must have six digits."),
        ("value", f"NOT coalesce({value} > 0 AND isfinite({value}), false)", "trade.value",
         "El valor debe ser un número mayor que 0, con punto decimal.",
         "The value must be a number above 0 with a decimal point."),
        ("weight", f"trim({cell['weight']}) NOT IN ('', 'NA') "
         f"AND NOT coalesce({weight} >= 0 AND isfinite({weight}), false)", "trade.quantity",
         "El peso debe ser un número, o vacío si falta.",
         "The weight must be a number, or empty where it is missing."),
    ]  # fmt: skip
    return [
        Check(told.places[what], f"{counts} AND ({bad})", code, es, en)
        for what, bad, code, es, en in checks
    ]


def _counted(database: Any, whole: Path) -> dict[str, int]:
    found = database.execute(
        f"SELECT reason, count(*) FROM {parquet([whole])} WHERE reason <> '' "  # noqa: S608
        "GROUP BY reason ORDER BY reason"
    ).fetchall()
    return {reason: count for reason, count in found}


def _nothing(told: Plan, left_out: Mapping[str, int]) -> EngineError:
    listed = ", ".join(f"{why}: {count}" for why, count in left_out.items()) or "0"
    return EngineError(
        "trade.empty",
        f"«{told.text.name}» no deja ningún flujo: todas las filas se filtraron ({listed}). "
        "Descargue datos anuales por producto de seis dígitos y por país, con los demás desgloses "
        "en «total».",
        f"“{told.text.name}” leaves no flow: every row was filtered ({listed}). Download "
        "annual data by product of six digits and by country, with the other breakdowns at "
        "“total”.",
        file=told.text.name,
    )


def _by_year(database: Any, whole: Path, working: Path) -> dict[int, Path]:
    parts = {}
    years = database.execute(
        f"SELECT DISTINCT year FROM {parquet([whole])} WHERE reason = '' ORDER BY year"  # noqa: S608
    ).fetchall()
    for (year,) in years:
        parts[year] = working / f"part-{year}.parquet"
        query = (
            f"SELECT {', '.join(COLUMNS)} FROM {parquet([whole])} "  # noqa: S608
            f"WHERE reason = '' AND year = {year}"
        )
        copy(database, query, parts[year], compression="snappy")
    return parts


def _countries(told: Plan, database: Any) -> tuple[Country, ...]:
    """Every country the flows name, as the file itself calls them."""
    asked = []
    for end in ("reporter", "partner"):
        code = f"TRY_CAST({at(told.places, end)} AS SMALLINT)"
        told_of = [
            f"first(trim({at(told.places, name)}))" if name in told.places else "''"
            for name in (f"{end}_name", f"{end}_iso")
        ]
        asked.append(
            f"SELECT {code} AS code, {', '.join(told_of)} FROM {told.text.sql()} "  # noqa: S608
            f"WHERE {_reason(told)} = '' GROUP BY {code}"
        )
    rows: dict[int, tuple[int, str, str, str]] = {}
    for code, name, letters in database.execute(" UNION ALL ".join(asked)).fetchall():
        iso3 = letters if letters and letters.isalpha() and len(letters) == 3 else ""
        rows.setdefault(code, (code, name or str(code), iso2_of(iso3) or "", iso3))
    return countries_of(rows.values())


def _products(told: Plan, database: Any, whole: Path) -> tuple[Product, ...]:
    name = (
        f"first(trim({at(told.places, 'product_name')}))" if "product_name" in told.places else "''"
    )
    found = database.execute(
        f"SELECT {_product_sql(told)} AS code, {name} FROM {told.text.sql()} "  # noqa: S608
        f"WHERE {_reason(told)} = '' GROUP BY code ORDER BY code"
    ).fetchall()
    return tuple(Product(code, name) for code, name in found)


def _warnings(told: Plan, database: Any, whole: Path) -> tuple[str, ...]:
    restored, unweighed = database.execute(
        f"SELECT count(*) FILTER (restored), count(*) FILTER (unweighed) "  # noqa: S608
        f"FROM {parquet([whole])} WHERE reason = ''"
    ).fetchone()
    found = {
        "zeros_restored": restored,
        "zero_weights_are_missing": unweighed,
        "told_by_importers": told.flow == "m",
    }
    return tuple(name for name, count in found.items() if count)
