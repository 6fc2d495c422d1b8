"""UN Comtrade in its three layouts: the same flows once each, however often the file has them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from digna_engines.errors import EngineError
from digna_engines.trade.importing import import_release
from digna_engines.trade.store import Store
from engines.trade.comtrade_files import NEW, ROWS, from_r, legacy, new, web

Write = Callable[[Path, list[dict[str, str]]], Path]
DETAIL = [
    {"transport": "2100"}, {"customs": "C01"}, {"supply": "1"}, {"second": "842"},
    {"flow": "RX"}, {"product": "0901"}, {"product": "TOTAL"}, {"partner": "68"},
]  # fmt: skip


def opened(root: Path, path: Path, **told: object) -> Store:
    return Store.open(import_release(root, path, source="comtrade", **told).folder)  # type: ignore[arg-type]


def flows(store: Store) -> list[tuple[str, str, str, int, int | None]]:
    label = {country.code: country.label for country in store.countries}
    return [
        (label[r["exporter"]], label[r["importer"]], f"{r['product']:06d}", r["value"],
         r["quantity"])
        for r in store.flows.to_pyarrow().to_pylist()
    ]  # fmt: skip


COFFEE = [
    ("BOL", "DEU", "090111", 1_079_168, None),
    ("BOL", "TWN", "090111", 950, None),
    ("BOL", "USA", "090111", 3_246_264, 581_000),
]


@pytest.mark.parametrize("write", [new, web, legacy, from_r])
def test_the_three_layouts_and_rs_own_give_the_same_flows(write: Write, tmp_path: Path) -> None:
    store = opened(tmp_path / "s", write(tmp_path / "coffee.csv", ROWS))
    assert flows(store) == COFFEE
    told = store.manifest
    assert (told.source, told.hs, told.years, told.valuation) == ("comtrade", "17", (2022,), "FOB")
    assert told.total_usd == {2022: 4_326_382}
    assert ("zeros_restored" in told.warnings) == (write is from_r)
    assert "zero_weights_are_missing" in told.warnings
    assert store.product("090111").name_en.startswith("Coffee")
    assert store.country("BOL").iso2 == "BO"


def test_details_of_a_flow_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = [*ROWS, *({**ROWS[0], **detail} for detail in DETAIL)]
    # what Bolivia sends to itself is part of what it says of the world
    rows[3] = {**ROWS[3], "value": str(4_326_382 + 3_246_264)}
    store = opened(tmp_path / "s", new(tmp_path / "coffee.csv", rows))
    assert flows(store) == COFFEE
    assert store.manifest.left_out == {
        "detail_customs": 1, "detail_second_partner": 1, "detail_supply": 1,
        "detail_transport": 1, "other_flow": 1, "other_level": 2, "own_trade": 1,
    }  # fmt: skip


def test_imports_alone_are_turned_round_and_said_to_be_at_the_border(tmp_path: Path) -> None:
    rows = [{**row, "flow": "M"} for row in ROWS]
    store = opened(tmp_path / "s", new(tmp_path / "imports.csv", rows))
    assert [row[:2] for row in flows(store)] == [("DEU", "BOL"), ("TWN", "BOL"), ("USA", "BOL")]
    assert store.manifest.valuation == "CIF"
    assert "told_by_importers" in store.manifest.warnings


def test_partners_that_do_not_add_up_to_the_world_are_refused(tmp_path: Path) -> None:
    for rows in (ROWS[1:], [*ROWS[:3], {**ROWS[3], "value": "43263820"}]):
        with pytest.raises(EngineError, match=r"trade\.totals") as raised:
            opened(tmp_path / "s", new(tmp_path / "coffee.csv", rows))
        assert raised.value.details["product"] == "090111"
    assert len(flows(opened(tmp_path / "s", new(tmp_path / "some.csv", ROWS[:2])))) == 2


def test_several_editions_ask_which(tmp_path: Path) -> None:
    rows = [*ROWS, {**ROWS[0], "edition": "H4"}]
    path = new(tmp_path / "mixed.csv", rows)
    with pytest.raises(EngineError, match=r"trade\.edition") as raised:
        opened(tmp_path / "s", path)
    assert raised.value.details["editions"] == ["12", "17"]
    store = opened(tmp_path / "s", path, hs="17")
    assert store.manifest.left_out["other_edition"] == 1
    with pytest.raises(EngineError, match=r"trade\.edition"):
        opened(tmp_path / "s", new(tmp_path / "sitc.csv", [{**ROWS[0], "edition": "S3"}]))


BAD = {
    "words for a value": ({"value": "mucho"}, "trade.value", "primaryValue"),
    "a value below nought": ({"value": "-5"}, "trade.value", "primaryValue"),
    "no value": ({"value": ""}, "trade.value", "primaryValue"),
    "words for a weight": ({"weight": "poco"}, "trade.quantity", "netWgt"),
    "a product of letters": ({"product": "09011X"}, "trade.product_code", "cmdCode"),
    "a reporter of letters": ({"reporter": "BOL"}, "trade.unknown_code", "reporterCode"),
    "no year": ({"year": "hoy"}, "trade.year_unread", "refYear"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_refused_with_its_line_and_column(case: str, tmp_path: Path) -> None:
    change, code, column = BAD[case]
    with pytest.raises(EngineError) as raised:
        opened(tmp_path / "s", new(tmp_path / "c.csv", [ROWS[0], {**ROWS[1], **change}]))
    found = raised.value
    assert (found.code, found.details["line"], found.details["column"]) == (code, 3, column)
    assert list((tmp_path / "s").iterdir()) == []


def test_a_flow_that_is_there_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "transport": "2100"}, ROWS[0], ROWS[1], ROWS[0]]
    with pytest.raises(EngineError, match=r"trade\.twice") as raised:
        opened(tmp_path / "s", new(tmp_path / "c.csv", rows))
    assert (raised.value.details["first_line"], raised.value.details["line"]) == (3, 5)


def test_a_file_of_something_else_or_of_nothing_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(EngineError, match=r"trade\.column"):
        opened(tmp_path / "s", other)
    only = new(tmp_path / "details.csv", [{**ROWS[0], "transport": "2100"}])
    with pytest.raises(EngineError, match=r"trade\.empty"):
        opened(tmp_path / "s", only)
    with pytest.raises(EngineError, match=r"trade\.file_absent"):
        opened(tmp_path / "s", tmp_path / "absent.csv")
    with pytest.raises(EngineError, match=r"trade\.flow"):
        opened(tmp_path / "s", new(tmp_path / "re.csv", [{**ROWS[0], "flow": "RX"}]))
    cut = tmp_path / "cut.csv"
    cut.write_text(NEW + "\nC,A,2022\n")
    with pytest.raises(EngineError, match=r"trade\.row_shape"):
        opened(tmp_path / "s", cut)
