"""The public account: no sign-in, few kilobytes, small cells hidden, told apart by what it says."""

import csv
import gzip
import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

import make
import make_results
from digna.programmes.models import Programme
from digna.registry.models import Place
from digna.results import publishing
from digna.results.models import Indicator, ReportingPeriod
from digna.results.services import periods
from digna_engines.indicators import HIDDEN, Slice

KILOBYTE = 1000


@pytest.fixture
def programme() -> Programme:
    """The published sentence, with people of two departments and one alone in a third."""
    make_results.bolivia()
    made = make_results.programme(summary_es="Trabajo digno en mipymes.")
    make_results.adopted(made)
    _women, _men, sessions = make_results.published(made)
    for code, sex, count in (("BO-L", "female", 30), ("BO-C", "male", 20), ("BO-B", "other", 1)):
        place = Place.objects.get(code=code)
        make_results.attend(sessions[0], make_results.people(count, sex, place=place))
    make_results.computed(made)
    return made


def frozen(of: Programme) -> ReportingPeriod:
    period = periods.open_period(
        actor=make.actor(),
        programme=of,
        label="2019–2021",
        starts_on=date(2019, 10, 1),
        ends_on=date(2021, 12, 31),
    )
    make_results.computed(of)
    return periods.freeze_period(actor=make.actor(), period=period)


@pytest.mark.django_db
def test_anybody_reads_the_account_by_strategic_area(programme: Programme) -> None:
    text = Client().get("/publico/bdp").content.decode()
    for words in ("Conocimiento", "Alianzas y cocreación", "314", "Trabajo digno en mipymes."):
        assert words in text
    assert "188 de 314 (60 %) mujeres" in text
    for code in Indicator.objects.filter(programme=programme).values_list("code", flat=True):
        path = f"/publico/bdp/{code}"
        assert path in text
        assert Client().get(path).status_code == 200
    assert "Bolivia Digna" in Client().get("/publico/").content.decode()


@pytest.mark.django_db
def test_the_account_speaks_english(programme: Programme) -> None:
    client = Client()
    client.cookies["idioma"] = "en"
    text = client.get("/publico/bdp").content.decode()
    assert "Representatives trained" in text
    assert "Quiénes" not in text


@pytest.mark.django_db
def test_what_is_not_published_is_as_if_it_were_not(programme: Programme) -> None:
    make_results.programme("secreto", is_public=False)
    Indicator.objects.filter(code="training_hours").update(is_public=False)
    client = Client()
    for path in ("/publico/secreto", "/publico/secreto/cifras.json", "/publico/bdp/training_hours"):
        assert client.get(path).status_code == 404
    assert "training_hours" not in client.get("/publico/bdp/cifras.csv").content.decode()
    assert "secreto" not in client.get("/publico/").content.decode()


@pytest.mark.django_db
def test_a_person_alone_in_a_department_is_not_shown(programme: Programme) -> None:
    client = Client()
    page = client.get("/publico/bdp")
    rows = {row.label: row.text for row in page.context["page"].map.rows}
    assert (rows["Beni"], rows["La Paz"], rows["Pando"]) == ("reservado", "30", "0")
    assert rows["Cochabamba"] == "reservado"  # or Beni would be the total less the others
    assert "menos de 5" in page.content.decode()
    lines = client.get("/publico/bdp/cifras.json").json()["figures"]
    beni = next(line for line in lines if line["id"] == "bdp/constituents_trained/department/BO-B")
    assert (beni["value"], beni["n"], beni["is_reserved"]) == (None, None, True)
    sexes = [line for line in lines if line["id"].startswith("bdp/constituents_trained/sex/")]
    assert sum(line["is_reserved"] for line in sexes) == 2


@pytest.mark.django_db
def test_a_frozen_period_is_preferred_and_does_not_move(programme: Programme) -> None:
    frozen(programme)
    make_results.attend(
        make_results.session(make_results.process([programme])), make_results.people(9, "female")
    )
    make_results.computed(programme)
    page = Client().get("/publico/bdp")
    assert page.context["page"].edition.is_frozen
    text = page.content.decode()
    assert "congelado" in text
    assert "314" in text
    assert "323" not in text


@pytest.mark.django_db
def test_the_account_weighs_little_and_needs_few_queries(programme: Programme) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = Client().get("/publico/bdp")
    assert len(queries) <= 25
    assert len(page.content) <= 60 * KILOBYTE
    assert len(gzip.compress(page.content)) <= 15 * KILOBYTE
    text = page.content.decode()
    loaded = re.findall(r'(?:src|href)="(https?:[^"]+)"', text)
    assert {address.split("/")[2] for address in loaded} == set()


@pytest.mark.django_db
def test_whoever_has_the_page_is_told_it_has_not_changed(programme: Programme) -> None:
    client = Client()
    for path in ("/publico/bdp", "/publico/bdp/training_hours", "/publico/bdp/cifras.json"):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": first.headers["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304), path
    make_results.attend(
        make_results.session(make_results.process([programme])), make_results.people(7, "male")
    )
    make_results.computed(programme)
    moved = client.get(path, headers={"if-none-match": first.headers["ETag"]})
    assert moved.status_code == 200


@pytest.mark.django_db
def test_the_data_have_stable_ids_and_their_definition(programme: Programme) -> None:
    client = Client()
    text = client.get("/publico/bdp/cifras.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len({row["id"] for row in rows}) == len(rows)
    (share,) = [row for row in rows if row["id"] == "bdp/constituents_trained_women"]
    assert (share["numerator"], share["denominator"], share["unit"]) == ("188", "314", "personas")
    assert share["definition"].endswith("/publico/bdp/constituents_trained_women")
    assert share["licence"] == "CC-BY-4.0"
    assert client.get("/publico/bdp/cifras.pdf").status_code == 404


def test_four_conversatorios_are_no_secret_and_four_people_are() -> None:
    four = Slice(None, 4, None, 4, 4)
    assert publishing.publish(four, 4, {}, "session_id").value == 4
    assert publishing.publish(four, 4, {}, "person_id").value is HIDDEN


def test_how_many_did_not_answer_is_a_cell_as_well() -> None:
    figure = Slice(None, 30, 60, None, 60)
    assert publishing.publish(figure, 62, {}, "enterprise_id").cohort is None
    assert publishing.publish(figure, 80, {}, "enterprise_id").cohort == 80


counts = st.lists(st.integers(0, 12), min_size=1, max_size=6)


@given(counts=counts, others=counts)
def test_no_small_cell_is_ever_shown_nor_left_to_subtraction(
    counts: list[int], others: list[int]
) -> None:
    total = sum(counts)

    def parts(found: list[int]) -> tuple[Slice, ...]:
        return tuple(Slice(str(at), n, None, n, n) for at, n in enumerate(found))

    split: dict[str, Any] = {"sex": parts(counts), "department": parts([total])}
    if sum(others) == total:
        split["sector"] = parts(others)
    safe = publishing.publish(Slice(None, total, None, total, total), total, split, "person_id")
    for found in safe.parts.values():
        assert all(part.is_hidden or part.n == 0 or part.n >= 5 for part in found)
        hidden = [part for part in found if part.is_hidden]
        if len(hidden) == 1:
            assert safe.is_hidden
    if safe.is_hidden:
        assert all(any(p.is_hidden for p in found) for found in safe.parts.values() if found)
