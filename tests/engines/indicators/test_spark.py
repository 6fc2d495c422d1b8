"""Every measure gives the same figures on DuckDB and on a server that speaks Spark's protocol.

Counts, sums, shares and changes are exact decimals and equal to the last digit; medians are
computed in double precision and held to 1e-9 relative, because engines interpolate in their own
order. ``make test-spark`` runs this file on a real Spark cluster.
"""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ibis
import pyarrow.parquet as pq
import pytest

from digna_engines.indicators import FactTable, Figure, Indicator, compute
from digna_engines.indicators.tables import _as_arrow
from digna_engines.values import Period
from engines.indicators import attendance
from engines.indicators.test_parity import (
    ADULTS,
    CUMULATIVE,
    INCREMENTAL,
    SINCE,
    SNAPSHOT,
    declared,
)

pytestmark = pytest.mark.xdist_group("spark")
PAIRED = [
    declared("change", "matched_change", of="person", value="fee", statistic="mean"),
    declared("median", "matched_change", of="person", value="fee", statistic="median"),
    declared("improved", "matched_change", of="person", value="hours", statistic="improved"),
    declared("relative", "matched_change", of="person", value="age", statistic="relative"),
    declared("adopted", "adoption", of="person", meets=ADULTS, statistic="adopted"),
    declared("slid", "adoption", of="person", meets=ADULTS, statistic="back_slid"),
    declared("net", "adoption", of="person", meets=ADULTS, statistic="net"),
    declared("jobs", "fte", hours="hours", months="age"),
    declared("gated", "sum", value="fee", gate=1.5),
]
COHORT = [
    declared(
        "reached", "unique", of="person", where=ADULTS,
        cohort={"source": "attendance", "of": "person"},
    )
]  # fmt: skip
PERIODS = [None, Period.quarter(2021, 1), Period.quarter(2021, 2)]


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same rows as a file, which both engines read."""
    path = tmp_path_factory.mktemp("facts") / "attendance.parquet"
    rows: list[Mapping[str, object]] = [*attendance.at_random(seed=20211231, size=120)]
    pq.write_table(_as_arrow(attendance.SCHEMA, rows), path)
    return path


def figures(backend: Any, path: Path, asked: list[Indicator]) -> tuple[Figure, ...]:
    table = FactTable(attendance.SCHEMA, backend.read_parquet(str(path)))
    return compute(asked, {"attendance": table}, periods=PERIODS, since=SINCE, records=True)


@pytest.mark.parametrize(
    "asked",
    [INCREMENTAL, CUMULATIVE, SNAPSHOT, PAIRED, COHORT],
    ids=["incremental", "cumulative", "snapshot", "paired", "cohort"],
)
@pytest.mark.spark
def test_figures_are_the_same_on_spark(
    asked: list[Indicator], parquet: Path, spark_backend: Any
) -> None:
    ours = figures(ibis.duckdb.connect(), parquet, asked)
    theirs = figures(spark_backend, parquet, asked)
    assert any(one.n for one in ours)
    for one, other in zip(ours, theirs, strict=True):
        assert one.records == other.records, one.indicator.code
        assert one.workings == other.workings, one.indicator.code
        assert _written(one) == _written(other), one.indicator.code
        assert _near(one.value, other.value), one.indicator.code


def _written(figure: Figure) -> Any:
    """Everything but the values of medians."""
    is_median = figure.indicator.shape == "median"
    parts = {
        dimension: [
            (p.category, p.numerator, p.denominator, None if is_median else p.value, p.n)
            for p in found
        ]
        for dimension, found in figure.slices.items()
    }
    value = None if is_median else figure.value
    return figure.numerator, figure.denominator, value, figure.n, figure.cohort, parts


def _near(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)
