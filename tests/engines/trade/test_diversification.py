"""Products to go to next, ranked in each market, with what is sold well left out."""

import numpy as np
import pytest

from digna_engines.errors import EngineError
from digna_engines.trade import Exports, Flows, complexity, export_potential
from digna_engines.trade.diversification import diversification
from engines.trade.test_kernels import made, world


def test_ranks_are_those_of_density_times_demand() -> None:
    potential = made(4, km=True, tariffs=True)
    found = diversification(potential)
    told = found.options("C0", "C3")
    one = slice(0, len(potential.products))
    cells = potential.block(one)[:, 0, 3]
    supply = potential.supply[0]
    # without its supply the cell is ease × demand (× nearness × tariff): density takes its place
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = np.where(supply > 0, cells / supply, np.nan)
    worth = {
        potential.products[k]: found.density[0, k] * rest[k]
        for k in range(len(rest))
        if np.isfinite(rest[k])
    }
    known = [worth[option.product] for option in told if option.product in worth]
    assert known == sorted(known, reverse=True)
    assert [option.rank for option in told] == list(range(1, len(told) + 1))
    assert {option.of for option in told} == {len(told)}
    assert all(option.rca < 1 for option in told)
    assert found.options("C0", "C3", 2) == told[:2]


def test_what_only_passes_through_is_no_advantage() -> None:
    flows = Flows.of({
        "exporter": ["A", "A", "B", "B", "C", "C"],
        "importer": ["B", "C", "A", "C", "A", "B"],
        "product": ["ship", "wool", "ship", "salt", "salt", "wool"],
        "value": [50.0, 50.0, 500.0, 20.0, 30.0, 40.0],
    })  # fmt: skip
    found = diversification(export_potential(flows))
    table = Exports.of({"exporter": ["A", "A", "B", "B", "C", "C"],
                        "product": ["ship", "wool", "ship", "salt", "salt", "wool"],
                        "value": [50.0, 50.0, 500.0, 20.0, 30.0, 40.0]})  # fmt: skip
    plain = complexity(table)
    a, ship = 0, flows.products.index("ship")
    # A buys ten times the ships that it sells
    assert found.rca[a, ship] < plain.rca[a, ship]
    assert found.method.startswith("density")


def test_codes_that_are_not_there() -> None:
    found = diversification(export_potential(world(1)))
    for exporter, market in (("X", "C1"), ("C1", "X")):
        with pytest.raises(EngineError) as raised:
            found.options(exporter, market)
        assert raised.value.code == "trade.unknown"
