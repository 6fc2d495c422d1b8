"""The rows of one product, brought once, and the questions asked of them.

A sheet asks the same few thousand rows many things. On DuckDB they are read from the store once
(the store is sorted by product) and each question's SQL is made once a process: putting an
expression into words costs more than answering it. Any other backend is asked in place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.shares import with_quantity

Make = Callable[..., Any]
COLUMNS = ("exporter", "importer", "year", "value", "quantity")


@dataclass(frozen=True, eq=False)
class ProductRows:
    """``exporter, importer, year, value, quantity`` of one product in some years."""

    product: Any
    years: tuple[int, ...]
    rows: Any
    backend: Any

    @classmethod
    def of(cls, table: Any, product: Any, years: Sequence[int]) -> "ProductRows":
        """The rows of a product from any Ibis table of flows.

        Errors: ``trade.years`` without years.
        """
        found = checked_years(years)
        table = with_quantity(table)
        asked = table.filter((table["product"] == product) & table["year"].isin(list(found)))
        asked, backend = asked.select(*COLUMNS), table.get_backend()
        rows = backend.to_pyarrow(asked).combine_chunks() if backend.name == "duckdb" else asked
        return cls(product, found, rows, backend)

    def ask(
        self, make: Make, beside: Mapping[str, Any] | None = None, **choices: Any
    ) -> list[dict[str, Any]]:
        """Execute ``make(rows, **tables, **choices)``: one mapping a row, in the order it gives.

        Symbols: ``beside`` Arrow tables by the name of the argument that takes them; ``choices``
        plain values that can be hashed.
        """
        tables = {name: one for name, one in (beside or {}).items() if one is not None}
        if self.backend.name != "duckdb":
            import ibis

            made = make(self.rows, **{n: ibis.memtable(t) for n, t in tables.items()}, **choices)
            return list(self.backend.to_pyarrow(made).to_pylist())
        tables = {"rows": self.rows, **tables}
        shapes = tuple((name, _shape(one)) for name, one in tables.items())
        return _answered(_words(make, shapes, tuple(choices.items())), tables)


def checked_years(years: Sequence[int]) -> tuple[int, ...]:
    """The years in order. Errors: ``trade.years`` when there are none."""
    found = tuple(sorted({int(year) for year in years}))
    if not found:
        raise EngineError(
            "trade.years",
            "No se indicó ningún año. Indique al menos uno que esté en los datos.",
            "No year was given. Give at least one that is in the data.",
        )
    return found


def no_rows(product: Any, years: Sequence[int]) -> EngineError:
    """The sentence for a product without trade in the years asked for."""
    return EngineError(
        "trade.no_trade",
        f"No hay comercio del producto {product} en {years[0]}–{years[-1]}. Revise el código y la "
        "edición del Sistema Armonizado de los datos.",
        f"There is no trade of product {product} in {years[0]}–{years[-1]}. Check the code and the "
        "edition of the Harmonized System of the data.",
        product=product,
    )


def pairs_table(given: Any, name: str) -> Any:
    """(exporter, importer) → number as an Arrow table ``exporter, importer, name``.

    A mapping is turned into one; an Arrow table stays as it is; ``None`` stays ``None``.
    """
    if not isinstance(given, Mapping):
        return given
    import pyarrow as pa

    return pa.table({
        "exporter": [a for a, _ in given],
        "importer": [b for _, b in given],
        name: [float(value) for value in given.values()],
    })  # fmt: skip


def _shape(table: Any) -> tuple[tuple[str, str], ...]:
    import ibis

    return tuple((name, str(kind)) for name, kind in ibis.Schema.from_pyarrow(table.schema).items())


@lru_cache(maxsize=256)
def _words(make: Make, shapes: tuple[Any, ...], choices: tuple[Any, ...]) -> str:
    """The SQL of a question over tables of these shapes, each known by its argument's name."""
    import ibis

    tables = {name: ibis.table(dict(shape), name=f"digna_{name}") for name, shape in shapes}
    rows = tables.pop("rows")
    return str(ibis.to_sql(make(rows, **tables, **dict(choices)), dialect="duckdb"))


def _answered(sql: str, tables: Mapping[str, Any]) -> list[dict[str, Any]]:
    cursor = _database().cursor()
    try:
        for name, table in tables.items():
            cursor.register(f"digna_{name}", table)
        return list(cursor.sql(sql).to_arrow_table().to_pylist())
    finally:
        cursor.close()


@lru_cache(maxsize=1)
def _database() -> Any:
    """An empty database on one thread, for tables that are brought along.

    Two threads add up in whatever order they come by: the last digit of a sum would change from one
    sheet to the next. Making it takes longer than a question, so that a process keeps one.
    """
    import duckdb

    return duckdb.connect(":memory:", config={"threads": 1})
