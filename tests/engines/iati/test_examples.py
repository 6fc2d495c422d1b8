"""The standard's own examples validate, or fail, as their source says; and travel without loss."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from digna_engines.iati import Report, read, read_codelist, validate, write
from digna_engines.iati.codelists import OWN, CodeList
from digna_engines.iati.codes import PLACES
from digna_engines.iati.schema import schema_folder

SHARED = Path(__file__).parents[4] / "shared" / "data" / "iati"
EXAMPLES = SHARED / "examples"
TODAY = date(2026, 6, 30)

pytestmark = pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="needs ../shared/data/iati beside the project"
)


def lists() -> list[CodeList]:
    files = (SHARED / "codelists").glob("*.xml")
    return [read_codelist(f.read_bytes(), f.name) for f in files if f.name != "mapping.xml"]


def report(name: str, codelists: list[CodeList] | None = None) -> Report:
    return validate(EXAMPLES / name, codelists=codelists, as_of=TODAY)


def rules(found: Report) -> Counter[tuple[str, str]]:
    of_the_ruleset = (f for f in found.findings if not f.rule.startswith(("digna", "schema")))
    return Counter((one.rule, one.severity) for one in of_the_ruleset)


def test_the_annotated_activity_breaks_six_rules_as_its_source_says() -> None:
    found = report("activity-standard-example-annotated.xml")
    assert rules(found) == {
        ("3.4.2", "error"): 2,
        ("3.6.2", "error"): 1,
        ("6.6.2", "error"): 1,
        ("6.13.1", "error"): 1,
        ("8.11.1", "error"): 1,
        ("102.1.1", "warning"): 1,
    }
    assert not [one for one in found.findings if one.rule == "schema"]
    at = {one.rule: one.line for one in found.findings}
    assert at["6.13.1"] == 206


def test_the_synthetic_activity_of_the_programme_is_clean() -> None:
    assert report("SYNTHETIC-bdp-from-seed.xml").is_clean
    assert report("SYNTHETIC-bdp-from-seed.xml", lists()).findings == ()


def test_the_annotated_organisation_breaks_no_rule() -> None:
    found = report("organisation-standard-example-annotated.xml")
    assert found.kind == "organisations"
    assert found.is_clean
    assert found.not_checked


def test_with_every_list_nothing_is_left_unchecked() -> None:
    for path in EXAMPLES.glob("*.xml"):
        assert report(path.name, lists()).not_checked == ()


@pytest.mark.parametrize(
    "name", ["activity-standard-example-annotated.xml", "SYNTHETIC-bdp-from-seed.xml"]
)
def test_examples_are_read_and_written_without_loss(name: str) -> None:
    first = read(EXAMPLES / name)
    written = write(first.activities, generated_at=first.generated_at)
    again = read(written)
    assert again.activities == first.activities
    assert write(again.activities, generated_at=again.generated_at) == written
    assert again.unmodelled == ()
    assert not [one for one in validate(written).findings if one.rule == "schema"]


def test_what_the_annotated_activity_has_and_the_model_does_not_is_listed() -> None:
    root = "/iati-activities/iati-activity/"
    assert dict(read(EXAMPLES / "activity-standard-example-annotated.xml").unmodelled) == {
        "/iati-activities/@linked-data-default": 1,
        f"{root}capital-spend": 1,
        f"{root}country-budget-items": 1,
        f"{root}crs-add": 1,
        f"{root}fss": 1,
        f"{root}humanitarian-scope": 2,
        f"{root}legacy-data": 2,
    }


def test_everything_that_is_not_listed_is_written_again() -> None:
    source = EXAMPLES / "activity-standard-example-annotated.xml"
    found = read(source)
    before = _said(etree.parse(str(source)).getroot())
    after = _said(etree.fromstring(write(found.activities, generated_at=found.generated_at)))
    listed = tuple(path for path, _ in found.unmodelled)
    assert not after - before
    assert all(path.startswith(listed) for path, _ in before - after)


def _said(element: etree._Element, above: str = "") -> Counter[tuple[str, str]]:
    """Every text and every attribute of a tree, with the path of names that leads to it."""
    path = f"{above}/{element.tag}"
    found = Counter({(path, (element.text or "").strip()): 1})
    found.update((f"{path}/@{name}", str(value)) for name, value in element.attrib.items())
    for child in element.iterchildren("*"):
        found.update(_said(child, path))
    return found


def test_the_packages_schemas_are_the_published_ones() -> None:
    folder = schema_folder()
    assert folder is not None
    for path in (SHARED / "schemas-2.03").glob("*.xsd"):
        assert (folder / path.name).read_bytes() == path.read_bytes()


def test_our_tables_of_codes_are_the_published_ones() -> None:
    published = {one.name: one for one in lists()}
    for name, own in OWN.items():
        assert own.codes == published[name].codes, name
    embedded = {
        path.stem
        for path in (SHARED / "codelists").glob("*.xml")
        if path.stem != "mapping" and etree.parse(str(path)).getroot().get("embedded") == "1"
    }
    assert {name for name, own in OWN.items() if own.is_embedded} == embedded & set(OWN)


def test_our_places_of_codes_are_the_published_ones() -> None:
    mapping = etree.parse(str(SHARED / "codelists" / "mapping.xml"))
    told = {
        (one.findtext("path"), one.find("codelist").get("ref"), one.findtext("condition") or "")
        for one in mapping.iter("mapping")
    }
    own = {(path, name, when) for name, places in PLACES.items() for path, when in places.items()}
    assert own == told
