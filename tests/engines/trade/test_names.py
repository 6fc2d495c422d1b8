"""Products by the words people use, in Spanish first; official wordings that make sense alone."""

import csv
import gzip
from pathlib import Path

import pytest
import yaml

from digna_engines.errors import EngineError
from digna_engines.trade import names
from digna_engines.trade.dimensions import Country
from digna_engines.trade.names import Names, english
from digna_engines.trade.reading import baci_lists
from digna_engines.trade.territories import iso_countries, name_of
from engines.trade.worlds import SHARED

KIT = yaml.safe_load(
    (Path(__file__).parents[3] / "kits" / "markets" / "products.yaml").read_text("utf-8")
)
FILE = """code10,suffix,hier,indent,description
0400000000,80,2,,LECHE Y MIEL
0409000000,80,4,,Miel natural
0900000000,80,2,,CAFÉ
0901000000,80,4,,"Café, incluso tostado"
0901110000,10,6,- ,Café sin tostar
0901110000,80,6,- - ,Sin descafeinar
0901120000,80,6,- - ,Descafeinado
0901900000,80,6,- ,Los demás
1008000000,80,4,,"Alforfón, mijo y alpiste"
1008500000,80,6,- ,Quinua (quinoa)
1008509000,80,8,- - ,Para siembra
"""


@pytest.fixture
def spanish(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "taric.csv"
    path.write_text(FILE, encoding="utf-8")
    names.bring(tmp_path, path)
    found = names.read(tmp_path)
    assert found is not None
    return dict(found)


def test_a_wording_that_says_nothing_alone_is_told_with_those_above_it(
    spanish: dict[str, str],
) -> None:
    assert spanish == {
        "040900": "Miel natural",
        "090111": "Café sin tostar › Sin descafeinar",
        "090112": "Café sin tostar › Descafeinado",
        "090190": "Café, incluso tostado › Los demás",
        "100850": "Quinua (quinoa)",
    }


def test_a_file_of_names_with_a_lost_zero_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "taric.csv"
    path.write_text(FILE.replace("0901110000,80", "901110000,80"), encoding="utf-8")
    with pytest.raises(EngineError, match=r"trade\.cell") as raised:
        names.bring(tmp_path, path)
    assert raised.value.details["line"] == 7


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("café oro", "090111"), ("CAFE ORO", "090111"), ("quinua", "100850"),
        ("quinoa", "100850"), ("Cañahua", "100890"), ("kiwicha", "100890"), ("chia", "120799"),
        ("castaña beneficiada", "080122"), ("miel", "040900"), ("singani", "220820"),
        ("1008.50", "100850"), ("chompa alpaca", "611019"), ("ajonjoli", "120740"),
        ("cacao polvo", "180500"), ("instant coffee", "210111"), ("muebles", "940360"),
    ],
)  # fmt: skip
def test_search_finds_what_people_call_things(
    asked: str, first: str, spanish: dict[str, str]
) -> None:
    assert Names(KIT, spanish).search(asked)[0].code == first


def test_search_offers_every_code_a_word_may_mean_and_nothing_for_nothing() -> None:
    found = Names(KIT).search("maca", limit=3)
    assert {one.code for one in found} == {"110620", "071490", "121190"}
    assert Names(KIT).search("  ") == Names(KIT).search("xyzzy") == ()
    assert {one.code[:4] for one in Names(KIT).search("0901", limit=50)} == {"0901"}


def test_the_best_name_there_is_says_where_it_comes_from(spanish: dict[str, str]) -> None:
    told = Names(KIT, spanish)
    assert told.name("090111", "es").text == "Café verde (oro)"
    assert told.name("090111", "es").official == "Café sin tostar › Sin descafeinar"
    assert told.name("100890", "es").note.startswith("Reúne")
    assert [told.name("100850", language).source for language in ("es", "en")] == ["kit", "kit"]
    assert Names(None, spanish).name("100850", "es").source == "file"
    assert Names().name("010121", "es").source == "english"
    assert Names().name("000000", "es").text == "000000"


def test_every_product_of_the_kit_is_in_the_harmonized_system_and_named_twice() -> None:
    products = KIT["products"]
    assert len({one["hs6"] for one in products}) == len(products) >= 60
    # wooden doors were split in 2022: the kit is of the edition of 2017
    assert {one["hs6"] for one in products} - set(english()) == {"441820"}
    for one in products:
        assert ("note_es" in one) == ("note_en" in one)
        assert Names(KIT).search(one["words"][0], limit=100)


def test_english_names_are_those_of_the_published_list() -> None:
    path = SHARED / "hs_en" / "harmonized-system.csv.gz"
    if not path.is_file():
        pytest.skip("needs ../shared/data/trade/hs_en beside the project")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = {row["hscode"]: row["description"] for row in csv.DictReader(file)
                if row["level"] == "6"}  # fmt: skip
    same = sum(english().get(code) == text for code, text in rows.items())
    assert same >= 0.99 * len(rows)


def test_the_published_spanish_wordings_name_nearly_every_product(tmp_path: Path) -> None:
    folder = SHARED / "hs_es_taric"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/trade/hs_es_taric beside the project")
    names.bring(tmp_path, folder / "taric_es_hs2_4_6.csv.gz")
    found = names.read(tmp_path) or {}
    assert found["100850"] == "Quinua (quinoa) (Chenopodium quinoa)"
    assert found["090111"] == "Café sin tostar › Sin descafeinar"
    assert len(set(english()) & set(found)) > 0.97 * len(english())
    assert Names(KIT, found).search("cobre refinado")[0].code.startswith("7403")


def test_countries_are_called_as_people_call_them() -> None:
    known = iso_countries()
    assert name_of(known["DEU"], "es") == "Alemania"
    assert name_of(known["NLD"], "es") == "Países Bajos"
    assert name_of(known["NAM"], "en") == "Namibia"
    assert name_of(Country(490, "TWN", "TWN", "TW", "Other Asia, nes"), "es").endswith("(Taiwán)")
    assert name_of(Country(899, "NES-899", None, None, "Areas, nes"), "es") == "Areas, nes"
    assert len({country.code for country in known.values()}) == len(known) > 240


def test_numbers_from_cldr_are_those_of_the_real_list() -> None:
    path = SHARED / "baci_codes" / "country_codes_V202301.csv"
    if not path.is_file():
        pytest.skip("needs ../shared/data/trade/baci_codes beside the project")
    known, gone = iso_countries(), {"ANT", "CSK", "DDR", "SCG", "SUN"}
    for country in baci_lists.countries(path):
        if country.iso3 == country.label and country.iso3 not in gone:
            assert known[country.label].code == country.code
            assert name_of(country, "es") != ""
