"""Every relational indicator gives the same rows on DuckDB and on a server that speaks Spark.

Tolerance 1e-6 relative: engines add up in different orders. ``make test-spark`` runs this file on a
real Spark cluster.
"""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from digna_engines.trade import relational
from digna_engines.trade.market import market_rows, market_table
from digna_engines.trade.partners import pair_rows, world_rows, yearly_rows
from engines.trade.small_store import COUNTRIES, YEARS, arrow, columns

pytestmark = pytest.mark.xdist_group("spark")
TOLERANCE = 1e-6
QUINOA = 100850
WINDOW = YEARS[-5:]
Tables = dict[str, Any]


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world and its side tables as Parquet, which both engines read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("world")
    codes = list(COUNTRIES.values())
    pairs = [(a, b) for a in codes for b in codes if a != b]
    side = {"exporter": pa.array([a for a, _ in pairs], pa.int16()),
            "importer": pa.array([b for _, b in pairs], pa.int16())}  # fmt: skip
    written = {
        "flows": arrow(columns()),
        "income": pa.table({"exporter": pa.array(codes[:-2], pa.int16()),
                            "income": [1000.0 * (at + 1) for at in range(len(codes) - 2)]}),
        "distances": pa.table(side | {"km": [float(a + b) for a, b in pairs]}).slice(3),
        "tariffs": pa.table(side | {"tariff": [a % 7 / 100 for a, _ in pairs]}).slice(9),
    }  # fmt: skip
    for name, table in written.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return folder


def tables(backend: Any, folder: Path) -> Tables:
    names = ("flows", "income", "distances", "tariffs")
    return {name: backend.read_parquet(str(folder / f"{name}.parquet")) for name in names}


@pytest.fixture(scope="module")
def duck(parquet: Path) -> Iterator[Tables]:
    import ibis

    backend = ibis.duckdb.connect()
    yield tables(backend, parquet)
    backend.disconnect()


@pytest.fixture(scope="module")
def spark(spark_backend: Any, parquet: Path) -> Tables:
    return tables(spark_backend, parquet)


def quinoa(t: Tables) -> Any:
    rows = t["flows"]
    rows = rows.filter((rows["product"] == QUINOA) & rows["year"].isin(WINDOW))
    return rows.drop("product")


INDICATORS: dict[str, tuple[tuple[str, ...], Callable[[Tables], Any]]] = {
    "rca": (("exporter", "product"), lambda t: relational.rca(t["flows"], year=2021)),
    "rsca": (("exporter", "product"), lambda t: relational.rsca(t["flows"])),
    "lafay": (("country", "product"), lambda t: relational.lafay(t["flows"], year=2021)),
    "complementarity": (("exporter", "importer"), lambda t: relational.complementarity(
        t["flows"], year=2021)),
    "complementarity of one": (("exporter", "importer"), lambda t: relational.complementarity(
        t["flows"], exporter=COUNTRIES["BOL"])),
    "intensity": (("exporter", "importer"), lambda t: relational.intensity(t["flows"])),
    "margins": (("exporter", "importer"), lambda t: relational.margins(t["flows"], year=2020)),
    "growth split": (("exporter",), lambda t: relational.growth_split(
        t["flows"], first=2019, last=2023)),
    "penetration": (("exporter",), lambda t: relational.penetration(t["flows"], year=2022)),
    "prody": (("product",), lambda t: relational.prody(t["flows"], t["income"], year=2022)),
    "expy": (("exporter",), lambda t: relational.expy(t["flows"], t["income"], year=2022)),
    "market table": (("market",), lambda t: market_rows(
        quinoa(t), years=WINDOW, distances=t["distances"], tariffs=t["tariffs"])),
    "list of exporters": (("market",), lambda t: market_rows(
        quinoa(t), years=WINDOW, side="exporter")),
    "pairs": (("exporter", "importer"), lambda t: pair_rows(quinoa(t), years=WINDOW)),
    "years of importers": (("country", "year"), lambda t: yearly_rows(quinoa(t), by="importer")),
    "years of the world": (("year",), lambda t: world_rows(quinoa(t))),
}  # fmt: skip


@pytest.mark.parametrize("name", INDICATORS)
def test_both_engines_give_the_same_rows(name: str, duck: Tables, spark: Tables) -> None:
    keys, make = INDICATORS[name]
    ours, theirs = executed(make(duck), keys), executed(make(spark), keys)
    assert ours
    assert list(ours) == list(theirs)
    for key, row in ours.items():
        assert set(row) == set(theirs[key])
        for column, value in row.items():
            assert same(value, theirs[key][column]), (key, column, value, theirs[key][column])


def test_the_front_door_answers_from_either_engine(duck: Tables, spark: Tables) -> None:
    ours = market_table(duck["flows"], QUINOA, years=WINDOW)
    theirs = market_table(spark["flows"], QUINOA, years=WINDOW)
    assert [row.market for row in ours.rows] == [row.market for row in theirs.rows]
    assert [row.growth_n for row in ours.rows] == [row.growth_n for row in theirs.rows]
    for one, other in zip(ours.rows, theirs.rows, strict=True):
        assert same(one.growth, other.growth)
        assert same(one.concentration_normalised, other.concentration_normalised)


def executed(made: Any, keys: tuple[str, ...]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Rows by their keys, in order: neither engine promises one."""
    rows = made.get_backend().to_pyarrow(made).to_pylist()
    found = {tuple(row[key] for key in keys): row for row in rows}
    assert len(found) == len(rows)
    return dict(sorted(found.items()))


def same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=1e-9)
