"""A national customs file by its mapping: added up to flows, converted at a rate."""

from pathlib import Path
from typing import Any

import pytest

from digna_engines.errors import EngineError
from digna_engines.trade.importing import import_release
from digna_engines.trade.store import Store

FILE = """GESTION;NANDINA;DESCRIPCION;PAIS;REGIMEN;VALOR;KILOS
2022;1008.50.90.00;Quinua;ESTADOS UNIDOS;DEFINITIVA;6.960,00;1.000,5
2022;1008509000;Quinua;Países Bajos;DEFINITIVA;13.920,00;2.000,0
2022;1008501000;Quinua para siembra;EE.UU.;DEFINITIVA;696,00;99,5
2022;901119000;Café;Alemania;DEFINITIVA;69,60;
2022;901119000;Café;DEU;DEFINITIVA;69,60;10,0
2022;1008509000;Quinua;BOLIVIA;DEFINITIVA;69,60;10,0
2022;1008509000;Quinua;Chile;TEMPORAL;69,60;10,0
"""
MAPPING: dict[str, Any] = {
    "title": "Aduana", "reporter": "BOL", "flow": "export", "hs": "17", "separator": ";",
    "decimal": ",", "thousands": ".", "product_digits": 10,
    "columns": {"year": "GESTION", "product": "NANDINA", "partner": "PAIS", "value": "VALOR",
                "weight": "KILOS", "product_name": "DESCRIPCION"},
    "currency": {"code": "BOB", "per_usd": 6.96, "source": "BCB"},
    "keep": {"REGIMEN": ["DEFINITIVA"]}, "countries": {"EE.UU.": "USA"},
}  # fmt: skip


def opened(tmp_path: Path, text: str = FILE, **change: Any) -> Store:
    path = tmp_path / "Aduana 2022.csv"
    path.write_text(text, encoding="latin-1")
    told = MAPPING | change
    report = import_release(tmp_path / "s", path, source="national", mapping=told)
    return Store.open(report.folder)


def test_declarations_add_up_and_part_of_a_weight_is_no_weight(tmp_path: Path) -> None:
    store = opened(tmp_path)
    label = {country.code: country.label for country in store.countries}
    found = {
        (f"{r['product']:06d}", label[r["importer"]]): (r["value"], r["quantity"])
        for r in store.flows.to_pyarrow().to_pylist()
    }
    assert found == {
        ("100850", "USA"): (1_100, 1_100),
        ("100850", "NLD"): (2_000, 2_000),
        ("090111", "DEU"): (20, None),
    }
    told = store.manifest
    assert told.left_out == {"not_kept": 1, "own_trade": 1}
    assert told.warnings == ("converted_to_usd",)
    assert (told.release, told.source, told.valuation) == ("aduana-2022", "national", "FOB")
    assert store.country("USA").code == 842


def test_a_mapping_that_changed_makes_another_release(tmp_path: Path) -> None:
    first = opened(tmp_path)
    second = opened(tmp_path, currency={"code": "BOB", "per_usd": {2022: 3.48}, "source": "x"})
    assert first.folder != second.folder
    assert second.manifest.total_usd[2022] == 2 * first.manifest.total_usd[2022]


def test_sums_the_source_prints_are_held_against(tmp_path: Path) -> None:
    assert opened(tmp_path, totals={2022: 21_784.8}).manifest.rows == 3
    with pytest.raises(EngineError, match=r"trade\.totals"):
        opened(tmp_path, totals={2022: 30_000})


BAD = {
    "a country nobody knows": (("Alemania", "Freedonia"), "trade.unknown_country", 5, "PAIS"),
    "words for a value": (("13.920,00", "trece"), "trade.value", 3, "VALOR"),
    "a decimal point": (("696,00", "696,00.5"), "trade.value", 4, "VALOR"),
    "a short product": (("1008501000", "100850"), "trade.product_code", 4, "NANDINA"),
    "a year in words": (("2022;1008501000", "hoy;1008501000"), "trade.year_unread", 4, "GESTION"),
    "a weight in words": (("99,5", "poco"), "trade.quantity", 4, "KILOS"),
    "a value below nought": (("13.920,00", "-13.920,00"), "trade.value", 3, "VALOR"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_refused_with_its_line_and_column(case: str, tmp_path: Path) -> None:
    (old, new), code, line, column = BAD[case]
    assert FILE.count(old) == 1
    with pytest.raises(EngineError) as raised:
        opened(tmp_path, FILE.replace(old, new))
    told = raised.value
    assert (told.code, told.details["line"], told.details["column"]) == (code, line, column)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"colour": "red"}, "colour"),
        ({"flow": "both"}, "flow"),
        ({"hs": "18"}, "hs"),
        ({"reporter": "Bolivia"}, "reporter"),
        ({"columns": {"year": "GESTION"}}, "columns.product"),
        ({"columns": MAPPING["columns"] | {"x": "y"}}, "columns.x"),
        ({"currency": {"code": "BOB", "per_usd": 6.96}}, "currency.source"),
        ({"currency": {"code": "BOB", "per_usd": "6,96", "source": "x"}}, "currency.per_usd"),
        ({"product_digits": 5}, "product_digits"),
        ({"countries": {"X": "Y"}}, "countries.X"),
        ({"decimal": ";"}, "decimal"),
    ],
)
def test_a_mapping_says_what_is_wrong_with_it(
    change: dict[str, Any], key: str, tmp_path: Path
) -> None:
    with pytest.raises(EngineError, match=r"trade\.mapping") as raised:
        opened(tmp_path, **change)
    assert raised.value.details["key"] == key


def test_what_the_mapping_and_the_file_disagree_on_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"trade\.column"):
        opened(tmp_path, columns=MAPPING["columns"] | {"value": "FOB"})
    with pytest.raises(EngineError, match=r"trade\.rate"):
        opened(tmp_path, currency={"code": "BOB", "per_usd": {2021: 6.96}, "source": "x"})
    with pytest.raises(EngineError, match=r"trade\.empty"):
        opened(tmp_path, keep={"REGIMEN": ["NINGUNO"]})
    with pytest.raises(EngineError, match=r"trade\.mapping_absent"):
        import_release(tmp_path / "s", tmp_path / "x.csv", source="national")
