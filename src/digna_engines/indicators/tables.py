"""Fact tables as the engine receives them: a declared shape and an Ibis table of rows."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.indicators.schema import ColumnType, FactSchema

DECIMAL = "decimal(38, 6)"
_numbers = itertools.count(1)
_PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class FactTable:
    """A fact table: ``schema`` says what the columns of ``rows`` (an Ibis table) mean.

    Built bare from any Ibis table (Parquet, Spark, DuckDB), or with ``load`` from Python rows.
    """

    schema: FactSchema
    rows: Any

    @classmethod
    def load(
        cls, schema: FactSchema, rows: Iterable[Mapping[str, object]], connection: Any
    ) -> "FactTable":
        """Put Python rows in a temporary table of ``connection`` (an Ibis backend).

        Symbols: ``rows`` map column names to plain values; a column that a row lacks is missing.
        Edge cases: no rows is a table with no rows; decimals are rounded to six places.
        Errors: ``table.missing_value`` when a key or another column that is not nullable has no
        value; ``table.repeated_key`` when two rows have the same keys (they would count double).

        >>> import ibis
        >>> from digna_engines.indicators.schema import Column
        >>> schema = FactSchema("visits", "one visit", ("visit",), {"visit": Column("integer")})
        >>> FactTable.load(schema, [{"visit": 1}, {"visit": 2}], ibis.duckdb.connect()).count()
        2
        """
        kept = list(rows)
        _require_values(schema, kept)
        _require_grain(schema, kept)
        return cls(schema, _stored(connection, _as_arrow(schema, kept)))

    @classmethod
    def from_arrow(cls, schema: FactSchema, arrow: Any, connection: Any) -> "FactTable":
        """Put an Arrow table in a temporary table of ``connection``: the road for many rows.

        Its columns are read by name and converted as they are used; keys are not checked for
        repetition. Error: ``table.missing_column`` when the schema promises more than there is.
        """
        table = cls(schema, arrow)
        table.require_columns(arrow.column_names)
        return cls(schema, _stored(connection, arrow))

    def require_columns(self, present: Iterable[str]) -> None:
        """Refuse a table that lacks a column its schema promises."""
        lacking = sorted(set(self.schema.columns) - set(present))
        if lacking:
            raise EngineError(
                "table.missing_column",
                f"A «{self.schema.name}» le falta(n) la(s) columna(s) {', '.join(lacking)}.",
                f"“{self.schema.name}” lacks the column(s) {', '.join(lacking)}.",
                table=self.schema.name,
                columns=tuple(lacking),
            )

    def count(self) -> int:
        """How many rows the table has."""
        return int(self.rows.count().to_pyarrow().as_py())


def _stored(connection: Any, arrow: Any) -> Any:
    import ibis

    # A memtable expression, not the Arrow table: Ibis 12 drops the latter's view with a statement
    # that sqlglot 30 writes without a name. Names are counted, because nothing here is random.
    return connection.create_table(f"digna_facts_{next(_numbers)}", ibis.memtable(arrow), temp=True)


def _as_arrow(schema: FactSchema, rows: list[Mapping[str, object]]) -> Any:
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.decimal128(38, 6),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    columns = {
        name: pa.array([_plain(row.get(name), column.type) for row in rows], types[column.type])
        for name, column in schema.columns.items()
    }
    return pa.table(columns)


def _plain(value: object, kind: ColumnType) -> object:
    if value is None:
        return None
    if kind == "number":
        number = Decimal(str(value))
        return number.quantize(_PLACES) if number.is_finite() else None
    return str(value) if kind == "text" else value


def _require_values(schema: FactSchema, rows: list[Mapping[str, object]]) -> None:
    for name, column in schema.columns.items():
        lacking = sum(row.get(name) is None for row in rows)
        if lacking and not column.nullable:
            raise EngineError(
                "table.missing_value",
                f"«{schema.name}»: {lacking} fila(s) sin «{name}», que es obligatorio.",
                f"“{schema.name}”: {lacking} row(s) without “{name}”, which is required.",
                table=schema.name,
                column=name,
                count=lacking,
            )


def _require_grain(schema: FactSchema, rows: list[Mapping[str, object]]) -> None:
    repeated = len(rows) - len({tuple(row.get(key) for key in schema.keys) for row in rows})
    if repeated:
        raise EngineError(
            "table.repeated_key",
            f"«{schema.name}»: {repeated} fila(s) repiten sus claves; una fila es {schema.grain}.",
            f"“{schema.name}”: {repeated} row(s) repeat their keys; one row is {schema.grain}.",
            table=schema.name,
            count=repeated,
        )
