"""The fact tables: every row fits its schema, keys are unique, programmes come from occasions."""

import uuid
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import make
from digna.improvement import facts
from digna.improvement.models import Instrument
from digna.improvement.services import measurements
from digna.results import sources
from improvement import made

pytestmark = pytest.mark.django_db
TABLES = {
    "kpi": facts.kpi_facts, "practice": facts.practice_facts,
    "project": facts.project_facts, "job": facts.job_facts,
}  # fmt: skip
OCCASION = uuid.UUID(int=5)


@pytest.fixture
def firm() -> Iterator[Any]:
    """A firm measured twice in an occasion of programmes 7 and 8."""
    firm = made.firm(sector=made.sector("manufacturing"), place=make.place())
    for point, on, heads, answer in (
        ("baseline", date(2021, 3, 1), 4, "no"),
        ("endline", date(2021, 9, 1), 6, "yes"),
    ):
        row = made.measured(firm, point, on, occasion=OCCASION)
        measurements.record_headcount(
            actor=make.actor(), measurement=row, permanent_women=heads, casual_men=10 - heads,
            permanent_hours=Decimal(40), permanent_months=Decimal(12),
            casual_hours=Decimal(20) if point == "baseline" else None, casual_months=Decimal(6),
        )  # fmt: skip
        measurements.record_practices(actor=make.actor(), measurement=row, answers={"ppe": answer})
        made.value(firm, "DEF", 40 - heads * 4, 100, month=(2021, on.month - 1), measurement=row)
    made.project(firm, saving=Decimal(1000), running_cost=Decimal(100), status="done")
    facts.PROGRAMMES_OF.append(programmes)
    yield firm
    facts.PROGRAMMES_OF.remove(programmes)


def programmes() -> dict[uuid.UUID, tuple[int, ...]]:
    return {OCCASION: (7, 8)}


def rows_of(table: str, programme: int | None = None) -> list[dict[str, Any]]:
    schema, rows = TABLES[table](programme)
    found = list(rows)
    assert all(len(row) == len(schema.columns) for row in found)
    named = [dict(zip(schema.columns, row, strict=True)) for row in found]
    for row in named:
        for name, column in schema.columns.items():
            assert column.nullable or row[name] is not None, name
    keys = [tuple(row[key] for key in schema.keys) for row in named]
    assert len(set(keys)) == len(keys)
    return named


@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize("table", TABLES)
def test_rows_fit_their_schema_once_in_each_programme(table: str) -> None:
    every, one = rows_of(table), rows_of(table, 7)
    assert {row["programme_id"] for row in every} == {7, 8}
    assert len(every) == 2 * len(one) > 0
    assert rows_of(table, 99) == []
    assert one[0]["department"] == "BO-L"
    assert sources.SOURCES[f"improvement.{table}"].reader(None)[0].columns


@pytest.mark.usefixtures("firm")
def test_what_the_rows_say() -> None:
    before, now = rows_of("kpi", 7)
    assert (before["pair_side"], now["pair_side"]) == ("before", "now")
    assert before["pair"] == now["pair"]
    assert now["change_signed"] == Decimal(8) / Decimal(24)  # 24 % → 16 %, fewer is better
    assert (now["grade"], now["point"], now["review"]) == ("A", "endline", "not_needed")
    base, end = rows_of("practice", 7)
    assert (base["adopted"], end["adopted"], end["slid_back"]) == (None, True, False)
    project = rows_of("project", 7)[0]
    assert (project["net_saving"], project["counts_in_total"]) == (900, True)
    jobs = {
        (r["contract"], r["sex"]): (r["created"], r["lost"], r["net"]) for r in rows_of("job", 7)
    }
    assert jobs == {("permanent", "female"): (2, 0, 2), ("casual", "male"): (0, 2, -2)}


def test_a_firm_of_no_programme_is_published_with_none() -> None:
    firm = made.firm()
    made.value(firm, "DEF", 5, 100)
    assert [row["programme_id"] for row in rows_of("kpi")] == [None]
    assert Instrument.objects.filter(kind="kpi").count() == 19


@pytest.mark.usefixtures("firm")
def test_jobs_carry_the_time_of_each_count() -> None:
    by_contract = {row["contract"]: row for row in rows_of("job", 7)}
    assert by_contract["permanent"]["created"] == 2
    assert by_contract["permanent"]["hours"] == by_contract["permanent"]["hours_before"] == 40
    casual = by_contract["casual"]
    assert (casual["lost"], casual["hours_before"], casual["months_before"]) == (2, 20, 6)
    assert casual["hours"] is None


@pytest.mark.usefixtures("firm")
def test_a_value_is_read_as_people_write_it() -> None:
    values = [row["value"] for row in rows_of("kpi", 7)]
    assert values == [24, 16]  # 24 and 16 of 100, in hundredths
