"""One fact table made ready for many indicators: clean columns, categories as small numbers.

Counting units by category means taking the least and greatest category of each unit. On texts that
is three times the work it is on integers, and it is repeated for every indicator; so the categories
of a table are numbered once, and the numbered table is kept while the indicators are computed.
"""

import itertools
from collections.abc import Iterable
from typing import Any

from digna_engines.indicators.declaration import Condition, Indicator
from digna_engines.indicators.schema import ColumnType, FactSchema, coerce
from digna_engines.indicators.tables import DECIMAL, FactTable

SEVERAL_CODE = -1
_numbers = itertools.count(1)


class Workbench:
    """The rows of one fact table, as the indicators that read it need them.

    ``rows`` has the needed columns, cleaned, and one integer column per dimension column, named
    by ``code_of``; ``category`` turns an integer back into its category. Use as a context manager:
    the working table is dropped at the end.
    """

    def __init__(self, table: FactTable, indicators: Iterable[Indicator], *, records: bool) -> None:
        asked = list(indicators)
        self.schema = table.schema
        table.require_columns(table.rows.columns)
        self.backend = table.rows.get_backend()
        self._dimensions = sorted({c for one in asked for c in one.disaggregate.values()})
        # A snapshot, like a pair, breaks ties between rows of the same day by their keys.
        keyed = records or any(one.semantics == "snapshot" or one.counts_pairs for one in asked)
        needed = set(self.schema.keys) if keyed else set()
        needed.update(*(columns_of(one) for one in asked), self._dimensions)
        cleaned = table.rows.select(**clean(table, sorted(needed)))
        self._categories = self._numbered(cleaned)
        self._name: str | None = None
        self.rows = self._kept(self._coded(cleaned))

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(self, *_: object) -> None:
        if self._name is not None:
            # Written here because Ibis 12 writes DROP without the name under sqlglot 30.
            self.backend.raw_sql(f'DROP TABLE IF EXISTS "{self._name}"')

    def code_of(self, column: str) -> str:
        """The name of the integer column that stands for a dimension column."""
        return f"_code_{self._dimensions.index(column)}"

    def category(self, column: str, code: int) -> str:
        """The category that an integer stands for."""
        return self._categories[column][code]

    def _numbered(self, cleaned: Any) -> dict[str, list[str]]:
        import ibis

        if not self._dimensions:
            return {}
        distinct = [
            cleaned.select(_column=ibis.literal(name), _category=cleaned[name].cast("string"))
            .distinct()
            .filter(lambda found: found["_category"].notnull())
            for name in self._dimensions
        ]
        every = ibis.union(*distinct) if len(distinct) > 1 else distinct[0]
        found = self.backend.to_pyarrow(every.order_by("_column", "_category")).to_pylist()
        return {
            name: [row["_category"] for row in found if row["_column"] == name]
            for name in self._dimensions
        }

    def _coded(self, cleaned: Any) -> Any:
        import ibis

        coded = cleaned
        for name in self._dimensions:
            categories, code = self._categories[name], self.code_of(name)
            if not categories:
                coded = coded.mutate(**{code: ibis.null("int32")})
            elif self.backend.name == "duckdb":
                coded = self._joined(coded, name)
            else:
                text = coded[name].cast("string")
                numbered = [(text == found, n) for n, found in enumerate(categories)]
                number = ibis.cases(*numbered, else_=ibis.null("int32"))
                coded = coded.mutate(**{code: number.cast("int32")})
        return coded

    def _joined(self, coded: Any, name: str) -> Any:
        """The rows with the number of their category, by a join: many times a chain of cases.

        Not on Spark, where every pass would send the Python table to the server again.
        """
        import ibis
        import pyarrow as pa

        code, categories = self.code_of(name), self._categories[name]
        numbers = pa.array(range(len(categories)), pa.int32())
        index = ibis.memtable(pa.table({f"{code}_is": categories, code: numbers}))
        joined = coded.left_join(index, coded[name].cast("string") == index[f"{code}_is"])
        return joined.drop(f"{code}_is")

    def _kept(self, coded: Any) -> Any:
        if self.backend.name != "duckdb":
            # Spark reads the few columns again for each pass: to keep them would outlive us there.
            return coded
        self._name = f"digna_workbench_{next(_numbers)}"
        return self.backend.create_table(self._name, coded, temp=True)


def columns_of(indicator: Indicator) -> set[str]:
    """Every column of its source that an indicator reads, dimensions apart."""
    named = {indicator.of, indicator.value, indicator.per, indicator.on, *indicator.window}
    named |= {indicator.hours, indicator.months, indicator.heads}
    conditions = indicator.where + indicator.meets + indicator.among
    conditions += indicator.before + indicator.after
    named.update(condition.column for condition in conditions)
    if indicator.cohort is not None:
        named.add(indicator.cohort.of)
    return {column for column in named if column is not None}


def clean(table: FactTable, columns: Iterable[str]) -> dict[str, Any]:
    """Columns with one way of being missing: null. An empty text and a NaN are missing too."""
    return {name: _clean(table.rows[name], table.schema.columns[name].type) for name in columns}


def _clean(column: Any, kind: ColumnType) -> Any:
    import ibis

    if kind == "text":
        return column.cast("string").nullif("")
    if kind == "number":
        if column.type().is_floating():
            absent = column.isnan() | column.isinf()
            column = ibis.ifelse(absent, ibis.null(column.type()), column)
        return column.cast(DECIMAL)
    return column.cast({"integer": "int64", "boolean": "boolean", "date": "date"}[kind])


def expression(condition: Condition, rows: Any, schema: FactSchema) -> Any:
    """A condition as a boolean Ibis column: null where the column is missing."""
    column = rows[condition.column]
    if condition.op == "is_missing":
        return column.isnull()
    if condition.op == "is_present":
        return column.notnull()
    kind = schema.columns[condition.column].type
    if isinstance(condition.value, tuple):
        found = column.isin([coerce(value, kind) for value in condition.value])
        return ~found if condition.op == "not_in" else found
    return getattr(column, f"__{condition.op}__")(coerce(condition.value, kind))


def all_of(conditions: tuple[Condition, ...], rows: Any, schema: FactSchema) -> Any:
    """Conditions together: true when all are, false when one is false, else null."""
    import ibis

    joined = ibis.literal(True)
    for condition in conditions:
        joined = joined & expression(condition, rows, schema)
    return joined
