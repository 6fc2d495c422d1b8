"""Activities written and read: nothing modelled is lost, the same values give the same bytes."""

import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from digna_engines.errors import EngineError, UnreadableError
from digna_engines.iati import read, validate, write
from digna_engines.iati.model import (
    Activity,
    ActivityDate,
    Baseline,
    Description,
    Dimension,
    DocumentLink,
    Indicator,
    Location,
    Organisation,
    Period,
    PeriodValue,
    Reference,
    Result,
    Share,
)
from digna_engines.iati.shapes import Narrative, Place, Words, places

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8)


def value_of(place: Place) -> st.SearchStrategy[Any]:
    if place.kind == "narratives":
        return st.builds(Narrative, WORDS, st.none() | st.sampled_from(["es", "en", "qu"]))
    if place.kind in {"one", "many"}:
        return shaped(place.inside)
    return WORDS


def shaped(shape: type[Any]) -> st.SearchStrategy[Any]:
    """Any value of a class: every field there or not."""
    fields = {}
    for name, place in places(shape):
        each = value_of(place)
        if place.several:
            fields[name] = st.lists(each, max_size=2).map(tuple)
        elif place.kind == "text":
            fields[name] = each
        else:
            fields[name] = st.none() | each
    return st.deferred(lambda: st.builds(shape, **fields))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(shaped(Activity), max_size=2))
def test_what_is_written_is_read_again(activities: list[Activity]) -> None:
    written = write(activities, generated_at="2026-06-30T00:00:00Z")
    found = read(written)
    assert found.activities == tuple(activities)
    assert found.unmodelled == ()
    assert found.generated_at == "2026-06-30T00:00:00Z"
    assert write(found.activities, generated_at=found.generated_at) == written


def programme() -> Activity:
    """A small activity with what other writers lose: slices, places, several baselines."""
    parts = (
        PeriodValue(value="263.0", comment=Words.of("Total", en="Total")),
        PeriodValue(
            value="158", locations=("BO-L",), dimensions=(Dimension(name="sex", value="female"),)
        ),
        PeriodValue(comment=Words.of("Sin dato")),
    )
    document = DocumentLink(
        format="text/html",
        url="https://example.org/a",
        title=Words.of("Informe"),
        categories=("A01", "A02"),
        languages=("es",),
    )
    indicator = Indicator(
        measure="1",
        aggregation_status="1",
        title=Words.of("Personas"),
        references=(Reference(vocabulary="9", code="8.3.1"),),
        baselines=(
            Baseline(year="2019", value="0", documents=(document,), comment=Words.of("Base")),
            Baseline(year="2020", value="10.50"),
        ),
        periods=(Period(start="2020-01-01", end="2020-12-31", targets=parts[:1], actuals=parts),),
    )
    return Activity(
        language="es",
        default_currency="USD",
        identifier="XX-AAA-1-P1",
        reporting_org=Organisation(ref="XX-AAA-1", type="40", names=(Narrative("OIT"),)),
        title=Words.of("Programa"),
        descriptions=(Description(type="1", narratives=(Narrative("Apoyo"),)),),
        participating_orgs=(Organisation(role="4", ref="XX-AAA-1"),),
        status="2",
        dates=(ActivityDate(type="2", iso_date="2019-10-01"),),
        recipient_countries=(Share(code="BO"),),
        locations=(Location(ref="BO-L", name=Words.of("La Paz")),),
        sectors=(Share(vocabulary="1", code="32130"),),
        tags=(Share(vocabulary="3", code="8.3"),),
        results=(
            Result(
                type="1",
                title=Words.of("Resultado"),
                documents=(document,),
                indicators=(indicator,),
            ),
        ),
    )


def test_what_is_written_keeps_the_order_of_the_schema() -> None:
    found = validate(write([programme()]))
    assert [one.rule for one in found.errors if one.rule == "schema"] == []


def test_values_stay_as_written_and_missing_stays_missing() -> None:
    written = write([programme()]).decode()
    assert 'value="10.50"' in written
    assert 'value="263.0"' in written
    root = etree.fromstring(written.encode())
    silent = root.xpath("//actual[not(@value)]")
    assert len(silent) == 1
    alone = etree.fromstring(write([Activity(identifier="a")]))
    assert [one.tag for one in alone.iter()][1:] == ["iati-activity", "iati-identifier"]


def test_every_field_of_the_model_says_where_it_stands() -> None:
    seen: set[type] = set()

    def walk(shape: type) -> None:
        if shape in seen:
            return
        seen.add(shape)
        assert [name for name, _ in places(shape)] == [f.name for f in dataclasses.fields(shape)]
        for _, place in places(shape):
            if place.kind in {"one", "many"}:
                walk(place.inside)

    walk(Activity)
    assert len(seen) > 20


def test_what_the_model_does_not_know_is_listed_by_path() -> None:
    written = write([programme()]).decode()
    written = written.replace("<title>", '<title lang="x">', 1)
    written = written.replace(
        "<activity-status", "<capital-spend/><capital-spend/><activity-status"
    )
    written = written.replace("</iati-activity>", "suelto</iati-activity>")
    written = written.replace("<narrative>OIT", "<narrative>O<b/>IT")
    assert dict(read(written.encode()).unmodelled) == {
        "/iati-activities/iati-activity/capital-spend": 2,
        "/iati-activities/iati-activity/reporting-org/narrative/b": 1,
        "/iati-activities/iati-activity/text()": 1,
        "/iati-activities/iati-activity/title/@lang": 1,
    }


def test_a_second_one_of_what_there_is_once_is_listed() -> None:
    file = (
        b'<iati-activities version="2.03"><iati-activity><title/><title/>'
        b"<activity-status/></iati-activity></iati-activities>"
    )
    assert dict(read(file).unmodelled) == {
        "/iati-activities/iati-activity/activity-status": 1,
        "/iati-activities/iati-activity/title": 1,
    }


def test_files_of_organisations_are_not_read_as_activities() -> None:
    with pytest.raises(UnreadableError, match=r"^iati\.not_activities"):
        read(b'<iati-organisations version="2.03"/>')


def test_a_text_that_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(EngineError, match=r"^iati\.unwritable"):
        write([Activity(identifier="a\x00b")])
