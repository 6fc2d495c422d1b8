"""A market sheet: what it holds, in what order, and where each of its numbers comes from."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digna_engines.errors import EngineError
from digna_engines.trade import explained, export_potential, market_sheet, rank, record
from digna_engines.trade.asking import ask, potential_of
from digna_engines.trade.brought import Brought
from digna_engines.trade.building import build
from digna_engines.trade.dimensions import Product, countries_of
from digna_engines.trade.explaining import number_paths
from digna_engines.trade.ranking import ATTRACTIVENESS, Weights
from digna_engines.trade.reading.plain import gather_table
from digna_engines.trade.sheet import Sheet
from digna_engines.trade.store import Store
from digna_engines.trade.workspace import workspace
from engines.trade.small_store import COUNTRIES, PRODUCTS, YEARS, Manifest, SmallStore, columns

SOURCES = Path(__file__).parents[3] / "src"
PUBLISHED = (
    {"product": "100850", "country": "BOL", "year": 2023, "figure": 19e6, "source": "one"},
    {"product": "100850", "country": "BOL", "year": 2023, "figure": 21e6, "source": "other"},
)


@pytest.fixture(scope="module")
def store() -> Iterator[SmallStore]:
    import ibis

    backend = ibis.duckdb.connect()
    yield SmallStore(backend)
    backend.disconnect()


@pytest.fixture(scope="module")
def brought() -> Brought:
    labels = list(COUNTRIES)
    pairs = [(a, b) for a in labels for b in labels if a < b]
    return Brought(
        distances={pair: 500.0 + 90 * at for at, pair in enumerate(pairs)},
        how=dict.fromkeys(labels, "capitals"),
        tariffs={(a, "100850", b): 0.01 * (at % 9) for at, (a, b) in enumerate(pairs)},
        growth={label: 1.0 + at / 50 for at, label in enumerate(labels)},
        population=dict.fromkeys(labels, 1.05),
    )


@pytest.fixture(scope="module")
def full(store: SmallStore, brought: Brought) -> Sheet:
    return market_sheet(
        store, brought=brought, national={2022: 17e6, 2023: 19e6}, published=PUBLISHED,
        exists_since_hs="12",
    )  # fmt: skip


@pytest.fixture(scope="module")
def bare(store: SmallStore) -> Sheet:
    return market_sheet(store)


def test_a_record_is_plain_json_and_comes_back_the_same(full: Sheet, bare: Sheet) -> None:
    for sheet in (full, bare):
        told = record(sheet)
        assert json.loads(json.dumps(told, allow_nan=False)) == told


@pytest.mark.parametrize("which", ["full", "bare"])
def test_every_number_says_where_it_comes_from(which: str, request: Any) -> None:
    told = record(request.getfixturevalue(which))
    paths = list(number_paths(told))
    assert len(paths) > 900
    for path in paths:
        found = explained(told, path)
        assert found.value is not None
        assert found.text_es
        assert found.text_en
        assert (found.source, found.release) == ("synthetic", "test")
        is_label = path.rsplit(".", 1)[-1] in {"year"} or "years" in path
        assert (found.formula == "label") == is_label, path


def test_an_explanation_holds_the_inputs_that_make_the_number(full: Sheet) -> None:
    told = record(full)
    found = explained(told, "markets.NLD.potential")
    product = 1.0
    for value in found.inputs.values():
        product *= value
    assert set(found.inputs) == {
        f"markets.NLD.terms.{name}" for name in ("supply", "ease", "demand", "nearness", "tariff")
    }
    assert product == pytest.approx(found.value)
    share = explained(told, "markets.NLD.exporter_share")
    part, whole = share.inputs.values()
    assert part / whole == pytest.approx(share.value)
    first = told["recommended"][0]["market"]
    copied = explained(told, f"recommended.{first}.reasons.unrealised.values.potential")
    assert copied.inputs[f"markets.{first}.potential"] == copied.value
    assert copied.formula == "potential"
    assert "not_a_ceiling" in found.caveats
    assert "not_a_ceiling" not in share.caveats


@pytest.mark.parametrize("path", ["markets.XYZ.value", "exporter", "exporter.code", "nothing", ""])
def test_a_path_that_leads_to_no_number_is_refused(bare: Sheet, path: str) -> None:
    with pytest.raises(EngineError) as raised:
        explained(record(bare), path)
    assert raised.value.code == "trade.path"


def test_the_figures_are_those_of_the_rows(bare: Sheet) -> None:
    table = columns()
    rows = list(zip(*(table[name] for name in ("exporter", "importer", "product", "year", "value")),
                    strict=True))  # fmt: skip
    bolivia, germany = COUNTRIES["BOL"], COUNTRIES["DEU"]
    world = sum(v for *_, k, y, v in rows if (k, y) == (100850, 2023))
    bought = sum(v for _, j, k, y, v in rows if (j, k, y) == (germany, 100850, 2023))
    sold = sum(v for i, _, k, y, v in rows if (i, k, y) == (bolivia, 100850, 2023))
    here = sum(v for i, j, k, y, v in rows if (i, j, k, y) == (bolivia, germany, 100850, 2023))
    market = next(one for one in bare.markets if one.market == "DEU")
    assert (bare.world.value, bare.exporter.value, market.value) == (world, sold, bought)
    assert market.exporter_value == here
    assert market.exporter_share == pytest.approx(here / bought)
    assert market.share_of_exporter == pytest.approx(here / sold)
    assert bare.exporter.world_share == pytest.approx(sold / world)


def test_markets_come_by_usd_and_at_least_three_are_recommended(full: Sheet, bare: Sheet) -> None:
    for sheet in (full, bare):
        missed = [one.unrealised for one in sheet.markets]
        assert missed == sorted(missed, reverse=True)
        assert len(sheet.recommended) >= 3
        assert [one.market for one in sheet.recommended] == [
            one.market for one in sheet.markets[: len(sheet.recommended)]
        ]
        assert all(one.reasons for one in sheet.recommended)
        assert "BOL" not in {one.market for one in sheet.markets}


def test_what_is_missing_is_named_and_left_empty(bare: Sheet, full: Sheet) -> None:
    assert bare.missing == ("distances", "tariffs", "growth", "population")
    assert full.missing == ()
    for one in bare.markets:
        empty = (one.distance_km, one.tariff, one.tariff_mean, one.potential_growth_part)
        assert empty == (None, None, None, None)
    assert {"missing_input", "synthetic", "not_a_ceiling", "provisional_years"} <= {
        one.code for one in bare.caveats
    }
    assert any(one.supplier_km is not None for one in full.markets)
    assert any(one.potential_growth_part for one in full.markets)


def test_growth_and_friction_make_up_what_is_unrealised(full: Sheet) -> None:
    for one in full.markets:
        assert one.potential_growth_part is not None
        assert one.potential_friction_part is not None
        both = one.potential_growth_part + one.potential_friction_part
        assert both == pytest.approx(one.unrealised)


def test_mirror_and_published_conflicts_are_shown_not_resolved(full: Sheet) -> None:
    gaps = {one.year: one for one in full.mirror}
    theirs = gaps[2023].partners_report
    assert theirs == full.exporter.value
    assert theirs is not None
    assert gaps[2023].gap == pytest.approx((19e6 - theirs) / theirs)
    assert (gaps[2019].exporter_reports, gaps[2019].gap) == (None, None)
    (conflict,) = full.conflicts
    assert [one.source for one in conflict.figures] == ["one", "other"]
    assert conflict.ours == full.exporter.value


def test_a_national_store_is_the_other_end(store: SmallStore, full: Sheet) -> None:
    told = market_sheet(store, national=store)
    assert [one.year for one in told.mirror] == list(told.years)
    assert {one.gap for one in told.mirror} == {0.0}
    other = SmallStore(store.backend, manifest=Manifest(years=(2010,)))
    assert {one.gap for one in market_sheet(store, national=other).mirror} == {None}


def test_a_product_that_the_edition_lacks_is_told_with_where_it_is(store: SmallStore) -> None:
    old = SmallStore(store.backend, manifest=Manifest(hs="07"))
    with pytest.raises(EngineError) as raised:
        market_sheet(old)
    assert raised.value.code == "trade.not_in_edition"
    assert raised.value.details["within"] == ("100890",)


def test_a_product_younger_than_the_years_is_told(store: SmallStore) -> None:
    young = market_sheet(store, exists_since_hs="22")
    assert "younger_than_data" in {one.code for one in young.caveats}
    assert market_sheet(store).product.exists_since_hs == "12"
    old = market_sheet(store, exists_since_hs="92")
    assert "younger_than_data" not in {one.code for one in old.caveats}


def test_a_seller_of_what_it_buys_is_told_to_re_export(store: SmallStore) -> None:
    found = {
        label: market_sheet(store, exporter=label, product="090111") for label in ("NLD", "FRA")
    }
    for sheet in found.values():
        ratio = sheet.exporter.re_export_ratio
        assert ratio is not None
        has_caveat = "re_exports" in {one.code for one in sheet.caveats}
        assert has_caveat == (ratio > 0.5)


def test_chosen_markets_and_weights(store: SmallStore, bare: Sheet) -> None:
    chosen = market_sheet(
        store, markets=["DEU", "USA"], weights=Weights(dict(ATTRACTIVENESS)), years=YEARS[:4]
    )
    assert {one.market for one in chosen.markets} == {"DEU", "USA"}
    assert chosen.years == YEARS[:4]
    assert sum(chosen.weights.values()) == pytest.approx(1)
    places = rank(record(bare), Weights({"value": 1.0}))
    first = min(places, key=lambda one: one.rank_by_score or 99)
    assert first.market == max(bare.markets, key=lambda one: one.value or 0).market


@pytest.mark.parametrize(("exporter", "product", "code"), [
    ("XYZ", "100850", "trade.unknown"), ("BOL", "999999", "trade.unknown"),
])  # fmt: skip
def test_who_or_what_is_not_there(
    store: SmallStore, exporter: str, product: str, code: str
) -> None:
    with pytest.raises(EngineError) as raised:
        market_sheet(store, exporter=exporter, product=product)
    assert raised.value.code == code


def test_years_without_the_product(store: SmallStore) -> None:
    with pytest.raises(EngineError) as raised:
        market_sheet(store, years=[1990, 1991])
    assert raised.value.code == "trade.no_trade"


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small world as a store on disk."""
    root, table = tmp_path_factory.mktemp("stores"), columns()
    plain = table | {"product": [f"{code:06d}" for code in table["product"]]}
    countries = countries_of([
        (code, label, label[:2], label[:3]) for label, code in COUNTRIES.items()
    ])  # fmt: skip
    products = tuple(Product(code, code) for code in PRODUCTS)
    with workspace(root) as working:
        gathered = gather_table(
            working, plain, countries=countries, products=products, release="test", synthetic=True
        )
        return Store.open(Path(build(root, gathered, working=working).folder))


