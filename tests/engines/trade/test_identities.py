"""What must hold whatever the numbers are."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digna_engines.trade import (
    Exports,
    Flows,
    complementarity,
    complexity,
    export_potential,
    expy,
    fitness,
    herfindahl,
    lafay,
    margins,
    penetration,
    prody,
    rca,
    rsca,
)
from digna_engines.trade.potential import best

Draw = Callable[[st.SearchStrategy[int]], int]


@st.composite
def tables(draw: Draw, least: int = 0) -> Exports:
    n, p = draw(st.integers(2, 7)), draw(st.integers(2, 9))
    seed = draw(st.integers(0, 10_000))
    chance = np.random.default_rng(seed)
    values = chance.lognormal(size=(n, p)) * (chance.random((n, p)) < 0.7) + least
    values[0, 0] += 1
    return Exports(tuple(f"C{i}" for i in range(n)), tuple(f"{k:04d}" for k in range(p)), values)


@st.composite
def worlds(draw: Draw) -> Flows:
    n, p = draw(st.integers(3, 6)), draw(st.integers(1, 5))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    rows = [
        (f"C{i}", f"C{j}", f"{k:04d}", float(chance.lognormal()))
        for i in range(n) for j in range(n) for k in range(p)
        if i != j and chance.random() < 0.6
    ]  # fmt: skip
    rows.append(("C0", "C1", "0000", 1.0))
    names = ("exporter", "importer", "product", "value")
    return Flows.of(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


@given(tables())
def test_advantage_averages_to_one_over_the_world(table: Exports) -> None:
    weight = table.values.sum(axis=1) / table.values.sum()
    sold = table.values.sum(axis=0) > 0
    found = np.nan_to_num(rca(table))
    assert weight @ found[:, sold] == pytest.approx(np.ones(sold.sum()))
    inside = rsca(table)[np.isfinite(rsca(table))]
    assert ((inside >= -1) & (inside < 1)).all()


@given(tables(), tables())
def test_lafay_sums_to_nothing(sold: Exports, bought: Exports) -> None:
    found = lafay(sold, bought)
    assert np.nansum(found, axis=1) == pytest.approx(np.zeros(len(sold.exporters)), abs=1e-9)


@given(tables(least=1))
def test_a_basket_fits_itself_wholly(table: Exports) -> None:
    found = complementarity(table, table)
    assert np.diag(found) == pytest.approx(100)
    assert ((found >= -1e-9) & (found <= 100 + 1e-9)).all()


@given(tables())
def test_complexity_of_a_country_is_the_mean_of_its_basket(table: Exports) -> None:
    found = complexity(table)
    near = found.proximity
    assert (near == near.T).all()
    there = found.ubiquity > 0
    assert np.diag(near)[there] == pytest.approx(1)
    if np.isfinite(found.eci).sum() < 2 or found.warnings:
        return
    rows = found.diversity > 0
    basket = found.m[rows] @ np.nan_to_num(found.pci) / found.diversity[rows]
    assert basket == pytest.approx(found.eci[rows], abs=1e-7)


@given(tables(), st.sampled_from(["binary", "continuous"]))
def test_density_is_a_share(table: Exports, m: str) -> None:
    found = complexity(table, m=m)  # type: ignore[arg-type]
    known = found.density[np.isfinite(found.density)]
    assert ((known >= -1e-12) & (known <= 1 + 1e-12)).all()
    assert found.cog.shape == found.m.shape
    assert not found.m.flags.writeable


def slowly(table: Exports) -> np.ndarray:
    """Proximity cell by cell."""
    found = complexity(table)
    p = len(table.products)
    near = np.zeros((p, p))
    for k in range(p):
        for other in range(p):
            both = sum(found.m[i, k] * found.m[i, other] for i in range(len(table.exporters)))
            most = max(found.ubiquity[k], found.ubiquity[other])
            near[k, other] = both / most if most else 0
    return near


@given(tables())
@settings(max_examples=30)
def test_proximity_and_outlook_as_they_are_written_down(table: Exports) -> None:
    found = complexity(table)
    near, p = slowly(table), len(table.products)
    assert found.proximity == pytest.approx(near)
    worth = np.nan_to_num(found.pci)
    for i in range(len(table.exporters)):
        for k in range(p):
            gain = sum(
                (1 - found.m[i, other]) * near[other, k] * worth[other] / near[other].sum()
                for other in range(p)
                if near[other].sum()
            )
            assert found.cog[i, k] == pytest.approx((1 - found.m[i, k]) * gain, abs=1e-9)


@given(worlds())
def test_potential_without_other_inputs_is_the_trade_of_each_pair(flows: Flows) -> None:
    found = export_potential(flows, corrects_re_exports=False)
    pairs = np.zeros((len(flows.countries),) * 2)
    np.add.at(pairs, (flows.i, flows.j), flows.v)
    assert found.potential.sum(axis=1) == pytest.approx(pairs, rel=1e-9, abs=1e-12)


@given(worlds())
def test_totals_are_the_sums_of_the_cells(flows: Flows) -> None:
    found = export_potential(flows)
    totals = found.totals()
    assert totals.potential == pytest.approx(found.potential.sum(axis=2))
    assert totals.unrealised == pytest.approx(found.unrealised.sum(axis=2))
    told = found.markets("C0", "0000")
    assert [one.potential for one in told] == sorted((o.potential for o in told), reverse=True)
    assert all(one.market != "C0" for one in told)
    assert best(told, 1) == () if not told else len(best(told, 1)) == 1


@given(worlds(), st.floats(0, 0.5))
def test_a_tariff_lowers_its_own_cell_and_no_distance_raises_any(flows: Flows, rate: float) -> None:
    one = (flows.countries[flows.i[0]], flows.products[flows.k[0]], flows.countries[flows.j[0]])
    base = export_potential(flows)
    taxed = export_potential(flows, tariffs={one: rate})
    assert taxed.explain(*one).potential <= base.explain(*one).potential * (1 + rate) + 1e-9
    assert "tariffs" not in taxed.missing
    km = {(a, b): 1000.0 for a in flows.countries for b in flows.countries}
    assert export_potential(flows, distances=km).potential == pytest.approx(base.potential)


@given(worlds())
def test_growth_of_demand_raises_it_as_much(flows: Flows) -> None:
    base = export_potential(flows)
    market = flows.countries[flows.j[0]]
    grown = export_potential(flows, growth={market: 2.0})
    j = flows.countries.index(market)
    assert grown.demand[:, j] == pytest.approx(2 * base.demand[:, j])


@given(worlds())
def test_margins_multiply_to_the_share(flows: Flows) -> None:
    exporter, market = flows.countries[flows.i[0]], flows.countries[flows.j[0]]
    found = margins(flows, exporter, market)
    if np.isfinite(found.extensive * found.intensive):
        assert found.extensive * found.intensive == pytest.approx(found.share)
    reached, there = penetration(flows, exporter)
    assert 0 < reached <= there


@given(tables(least=1))
def test_the_income_behind_a_basket_lies_between_the_incomes(table: Exports) -> None:
    income = np.linspace(1000, 9000, len(table.exporters))
    for found in (prody(table, income), expy(table, income)):
        assert ((found >= 1000 - 1e-6) & (found <= 9000 + 1e-6)).all()


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=20))
def test_concentration_lies_between_equal_parts_and_one(parts: list[float]) -> None:
    found = herfindahl(parts)
    assert 1 / len(parts) - 1e-9 <= found.hhi <= 1 + 1e-9
    assert -1e-6 <= found.normalised <= 1 + 1e-9


def test_fitness_of_a_nested_world_follows_diversity() -> None:
    values = np.tril(np.ones((5, 5))) * np.arange(1, 6)[None, :]
    found = fitness(Exports(tuple("ABCDE"), tuple("pqrst"), values))
    present = np.nan_to_num(rca(Exports(tuple("ABCDE"), tuple("pqrst"), values))) >= 1
    order = np.argsort(found.fitness[np.isfinite(found.fitness)])
    assert found.settled
    assert present.any()
    assert len(order) == np.isfinite(found.fitness).sum()


def test_groups_that_share_no_product_are_told() -> None:
    values = np.array([[5.0, 1, 0, 0], [1, 5, 0, 0], [3, 3, 0, 0], [0, 0, 5, 1], [0, 0, 1, 5]])
    found = complexity(Exports(tuple("ABCDE"), tuple("pqrs"), values))
    assert found.warnings
