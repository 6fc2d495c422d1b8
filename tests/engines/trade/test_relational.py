"""The indices as expressions and as arrays agree; market tables done by hand; identities."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.trade import (
    Exports,
    Flows,
    complementarity,
    expy,
    herfindahl,
    lafay,
    margins,
    market_table,
    penetration,
    prody,
    rca,
    relational,
    rsca,
)
from digna_engines.trade.growth import growth, growth_columns

BACKEND: list[Any] = []
Long = dict[str, list[Any]]


@pytest.fixture(scope="module", autouse=True)
def duck() -> Iterator[None]:
    """One database for the module: hypothesis asks it hundreds of times."""
    import ibis

    BACKEND.append(ibis.duckdb.connect())
    yield
    BACKEND.pop().disconnect()


def table(columns: Long) -> Any:
    import ibis
    import pyarrow as pa

    return ibis.memtable(pa.table(columns))


def asked(expression: Any) -> list[dict[str, Any]]:
    return list(BACKEND[0].to_pyarrow(expression).to_pylist())


@st.composite
def worlds(draw: Any) -> Long:
    chance = np.random.default_rng(draw(st.integers(0, 5_000)))
    n, p = draw(st.integers(3, 6)), draw(st.integers(2, 6))
    rows = [
        (f"C{i}", f"C{j}", f"{k:04d}", year, float(chance.lognormal(3, 1)))
        for i in range(n) for j in range(n) for k in range(p) for year in (2020, 2023)
        if i != j and chance.random() < 0.5
    ]  # fmt: skip
    rows += [("C0", "C1", "0000", 2020, 1.0), ("C1", "C0", "0001", 2023, 2.0)]
    names = ("exporter", "importer", "product", "year", "value")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def both_ways(world: Long) -> tuple[Exports, Exports]:
    sold = {name: world[name] for name in ("exporter", "product", "value")}
    bought = {"exporter": world["importer"], "product": world["product"], "value": world["value"]}
    return Exports.of(sold), Exports.of(bought)


@given(worlds())
@settings(max_examples=15)
def test_advantage_balance_and_fit_agree_with_the_arrays(world: Long) -> None:
    sold, bought = both_ways(world)
    dense, symmetric = rca(sold), rsca(sold)
    for row in asked(relational.rsca(table(world))):
        at = sold.exporters.index(row["exporter"]), sold.products.index(row["product"])
        assert row["rca"] == pytest.approx(dense[at])
        assert row["rsca"] == pytest.approx(symmetric[at])
    balance = lafay(sold, bought)
    for row in asked(relational.lafay(table(world))):
        if row["country"] in sold.exporters and row["country"] in bought.exporters:
            at = sold.exporters.index(row["country"]), sold.products.index(row["product"])
            assert row["lafay"] == pytest.approx(balance[at], abs=1e-9)
    fit = complementarity(sold, bought)
    found = asked(relational.complementarity(table(world)))
    assert len(found) == fit.size
    for row in found:
        at = sold.exporters.index(row["exporter"]), bought.exporters.index(row["importer"])
        assert row["complementarity"] == pytest.approx(fit[at])


@given(worlds())
@settings(max_examples=15)
def test_margins_penetration_and_incomes_agree_with_the_arrays(world: Long) -> None:
    flows, (sold, _) = Flows.of(world), both_ways(world)
    for row in asked(relational.margins(table(world))):
        # the arrays average the years; shares do not mind
        dense = margins(flows, row["exporter"], row["importer"])
        for name in ("extensive", "intensive", "share"):
            told = getattr(dense, name)
            assert (row[name] is None) == (not np.isfinite(told))
            assert row[name] is None or row[name] == pytest.approx(told)
    for row in asked(relational.penetration(table(world))):
        assert (row["reached"], row["there"]) == penetration(flows, row["exporter"])
    income = {
        "exporter": list(sold.exporters),
        "income": np.linspace(1e3, 9e3, len(sold.exporters)),
    }
    worth, basket = prody(sold, income["income"]), expy(sold, income["income"])
    incomes = table(income)
    for row in asked(relational.prody(table(world), incomes)):
        assert row["prody"] == pytest.approx(worth[sold.products.index(row["product"])])
    for row in asked(relational.expy(table(world), incomes)):
        assert row["expy"] == pytest.approx(basket[sold.exporters.index(row["exporter"])])


@given(worlds())
@settings(max_examples=15)
def test_what_must_hold_of_the_expressions(world: Long) -> None:
    balance: dict[str, float] = {}
    for row in asked(relational.lafay(table(world))):
        balance[row["country"]] = balance.get(row["country"], 0.0) + row["lafay"]
    assert list(balance.values()) == pytest.approx([0.0] * len(balance), abs=1e-9)
    for row in asked(relational.margins(table(world))):
        if row["intensive"] is not None:
            assert row["extensive"] * row["intensive"] == pytest.approx(row["share"])
    for row in asked(relational.growth_split(table(world), first=2020, last=2023)):
        at = [year for year, who in zip(world["year"], world["exporter"], strict=True)
              if who == row["exporter"]]  # fmt: skip
        values = [v for v, who in zip(world["value"], world["exporter"], strict=True)
                  if who == row["exporter"]]  # fmt: skip
        change = sum(v if year == 2023 else -v for year, v in zip(at, values, strict=True))
        assert row["change"] == pytest.approx(change, abs=1e-9)
    pairs = asked(relational.intensity(table(world)))
    mine = [row for row in pairs if row["exporter"] == "C0"]
    bought: dict[str, float] = {}
    for who, value in zip(world["importer"], world["value"], strict=True):
        bought[who] = bought.get(who, 0.0) + value
    whole = sum(bought.values())
    # an exporter's intensities, weighted by what each market buys of the world's, sum to 1
    assert sum(r["intensity"] * bought[r["importer"]] / whole for r in mine) == pytest.approx(1)


QUINOA: Long = {
    "exporter": ["BOL", "PER", "BOL", "PER", "BOL", "PER", "BOL", "DEU"],
    "importer": ["DEU", "DEU", "DEU", "DEU", "DEU", "DEU", "USA", "USA"],
    "product": ["100850"] * 8,
    "year": [2021, 2021, 2022, 2022, 2023, 2023, 2023, 2023],
    "value": [60.0, 40.0, 66.0, 44.0, 72.6, 48.4, 30.0, 10.0],
    "quantity": [20.0, 10.0, 22.0, 11.0, 24.2, None, 10.0, 2.0],
}


@pytest.fixture(scope="module")
def quinoa(duck: None) -> Any:
    """A table that belongs to the module's database, as a store's does."""
    return BACKEND[0].create_table("quinoa", table(QUINOA))


def test_the_market_table_done_by_hand(quinoa: Any) -> None:
    km = {("BOL", "DEU"): 10_000.0, ("PER", "DEU"): 11_000.0}
    found = market_table(quinoa, "100850", years=[2021, 2022, 2023], distances=km)
    germany, states = found.rows
    assert (germany.market, germany.world_rank, states.market) == ("DEU", 1, "USA")
    assert germany.value == pytest.approx(121.0)
    assert germany.balance == pytest.approx(10 - 121.0)
    assert germany.growth == pytest.approx(0.1)
    assert germany.growth_cagr == pytest.approx(0.1)
    assert germany.growth_last == pytest.approx(0.1)
    assert germany.growth_n == 3
    # Peru's weight of 2023 is not known: its value is left out of the price, not of the total
    assert (germany.quantity, germany.unit_value) == (pytest.approx(24.2), pytest.approx(3.0))
    assert germany.world_share == pytest.approx(121 / 161)
    assert (germany.partners, germany.concentration) == (2, pytest.approx(0.6**2 + 0.4**2))
    assert germany.concentration_normalised == pytest.approx(herfindahl([6, 4]).normalised)
    assert germany.partner_km == pytest.approx(0.6 * 10_000 + 0.4 * 11_000)
    assert (germany.tariff, found.missing) == (None, ("tariffs",))
    # one year is no growth, and is told to be one
    assert (states.growth, states.growth_n, states.growth_cagr) == (None, 1, None)
    assert states.partner_km is None


def test_the_mirrored_table_lists_who_sells(quinoa: Any) -> None:
    found = market_table(quinoa, "100850", years=[2021, 2022, 2023], side="exporter")
    bolivia, peru, germany = found.rows
    assert (bolivia.market, bolivia.value, bolivia.balance) == ("BOL", pytest.approx(102.6), 102.6)
    assert (peru.market, germany.market, germany.balance) == ("PER", "DEU", 10 - 121.0)
    assert bolivia.partners == 2


@pytest.mark.parametrize(("years", "code"), [([], "trade.years"), ([1990], "trade.no_trade")])
def test_years_that_cannot_be_asked_for(quinoa: Any, years: list[int], code: str) -> None:
    with pytest.raises(EngineError) as raised:
        market_table(quinoa, "100850", years=years)
    assert raised.value.code == code


@given(st.floats(1, 1e9), st.floats(-0.5, 2.0), st.integers(3, 12))
def test_growth_of_a_geometric_series_is_its_ratio(start: float, rate: float, n: int) -> None:
    years = list(range(2000, 2000 + n))
    told = growth({year: start * (1 + rate) ** at for at, year in enumerate(years)}, years)
    assert told.rate == pytest.approx(rate, abs=1e-9)
    assert told.cagr == pytest.approx(rate, abs=1e-9)
    assert told.last == pytest.approx(rate, abs=1e-9)
    assert told.n == n


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), min_size=1, max_size=9))
@settings(max_examples=40)
def test_growth_in_sql_is_growth_in_python(values: list[float | None]) -> None:
    years = list(range(2010, 2010 + len(values)))
    rows = table({"year": years, "value": values, "one": [1] * len(years)})
    rows = rows.mutate(value=rows["value"].cast("float64"))
    (found,) = asked(rows.group_by("one").aggregate(**growth_columns(rows, years)))
    told = growth(dict(zip(years, values, strict=True)), years)
    assert found["growth_n"] == told.n
    for name, value in (("growth", told.rate), ("growth_cagr", told.cagr),
                        ("growth_last", told.last)):  # fmt: skip
        if value is None:
            assert found[name] is None
        else:
            assert found[name] == pytest.approx(value, rel=1e-6, abs=1e-9)
