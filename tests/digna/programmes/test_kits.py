"""The kits of the house are sound, and say what they promise."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from digna.programmes import kitfile

KITS = Path(__file__).parents[3] / "kits"


@pytest.fixture(scope="module")
def bolivia() -> kitfile.Kit:
    return kitfile.read_kit(KITS / "bolivia")


def test_bolivia_keeps_three_code_systems_apart(bolivia: kitfile.Kit) -> None:
    departments = {row["iso"]: row for row in bolivia.documents["places"]["departments"]}
    assert len(departments) == 9
    santa_cruz = departments["BO-S"]
    assert (santa_cruz["ine"], santa_cruz["ci"], santa_cruz["name_es"]) == (
        "07",
        "SC",
        "Santa Cruz",
    )
    assert sum(row["municipalities"] for row in departments.values()) == 343
    assert sum(row["provinces"] for row in departments.values()) == 113


def test_bolivia_names_its_municipalities_with_codes_only_where_known(bolivia: kitfile.Kit) -> None:
    rows = bolivia.documents["places"]["municipalities"]
    with_code = [row for row in rows if row["ine"] is not None]
    assert len(with_code) == 36
    assert len(rows) - len(with_code) >= 80
    assert {row["certainty"] for row in with_code} == {"high"}
    by_code = {row["ine"]: row for row in with_code}
    assert "Rurrenabaque" in by_code["080304"]["aliases"]
    assert by_code["050901"]["name"] == 'Colcha "K"'


def test_bolivia_size_bands_answer_their_own_examples(bolivia: kitfile.Kit) -> None:
    (ruex,) = (
        rule for rule in bolivia.documents["size_rules"]["size_rules"] if rule["code"] == "ruex"
    )
    order = ["micro", "small", "medium", "large"]

    def size(variable: Mapping[str, Any], amount: float) -> str:
        if amount < variable["from"]:
            return "outside"
        bands = variable["bands"]
        return next(b["size"] for b in bands if b["up_to"] is None or amount <= b["up_to"])

    for sample in ruex["examples"]:
        sizes = [size(variable, sample[variable["code"]]) for variable in ruex["variables"]]
        highest = "outside" if "outside" in sizes else max(sizes, key=order.index)
        assert highest == sample["expects"], sample


def test_bolivia_identifier_formats_answer_their_own_examples(bolivia: kitfile.Kit) -> None:
    formats = bolivia.documents["id_formats"]["id_formats"]
    judged = [
        (fmt["code"], example["input"], re.search(fmt["pattern"], example["input"]) is not None)
        for fmt in formats
        for example in fmt["examples"]
    ]
    expected = [
        (fmt["code"], example["input"], example["ok"])
        for fmt in formats
        for example in fmt["examples"]
    ]
    assert judged == expected
    assert len(judged) >= 12


def test_bolivia_headlines_stay_few_and_every_indicator_says_so_what(bolivia: kitfile.Kit) -> None:
    indicators = bolivia.documents["indicators"]["indicators"]
    assert 0 < sum(indicator["headline"] for indicator in indicators) <= 12
    targets = [target for indicator in indicators for target in indicator["targets"]]
    assert [target["value"] for target in targets] == [250]
    assert "ilustrativa" in targets[0]["as_written"]


def test_map_draws_each_department_once_within_its_view_box(bolivia: kitfile.Kit) -> None:
    drawn = bolivia.documents["map"]
    departments = {row["iso"]: row["name_es"] for row in bolivia.documents["places"]["departments"]}
    assert {shape["iso"]: shape["name"] for shape in drawn["shapes"]} == departments
    assert (KITS / "bolivia" / "map.json").stat().st_size <= 25_000
    _, _, width, height = drawn["view_box"]
    assert all(0 < x < width and 0 < y < height for x, y in (s["label"] for s in drawn["shapes"]))
    assert "public domain" in drawn["notice"]


def test_demo_says_it_is_synthetic_and_stands_on_bolivia(bolivia: kitfile.Kit) -> None:
    demo = kitfile.read_kit(KITS / "demo")
    assert demo.synthetic
    assert demo.uses == {"bolivia": bolivia.sha256}
    names = demo.documents["names"]
    assert {row["sex"] for row in names["given_names"]} == {"female", "male"}
    assert {row["origin"] for row in names["given_names"]} >= {"spanish", "aymara", "quechua"}
    assert all("fictici" in row["name"] for row in names["organisations"])
    sectors = {row["code"] for row in bolivia.documents["sectors"]["sectors"]}
    assert {row["sector"] for row in names["firm_words"]} == sectors
