"""A small fact table, one row per person and session, with everything that goes wrong in one."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import ibis
from hypothesis import strategies as st

from digna_engines.indicators import Column, FactSchema, FactTable

SCHEMA = FactSchema(
    name="attendance",
    grain="one person in one session",
    keys=("id", "person"),
    columns={
        "id": Column("integer", nullable=False),
        "person": Column("integer"),
        "on": Column("date"),
        "sex": Column("text"),
        "department": Column("text"),
        "status": Column("text"),
        "hours": Column("number"),
        "fee": Column("number"),
        "age": Column("integer"),
        "consented": Column("boolean"),
    },
    dimensions=("sex", "department", "consented"),
)
DAYS = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 3, 31), date(2021, 4, 1)]
DAYS += [date(2021, 9, 30), date(2021, 12, 31), date(2022, 1, 1)]


def row(**given: Any) -> dict[str, Any]:
    """One attendance: what is not given is missing."""
    return {name: given.get(name) for name in SCHEMA.columns}


def numbered(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows, each with its own ``id``."""
    return [{**one, "id": n} for n, one in enumerate(rows, start=1)]


def table(rows: Iterable[dict[str, Any]]) -> FactTable:
    """The rows in a DuckDB of their own."""
    return FactTable.load(SCHEMA, rows, ibis.duckdb.connect())


SEXES = [None, "mujer", "hombre"]
DEPARTMENTS = [None, "La Paz", "Beni", "Oruro"]
STATUSES = [None, "present", "absent", "excused"]


def at_random(*, seed: int, size: int) -> list[dict[str, Any]]:
    """The same many rows every time, each value missing now and then."""
    chance = Random(seed)

    def amount() -> Decimal | None:
        return chance.choice([None, Decimal(chance.randint(-5000, 5000)) / 100])

    return numbered(
        row(
            person=chance.choice([None, *range(1, 21)]),
            on=chance.choice([None, *DAYS]),
            sex=chance.choice(SEXES),
            department=chance.choice(DEPARTMENTS),
            status=chance.choice(STATUSES),
            hours=amount(),
            fee=amount(),
            age=chance.choice([None, *range(10, 30)]),
            consented=chance.choice([None, True, False]),
        )
        for _ in range(size)
    )


def _money() -> st.SearchStrategy[Decimal | None]:
    return st.none() | st.decimals(min_value=-50, max_value=50, places=2)


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.just(0),
            "person": st.none() | st.integers(1, 5),
            "on": st.none() | st.sampled_from(DAYS),
            "sex": st.sampled_from(SEXES),
            "department": st.sampled_from(DEPARTMENTS),
            "status": st.sampled_from(STATUSES),
            "hours": _money(),
            "fee": _money(),
            "age": st.none() | st.integers(0, 90),
            "consented": st.sampled_from([None, True, False]),
        }
    ),
    max_size=25,
).map(numbered)
