"""Indicators over 1,000,000 attendances of 100,000 people: Digna, pandas and a plain loop.

Run: ``python benchmarks/indicators.py [attendances] [people]``. Prints CPU seconds (all threads),
wall seconds, and ratios; checks that the three agree on the figures they share.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from digna_engines.indicators import Column, FactSchema, FactTable, Figure, Indicator, compute

DIMENSIONS = {
    "sex": ["mujer", "hombre", None],
    "age_band": ["15-24", "25-34", "35-44", "45-54", "55-64", "65+"],
    "constituency": ["empleadores", "trabajadores", "gobierno", "otra"],
    "department": ["La Paz", "Cochabamba", "Santa Cruz", "Beni", "Oruro", "Tarija"],
    "sector": [f"sector {n}" for n in range(12)],
}
OF_THE_PERSON = ("sex", "age_band", "constituency")
STATUSES = ["present", "absent", "excused"]
SCHEMA = FactSchema(
    name="attendance",
    grain="one person in one session",
    keys=("id", "person"),
    columns={
        "id": Column("integer"),
        "person": Column("integer"),
        "on": Column("date"),
        "status": Column("text"),
        "hours": Column("number"),
        **{name: Column("text") for name in DIMENSIONS},
    },
    dimensions=tuple(DIMENSIONS),
)


def attendances(rows: int, people: int) -> pa.Table:
    """Synthetic attendances: some dimensions belong to the person, the others to the session."""
    chance = np.random.default_rng(7)
    person, session = chance.integers(0, people, rows), chance.integers(0, 20_000, rows)
    columns: dict[str, Any] = {"id": np.arange(rows), "person": person}
    columns["on"] = np.datetime64("2019-01-01") + chance.integers(0, 1096, 20_000)[session]
    columns["status"] = pa.array(np.array(STATUSES)[chance.integers(0, 3, rows)])
    columns["hours"] = chance.integers(1, 9, rows).astype(float)
    for name, categories in DIMENSIONS.items():
        owner, size = (person, people) if name in OF_THE_PERSON else (session, 20_000)
        codes = chance.integers(0, len(categories), size)[owner]
        columns[name] = pa.array(np.array(categories, dtype=object)[codes], pa.string())
    return pa.table(columns)


def thirty() -> list[Indicator]:
    """Thirty indicators with five disaggregations each, no two over the same rows and measure."""
    women = [{"column": "sex", "op": "eq", "value": "mujer"}]
    measures: list[dict[str, Any]] = [
        {"measure": "unique", "of": "person"},
        {"measure": "count"},
        {"measure": "sum", "value": "hours"},
        {"measure": "mean", "value": "hours"},
        {"measure": "share", "of": "person", "meets": women},
    ]
    wheres: list[list[dict[str, Any]]] = [
        [],
        *([{"column": "status", "op": "eq", "value": status}] for status in STATUSES),
        [{"column": "hours", "op": "ge", "value": 4}],
        [{"column": "department", "op": "in", "value": ["La Paz", "Beni"]}],
    ]
    return [
        Indicator.from_mapping(
            {
                "code": f"{measure['measure']}_{n}",
                "source": "attendance",
                "unit": "x",
                "on": "on",
                "disaggregate": list(DIMENSIONS),
                "where": where,
                **measure,
            }
        )
        for n, where in enumerate(wheres)
        for measure in measures
    ]


def timed(label: str, run: Callable[[], Any]) -> tuple[Any, float]:
    """Run once; print and return CPU seconds of all threads."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = run()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{label:<58} {cpu:8.2f} CPU s {wall:8.2f} s")
    return found, cpu


def with_pandas(frame: Any) -> dict[str, dict[str | None, int]]:
    """Unique people who were present, by five dimensions, as one would write it in pandas."""
    present = frame[frame["status"] == "present"]
    found = {}
    for name in DIMENSIONS:
        values = present.groupby("person")[name].agg(["min", "nunique"])
        category = values["min"].where(values["nunique"] < 2, "several")
        found[name] = category.value_counts(dropna=False).to_dict()
    return found


def with_a_loop(rows: list[dict[str, Any]]) -> dict[str, dict[str | None, int]]:
    """The same, row by row."""
    seen: dict[str, dict[int, set[str]]] = {name: {} for name in DIMENSIONS}
    for row in rows:
        if row["status"] == "present":
            for name in DIMENSIONS:
                values = seen[name].setdefault(row["person"], set())
                if row[name] is not None:
                    values.add(row[name])
    found: dict[str, dict[str | None, int]] = {}
    for name, people in seen.items():
        found[name] = {}
        for values in people.values():
            category = "several" if len(values) > 1 else next(iter(values), None)
            found[name][category] = found[name].get(category, 0) + 1
    return found


def by_dimension(figure: Figure) -> dict[str, dict[str | None, Any]]:
    """The slices of a figure in the shape of the other two."""
    return {
        name: {part.category: part.value for part in parts} for name, parts in figure.slices.items()
    }


def plain(found: dict[str, dict[Any, int]]) -> dict[str, dict[str | None, int]]:
    """Categories with one way of being missing."""
    return {
        name: {key if isinstance(key, str) else None: int(n) for key, n in parts.items()}
        for name, parts in found.items()
    }


def main(rows: int = 1_000_000, people: int = 100_000) -> None:
    """Time everything once, after one warm-up that loads the libraries."""
    arrow = attendances(rows, people)
    frame, listed = arrow.to_pandas(), arrow.to_pylist()
    table = FactTable.from_arrow(SCHEMA, arrow, ibis.duckdb.connect())
    tables, indicators = {"attendance": table}, thirty()
    present = [one for one in indicators if one.code == "unique_1"]
    compute(present, {"attendance": FactTable(SCHEMA, table.rows.limit(10))})
    print(f"{rows:,} attendances, {people:,} people, {len(DIMENSIONS)} dimensions")
    (figure,), ours = timed("Digna: one unique count, all dimensions",
                            lambda: compute(present, tables))  # fmt: skip
    pandas, theirs = timed("pandas: the same", lambda: with_pandas(frame))
    loop, slow = timed("plain Python loop: the same", lambda: with_a_loop(listed))
    assert by_dimension(figure) == plain(pandas) == plain(loop)
    print(f"equal; pandas / Digna = {theirs / ours:.1f}; loop / Digna = {slow / ours:.1f}")
    timed("Digna: thirty indicators, all dimensions, all time",
          lambda: compute(indicators, tables))  # fmt: skip
    timed("Digna: the same count with its records",
          lambda: compute(present, tables, records=True))  # fmt: skip


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
