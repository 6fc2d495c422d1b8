"""Gravity by Poisson pseudo-maximum likelihood adds up, and finds what was put in."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.trade import Flows
from digna_engines.trade.gravity import gravity

# pyfixest 0.60 uses words that pandas 3.1 has begun to retire
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::UserWarning",
    "ignore:.*inplace keyword.*",
)  # fmt: skip
Pairs = dict[tuple[str, str], float]


def world(seed: int, elasticity: float = -1.1, noise: float = 0.0) -> tuple[Flows, Pairs]:
    """Trade that gravity made, with noise; some pairs do not trade."""
    chance = np.random.default_rng(seed)
    n = 8
    sells, buys = chance.lognormal(3, 1, n), chance.lognormal(3, 1, n)
    km = {(f"C{i}", f"C{j}"): float(chance.uniform(300, 15_000)) for i in range(n)
          for j in range(i)}  # fmt: skip
    rows = []
    for i in range(n):
        for j in range(n):
            if i != j:
                d = km[f"C{max(i, j)}", f"C{min(i, j)}"]
                value = sells[i] * buys[j] * d**elasticity * 1e4 * np.exp(chance.normal(0, noise))
                rows.append((f"C{i}", f"C{j}", "0001", float(value)))
    if noise:
        rows = [row for row in rows if chance.random() < 0.8]
    names = ("exporter", "importer", "product", "value")
    return Flows.of(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))), km


def test_the_elasticity_that_made_the_trade_is_found() -> None:
    flows, km = world(1)
    found = gravity(flows, km)
    assert found.distance_elasticity == pytest.approx(-1.1, abs=1e-6)
    assert found.pairs == 56
    assert np.nanmax(np.abs(found.ratio - 1)) < 1e-5


@given(st.integers(0, 1000))
@settings(max_examples=5)
def test_fitted_trade_adds_up_to_what_each_sells_and_buys(seed: int) -> None:
    flows, km = world(seed, noise=0.8)
    found = gravity(flows, km)
    n = len(flows.countries)
    traded = np.zeros((n, n))
    np.add.at(traded, (flows.i, flows.j), flows.v)
    used = np.isfinite(found.fitted)
    kept = np.where(used, traded, 0.0)
    assert np.nansum(found.fitted, axis=1) == pytest.approx(kept.sum(axis=1), rel=1e-5)
    assert np.nansum(found.fitted, axis=0) == pytest.approx(kept.sum(axis=0), rel=1e-5)
    assert -1 <= found.agreement <= 1


def test_without_the_package_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyfixest", None)
    flows, km = world(1)
    with pytest.raises(EngineError) as raised:
        gravity(flows, km)
    assert raised.value.code == "trade.no_pyfixest"


def test_two_pairs_are_too_few() -> None:
    flows = Flows.of({"exporter": ["A"], "importer": ["B"], "product": ["p"], "value": [1.0]})
    with pytest.raises(EngineError) as raised:
        gravity(flows, {("A", "B"): 100.0})
    assert raised.value.code == "trade.few_pairs"
