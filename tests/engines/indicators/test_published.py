"""Published reporting rates: N is the cohort that was trained, never those who answered."""

from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import pytest

from digna_engines.indicators import (
    Cohort,
    Column,
    Condition,
    FactSchema,
    FactTable,
    Indicator,
    compute,
)

TRAINED = FactSchema(
    "trained", "a firm", ("firm",), {"firm": Column("integer"), "on": Column("date")}
)
SAVED = FactSchema(
    "saved",
    "a firm that reported its saving",
    ("firm",),
    {"firm": Column("integer"), "usd": Column("number"), "on": Column("date")},
)
DAY = date(2015, 6, 30)


def tables(trained: int, reported: int, usd: Decimal) -> dict[str, FactTable]:
    connection = ibis.duckdb.connect()
    firms: list[dict[str, Any]] = [{"firm": n, "on": DAY} for n in range(trained)]
    told: list[dict[str, Any]] = [{"firm": n, "usd": usd, "on": DAY} for n in range(reported)]
    return {
        "trained": FactTable.load(TRAINED, firms, connection),
        "saved": FactTable.load(SAVED, told, connection),
    }


MEDIAN = Indicator(
    "saving", "saved", "median", "USD", value="usd", on="on", cohort=Cohort("trained", "firm")
)


@pytest.mark.parametrize(("trained", "reported", "rate"), [(95, 77, "81.05"), (139, 129, "92.81")])
def test_colombia_and_indonesia_2016(trained: int, reported: int, rate: str) -> None:
    """SCORE Phase II mid-term evaluation: 77 of 95 and 129 of 139 firms with data."""
    (figure,) = compute([MEDIAN], tables(trained, reported, Decimal(359)))
    assert (figure.n, figure.cohort) == (reported, trained)
    assert round(Decimal(figure.n or 0) / Decimal(trained) * 100, 2) == Decimal(rate)


def test_peru_2017_2019_projects_a_firm() -> None:
    """About 500 projects in 52 firms are 9.6 a firm: a ratio of two counts, both shown."""
    schema = FactSchema(
        "projects", "a project", ("project", "firm"),
        {"project": Column("integer"), "firm": Column("integer"), "one": Column("number")},
    )  # fmt: skip
    rows = [{"project": n, "firm": n % 52, "one": 1} for n in range(500)]
    table = FactTable.load(schema, rows, ibis.duckdb.connect())
    firms = Indicator("firms", "projects", "unique", "empresas", of="firm")
    projects = Indicator("projects", "projects", "count", "proyectos")
    of_firms, of_projects = compute([firms, projects], {"projects": table})
    assert (of_projects.value, of_firms.value) == (500, 52)
    assert round(Decimal(of_projects.value or 0) / Decimal(of_firms.value or 1), 1) == Decimal(
        "9.6"
    )


def test_a_share_of_firms_is_not_a_size_of_effect() -> None:
    """«64 %» was printed both as firms that cut defects and as the cut itself."""
    schema = FactSchema(
        "change", "a firm", ("firm",), {"firm": Column("integer"), "cut": Column("number")}
    )
    rows = [{"firm": n, "cut": Decimal("0.10") if n < 64 else Decimal(0)} for n in range(100)]
    table = {"change": FactTable.load(schema, rows, ibis.duckdb.connect())}
    share = Indicator(
        "firms_better", "change", "share", "empresas", of="firm",
        meets=(Condition("cut", "gt", 0),),
    )  # fmt: skip
    size = Indicator("size", "change", "median", "proporción", value="cut")
    of_firms, of_effect = compute([share, size], table)
    assert (of_firms.numerator, of_firms.denominator) == (64, 100)
    assert of_effect.value == Decimal("0.1")
    assert share.unit != size.unit
