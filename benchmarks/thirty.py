"""Thirty indicators with every disaggregation: Digna's engine, pandas, and the Django ORM.

Run: ``python benchmarks/thirty.py [scale]``. Attendances and KPI values of one synthetic programme
at three sizes, the largest 1,000,000 attendances of 100,000 people and 200,000 KPI values of 20,000
firms (times ``scale``). The same thirty figures by each: twenty over attendances, ten over KPI
values, six of them changes of the same firms. Each runs in a process of its own that starts with
the data where it keeps them: Digna with Parquet files (its fact store), pandas with the same files,
the ORM with an SQLite database with indexes on what it filters. Prints CPU seconds of all threads,
wall seconds and peak memory, and checks that all figures and all parts that the peers compute are
equal. Nobody gets credit for what it does not do: the ORM brings parts only where one GROUP BY can
(people by a category of the person), and that is said.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

SIZES = (250_000, 500_000, 1_000_000)
OF_PERSON = {
    "sex": ["mujer", "hombre", None],
    "constituency": ["empleadores", "trabajadores", "gobierno"],
}
OF_SESSION = {"department": ["La Paz", "Cochabamba", "Santa Cruz", "Beni", "Oruro", "Tarija"],
              "mode": ["virtual", "presencial"]}  # fmt: skip
OF_FIRM = {
    "sector": [f"rubro {n}" for n in range(12)],
    "size": ["micro", "pequeña", "mediana", None],
}
STATUSES = ["present", "absent", "excused"]
KPIS = ["DEF", "DELV", "ABS", "ENE", "VEN"]
PEERS = ("digna", "pandas", "orm")


def write(folder: Path, attendances: int) -> None:
    """The same rows as Parquet and as SQLite."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = np.random.default_rng(7)
    people, sessions = attendances // 10, 20_000
    person, session = (
        chance.integers(0, people, attendances),
        chance.integers(0, sessions, attendances),
    )
    of_person = {n: _drawn(chance, c, people)[person] for n, c in OF_PERSON.items()}
    of_session = {n: _drawn(chance, c, sessions)[session] for n, c in OF_SESSION.items()}
    days = np.datetime64("2019-01-01") + chance.integers(0, 1096, sessions)
    facts = {
        "attendance": pa.table({
            "id": np.arange(attendances), "person": person, "on_day": days[session],
            "status": pa.array(_drawn(chance, STATUSES, attendances), pa.string()),
            "hours": chance.integers(1, 9, attendances),
            **{n: pa.array(c, pa.string()) for n, c in (of_person | of_session).items()},
        }),
        "kpi": _kpi(chance, attendances // 5),
    }  # fmt: skip
    with sqlite3.connect(folder / "facts.sqlite3") as database:
        for name, table in facts.items():
            pq.write_table(table, folder / f"{name}.parquet")
            _to_sqlite(database, name, table)


def _kpi(chance: np.random.Generator, rows: int) -> Any:
    """Two values of each firm and KPI, a year apart; one in ten of the second is missing."""
    import pyarrow as pa

    firms = rows // 10
    pair = np.repeat(np.arange(firms * len(KPIS)), 2)
    firm, kpi, second = pair // len(KPIS), pair % len(KPIS), np.arange(len(pair)) % 2
    traits = {n: _drawn(chance, c, firms)[firm] for n, c in OF_FIRM.items()}
    value = chance.integers(0, 10_000, len(pair))
    lost = (second == 1) & (chance.random(len(pair)) < 0.1)
    return pa.table({
        "id": np.arange(len(pair)), "firm": firm,
        "kpi": pa.array(np.array(KPIS, dtype=object)[kpi], pa.string()),
        "on_day": np.datetime64("2020-06-30") + 365 * second,
        "value": pa.array(value, pa.int64(), mask=lost),
        **{n: pa.array(c, pa.string()) for n, c in traits.items()},
    })  # fmt: skip


def _drawn(chance: np.random.Generator, categories: list[Any], n: int) -> Any:
    return np.array(categories, dtype=object)[chance.integers(0, len(categories), n)]


def _to_sqlite(database: sqlite3.Connection, name: str, table: Any) -> None:
    columns = table.column_names
    database.execute(f"CREATE TABLE {name} ({', '.join(columns)}, PRIMARY KEY (id))")
    rows = zip(
        *([str(v) if c == "on_day" else v for v in table[c].to_pylist()] for c in columns),
        strict=True,
    )
    database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
    for column in ("person", "status") if name == "attendance" else ("firm", "kpi"):
        database.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")


# -- the thirty, as data: (code, source, measure, more)


def asked() -> list[tuple[str, str, str, dict[str, Any]]]:
    """Five measures over four sets of rows of attendance; ten over KPI values."""
    rows = [
        (f"{measure}_{where}", "attendance", measure, {"status": where})
        for where in (None, *STATUSES)
        for measure in ("unique", "count", "sum", "mean", "women")
    ]
    changes = [
        (f"{statistic}_{kpi}", "kpi", statistic, {"kpi": kpi})
        for kpi in KPIS[:3]
        for statistic in ("improved", "mean")
    ]
    return [*rows, *changes, *((f"total_{k}", "kpi", "total", {"kpi": k}) for k in KPIS[:4])]


def digna(folder: Path) -> dict[str, Any]:
    """Digna's engine over its fact store, every dimension."""
    import ibis

    from digna_engines.indicators import Column, FactSchema, FactTable, Indicator, compute

    text, whole, day = Column("text"), Column("integer"), Column("date")
    schemas = {
        "attendance": FactSchema("attendance", "one person in one session", ("id", "person"), {
            "id": whole, "person": whole, "on_day": day, "status": text, "hours": whole,
            **{n: text for n in (*OF_PERSON, *OF_SESSION)}}, (*OF_PERSON, *OF_SESSION)),
        "kpi": FactSchema("kpi", "one value of one firm", ("id", "firm"), {
            "id": whole, "firm": whole, "kpi": text, "on_day": day, "value": whole,
            **{n: text for n in OF_FIRM}}, tuple(OF_FIRM)),
    }  # fmt: skip
    backend = ibis.duckdb.connect()
    tables = {
        n: FactTable(s, backend.read_parquet(str(folder / f"{n}.parquet")))
        for n, s in schemas.items()
    }
    shapes: dict[str, dict[str, Any]] = {
        "unique": {"measure": "unique", "of": "person"},
        "count": {"measure": "count"},
        "sum": {"measure": "sum", "value": "hours"},
        "mean": {"measure": "mean", "value": "hours"},
        "women": {"measure": "share", "of": "person",
                  "meets": [{"column": "sex", "op": "eq", "value": "mujer"}]},
        "total": {"measure": "sum", "value": "value"},
    }  # fmt: skip
    declared = []
    for code, source, measure, where in asked():
        shape = shapes.get(measure)
        if source == "kpi" and measure != "total":
            shape = {
                "measure": "matched_change",
                "of": "firm",
                "value": "value",
                "statistic": measure,
            }
        kept = [{"column": c, "op": "eq", "value": v} for c, v in where.items() if v is not None]
        declared.append(Indicator.from_mapping({
            "code": code, "source": source, "unit": "x", "on": "on_day", "where": kept,
            "disaggregate": list(schemas[source].dimensions), **(shape or {}),
        }))  # fmt: skip
    return {
        one.indicator.code: [_plain(one.value), _parts(one.slices)]
        for one in compute(declared, tables)
    }  # fmt: skip


def _parts(slices: Any) -> dict[str, dict[str, float | None]]:
    return {d: {str(p.category): _plain(p.value) for p in found} for d, found in slices.items()}


def with_pandas(folder: Path) -> dict[str, Any]:
    """The same figures as one would write them in pandas, every dimension."""
    import pandas as pd

    frames = {n: pd.read_parquet(folder / f"{n}.parquet") for n in ("attendance", "kpi")}
    found = {}
    for code, source, measure, where in asked():
        rows = frames[source]
        for column, value in where.items():
            rows = rows if value is None else rows[rows[column] == value]
        dimensions = (*OF_PERSON, *OF_SESSION) if source == "attendance" else tuple(OF_FIRM)
        found[code] = [_pandas(rows, measure), {d: _by(rows, measure, d) for d in dimensions}]
    return found


def _pandas(rows: Any, measure: str) -> float | None:
    if measure == "unique":
        return float(rows["person"].nunique())
    if measure == "count":
        return float(len(rows))
    if measure in {"sum", "mean"} and "hours" in rows:
        return float(getattr(rows["hours"], measure)())
    if measure == "women":
        told = rows[rows["sex"].notna()]
        women, people = told[told["sex"] == "mujer"]["person"].nunique(), told["person"].nunique()
        return women / people if people else None
    if measure == "total":
        return float(rows["value"].sum())
    change = _changes(rows)
    return float((change > 0).mean()) if measure == "improved" else float(change.mean())


def _changes(rows: Any) -> Any:
    known = rows[rows["value"].notna()].sort_values("on_day")
    ends = known.groupby("firm").agg(
        first=("value", "first"), last=("value", "last"), n=("on_day", "nunique")
    )
    ends = ends[ends["n"] > 1]
    return ends["last"] - ends["first"]


def _by(rows: Any, measure: str, dimension: str) -> dict[str, float | None]:
    """By category; a unit of several categories is «several», as it is in Digna."""
    if measure in {"count", "sum", "mean", "total"}:
        groups = rows.groupby(dimension, dropna=False)
        return {_name(k): _pandas(g, measure) for k, g in groups}
    unit = "person" if "person" in rows else "firm"
    spread = rows.groupby(unit)[dimension].agg(["min", "nunique"])
    category = spread["min"].where(spread["nunique"] < 2, "several")
    placed = rows[unit].map(category)
    return {_name(k): _pandas(g, measure) for k, g in rows.groupby(placed, dropna=False)}


def orm(folder: Path) -> dict[str, Any]:
    """The same figures by the aggregates of Django's ORM; parts where one GROUP BY brings them."""
    import django
    from django.conf import settings

    engine = "django.db.backends.sqlite3"
    settings.configure(
        DATABASES={"default": {"ENGINE": engine, "NAME": str(folder / "facts.sqlite3")}}
    )
    django.setup()
    from django.db import models
    from django.db.models import Avg, Count, F, Max, Min, Q, Sum

    def model(name: str, columns: dict[str, Any]) -> Any:
        meta = type("Meta", (), {"managed": False, "db_table": name, "app_label": "bench"})
        return type(
            name.title(), (models.Model,), {"__module__": __name__, "Meta": meta, **columns}
        )

    text, whole = (lambda: models.TextField(null=True)), (lambda: models.IntegerField(null=True))
    attendance = model("attendance", {
        "person": whole(), "on_day": text(), "status": text(), "hours": whole(),
        **{n: text() for n in (*OF_PERSON, *OF_SESSION)}})  # fmt: skip
    kpi = model("kpi", {"firm": whole(), "kpi": text(), "on_day": text(), "value": whole(),
                        **{n: text() for n in OF_FIRM}})  # fmt: skip
    people = Count("person", distinct=True)
    women = Count("person", distinct=True, filter=Q(sex="mujer"))
    told = Count("person", distinct=True, filter=Q(sex__isnull=False))
    aggregates: dict[str, Any] = {
        "unique": people, "count": Count("id"), "sum": Sum("hours"), "mean": Avg("hours"),
        "total": Sum("value"),
    }  # fmt: skip
    found: dict[str, Any] = {}
    for code, source, measure, where in asked():
        rows = (attendance if source == "attendance" else kpi).objects.filter(
            **{c: v for c, v in where.items() if v is not None}
        )
        if source == "kpi" and measure != "total":
            found[code] = [_orm_change(rows, measure, Min, Max, F), {}]
            continue
        # people by a category of the session may be of several: one GROUP BY cannot tell
        addable = measure in {"count", "sum", "mean", "total"}
        split = (
            (*OF_PERSON, *(OF_SESSION if addable else ())) if source == "attendance" else OF_FIRM
        )
        if measure == "women":
            both = rows.aggregate(a=women, b=told)
            parts = {
                d: {
                    str(r[d]): r["a"] / r["b"]
                    for r in rows.values(d).annotate(a=women, b=told)
                    if r["b"]
                }
                for d in split
            }
            found[code] = [both["a"] / both["b"], parts]
            continue
        total = rows.aggregate(x=aggregates[measure])["x"]
        counted = aggregates[measure]
        parts = {
            d: {str(r[d]): _plain(r["x"]) for r in rows.values(d).annotate(x=counted)}
            for d in split
        }
        found[code] = [_plain(total), parts]
    return found


def _orm_change(rows: Any, measure: str, least: Any, most: Any, f: Any) -> Any:
    known = rows.filter(value__isnull=False)
    firms = known.values("firm").annotate(a=least("on_day"), b=most("on_day")).filter(a__lt=f("b"))
    values = {(r["firm"], r["on_day"]): r["value"] for r in known.values("firm", "on_day", "value")}
    changes = [values[r["firm"], r["b"]] - values[r["firm"], r["a"]] for r in firms]
    if measure == "improved":
        return sum(change > 0 for change in changes) / len(changes)
    return sum(changes) / len(changes)


def _plain(value: Any) -> float | None:
    return None if value is None else float(Decimal(value))


def _name(key: Any) -> str:
    return "None" if key is None or str(key) == "nan" else str(key)


# -- running and comparing


def one(peer: str, folder: Path) -> None:
    """Run one peer here; print what it found and what it cost as a line of JSON."""
    run = {"digna": digna, "pandas": with_pandas, "orm": orm}[peer]
    cpu, wall = time.process_time(), time.perf_counter()
    found = run(folder)
    cost = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "mb": _peak()}
    print(json.dumps({"found": found, **cost}))


