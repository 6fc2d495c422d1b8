"""Worked examples of counting, by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import pytest

from digna_engines.errors import DeclarationError, EngineError
from digna_engines.indicators import (
    SEVERAL,
    Cohort,
    Column,
    Condition,
    FactSchema,
    FactTable,
    Figure,
    Indicator,
    compute,
)
from digna_engines.values import Period
from engines.indicators import attendance
from engines.indicators.attendance import numbered, row

PEOPLE = Indicator(
    "people", "attendance", "unique", "personas", of="person", on="on", disaggregate={"sex": "sex"}
)
WOMEN = Indicator(
    "women",
    "attendance",
    "share",
    "personas",
    of="person",
    on="on",
    meets=(Condition("sex", "eq", "mujer"),),
)


def compute_one(one: Indicator, rows: list[dict[str, Any]], **how: Any) -> Figure:
    return compute([one], {"attendance": attendance.table(numbered(rows))}, **how)[0]


def parts(figure: Figure, dimension: str) -> dict[str | None, Any]:
    return {part.category: part.value for part in figure.slices[dimension]}


def test_263_people_of_whom_158_women() -> None:
    rows = [row(person=n, sex="mujer" if n <= 158 else "hombre") for n in range(1, 264)]
    people, women = compute([PEOPLE, WOMEN], {"attendance": attendance.table(numbered(rows * 2))})
    assert people.value == 263
    assert parts(people, "sex") == {"hombre": 105, "mujer": 158}
    assert (women.numerator, women.denominator) == (158, 263)
    assert women.value is not None
    assert round(women.value, 2) == Decimal("0.60")


def test_a_unit_with_two_values_is_in_several_and_one_without_is_unknown() -> None:
    rows = [row(person=1, sex="mujer"), row(person=1, sex="hombre"), row(person=2)]
    rows += [row(person=3, sex="mujer"), row(person=3), row(person=4, sex="")]
    figure = compute_one(PEOPLE, rows)
    assert [part.category for part in figure.slices["sex"]] == ["mujer", SEVERAL, None]
    assert parts(figure, "sex") == {"mujer": 1, SEVERAL: 1, None: 2}


def test_both_ends_of_a_period_are_inside_and_a_row_without_date_is_told() -> None:
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1), None]
    rows = [row(person=n, on=day) for n, day in enumerate(days)]
    figure = compute_one(PEOPLE, rows, periods=[Period.year(2021)], records=True)
    assert figure.value == 2
    assert figure.records is not None
    assert figure.records.keys == (1, 2)
    assert [(told.code, told.count) for told in figure.warnings] == [("figure.without_date", 1)]
    assert compute_one(PEOPLE, rows).value == 5


def test_cumulative_is_recounted_from_the_start_not_added() -> None:
    rows = [row(person=1, on=date(2018, 5, 1)), row(person=2, on=date(2019, 5, 1))]
    rows += [row(person=2, on=date(2020, 5, 1)), row(person=3, on=date(2020, 6, 1))]
    one = Indicator(
        "people", "attendance", "unique", "personas", of="person", on="on", semantics="cumulative"
    )
    years = [Period.year(2019), Period.year(2020)]
    table = {"attendance": attendance.table(numbered(rows))}
    figures = compute([one], table, periods=years, since=date(2019, 1, 1))
    assert [figure.value for figure in figures] == [1, 2]


def test_a_snapshot_is_the_last_row_of_each_one_even_if_it_no_longer_qualifies() -> None:
    one = Indicator(
        "active",
        "attendance",
        "unique",
        "personas",
        of="person",
        on="on",
        semantics="snapshot",
        where=(Condition("status", "eq", "present"),),
    )
    rows = [row(person=1, on=date(2021, 1, 1), status="present")]
    rows += [row(person=1, on=date(2021, 5, 1), status="absent")]
    periods = [Period.quarter(2021, 1), Period.quarter(2021, 2)]
    table = {"attendance": attendance.table(numbered(rows))}
    assert [one.value for one in compute([one], table, periods=periods)] == [1, 0]


def test_missing_is_left_out_and_told_and_zero_is_not_missing() -> None:
    one = Indicator("hours", "attendance", "mean", "horas", value="hours")
    figure = compute_one(one, [row(hours=4), row(hours=0), row()])
    assert (figure.value, figure.n, figure.cohort) == (2, 2, 3)
    assert figure.warnings[0].message_es.startswith("1 registro(s) sin dato")


def test_no_value_on_a_zero_base_and_no_rows_is_a_sum_of_zero() -> None:
    women, hours = compute(
        [WOMEN, Indicator("hours", "attendance", "sum", "horas", value="hours")],
        {"attendance": attendance.table([])},
    )
    assert (women.numerator, women.denominator, women.value) == (0, 0, None)
    assert hours.value == 0
    only_missing = compute_one(Indicator("h", "attendance", "sum", "horas", value="hours"), [row()])
    assert only_missing.value is None


def test_a_missing_value_is_not_another_value() -> None:
    one = Indicator(
        "x", "attendance", "count", "filas", where=(Condition("status", "ne", "absent"),)
    )
    rows = [row(status="present"), row(status="absent"), row()]
    assert compute_one(one, rows).value == 1


def test_n_of_a_declared_cohort_counts_only_its_own_units() -> None:
    schema = FactSchema("people", "a person", ("person",), {"person": Column("integer")})
    one = Indicator(
        "hours",
        "attendance",
        "mean",
        "horas",
        value="hours",
        cohort=Cohort("people", of="person"),
    )
    connection = ibis.duckdb.connect()
    rows = numbered([row(person=1, hours=2), row(person=1, hours=4), row(person=9, hours=6)])
    tables = {
        "attendance": FactTable.load(attendance.SCHEMA, [*rows, row(id=7, person=2)], connection),
        "people": FactTable.load(schema, [{"person": n} for n in (1, 2, 3)], connection),
    }
    figure = compute([one], tables)[0]
    assert (figure.value, figure.n, figure.cohort) == (4, 1, 3)
    assert figure.workings["outside_cohort"] == 1


def test_averages_by_category_say_that_they_do_not_add_up() -> None:
    one = Indicator(
        "m", "attendance", "median", "horas", value="hours", disaggregate={"sex": "sex"}
    )
    figure = compute_one(one, [row(hours=1, sex="mujer"), row(hours=2), row(hours=9, sex="mujer")])
    assert (figure.value, figure.is_additive) == (2, False)
    assert parts(figure, "sex") == {"mujer": 5, None: 2}
    assert "figure.not_additive" in {told.code for told in figure.warnings}


def test_faults_of_all_indicators_come_at_once() -> None:
    wrong = [
        Indicator("a", "attendance", "sum", "x", value="sex"),
        Indicator("b", "attendance", "unique", "x", of="sex"),
        Indicator("c", "nowhere", "count", "x"),
    ]
    with pytest.raises(DeclarationError) as caught:
        compute(wrong, {"attendance": attendance.table([])})
    assert [fault.path for fault in caught.value.faults] == ["a.value", "b.of", "c.source"]


def test_a_period_needs_a_date_and_a_code_is_used_once() -> None:
    one = Indicator("rows", "attendance", "count", "filas")
    with pytest.raises(EngineError, match="no_date"):
        compute_one(one, [], periods=[Period.year(2021)])
    with pytest.raises(EngineError, match="repeated_code"):
        compute([one, one], {"attendance": attendance.table([])})


def test_a_table_refuses_repeated_keys_and_required_values_that_are_missing() -> None:
    with pytest.raises(EngineError, match="repeated_key"):
        attendance.table([row(id=1, person=1), row(id=1, person=1)])
    with pytest.raises(EngineError, match="missing_value"):
        attendance.table([row(person=1)])
