"""A long table that is in memory already, as a release of its own: for libraries and tests."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.dimensions import Country, Product
from digna_engines.trade.gathered import COLUMNS, Gathered
from digna_engines.trade.manifest import SourceFile


def gather_table(
    working: Path,
    table: Any,
    *,
    countries: Iterable[Country],
    products: Iterable[Product],
    release: str,
    hs: str = "17",
    source: str = "national",
    synthetic: bool = False,
    licence: str = "",
    attribution: str = "",
) -> Gathered:
    """Write the years of a table into the workspace.

    Symbols: ``table`` Arrow, or a mapping of columns, with ``exporter``, ``importer`` (numbers of
    the country list), ``product`` (text of six digits), ``year``, ``value`` (USD), and
    ``quantity`` (kg, missing where it is not known) when there is one.
    Errors: ``trade.unknown`` for a code that is in neither list, ``trade.empty`` without rows.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    arrow = table if isinstance(table, pa.Table) else pa.table(dict(table))
    if "quantity" not in arrow.column_names:
        arrow = arrow.append_column("quantity", pa.nulls(len(arrow), pa.int64()))
    known, kinds = tuple(countries), tuple(products)
    _refuse_unknown(arrow, known, kinds)
    schema = pa.schema([(name, _ARROW[kind](pa)) for name, kind in COLUMNS.items()])
    typed = arrow.select(list(COLUMNS)).cast(schema)
    parts = {}
    for year in sorted(pc.unique(typed["year"]).to_pylist()):
        parts[year] = working / f"plain-{year}.parquet"
        pq.write_table(typed.filter(pc.equal(typed["year"], year)), parts[year])
    whole = working / "plain.parquet"
    pq.write_table(typed, whole)
    return Gathered(
        source=source, release=release, hs=hs, parts=parts, countries=known, products=kinds,
        files=(SourceFile.of(whole),), licence=licence, attribution=attribution,
        synthetic=synthetic,
    )  # fmt: skip


_ARROW = {
    "SMALLINT": lambda pa: pa.int16(),
    "INTEGER": lambda pa: pa.int32(),
    "BIGINT": lambda pa: pa.int64(),
}


def _refuse_unknown(
    arrow: Any, countries: tuple[Country, ...], products: tuple[Product, ...]
) -> None:
    if not len(arrow):
        raise EngineError("trade.empty", "La tabla no tiene filas.", "The table has no rows.")
    codes = {country.code for country in countries}
    kinds = {product.code for product in products}
    for column, known in (("exporter", codes), ("importer", codes), ("product", kinds)):
        for code in sorted(set(arrow[column].to_pylist()) - known):
            raise EngineError(
                "trade.unknown",
                f"En la columna «{column}» hay un código que no está en la lista: «{code}».",
                f"The column “{column}” holds a code that is not in the list: “{code}”.",
                code_asked=code,
            )