def _peak() -> float:
    """Return the most memory this process has held, in MB; its parent's is not in it."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def compare(ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[int, int]:
    """How many values and parts were compared; a difference is an error."""
    values = parts = 0
    for code, (value, slices) in theirs.items():
        assert _near(ours[code][0], value), (code, ours[code][0], value)
        values += 1
        for dimension, mine in slices.items():
            for category, part in mine.items():
                assert _near(ours[code][1][dimension][category], part), (code, dimension, category)
                parts += 1
    return values, parts


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))


def main(scale: float = 1.0) -> None:
    """All sizes, all peers."""
    print("| attendances | KPI values | peer | CPU s | wall s | MB | ratio |")
    print("|---|---|---|---|---|---|---|")
    for size in (int(size * scale) for size in SIZES):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            write(folder, size)
            costs: dict[str, Any] = {}
            for peer in PEERS:
                command = [sys.executable, __file__, "--one", peer, place]
                answer = subprocess.run(
                    command, capture_output=True, text=True, check=True, env=os.environ
                )
                costs[peer] = json.loads(answer.stdout.splitlines()[-1])
            for peer in PEERS:
                got = costs[peer]
                shown = (f"{got[n]:.2f}" for n in ("cpu", "wall"))
                ratio = got["cpu"] / costs["digna"]["cpu"]
                cells = (f"{size:,}", f"{size // 5:,}", peer, *shown, f"{got['mb']:.0f}")
                print(f"| {' | '.join(cells)} | {ratio:.1f} |", flush=True)
            for peer in PEERS[1:]:
                values, parts = compare(costs["digna"]["found"], costs[peer]["found"])
                print(f"equal to {peer}: {values} figures, {parts} parts", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main(*(float(argument) for argument in sys.argv[1:2]))
