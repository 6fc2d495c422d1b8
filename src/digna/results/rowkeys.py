"""The rows behind a figure that counts rows: their keys, straight from the engine's columns.

The engine brings records as sets of Python keys, which is right for people and too slow for a
million attendances. Here the database sorts them and they are packed without becoming objects.
Imported only where figures are computed.
"""

from array import array
from datetime import date
from typing import Any

import ibis

from digna.results import packing
from digna_engines.indicators import FactTable, Indicator
from digna_engines.indicators.workbench import all_of, clean, columns_of
from digna_engines.values import Period


def are_of_rows(one: Indicator) -> bool:
    """Whether the records of an indicator are rows that a filter can find."""
    plain = one.semantics != "snapshot" and one.gate is None
    return plain and not one.counts_units and not one.counts_pairs


def packed(one: Indicator, table: FactTable, period: Period | None, since: date) -> packing.Packed:
    """Return the keys of the rows behind the numerator of `one` in a period."""
    key = table.schema.keys[0]
    cleaned = table.rows.select(**clean(table, sorted(columns_of(one) | {key})))
    found = cleaned.filter(_behind(one, cleaned, table), _within(one, cleaned, period, since))
    column = found.select(key).distinct().order_by(key).to_pyarrow().column(key)
    if table.schema.columns[key].type != "integer":
        return packing.pack(column.to_pylist())
    numbers = array("q")
    for chunk in column.chunks:
        numbers.frombytes(chunk.to_numpy().tobytes())
    return packing.pack_numbers(numbers)


def _behind(one: Indicator, rows: Any, table: FactTable) -> Any:
    """Rows that count: the conditions, a share's own, and a value where one is added up."""
    behind = all_of(one.where + one.meets, rows, table.schema)
    for column in (one.value, one.per, one.hours, one.months, one.heads):
        if column is not None:
            behind = behind & rows[column].notnull()
    return behind


def _within(one: Indicator, rows: Any, period: Period | None, since: date) -> Any:
    """Rows of the period; what is cumulative starts with the programme."""
    if period is None or one.on is None:
        return ibis.literal(True)
    first = since if one.semantics == "cumulative" else period.starts_on
    return rows[one.on].between(first, period.ends_on)
