"""The pass over the world: compiled and plain alike, and both like the cells themselves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.trade import Flows, export_potential
from digna_engines.trade.kernels import Cells, passed
from digna_engines.trade.potential import ExportPotential


def world(seed: int, n: int = 9, p: int = 12) -> Flows:
    """Sparse flows of a few countries and products."""
    chance = np.random.default_rng(seed)
    rows = [
        (f"C{i}", f"C{j}", f"{k:04d}", float(chance.lognormal(3, 2)))
        for i in range(n) for j in range(n) for k in range(p)
        if i != j and chance.random() < 0.35
    ]  # fmt: skip
    names = ("exporter", "importer", "product", "value")
    return Flows.of(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


def made(seed: int, *, km: bool = False, tariffs: bool = False) -> ExportPotential:
    """The potential of such a world, with distances and tariffs of some pairs and cells."""
    flows, chance = world(seed), np.random.default_rng(seed + 1)
    pairs = [(a, b) for a in flows.countries for b in flows.countries if chance.random() < 0.8]
    cells = [
        (a, k, b) for a, b in pairs for k in flows.products if a != b and chance.random() < 0.3
    ]
    return export_potential(
        flows,
        distances={pair: float(chance.uniform(50, 15_000)) for pair in pairs} if km else None,
        tariffs={cell: float(chance.uniform(0, 0.3)) for cell in cells} if tariffs else None,
    )


@pytest.mark.parametrize("km", [False, True])
@pytest.mark.parametrize("tariffs", [False, True])
@pytest.mark.parametrize("top", [1, 4, 30])
def test_compiled_and_plain_say_the_same(km: bool, tariffs: bool, top: int) -> None:
    potential = made(3, km=km, tariffs=tariffs)
    fast, plain = potential.top(top), potential.top(top, compiled=False)
    for name in ("potential", "actual", "unrealised"):
        told = getattr(plain.totals, name)
        assert getattr(fast.totals, name) == pytest.approx(told, rel=1e-6, abs=1e-6)
    assert (fast.market == plain.market).all()
    assert fast.unrealised == pytest.approx(plain.unrealised, rel=1e-6)


@pytest.mark.parametrize("n", [17, 60, 150])
@pytest.mark.parametrize("top", [1, 10, 25])
def test_the_best_are_the_same_where_many_cells_are_equal_or_nothing(n: int, top: int) -> None:
    """Whole numbers make ties, within a lane and across; large markets stand in the same lane."""
    chance, p = np.random.default_rng(n + top), 12
    counts = chance.integers(0, 6, n * p)
    rows = np.concatenate([[0], np.cumsum(counts)])
    j = np.concatenate([chance.choice(n, count, replace=False) for count in counts])
    demand = chance.integers(0, 4, (p, n)).astype(float)
    demand[:2] = chance.random((2, n)) < 0.05
    demand[2] = np.where(np.arange(n) < 20, 5, 1)
    cells = Cells(
        chance.integers(0, 3, (p, n)).astype(float), chance.integers(0, 3, (n, n)).astype(float),
        demand, None, None, rows, j, chance.integers(1, 4, len(j)).astype(float),
        np.zeros(n * p + 1, np.int64), np.zeros(0, np.int64), np.zeros(0),
    )  # fmt: skip
    fast, plain = passed(cells, top), passed(cells, top, compiled=False)
    for name in ("potential", "actual", "unrealised", "best_at", "best"):
        assert (getattr(fast, name) == getattr(plain, name)).all(), name


@given(st.integers(0, 500), st.booleans(), st.booleans())
@settings(max_examples=12)
def test_the_pass_agrees_with_the_cells_in_double_precision(
    seed: int, km: bool, tariffs: bool
) -> None:
    potential = made(seed, km=km, tariffs=tariffs)
    found, slow = potential.top(3), potential.totals()
    for name in ("potential", "actual", "unrealised"):
        assert getattr(found.totals, name) == pytest.approx(getattr(slow, name), rel=1e-4, abs=1e-2)
    best = np.sort(potential.unrealised, axis=2)[:, :, ::-1][:, :, :3]
    assert found.unrealised == pytest.approx(best, rel=1e-4, abs=1e-2)


def test_one_or_two_threads_are_the_same_to_the_last_digit() -> None:
    potential = made(5, km=True)
    one, two = potential.top(4, threads=1), potential.top(4, threads=2)
    assert (one.totals.unrealised == two.totals.unrealised).all()
    assert (one.market == two.market).all()


def test_the_best_markets_of_one_pair_are_told_by_name() -> None:
    potential = made(5)
    best = potential.top(4).of("C0", "0003")
    slow = {one.market: one.unrealised for one in potential.markets("C0", "0003")}
    assert [value for _, value in best] == sorted((v for _, v in best), reverse=True)
    assert all(slow[market] == pytest.approx(value, rel=1e-5) for market, value in best)


def test_a_normalised_potential_sums_to_the_demand_and_has_no_pass() -> None:
    flows = world(2)
    potential = export_potential(flows, normalises=True)
    cells = potential.block(slice(0, len(flows.products)))
    total, demand = cells.sum(axis=1), potential.demand
    assert total[total > 0] == pytest.approx(demand[total > 0])
    with pytest.raises(EngineError) as raised:
        potential.top()
    assert raised.value.code == "trade.normalised"


def test_what_waits_for_growth_and_what_does_not_make_up_what_is_unrealised() -> None:
    flows = world(2)
    growth = {c: 1.0 + 0.1 * at for at, c in enumerate(flows.countries)}
    told = export_potential(flows, growth=growth, population={"C1": 1.1}).markets("C0", "0001")
    still = {one.market: one for one in export_potential(flows).markets("C0", "0001")}
    for one in told:
        assert one.growth_part is not None
        assert one.friction_part is not None
        assert 0 <= one.growth_part <= one.unrealised + 1e-9
        assert one.growth_part + one.friction_part == pytest.approx(one.unrealised)
        gained = max(one.potential - still[one.market].potential, 0.0)
        assert one.growth_part <= gained + 1e-9
    assert all(one.growth_part is None for one in still.values())


def test_a_projection_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(EngineError) as raised:
        export_potential(world(2), growth={"C1": -0.2})
    assert raised.value.code == "trade.ratio"
