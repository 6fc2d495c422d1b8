"""A national customs file, of whatever columns, by the mapping a person declares for it.

Declarations are added up to one flow for a country, a product of six digits and a year. A weight
that one of them lacks makes the flow's weight missing: part of a weight gives a wrong price.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.connecting import copy, parquet, quoted
from digna_engines.trade.dimensions import Product
from digna_engines.trade.gathered import COLUMNS, Gathered
from digna_engines.trade.manifest import SourceFile
from digna_engines.trade.reading import scanning
from digna_engines.trade.reading.encodings import encoding_of
from digna_engines.trade.reading.mapping import Mapped, mapped
from digna_engines.trade.reading.naming import release_of
from digna_engines.trade.reading.partners import Partners
from digna_engines.trade.reading.refusing import column_absent, there
from digna_engines.trade.reading.scanning import Check, Text
from digna_engines.trade.reading.totals import TOLERANCE
from digna_engines.trade.reports import Progress
from digna_engines.trade.territories import iso_countries


@dataclass(frozen=True)
class Plan:
    """A file and the declaration of how it is written."""

    text: Text
    told: Mapped
    release: str
    file: SourceFile
    source: str = "national"

    @property
    def hs(self) -> str:
        return self.told.hs

    @property
    def choices(self) -> str:
        return self.told.key

    def files(self) -> tuple[SourceFile, ...]:
        """The one file, with its hash."""
        return (self.file,)

    def gather(self, working: Path, database: Any, progress: Progress) -> Gathered:
        """Read what was planned."""
        return gather(self, working, database, progress)


def plan(path: Path, mapping: Mapping[str, Any] | None, *, release: str | None = None) -> Plan:
    """See that a file has the columns its mapping names.

    Errors: ``trade.mapping``, ``trade.file_absent``, ``trade.column``.
    """
    if mapping is None:
        raise EngineError(
            "trade.mapping_absent",
            f"Para leer «{path.name}» hace falta decir cómo está escrito: un archivo YAML con "
            "--mapping. Vea docs/howto/bring-trade-data.md.",
            f"To read “{path.name}” it takes a YAML file that says how it is written, with "
            "--mapping. See docs/howto/bring-trade-data.md.",
            file=path.name,
        )
    told = mapped(mapping)
    file = SourceFile.of(there(path))
    encoding = encoding_of(path)
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as opened:
        header = [name.strip() for name in next(csv.reader(opened, delimiter=told.separator), [])]
    for name in (*told.columns.values(), *told.keep):
        if name not in header:
            raise column_absent(
                path.name,
                name,
                header,
                "Revise el archivo de correspondencias y el separador.",
                "Check the mapping file and the separator.",
            )
    columns = tuple(name or f"unnamed{at}" for at, name in enumerate(header))
    text = Text(path, path.name, columns, delimiter=told.separator, encoding=encoding)
    return Plan(text, told, release_of(path, release), file)


def gather(plan: Plan, working: Path, database: Any, progress: Progress) -> Gathered:
    """Read the declarations of a file and add them up.

    Errors: those of ``scanning.typed``; ``trade.unknown_country``; ``trade.rate`` for a year
    without an exchange rate; ``trade.totals``; ``trade.empty``.
    """
    told, whole = plan.told, working / "national.parquet"
    progress("reading", 0, 1)
    partners = Partners(told.countries)
    texts = scanning.asked(
        database,
        plan.text,
        f"SELECT DISTINCT {_cell(plan, 'partner')} FROM {{rows}}",  # noqa: S608
    )
    known = {text: code for (text,) in texts if (code := partners.code(text)) is not None}
    scanning.typed(database, plan.text, _select(plan, known), _checks(plan, known), whole)
    years = [
        year for (year,) in database.execute(
            f"SELECT DISTINCT year FROM {parquet([whole])} WHERE kept ORDER BY year"  # noqa: S608
        ).fetchall()
    ]  # fmt: skip
    if not years:
        raise EngineError(
            "trade.empty",
            f"«{plan.text.name}» no deja ninguna fila. Revise «keep» en las correspondencias.",
            f"“{plan.text.name}” leaves no row. Check “keep” in the mapping.",
            file=plan.text.name,
        )
    _refuse_off(database, plan, whole)
    parts = {year: _added_up(database, plan, whole, working, year) for year in years}
    left_out = _left_out(database, whole)
    progress("reading", 1, 1)
    return Gathered(
        source=plan.source, release=plan.release, hs=plan.hs, parts=parts,
        countries=tuple(sorted(iso_countries().values(), key=lambda one: one.code)),
        products=_products(database, plan), files=plan.files(), licence=told.licence,
        attribution=told.attribution, valuation=told.valuation, left_out=left_out,
        choices=plan.choices,
        warnings=() if told.currency == "USD" else ("converted_to_usd",),
    )  # fmt: skip


def _cell(plan: Plan, what: str) -> str:
    return 'trim("' + plan.told.columns[what].replace('"', '""') + '")'


def _number(plan: Plan, what: str) -> str:
    """A number as the file writes them; with thousands marked, only where marks are to be."""
    text, point, mark = _cell(plan, what), plan.told.decimal, plan.told.thousands
    end = rf"(\{point}[0-9]+)?"
    pattern = f"-?[0-9]+{end}"
    if mark:
        pattern += rf"|-?[0-9]{{1,3}}(\{mark}[0-9]{{3}})+{end}"
    bare = f"replace({text}, {quoted(mark)}, '')" if mark else text
    number = f"TRY_CAST(replace({bare}, {quoted(point)}, '.') AS DOUBLE)"
    return f"(CASE WHEN regexp_full_match({text}, {quoted(pattern)}) THEN {number} END)"


def _product(plan: Plan) -> str:
    """The digits of a code; a lost zero is put back when the mapping tells how many there are."""
    digits = f"replace(replace({_cell(plan, 'product')}, '.', ''), ' ', '')"
    if plan.told.product_digits is None:
        return digits
    full = plan.told.product_digits
    return f"CASE WHEN length({digits}) = {full - 1} THEN '0' || {digits} ELSE {digits} END"


def _kept(plan: Plan) -> str:
    tests = [
        'trim("' + column.replace('"', '""') + '") IN (' + ", ".join(map(quoted, values)) + ")"
        for column, values in plan.told.keep.items()
    ]
    return " AND ".join(tests) or "true"


def _code(plan: Plan, known: Mapping[str, int]) -> str:
    pairs = ", ".join(f"{quoted(text)}: {code}" for text, code in known.items()) or "'': 0"
    return f"(MAP {{{pairs}}})[{_cell(plan, 'partner')}]"


def _year(plan: Plan) -> str:
    return f"TRY_CAST(regexp_extract({_cell(plan, 'year')}, '(19|20)[0-9][0-9]') AS SMALLINT)"


def _select(plan: Plan, known: Mapping[str, int]) -> dict[str, str]:
    told = plan.told
    own, other = iso_countries()[told.reporter].code, f"{_code(plan, known)}::SMALLINT"
    ends = {"exporter": f"{own}::SMALLINT", "importer": other}
    if told.flow == "import":
        ends = {"exporter": other, "importer": f"{own}::SMALLINT"}
    weight = "NULL::DOUBLE"
    if "weight" in told.columns:
        weight = f"{_number(plan, 'weight')} * {1000 if told.weight_unit == 't' else 1}"
    return ends | {
        "product": f"TRY_CAST(left({_product(plan)}, 6) AS INTEGER)",
        "year": _year(plan),
        "amount": f"{_number(plan, 'value')} * {told.value_scale!r}",
        "quantity": weight,
        "kept": f"({_kept(plan)})",
        "own": f"coalesce({other} = {own}, false)",
    }


def _checks(plan: Plan, known: Mapping[str, int]) -> list[Check]:
    told, kept = plan.told, _kept(plan)
    lengths = [told.product_digits] if told.product_digits else [6, 8, 10, 11, 12]
    code = _product(plan)
    value, rates = _number(plan, "value"), ", ".join(str(year) for year in told.per_usd)
    checks = [
        ("year", f"{_year(plan)} IS NULL", "trade.year_unread",
         "No se lee un año.", "No year can be read."),
        ("product", f"length({code}) NOT IN ({', '.join(map(str, lengths))}) "
         f"OR TRY_CAST({code} AS BIGINT) IS NULL", "trade.product_code",
         f"El código debe tener {lengths[0]} dígitos o más; si perdió un cero, diga cuántos son "
         "con «product_digits».",
         f"The code must have {lengths[0]} digits or more; if it lost a zero, say how many there "
         "are with “product_digits”."),
        ("partner", f"{_code(plan, known)} IS NULL", "trade.unknown_country",
         "No se conoce ese país. Añádalo en «countries» del archivo de correspondencias.",
         "That country is not known. Add it under “countries” in the mapping file."),
        ("value", f"NOT coalesce({value} > 0 AND isfinite({value}), false)", "trade.value",
         f"El valor debe ser un número mayor que 0, con «{told.decimal}» decimal.",
         f"The value must be a number above 0 with “{told.decimal}” for decimals."),
    ]  # fmt: skip
    if 0 not in told.per_usd:
        checks.append(
            ("year", f"{_year(plan)} NOT IN ({rates})", "trade.rate",
             "No hay tipo de cambio de ese año. Añádalo en «currency.per_usd».",
             "There is no exchange rate of that year. Add it under “currency.per_usd”.")
        )  # fmt: skip
    if "weight" in told.columns:
        weight = _number(plan, "weight")
        checks.append(
            ("weight", f"{_cell(plan, 'weight')} NOT IN ('', 'NA') "
             f"AND NOT coalesce({weight} >= 0 AND isfinite({weight}), false)", "trade.quantity",
             f"El peso debe ser un número con «{told.decimal}» decimal, o vacío si falta.",
             f"The weight must be a number with “{told.decimal}” for decimals, or empty.")
        )  # fmt: skip
    return [
        Check(told.columns[what], f"({kept}) AND ({bad})", code_, es, en)
        for what, bad, code_, es, en in checks
    ]


def _added_up(database: Any, plan: Plan, whole: Path, working: Path, year: int) -> Path:
    rate = plan.told.per_usd.get(year, plan.told.per_usd.get(0))
    part = working / f"part-{year}.parquet"
    flows = (
        "SELECT exporter, importer, product, year, "  # noqa: S608
        f"round(sum(amount) / {rate!r})::BIGINT AS value, "
        "CASE WHEN count(quantity) = count(*) THEN round(sum(quantity))::BIGINT END AS quantity "
        f"FROM {parquet([whole])} WHERE kept AND NOT own AND year = {year} GROUP BY ALL"
    )
    query = f"SELECT {', '.join(COLUMNS)} FROM ({flows}) WHERE value > 0"  # noqa: S608
    copy(database, query, part, compression="snappy")
    return part


def _left_out(database: Any, whole: Path) -> dict[str, int]:
    not_kept, own = database.execute(
        "SELECT count(*) FILTER (NOT kept), count(*) FILTER (kept AND own) "  # noqa: S608
        f"FROM {parquet([whole])}"
    ).fetchone()
    return {name: n for name, n in (("not_kept", not_kept), ("own_trade", own)) if n}


def _products(database: Any, plan: Plan) -> tuple[Product, ...]:
    name = f"first({_cell(plan, 'product_name')})" if "product_name" in plan.told.columns else "''"
    found = scanning.asked(
        database,
        plan.text,
        f"SELECT left({_product(plan)}, 6) AS code, {name} FROM {{rows}} "  # noqa: S608
        f"WHERE {_kept(plan)} GROUP BY code ORDER BY code",
    )
    return tuple(Product(code, told) for code, told in found)


def _refuse_off(database: Any, plan: Plan, whole: Path) -> None:
    """Refuse a file that does not add up to the sums its source prints."""
    for year, printed in plan.told.totals.items():
        (added,) = database.execute(
            f"SELECT coalesce(sum(amount), 0) FROM {parquet([whole])} "  # noqa: S608
            f"WHERE kept AND year = {year}"
        ).fetchone()
        if abs(added - printed) > printed * TOLERANCE:
            raise EngineError(
                "trade.totals",
                f"«{plan.text.name}»: el año {year} suma {added:.0f} y «totals» dice "
                f"{printed:.0f}. Vea si faltan filas, si sobran o si cambió la unidad.",
                f"“{plan.text.name}”: the year {year} adds up to {added:.0f} and “totals” says "
                f"{printed:.0f}. See whether rows are missing or too many, or the unit changed.",
                file=plan.text.name,
                year=year,
                told=printed,
                added=added,
            )
