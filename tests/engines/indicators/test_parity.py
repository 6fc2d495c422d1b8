"""The fast way against the slow one: every measure, every meaning of time, on any rows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from digna_engines.indicators import Indicator, compute
from digna_engines.values import Period
from engines.indicators import attendance
from engines.indicators.reference import Answer, reference

SINCE = date(2021, 1, 1)
PERIODS = [None, Period.quarter(2021, 1)]
PRESENT = [{"column": "status", "op": "eq", "value": "present"}]
NOT_ABSENT = [{"column": "status", "op": "ne", "value": "absent"}]
WOMEN = [{"column": "sex", "op": "eq", "value": "mujer"}]
ADULTS = [
    {"column": "age", "op": "ge", "value": 18},
    {"column": "status", "op": "in", "value": ["present", "excused"]},
]


def declared(code: str, measure: str, **more: Any) -> Indicator:
    return Indicator.from_mapping(
        {
            "code": code,
            "source": "attendance",
            "measure": measure,
            "unit": "x",
            "on": "on",
            "disaggregate": ["sex", "department", "consented"],
            **more,
        }
    )


INCREMENTAL = [
    declared("people", "unique", of="person", where=PRESENT),
    declared("attendances", "count", where=NOT_ABSENT),
    declared("hours", "sum", value="hours"),
    declared("ages", "sum", value="age"),
    declared("women", "share", of="person", meets=WOMEN),
    declared("women_rows", "share", meets=WOMEN, where=PRESENT),
    declared("fee_per_hour", "ratio", value="fee", per="hours"),
    declared("mean_hours", "mean", value="hours", where=ADULTS),
    declared("median_fee", "median", value="fee"),
]
CUMULATIVE = [
    declared("people", "unique", of="person", semantics="cumulative"),
    declared("adults", "share", of="person", meets=ADULTS, semantics="cumulative"),
    declared("hours", "sum", value="hours", semantics="cumulative"),
]
SNAPSHOT = [
    declared("active", "unique", of="person", where=PRESENT, semantics="snapshot"),
    declared("hours", "sum", of="person", value="hours", semantics="snapshot"),
    declared("fee", "median", of="person", value="fee", among=NOT_ABSENT, semantics="snapshot"),
    declared("women", "share", of="person", meets=WOMEN, semantics="snapshot"),
]


PARTS = [
    declared("people", "unique", of="person"),
    declared("women", "share", of="person", meets=WOMEN),
    declared("attendances", "count"),
    declared("hours", "sum", value="hours"),
    declared("fee_per_hour", "ratio", value="fee", per="hours"),
    declared("women_rows", "share", meets=WOMEN),
]


@pytest.mark.parametrize("indicators", [INCREMENTAL, CUMULATIVE, SNAPSHOT])
def test_duckdb_and_plain_python_agree(indicators: list[Indicator]) -> None:
    rows = attendance.at_random(seed=20211231, size=80)
    tables = {"attendance": attendance.table(rows)}
    figures = compute(indicators, tables, periods=PERIODS, since=SINCE, records=True)
    assert len(figures) == len(indicators) * len(PERIODS)
    for figure in figures:
        slow = reference(figure.indicator, rows, attendance.SCHEMA, figure.period, SINCE)
        assert Answer.of(figure) == slow, (figure.indicator.code, figure.period)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=attendance.ROWS)
def test_parts_and_unknown_and_several_are_the_total(rows: list[Any]) -> None:
    for figure in compute(PARTS, {"attendance": attendance.table(rows)}):
        assert figure.is_additive
        for parts in figure.slices.values():
            assert sum(part.n for part in parts) == figure.n
            assert _sum(part.numerator for part in parts) == (figure.numerator or 0)
            assert _sum(part.denominator for part in parts) == (figure.denominator or 0)
            assert len({part.category for part in parts}) == len(parts)


def _sum(numbers: Iterable[Any]) -> Any:
    return sum(number for number in numbers if number is not None)
