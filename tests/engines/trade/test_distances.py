"""Distances, tariffs and projections a person brings: what is not told stays missing."""

import csv
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.trade import distances, macro, tariffs
from digna_engines.trade.distances import OLD_CODES, Distances, great_circle
from engines.trade.worlds import SHARED

GEODIST = """iso_o,iso_d,contig,dist,distcap,distw,distwces
BOL,CHL,1,1892.0,1892.0,1613.5,1600.1
BOL,ROM,0,11500.0,11500.0,,
BOL,BOL,0,394.2,394.2,400.1,300.0
"""
KIT = Path(__file__).parents[3] / "kits" / "markets" / "capitals.yaml"
CAPITALS = distances.capitals_of(yaml.safe_load(KIT.read_text("utf-8")))
OFF_IN_GEODIST = {"COL", "GIN", "NZL", "WSM"}
"""Capitals whose place is wrong in CEPII's table: Samoa's lies west of the date line, not east."""
OTHER_PLACE = {"ATF", "ISR", "PSE", "TKL"}
"""Where CEPII takes another city, or another part of the territory."""


def brought(tmp_path: Path, text: str, module: object) -> object:
    path = tmp_path / "brought.csv"
    path.write_text(text)
    return module.bring(tmp_path, path)  # type: ignore[attr-defined]


def test_geodist_falls_back_to_the_plain_distance_and_says_so(tmp_path: Path) -> None:
    brought(tmp_path, GEODIST, distances)
    told = distances.read(tmp_path)
    assert told is not None
    assert (told.km("BOL", "CHL"), told.how("BOL", "CHL")) == (1613.5, "distw")
    assert (told.km("CHL", "BOL"), told.how("CHL", "BOL")) == (1613.5, "distw")
    assert (told.km("BOL", "ROU"), told.how("BOL", "ROU")) == (11500.0, "dist")
    assert (told.km("BOL", "DEU"), told.how("BOL", "DEU")) == (None, None)
    assert told.km("BOL", "BOL") == 400.1
    assert told.origin is not None
    assert "GeoDist" in told.origin.attribution


def test_what_no_file_says_is_the_way_between_capitals_and_is_said(tmp_path: Path) -> None:
    assert distances.read(tmp_path) is None
    alone = distances.read(tmp_path, CAPITALS)
    assert alone is not None
    assert alone.how("BOL", "DEU") == "capitals"
    brought(tmp_path, "iso_o,iso_d,km\nBOL,DEU,10000\n", distances)
    told = distances.read(tmp_path, CAPITALS)
    assert told is not None
    assert (told.km("BOL", "DEU"), told.how("BOL", "DEU")) == (10000.0, "file")
    assert told.how("BOL", "PER") == "capitals"
    assert told.km("BOL", "NES-697") is None
    assert told.km("ZAF-711", "BOL") == told.km("ZAF", "BOL")
    assert set(told.between(("BOL", "DEU", "NES-697"))) == {("BOL", "DEU"), ("DEU", "BOL")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("iso_o,iso_d,km\nBOL,DEU,lejos\n", "trade.cell"),
        ("iso_o,iso_d,km\nBOL,DEU,-1\n", "trade.cell"),
        ("iso_o,iso_d,km\nBOL,Germany,1\n", "trade.cell"),
        ("iso_o,iso_d,km\nBOL,DEU,1\nBOL,DEU,2\n", "trade.cell"),
        ("iso_o,iso_d,km\nBOL,DEU,1,2\n", "trade.cell"),
        ("iso_o,iso_d\nBOL,DEU\n", "trade.column"),
        ("iso_o,iso_d,km\n", "trade.empty"),
    ],
)
def test_distances_that_cannot_be_are_refused(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError) as raised:
        brought(tmp_path, text, distances)
    assert raised.value.code == code
    assert distances.read(tmp_path) is None


places = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(places, places, places)
def test_the_great_circle_is_a_distance(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    assert great_circle(a, b) == pytest.approx(great_circle(b, a))
    assert great_circle(a, a) == 0
    assert great_circle(a, b) <= 20_016
    assert great_circle(a, c) <= great_circle(a, b) + great_circle(b, c) + 1e-3


def test_a_quarter_of_the_earth() -> None:
    assert great_circle((0, 0), (0, 90)) == pytest.approx(10_007.56, abs=0.01)
    assert great_circle((90, 0), (-90, 0)) == pytest.approx(20_015.11, abs=0.01)


def test_our_capitals_lie_where_cepii_has_them() -> None:
    path = SHARED / "cepii_geodist" / "geo_cepii.csv"
    if not path.is_file():
        pytest.skip("needs ../shared/data/trade/cepii_geodist beside the project")
    theirs: dict[str, list[tuple[float, float]]] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            letters = OLD_CODES.get(row["iso3"], row["iso3"])
            theirs.setdefault(letters, []).append((float(row["lat"]), float(row["lon"])))
    off = {
        letters
        for letters, place in CAPITALS.items()
        if letters in theirs and min(great_circle(place, one) for one in theirs[letters]) > 50
    }
    assert off == OFF_IN_GEODIST | OTHER_PLACE
    assert len(set(CAPITALS) & set(theirs)) > 200


def test_the_published_distances_are_read_whole(tmp_path: Path) -> None:
    path = SHARED / "cepii_geodist" / "dist_cepii.parquet"
    if not path.is_file():
        pytest.skip("needs ../shared/data/trade/cepii_geodist beside the project")
    assert distances.bring(tmp_path, path).rows == 50_176
    told = distances.read(tmp_path)
    assert told is not None
    assert sum(how == "dist" for how in told.measures.values()) == 2_215
    assert set(OLD_CODES) & {pair[0] for pair in told.pairs} == set()
    between = Distances({}, {}, None, CAPITALS)
    for market in ("DEU", "USA", "PER", "NLD"):
        ours, theirs = between.km("BOL", market), told.km("BOL", market)
        assert ours is not None
        assert theirs is not None
        assert ours == pytest.approx(theirs, rel=0.35)


TARIFFS = """importer,exporter,hs6,hs_rev,year,type,rate_pct
EU27,WLD,100850,17,2020,MFN,5
EU27,WLD,100850,17,2023,MFN,3.7
EU27,BOL,100850,17,2022,PREF,0
EU27,PER,100850,17,2022,PREF,9
USA,WLD,100850,12,2023,MFN,1.1
CHN,WLD,090111,HS17,2023,MFN,0
"""


def test_the_lowest_tariff_that_applies_and_none_where_nobody_told(tmp_path: Path) -> None:
    assert brought(tmp_path, TARIFFS, tariffs).rows == 6  # type: ignore[attr-defined]
    told = tariffs.read(tmp_path, "17")
    assert told is not None
    bolivia, peru = (told.applied(one, "100850", "DEU") for one in ("BOL", "PER"))
    assert bolivia == tariffs.Tariff(0.0, "PREF", 2022)
    assert peru == tariffs.Tariff(0.037, "MFN", 2023)
    assert told.applied("BOL", "100850", "USA") is None
    nought = told.applied("BOL", "090111", "CHN")
    assert nought == tariffs.Tariff(0.0, "MFN", 2023)
    assert told.applied("FRA", "999999", "DEU") == tariffs.Tariff(0.0, "UNION", None)
    assert told.of([("BOL", "100850", "DEU"), ("BOL", "100850", "USA")]) == {
        ("BOL", "100850", "DEU"): 0.0
    }
    assert tariffs.read(tmp_path, "92") is None
    assert tariffs.read(tmp_path / "nowhere", "17") is None


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("3.7", "3,7%", "rate_pct"), ("3.7", "-1", "rate_pct"), ("3.7", "1001", "rate_pct"),
        ("CHN,WLD,090111", "CHN,WLD,90111", "hs6"), ("HS17", "HS18", "hs_rev"),
        ("CHN,WLD", "China,WLD", "importer"), ("2023,MFN,0", "2023,BOUND,0", "type"),
        ("2020,MFN,5", "2023,MFN,5", "hs6"),
    ],
)  # fmt: skip
def test_tariffs_that_cannot_be_are_refused(
    old: str, new: str, column: str, tmp_path: Path
) -> None:
    assert TARIFFS.count(old) == 1
    text = TARIFFS.replace(old, f'"{new}"' if "%" in new else new)
    with pytest.raises(EngineError, match=r"trade\.cell") as raised:
        brought(tmp_path, text, tariffs)
    assert raised.value.details["column"] == column


def test_growth_is_a_ratio_of_two_years_that_are_both_there(tmp_path: Path) -> None:
    text = (
        "iso3;series;year;value\nBOL;gdp;2023;100\nBOL;gdp;2028;120\nPER;gdp;2023;50\n"
        "BOL;population;2023;12.0\nBOL;population;2028;12.6\nCHL;gdp;2023;0\nCHL;gdp;2028;9\n"
    )
    brought(tmp_path, text, macro)
    told = macro.read(tmp_path)
    assert told is not None
    assert told.growth(2023) == {"BOL": 1.2}
    assert told.population(2023) == {"BOL": pytest.approx(1.05)}
    assert told.growth(2022) == {}
    assert macro.read(tmp_path / "nowhere") is None
    for bad in ("BOL;gnp;2023;1", "BOL;gdp;2023;x", "BOL;gdp;2023;100"):
        with pytest.raises(EngineError, match=r"trade\.cell"):
            brought(tmp_path, text + bad + "\n", macro)
