"""Declared changes, practices and jobs: the queries against the plain functions, on any rows."""

from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digna_engines.errors import DeclarationError
from digna_engines.indicators import (
    Column,
    FactSchema,
    FactTable,
    Figure,
    Indicator,
    Job,
    Pair,
    Practised,
    adoption,
    compute,
    count_jobs,
    matched_change,
    outliers,
)
from digna_engines.values import Period

SCHEMA = FactSchema(
    name="kpi",
    grain="one value of one firm",
    keys=("id", "firm"),
    columns={
        "id": Column("integer", nullable=False),
        "firm": Column("integer"),
        "on": Column("date"),
        "starts": Column("date"),
        "point": Column("text"),
        "sector": Column("text"),
        "value": Column("number"),
        "answer": Column("text"),
        "hours": Column("number"),
        "months": Column("number"),
        "created": Column("integer"),
    },
    dimensions=("sector", "point"),
)
YES = [{"column": "answer", "op": "eq", "value": "yes"}]
BASELINE = [{"column": "point", "op": "eq", "value": "baseline"}]
FINAL = [{"column": "point", "op": "eq", "value": "final"}]
DAYS = [date(2020, 6, 30), date(2020, 12, 31), date(2021, 6, 30), date(2021, 12, 31)]
YEAR = Period.year(2021)


def declared(code: str, measure: str, **more: Any) -> Indicator:
    return Indicator.from_mapping(
        {"code": code, "source": "kpi", "measure": measure, "unit": "x", "on": "on", **more}
    )


def change(statistic: str, **more: Any) -> Indicator:
    more = {"disaggregate": ["sector"], **more}
    return declared(
        statistic, "matched_change", of="firm", value="value", statistic=statistic, **more
    )


def practice(statistic: str, **more: Any) -> Indicator:
    return declared(statistic, "adoption", of="firm", meets=YES, statistic=statistic, **more)


def told(rows: list[dict[str, Any]], *asked: Indicator, **how: Any) -> list[Figure]:
    numbered = [
        {name: row.get(name) for name in SCHEMA.columns} | {"id": n} for n, row in enumerate(rows)
    ]
    table = FactTable.load(SCHEMA, numbered, ibis.duckdb.connect())
    return list(compute(asked, {"kpi": table}, **how))


def seen(firm: int, at: int, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"firm": firm, "on": DAYS[at], "value": value, **more}


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "firm": st.none() | st.integers(1, 4),
            "on": st.none() | st.sampled_from(DAYS),
            "sector": st.sampled_from([None, "cafe", "granos"]),
            "value": st.none() | st.integers(-9, 9),
            "answer": st.sampled_from([None, "yes", "no"]),
        }
    ),
    max_size=14,
)


def sides(rows: list[dict[str, Any]], value: Any) -> list[tuple[Any, Any]]:
    """Of each firm its first and its last known value, the slow way; None where there is none."""
    found = []
    for firm in {row["firm"] for row in rows if row["firm"] is not None and row["on"]}:
        mine = [
            (row["on"], n, value(row))
            for n, row in enumerate(rows)
            if row["firm"] == firm and row["on"] is not None and value(row) is not None
        ]
        first, last = (min(mine), max(mine)) if mine else (None, None)
        twice = first is not None and last is not None and last[0] > first[0]
        found.append((first[2], last[2]) if twice else (None, None))  # type: ignore[index]
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ROWS)
def test_a_declared_change_is_that_of_the_plain_function(rows: list[dict[str, Any]]) -> None:
    mean, median, improved, relative = told(
        rows, change("mean"), change("median"), change("improved"), change("relative")
    )
    slow = matched_change(Pair(*pair) for pair in sides(rows, lambda row: row["value"]))
    assert {one.n for one in (mean, median, improved, relative)} == {slow.pairs}
    assert mean.cohort == slow.cohort
    assert (mean.value, median.value) == (slow.mean, slow.median)
    assert improved.numerator == slow.improved.numerator
    assert improved.denominator == slow.pairs
    assert relative.value == slow.relative.value
    for parts in (improved.slices["sector"], relative.slices["sector"]):
        assert sum(part.n for part in parts) == slow.pairs
    assert sum(part.numerator or 0 for part in improved.slices["sector"]) == improved.numerator


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ROWS)
def test_a_declared_practice_is_that_of_the_plain_function(rows: list[dict[str, Any]]) -> None:
    adopted, slid, net = told(rows, practice("adopted"), practice("back_slid"), practice("net"))
    told_of = {"yes": True, "no": False, None: None}
    slow = adoption(Practised(*pair) for pair in sides(rows, lambda row: told_of[row["answer"]]))
    assert (adopted.numerator, adopted.denominator) == (
        slow.adopted.numerator, slow.adopted.denominator,
    )  # fmt: skip
    assert (slid.numerator, slid.denominator) == (
        slow.back_slid.numerator, slow.back_slid.denominator,
    )  # fmt: skip
    assert (net.value or 0) == slow.net
    assert adopted.workings["compared"] == slow.before.denominator
    assert adopted.workings["seen_once"] == slow.unknown


def test_a_firm_seen_once_is_not_a_change_from_zero_and_is_told() -> None:
    rows = [seen(1, 0, 100), seen(1, 2, 130), seen(2, 0, 80), seen(2, 3, 60), seen(3, 2, 900)]
    mean, improved = told(rows, change("mean"), change("improved"), records=True)
    assert (mean.value, mean.n, mean.cohort) == (Decimal(5), 2, 3)
    assert mean.workings["seen_once"] == 1
    assert "figure.seen_once" in {notice.code for notice in mean.warnings}
    assert mean.records is not None
    assert mean.records.columns == ("firm",)
    assert mean.records.keys == (1, 2)
    assert improved.records is not None
    assert improved.records.keys == (1,)


