"""Open data: figures and facts that join, name nobody and pick nobody out."""

import csv
import doctest
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import cast
import make_results
from digna.programmes.models import Programme
from digna.results import open_data

pytestmark = pytest.mark.django_db
AT = datetime(2022, 8, 2, 12, tzinfo=UTC)


@pytest.fixture
def programme() -> Programme:
    made = make_results.programme()
    make_results.adopted(made)
    make_results.published(made)
    make_results.computed(made)
    return made


def opened(programme: Programme, **options: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(open_data.package(programme, AT, **options)))


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(f"data/{name}.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_descriptor_tells_of_every_file_and_column(programme: Programme) -> None:
    archive = opened(programme)
    told = json.loads(archive.read("datapackage.json"))
    paths = {one["path"] for one in told["resources"]}
    assert paths == set(archive.namelist()) - {"datapackage.json"}
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    for one in told["resources"]:
        content = archive.read(one["path"])
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert one["bytes"] == len(content)
        names = [field["name"] for field in one["schema"]["fields"]]
        assert all(field["title"] for field in one["schema"]["fields"])
        if one["format"] == "csv":
            assert content.decode().splitlines()[0] == ",".join(names)
        else:
            assert len(json.loads(content)) == one["rows"]


def test_the_same_data_give_the_same_bytes(programme: Programme) -> None:
    assert open_data.package(programme, AT) == open_data.package(programme, AT)


def test_figures_and_facts_tell_the_same_count(programme: Programme) -> None:
    archive = opened(programme)
    figures = {
        row["indicator"]: row
        for row in rows(archive, "figures")
        if not row["dimension"] and row["period"] == "to date"
    }
    people = {row["person_id"] for row in rows(archive, "events-attendance")}
    assert figures["constituents_trained"]["value"] == str(len(people)) == "263"


def test_nobody_is_named_and_tables_join(programme: Programme) -> None:
    archive = opened(programme)
    told = "".join(
        archive.read(name).decode() for name in archive.namelist() if name != "datapackage.json"
    )
    assert "De prueba" not in told
    attendances = rows(archive, "events-attendance")
    assert all(len(row["person_id"]) == 16 for row in attendances)
    assert {row["programme"] for row in attendances} == {"bdp"}
    assert open_data.pseudonym("person_id", 7) != open_data.pseudonym("enterprise_id", 7)


def test_a_description_of_fewer_than_five_is_taken_off(programme: Programme) -> None:
    at = make_results.session(make_results.process([programme]))
    make_results.attend(at, make_results.people(2, "other"), "workers")
    found = rows(opened(programme), "events-attendance")
    reserved = [row for row in found if row["is_reserved"] == "true"]
    assert {row["sex"] for row in reserved} == {""}
    assert len({row["person_id"] for row in reserved}) == 105 + 2  # two alone would stand out
    assert {row["sex"] for row in found if row not in reserved} == {"female"}


KINDS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from("fm?"), st.sampled_from("abc")), max_size=60
)


@given(KINDS)
def test_whatever_is_shown_is_shared_by_five_or_by_nobody_else(
    people: list[tuple[int, str, str]],
) -> None:
    columns = ("person_id", "sex", "sector")
    shown = open_data.shown_descriptions(columns, people)
    behind: dict[tuple[object, ...], set[int]] = {}
    for person, *full in people:
        behind.setdefault(shown[tuple(full)], set()).add(person)
    for described, who in behind.items():
        assert len(who) >= 5 or described == (None, None), (described, who)


def test_the_example_of_the_docstring() -> None:
    assert doctest.testmod(open_data).failed == 0


def test_hashtags_come_in_a_row_of_their_own_when_asked_for(programme: Programme) -> None:
    plain, tagged = opened(programme), opened(programme, hxl=True)
    lines = tagged.read("data/figures.csv").decode().splitlines()
    assert lines[1].startswith("#indicator+code,#indicator+name")
    assert [lines[0], *lines[2:]] == plain.read("data/figures.csv").decode().splitlines()


def test_the_whole_package_opens_for_readers_alone(programme: Programme) -> None:
    allowed = {"lead", "mel", "auditor"}
    for part, user in cast.cast().everybody():
        status = cast.client_of(user).get("/resultados/bdp/datos.zip").status_code
        expected = 200 if part in allowed else 302 if user is None else 403
        assert status == expected, part


def test_the_public_package_holds_figures_alone(programme: Programme) -> None:
    response = Client().get("/publico/bdp/datos.zip?hxl=1")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert set(archive.namelist()) == {
        "data/figures.csv", "data/figures.json", "datapackage.json"
    }  # fmt: skip
    found = {row["id"]: row for row in rows(archive, "figures")}
    assert found["bdp/constituents_trained"]["value"] == "263"
    programme_hidden = make_results.programme("oculto", is_public=False)
    assert Client().get(f"/publico/{programme_hidden.code}/datos.zip").status_code == 404