def test_a_store_on_disk_gives_the_same_potential_from_its_sums(on_disk: Store) -> None:
    years = tuple(on_disk.manifest.years[-5:])
    asked = ask(on_disk, on_disk.country("BOL"), on_disk.product("100850"), years, None)
    fast = potential_of(on_disk, asked).markets("BOL", "100850")
    slow = export_potential(on_disk.mean_flows(years)).markets("BOL", "100850")
    assert [one.market for one in fast] == [one.market for one in slow]
    for one, other in zip(fast, slow, strict=True):
        assert one.potential == pytest.approx(other.potential, rel=1e-9)
        assert one.actual == pytest.approx(other.actual, rel=1e-12)


def test_a_prepared_world_makes_the_same_sheet(store: SmallStore, bare: Sheet) -> None:
    prepared = export_potential(store.mean_flows(bare.years))
    assert record(market_sheet(store, potential=prepared)) == record(bare)


def test_reading_a_stored_sheet_brings_no_arrays_and_no_database() -> None:
    asked = (
        "import sys\n"
        "from digna_engines.trade import Weights, explained, rank, record\n"
        "from digna_engines.trade.explaining import number_paths\n"
        "print(*sys.modules)"
    )
    run = [sys.executable, "-c", asked]
    loaded = subprocess.run(run, capture_output=True, text=True, check=True, cwd=SOURCES)
    heavy = {"numpy", "numba", "pyarrow", "duckdb", "ibis", "pandas", "django"}
    assert heavy & set(loaded.stdout.split()) == set()


def test_a_sheet_from_disk_is_the_sheet_from_memory(on_disk: Store, bare: Sheet) -> None:
    found = market_sheet(on_disk)
    assert [one.market for one in found.markets] == [one.market for one in bare.markets]
    for one, other in zip(found.markets, bare.markets, strict=True):
        assert one.value == other.value
        assert one.unrealised == pytest.approx(other.unrealised)
        assert one.growth == pytest.approx(other.growth)
    assert found.exporter.rca == pytest.approx(bare.exporter.rca)