def test_the_later_value_falls_in_the_period_and_the_first_may_be_older() -> None:
    rows = [seen(1, 0, 10), seen(1, 2, 16), seen(1, 3, 30), seen(2, 0, 5), seen(2, 1, 50)]
    firsthalf, year = told(
        rows, change("mean"), periods=[Period.span(date(2021, 1, 1), date(2021, 6, 30)), YEAR]
    )
    assert (firsthalf.value, firsthalf.n, firsthalf.cohort) == (6, 1, 2)
    assert (year.value, year.n) == (20, 1)


def test_baseline_and_final_are_named_by_conditions() -> None:
    rows = [
        seen(1, 0, 1, point="intake"), seen(1, 1, 10, point="baseline"),
        seen(1, 2, 14, point="final"), seen(1, 3, 99, point="follow_up"),
    ]  # fmt: skip
    [found] = told(rows, change("mean", before=BASELINE, after=FINAL))
    assert found.value == 4


def test_another_season_is_held_out_and_told() -> None:
    window = {"window": ["starts", "on"]}
    june = {"starts": date(2020, 1, 1)}
    rows = [
        seen(1, 0, 10, **june), seen(1, 2, 15, starts=date(2021, 1, 1)),
        seen(2, 0, 10, **june), seen(2, 3, 99, starts=date(2021, 7, 1)),
    ]  # fmt: skip
    [found] = told(rows, change("mean", **window))
    assert (found.value, found.n, found.cohort) == (5, 1, 2)
    assert (found.workings["held_out"], found.workings["seen_once"]) == (1, 0)


def test_less_is_better_where_it_is_declared_so() -> None:
    rows = [seen(1, 0, 12), seen(1, 2, 8), seen(2, 0, 5), seen(2, 2, 9)]
    [waste] = told(rows, change("improved", direction="descending"))
    assert (waste.numerator, waste.denominator, waste.value) == (1, 2, Decimal("0.5"))


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(st.none() | st.integers(-30, 300), min_size=1, max_size=9))
def test_a_gate_holds_out_what_the_plain_gate_does(values: list[int | None]) -> None:
    rows = [seen(n, 0, value) for n, value in enumerate(values)]
    [found] = told(rows, declared("total", "sum", value="value", gate=3.5))
    far = set(outliers(values).places)
    kept = [value for n, value in enumerate(values) if value is not None and n not in far]
    assert found.workings["held_out"] == len(far)
    assert found.n == len(kept)
    assert found.value == (sum(kept) if kept else None)


def test_a_gate_on_a_change_watches_the_change() -> None:
    rows = [seen(firm, 0, 100) for firm in range(5)]
    rows += [seen(firm, 2, 100 + firm) for firm in range(4)] + [seen(4, 2, 900)]
    [found] = told(rows, change("mean", gate=3.5))
    assert (found.value, found.n, found.workings["held_out"]) == (Decimal("1.5"), 4, 1)
    assert found.workings["seen_once"] == 0


def test_full_time_jobs_of_indikit() -> None:
    jobs = [(20, 12, 1), (40, 3, 1), (20, 3, 2), (None, 12, 1), (200, 12, 1)]
    rows = [
        seen(n, 0, hours=hours, months=months, created=heads)
        for n, (hours, months, heads) in enumerate(jobs)
    ]
    [found] = told(rows, declared("fte", "fte", hours="hours", months="months", heads="created"))
    sound = [Job("created", h, m) for h, m, heads in jobs[:4] for _ in range(heads)]
    assert found.value == count_jobs(sound).created.equivalents == Decimal("1")
    assert (found.n, found.workings["without_value"]) == (3, 2)


@pytest.mark.parametrize(
    ("measure", "given", "path"),
    [
        ("matched_change", {"of": "firm", "value": "value"}, "statistic"),
        ("matched_change", {"of": "firm", "value": "value", "statistic": "adopted"}, "statistic"),
        ("adoption", {"of": "firm", "statistic": "net"}, "meets"),
        ("sum", {"value": "value", "statistic": "mean"}, "statistic"),
        ("sum", {"value": "value", "gate": "strict"}, "gate"),
        ("count", {"gate": 3.5}, "gate"),
        ("fte", {"hours": "hours"}, "months"),
        (
            "matched_change",
            {"of": "firm", "value": "value", "statistic": "mean", "window": ["on"]},
            "window",
        ),
        (
            "matched_change",
            {"of": "firm", "value": "value", "statistic": "mean", "semantics": "snapshot"},
            "semantics",
        ),
    ],
)
def test_what_a_declaration_of_pairs_lacks_is_told_by_field(
    measure: str, given: dict[str, Any], path: str
) -> None:
    with pytest.raises(DeclarationError) as refused:
        declared("x", measure, **given)
    assert path in {fault.path for fault in refused.value.faults}


def test_changes_of_two_periods_are_not_added() -> None:
    from digna_engines.errors import NotAddableError
    from digna_engines.indicators import roll_up

    rows = [seen(1, 0, 10), seen(1, 2, 16), seen(1, 3, 30)]
    halves = [
        Period.span(date(2021, 1, 1), date(2021, 6, 30)),
        Period.span(date(2021, 7, 1), date(2021, 12, 31)),
    ]
    with pytest.raises(NotAddableError) as refused:
        roll_up(told(rows, change("improved"), periods=halves))
    assert refused.value.code == "rollup.units"
