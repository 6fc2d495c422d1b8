"""Indicators computed the slow and obvious way, row by row, to hold the fast way against."""

import operator
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from digna_engines.indicators import SEVERAL, Condition, FactSchema, Figure, Indicator
from digna_engines.indicators.schema import coerce
from digna_engines.values import Period, quotient

Row = Mapping[str, Any]
Numbers = tuple[Any, Any, Any, int]
"""Numerator, denominator, value, n."""


@dataclass(frozen=True)
class Answer:
    """What the slow way finds; ``of`` brings a figure to the same shape."""

    total: Numbers
    cohort: int
    slices: dict[str, dict[str | None, Numbers]]
    keys: frozenset[Any]

    @classmethod
    def of(cls, figure: Figure) -> "Answer":
        """A figure of the engine, without what the reference does not compute."""
        assert figure.records is not None
        return cls(
            (figure.numerator, figure.denominator, figure.value, figure.n),
            figure.cohort or 0,
            {
                dimension: {
                    part.category: (part.numerator, part.denominator, part.value, part.n)
                    for part in parts
                }
                for dimension, parts in figure.slices.items()
            },
            frozenset(figure.records.keys),
        )


def reference(
    one: Indicator, rows: Sequence[Row], schema: FactSchema, period: Period | None, since: date
) -> Answer:
    """The answer to one indicator in one period, without declared cohorts."""
    kept = [row for row in _in_time(one, rows, schema, period, since)]
    kept = [row for row in kept if meets(one.where, row, schema) is True]
    if one.counts_units:
        things = _units(one, kept, schema)
    else:
        things = [_thing(one, [row], _key(row, schema), schema) for row in kept]
    slices: dict[str, dict[str | None, Numbers]] = {}
    for dimension in one.disaggregate:
        groups = defaultdict(list)
        for thing in things:
            groups[thing["categories"][dimension]].append(thing)
        slices[dimension] = {category: _numbers(one, group) for category, group in groups.items()}
    keys = frozenset(thing["key"] for thing in things if thing["in_numerator"])
    return Answer(_numbers(one, things), len(things), slices, keys)


def meets(conditions: Sequence[Condition], row: Row, schema: FactSchema) -> bool | None:
    """True when all conditions hold, false when one does not, ``None`` when it cannot be told."""
    told = [_holds(condition, row, schema) for condition in conditions]
    if False in told:
        return False
    return None if None in told else True


def _holds(condition: Condition, row: Row, schema: FactSchema) -> bool | None:
    value = row[condition.column]
    if condition.op in {"is_missing", "is_present"}:
        return (value is None) == (condition.op == "is_missing")
    if value is None:
        return None
    kind = schema.columns[condition.column].type
    if isinstance(condition.value, tuple):
        found = value in [coerce(one, kind) for one in condition.value]
        return found == (condition.op == "in")
    return bool(getattr(operator, condition.op)(value, coerce(condition.value, kind)))


def _in_time(
    one: Indicator, rows: Sequence[Row], schema: FactSchema, period: Period | None, since: date
) -> list[Row]:
    if one.semantics == "snapshot":
        return _latest(one, rows, schema, period)
    if period is None:
        return list(rows)
    starts_on = period.starts_on if one.semantics == "incremental" else since
    days = [(row, row[one.on or ""]) for row in rows]
    return [row for row, day in days if day is not None and starts_on <= day <= period.ends_on]


def _latest(
    one: Indicator, rows: Sequence[Row], schema: FactSchema, period: Period | None
) -> list[Row]:
    last: dict[Any, Row] = {}
    for row in rows:
        unit, day = row[one.of or ""], row[one.on or ""]
        late = period is not None and day is not None and day > period.ends_on
        if unit is None or day is None or late or meets(one.among, row, schema) is not True:
            continue
        before = last.get(unit)
        if before is None or _rank(one, before, schema) < _rank(one, row, schema):
            last[unit] = row
    return list(last.values())


def _rank(one: Indicator, row: Row, schema: FactSchema) -> tuple[Any, ...]:
    return (row[one.on or ""], *(row[key] for key in schema.keys))


def _units(one: Indicator, rows: Sequence[Row], schema: FactSchema) -> list[dict[str, Any]]:
    by_unit = defaultdict(list)
    for row in rows:
        if row[one.of or ""] is not None:
            by_unit[row[one.of or ""]].append(row)
    return [_thing(one, group, unit, schema) for unit, group in by_unit.items()]


def _thing(one: Indicator, rows: Sequence[Row], key: Any, schema: FactSchema) -> dict[str, Any]:
    categories = {
        dimension: _category({row[column] for row in rows} - {None})
        for dimension, column in one.disaggregate.items()
    }
    thing: dict[str, Any] = {"key": key, "categories": categories, "is_known": True}
    if one.measure == "share":
        told = {meets(one.meets, row, schema) for row in rows}
        thing["is_known"] = told != {None}
        thing["met"] = True in told
    elif one.value is not None:
        thing["value"] = rows[0][one.value]
        thing["per"] = rows[0][one.per] if one.per is not None else 0
        thing["is_known"] = thing["value"] is not None and thing["per"] is not None
    thing["in_numerator"] = thing.get("met", thing["is_known"])
    return thing


def _category(values: set[Any]) -> str | None:
    if not values:
        return None
    if len(values) > 1:
        return SEVERAL
    value = values.pop()
    # Databases write booleans in small letters.
    return str(value).lower() if isinstance(value, bool) else str(value)


def _key(row: Row, schema: FactSchema) -> Any:
    keys = tuple(row[key] for key in schema.keys)
    return keys[0] if len(keys) == 1 else keys


def _numbers(one: Indicator, things: Sequence[dict[str, Any]]) -> Numbers:
    known = [thing for thing in things if thing["is_known"]]
    n = len(known)
    if one.measure in {"unique", "count"}:
        return n, None, n, n
    if one.measure == "share":
        met = sum(thing["met"] for thing in known)
        return met, n, quotient(met, n), n
    values = [thing["value"] for thing in known]
    if one.measure == "median":
        return None, n, median(values) if values else None, n
    total = None if things and not known else sum(values)
    if one.measure == "sum":
        return total, None, total, n
    base = n if one.measure == "mean" else sum(thing["per"] for thing in known)
    if one.measure == "ratio" and total is None:
        base = None
    return total, base, quotient(total, base), n
