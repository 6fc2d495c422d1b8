"""Numbers that others printed, and examples small enough to be done by hand."""

import csv
import gzip
import io
from pathlib import Path

import numpy as np
import pytest

from digna_engines.errors import EngineError
from digna_engines.trade import (
    Exports,
    Flows,
    complexity,
    export_potential,
    herfindahl,
    rca,
    reflections,
)

SHARED = Path(__file__).parents[4] / "shared" / "data" / "trade" / "economiccomplexity_r"
FLOWS = {
    "exporter": list("AABABB"),
    "importer": list("CDCCCD"),
    "product": list("pppqqq"),
    "value": [60, 20, 20, 10, 30, 60],
}


@pytest.fixture(scope="module")
def world() -> Exports:
    files = sorted(SHARED.glob("*trade*")) if SHARED.is_dir() else []
    if not files:
        pytest.skip("needs ../shared/data/trade/economiccomplexity_r beside the project")
    raw = files[0].read_bytes()
    text = gzip.decompress(raw).decode() if files[0].suffix == ".gz" else raw.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    return Exports.of(
        {
            "exporter": [row["country"] for row in rows],
            "product": [row["product"] for row in rows],
            "value": [float(row["value"]) for row in rows],
        }
    )


def test_the_world_of_1998_to_2000_as_r_printed_it(world: Exports) -> None:
    found = complexity(world, ddof=1)
    at = {name: place for place, name in enumerate(found.exporters)}
    of = {name: place for place, name in enumerate(found.products)}
    assert int(found.m.sum()) == 31_951
    assert found.rca[at["afg"], of["0011"]] == pytest.approx(0.2312238, abs=5e-8)
    assert found.rca[at["ago"], of["0011"]] == pytest.approx(0.1777917, abs=5e-8)
    assert found.rca[at["and"], of["0015"]] == pytest.approx(3.815013011, abs=1e-8)
    printed = {"afg": -0.5764283, "ago": -1.7770752, "aia": 1.4090414, "alb": -0.1732606,
               "and": 1.0772452}  # fmt: skip
    for name, value in printed.items():
        assert found.eci[at[name]] == pytest.approx(value, abs=5e-8)


def test_products_of_that_world_with_their_own_mean_and_deviation(world: Exports) -> None:
    found = complexity(world, ddof=1)
    of = {name: place for place, name in enumerate(found.products)}
    own = (found.pci - np.nanmean(found.pci)) / np.nanstd(found.pci, ddof=1)
    printed = {"0011": -0.66657613, "0012": -1.62657599, "0013": -0.08149436, "0014": 0.19917280,
               "0015": 0.14935653}  # fmt: skip
    for name, value in printed.items():
        assert own[of[name]] == pytest.approx(value, abs=5e-9)


def test_the_method_of_reflections_as_r_printed_it(world: Exports) -> None:
    countries, products = reflections(world, 18)
    at = {name: place for place, name in enumerate(world.exporters)}
    assert countries[at["afg"]] == pytest.approx(-0.5788151, abs=5e-8)
    assert countries[at["ago"]] == pytest.approx(-1.7710696, abs=5e-8)
    assert products[world.products.index("0011")] == pytest.approx(-0.66255107, abs=5e-8)


def test_the_advantage_done_by_hand() -> None:
    flows = Flows.of(FLOWS)
    table = {"exporter": FLOWS["exporter"], "product": FLOWS["product"], "value": FLOWS["value"]}
    assert rca(Exports.of(table)).round(6).tolist() == [[1.777778, 0.222222], [0.363636, 1.636364]]
    assert flows.countries == ("A", "B", "C", "D")


@pytest.mark.parametrize(
    ("cell", "potential", "unrealised"),
    [
        ("ApC", 65.882353, 5.882353), ("AqC", 4.117647, 0), ("ApD", 14.545455, 0),
        ("AqD", 5.454545, 5.454545), ("BpC", 15.384615, 0), ("BqC", 34.615385, 4.615385),
        ("BpD", 4.137931, 4.137931), ("BqD", 55.862069, 0),
    ],
)  # fmt: skip
def test_export_potential_done_by_hand(cell: str, potential: float, unrealised: float) -> None:
    told = export_potential(Flows.of(FLOWS)).explain(*cell)
    assert told.potential == pytest.approx(potential, abs=5e-7)
    assert told.unrealised == pytest.approx(unrealised, abs=5e-7)
    assert told.missing == ("distances", "tariffs", "growth", "population")


def test_concentration_of_the_partners_of_bolivian_coffee() -> None:
    equal = herfindahl([1] * 16)
    assert (equal.hhi, equal.normalised, equal.n) == (1 / 16, 0.0, 16)
    assert herfindahl([7]).normalised == 1.0
    assert np.isnan(herfindahl([]).hhi)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"exporter": ["A"], "product": ["p"]}, "trade.column"),
        ({"exporter": ["A"], "product": [901], "value": [1]}, "trade.code"),
        ({"exporter": ["A"], "product": [""], "value": [1]}, "trade.code"),
        ({"exporter": ["A"], "product": ["p"], "value": ["mucho"]}, "trade.value"),
        ({"exporter": ["A"], "product": ["p"], "value": [-1]}, "trade.value"),
        ({"exporter": ["A"], "product": ["p"], "value": [float("nan")]}, "trade.value"),
        ({"exporter": [], "product": [], "value": []}, "trade.empty"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(table: dict[str, list[object]], code: str) -> None:
    with pytest.raises(EngineError) as raised:
        Exports.of(table)
    assert raised.value.code == code
    assert raised.value.message_es


def test_a_country_that_trades_with_itself_is_refused() -> None:
    with pytest.raises(EngineError, match="own_trade"):
        Flows.of({"exporter": ["A"], "importer": ["A"], "product": ["p"], "value": [1]})


def test_arrow_pandas_and_plain_columns_are_the_same_table() -> None:
    pa = pytest.importorskip("pyarrow")
    plain = {"exporter": ["A", "B"], "product": ["0011", "0012"], "value": [1.0, 2.0],
             "year": [2020, 2021]}  # fmt: skip
    arrow = pa.table(plain)
    for table in (arrow, arrow.to_pandas()):
        found = Exports.of(table)
        assert found.products == ("0011", "0012")
        assert (found.values == Exports.of(plain).values).all()
    assert Exports.of(arrow, year=2021).exporters == ("B",)
