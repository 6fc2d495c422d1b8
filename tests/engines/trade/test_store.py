"""A store holds what was gathered: the same rows in two orders, the same sums, or nothing."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.trade.building import build
from digna_engines.trade.dimensions import Country, Product, countries_of
from digna_engines.trade.manifest import Manifest
from digna_engines.trade.reading.plain import gather_table
from digna_engines.trade.reports import Report
from digna_engines.trade.store import Store, stores
from digna_engines.trade.workspace import PREFIX, sweep, workspace

COUNTRIES = countries_of(
    [
        (68, "Plurinational State of Bolivia", "BO", "BOL"),
        (276, "Germany", "DE", "DEU"),
        (710, "South Africa", "ZA", "ZAF"),
        (711, "So. African Customs Union", "ZA", "ZAF"),
        (842, "USA", "US", "USA"),
    ]
)
PRODUCTS = (Product("090111", "Coffee"), Product("100850", "Quinoa"), Product("520100", "Cotton"))
ROWS: dict[str, list[Any]] = {
    "exporter": [68, 68, 842, 68, 276, 711],
    "importer": [842, 276, 276, 276, 842, 710],
    "product": [100850, 100850, 90111, 90111, 90111, 90111],
    "year": [2022, 2022, 2022, 2023, 2023, 2023],
    "value": [1000, 2500, 40, 600, 7, 3],
    "quantity": [400, None, 10, 150, 1, None],
}


def made(root: Path, rows: dict[str, list[Any]] = ROWS, **told: Any) -> Report:
    table = rows | {"product": [f"{code:06d}" for code in rows["product"]]}
    with workspace(root) as working:
        gathered = gather_table(
            working, table, countries=COUNTRIES, products=PRODUCTS, release="1", **told
        )
        return build(root, gathered, working=working)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(made(tmp_path).folder)


def test_the_manifest_tells_rows_sums_and_what_has_no_quantity(tmp_path: Path) -> None:
    report = made(tmp_path, synthetic=True, licence="ours")
    manifest = Store.open(report.folder).manifest
    assert manifest == report.manifest == Manifest.read(Path(report.folder))
    assert (manifest.rows, manifest.quantities, report.missing_quantities) == (6, 4, 2)
    assert manifest.total_usd == {2022: 3540, 2023: 610}
    assert (manifest.years, manifest.mean_years) == ((2022, 2023), (2022, 2023))
    assert (manifest.synthetic, manifest.licence, manifest.hs) == (True, "ours", "17")


def test_both_orders_hold_the_same_rows_each_in_its_own_order(store: Store) -> None:
    products = store.flows.to_pyarrow()
    exporters = store.by_exporter.to_pyarrow()
    columns = ["exporter", "importer", "product", "year", "value", "quantity"]
    assert products.column_names == exporters.column_names == columns
    rows = [[tuple(row.values()) for row in table.to_pylist()] for table in (products, exporters)]
    assert sorted(rows[0], key=str) == sorted(rows[1], key=str)
    for year in (2022, 2023):
        first = [(row[2], row[0], row[1]) for row in rows[0] if row[3] == year]
        second = [(row[0], row[2], row[1]) for row in rows[1] if row[3] == year]
        assert (first, second) == (sorted(first), sorted(second))
    assert products["quantity"].null_count == 2


def test_labels_are_unique_and_lead_to_their_country(store: Store) -> None:
    assert [country.label for country in store.countries] == ["BOL", "DEU", "ZAF", "ZAF-711", "USA"]
    assert store.country("bol").code == 68
    assert store.country("ZAF-711").iso2 == "ZA"
    assert store.product("0901.11").number == 90111
    for wrong in (lambda: store.country("XYZ"), lambda: store.product("999999")):
        with pytest.raises(EngineError, match=r"trade\.unknown"):
            wrong()


def test_exports_of_a_year_come_from_the_sums(store: Store) -> None:
    found = store.exports(2022)
    assert (found.exporters, found.products) == (("BOL", "USA"), ("090111", "100850"))
    assert found.values.tolist() == [[0, 3500], [40, 0]]
    with pytest.raises(EngineError, match=r"trade\.year"):
        store.exports(1999)


def test_mean_flows_count_a_year_without_a_flow_as_nought(store: Store) -> None:
    mean = store.mean_flows()
    got = {
        (mean.countries[i], mean.products[k], mean.countries[j]): v
        for i, k, j, v in zip(mean.i, mean.k, mean.j, mean.v, strict=True)
    }
    assert got[("BOL", "100850", "DEU")] == 1250
    assert got[("BOL", "090111", "DEU")] == 300
    assert sum(got.values()) == (3540 + 610) / 2
    order = list(zip(mean.k, mean.i, mean.j, strict=True))
    assert order == sorted(order)
    alone = store.mean_flows([2023])
    assert alone.v.sum() == 610


def test_the_same_rows_again_are_recognised(tmp_path: Path) -> None:
    first, second = made(tmp_path), made(tmp_path)
    assert (first.already, second.already) == (False, True)
    assert first.release_id == second.release_id
    assert [name for name, _ in stores(tmp_path)] == [first.release_id]


def test_nothing_stays_of_an_import_that_failed(tmp_path: Path) -> None:
    rows = ROWS | {"importer": [842, 276, 842, 276, 842, 710]}
    with pytest.raises(EngineError, match=r"trade\.own_trade"):
        made(tmp_path, rows)
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_goes_however_the_work_in_it_ends(tmp_path: Path) -> None:
    def interrupted() -> None:
        with workspace(tmp_path) as working:
            (working / "half").write_text("x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_import_left_is_swept_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / f"{PREFIX}999999999-abc"
    left.mkdir()
    (left / "store").mkdir()
    assert stores(tmp_path) == ()
    assert sweep(tmp_path) == (left.name,)
    made(tmp_path)
    assert not left.exists()


def test_a_folder_without_a_store_says_how_to_bring_one(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"trade\.store_absent"):
        Store.open(tmp_path)
    report = made(tmp_path)
    path = Path(report.folder) / "manifest.json"
    path.write_text(path.read_text().replace('"version": "1"', '"version": "0"'))
    with pytest.raises(EngineError, match=r"trade\.store_version"):
        Store.open(report.folder)


def test_what_is_in_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"trade\.unknown"):
        made(tmp_path, ROWS | {"exporter": [68, 68, 842, 68, 276, 12]})
    with pytest.raises(EngineError, match=r"trade\.empty"):
        made(tmp_path, {name: [] for name in ROWS})


def test_what_nobody_brought_is_none_and_capitals_stand_in_when_given(tmp_path: Path) -> None:
    folder = made(tmp_path).folder
    bare = Store.open(folder)
    assert (bare.distances, bare.tariffs, bare.macro, bare.concordance) == (None,) * 4
    given = Store.open(folder, capitals={"BOL": (-16.5, -68.15), "DEU": (52.52, 13.4)})
    assert given.distances is not None
    assert given.distances.how("BOL", "DEU") == "capitals"
    assert given.distances.km("BOL", "USA") is None


def test_the_worth_of_products_is_what_splits_are_shared_out_by(store: Store) -> None:
    assert store.worth(2022) == {"090111": 40, "100850": 3500}


def test_a_folder_whose_name_looks_like_a_pattern_is_read(tmp_path: Path) -> None:
    report = made(tmp_path / "o'neill [2022] *?")
    assert Store.open(report.folder).flows.count().to_pyarrow().as_py() == 6


def test_former_states_give_way_to_those_of_today() -> None:
    rows = [
        (56, "Belgium", "BE", "BEL"), (58, "Belgium-Luxembourg", "BE", "BEL"),
        (490, "Other Asia, nes", "N/A", "N/A"), (516, "Namibia", "", "NAM"),
        (697, "Europe EFTA, nes", "N/A", "N/A"),
    ]  # fmt: skip
    found = {country.code: country for country in countries_of(rows)}
    assert {code: one.label for code, one in found.items()} == {
        56: "BEL", 58: "BEL-58", 490: "TWN", 516: "NAM", 697: "NES-697",
    }  # fmt: skip
    assert found[516].iso2 == "NA"
    assert found[697] == Country(697, "NES-697", None, None, "Europe EFTA, nes")
    alone = countries_of([(711, "So. African Customs Union", "ZA", "ZAF")])
    assert alone[0].label == "ZAF"


flow = st.tuples(
    st.sampled_from([68, 276, 842]), st.sampled_from([710, 711]),
    st.sampled_from([90111, 100850, 520100]), st.integers(2018, 2023),
)  # fmt: skip


@settings(max_examples=6)
@given(st.dictionaries(flow, st.integers(1, 10**12), min_size=1, max_size=40))
def test_mean_flows_and_exports_are_the_slow_sums(
    tmp_path_factory: pytest.TempPathFactory, flows: dict[tuple[int, int, int, int], int]
) -> None:
    rows = {
        name: [key[at] for key in flows]
        for at, name in enumerate(("exporter", "importer", "product", "year"))
    } | {"value": list(flows.values())}
    store = Store.open(made(tmp_path_factory.mktemp("world"), rows).folder)
    last = sorted({key[3] for key in flows})[-5:]
    slow: dict[tuple[int, int, int], float] = defaultdict(float)
    for (i, j, k, year), value in flows.items():
        if year in last:
            slow[i, k, j] += value / len(last)
    mean = store.mean_flows()
    code = {country.label: country.code for country in store.countries}
    got = {
        (code[mean.countries[i]], int(mean.products[k]), code[mean.countries[j]]): v
        for i, k, j, v in zip(mean.i, mean.k, mean.j, mean.v, strict=True)
    }
    assert got == pytest.approx(slow)
    year = last[-1]
    assert store.exports(year).values.sum() == store.manifest.total_usd[year]
