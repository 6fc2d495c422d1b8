"""Numbers that others printed, and examples small enough to be done by hand."""

import csv
import gzip
import io
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pytest

from digna_engines.errors import EngineError
from digna_engines.trade import (
    Exports,
    Flows,
    complexity,
    export_potential,
    herfindahl,
    market_table,
    rca,
    reflections,
)
from digna_engines.trade.conflicts import conflicts_of
from digna_engines.trade.growth import growth

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


# Bolivian coffee (090111), exports as UN Comtrade has them: value in USD, kg, USD/kg as printed
COFFEE = {2005: (11_274_450, 5_049_357, 2.2328), 2015: (10_161_575, 1_816_225, 5.5949)}
# The same, 2015: the five largest of its 16 partners, and the concentration over all of them
PARTNERS = {"USA": 3_246_264, "DEU": 1_079_168, "BEL": 997_005, "JPN": 981_375, "FRA": 950_828}
# Bolivian quinoa as INE and IBCE figures were printed in the press: USD, t, USD/kg as printed
QUINOA = {2014: (197e6, 29_784, 6.60), 2015: (107.7e6, 25_355, 4.24)}


def test_the_price_of_bolivian_coffee_and_quinoa() -> None:
    rows = {
        "exporter": ["BOL"] * 4, "importer": ["USA"] * 4,
        "product": ["090111", "090111", "100850", "100850"], "year": [2005, 2015, 2014, 2015],
        "value": [one[0] for one in (*COFFEE.values(), *QUINOA.values())],
        "quantity": [COFFEE[2005][1], COFFEE[2015][1], 29_784e3, 25_355e3],
    }  # fmt: skip
    backend = ibis.duckdb.connect()
    flows = backend.create_table("flows", ibis.memtable(pa.table(rows)))
    for year, (value, kg, printed) in COFFEE.items():
        (row,) = market_table(flows, "090111", years=[year]).rows
        assert (row.value, row.quantity) == (value, kg)
        assert round(row.unit_value or 0, 4) == printed
    for year, (_, _, printed) in QUINOA.items():
        (row,) = market_table(flows, "100850", years=[year]).rows
        # printed from figures less rounded than the ones printed
        assert row.unit_value == pytest.approx(printed, abs=0.015)
    assert round(market_table(flows, "100850", years=[2014]).rows[0].unit_value or 0, 2) == 6.61
    backend.disconnect()


def test_the_growth_of_quinoa_before_and_after_its_boom() -> None:
    usd = {2003: 3.1e6, 2011: 63.4e6, 2014: 197e6, 2015: 107.7e6, 2022: 46.5e6}
    boom = growth(usd, list(range(2003, 2015)))
    assert (boom.n, boom.last) == (3, None)
    assert boom.cagr == pytest.approx((197 / 3.1) ** (1 / 11) - 1)
    assert boom.rate == pytest.approx(0.4543, abs=5e-3)
    assert growth(usd, [2014, 2015]).last == pytest.approx(-0.4533, abs=5e-5)
    assert growth(usd, [2014, 2015]).rate is None


def test_figures_that_the_press_printed_differently_stand_side_by_side() -> None:
    rows = [
        {"product": "100850", "country": "BOL", "year": 2015, "measure": "quantity",
         "figure": 25_355e3, "source": "IBCE"},
        {"product": "100850", "country": "BOL", "year": 2015, "measure": "quantity",
         "figure": 35_062e3, "source": "a newspaper"},
        {"product": "100850", "country": "BOL", "year": 2014, "measure": "unit_value",
         "figure": 6.60, "source": "IBCE"},
        {"product": "100850", "country": "BOL", "year": 2022, "figure": 46.5e6, "source": "IBCE"},
    ]  # fmt: skip
    (price, weight) = conflicts_of(rows, {("100850", "BOL", 2014, "unit_value"): 6.61})
    assert (price.ours, [one.value for one in price.figures]) == (6.61, [6.60])
    assert [one.source for one in weight.figures] == ["IBCE", "a newspaper"]
    assert weight.ours is None


def test_the_concentration_of_coffee_lies_where_its_five_partners_put_it() -> None:
    total, known = COFFEE[2015][0], list(PARTNERS.values())
    rest = total - sum(known)
    spread = herfindahl([*known, *[rest / 11] * 11])
    lumped = herfindahl([*known, rest])
    assert spread.n == 16
    assert spread.hhi < 0.155273 < lumped.hhi
    # 18.5 billion of 117 reporters, of which Brazil 5.6
    brazil, world = 5_555_373_845, 18_503_903_580
    assert round(brazil / world, 3) == 0.3


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
    assert (rca(plain, year=2020) == [[1.0]]).all()
    assert complexity(arrow).exporters == ("A", "B")


def test_a_store_is_asked_with_a_year() -> None:
    class Kept:
        def exports(self, year: int) -> Exports:
            return Exports(("A", "B"), ("p", "q"), np.array([[80.0, 10.0], [20.0, 90.0]]) * year)

    assert rca(Kept(), year=2).round(2).tolist() == [[1.78, 0.22], [0.36, 1.64]]
    assert complexity(Kept(), year=2).products == ("p", "q")
    with pytest.raises(EngineError) as raised:
        complexity(Kept())
    assert raised.value.code == "trade.year_needed"
