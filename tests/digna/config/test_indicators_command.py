"""`digna indicators compute`: the figures of the worker, on paper and in JSON, with exit codes."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

import make
import make_results
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.results.models import Figure, Indicator
from digna.results.services import indicators, targets

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    made = make_results.programme()
    make_results.adopted(made)
    kept = ("constituents_trained", "constituents_trained_women", "training_hours")
    Indicator.objects.exclude(code__in=kept).delete()
    make_results.published(made)
    return made


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and what was written."""
    out = StringIO()
    try:
        call_command("indicators", "compute", *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    except CommandError as problem:
        return problem.returncode, str(problem)
    return 0, out.getvalue()


def rows(*arguments: str) -> dict[str, dict[str, Any]]:
    code, written = run("--programme", "bdp", "--json", *arguments)
    assert code in {0, 1}
    return {row["indicator"]: row for row in json.loads(written)}


def test_what_is_printed_is_what_the_worker_keeps(programme: Programme) -> None:
    printed = rows()
    kept = make_results.computed(programme)
    for code, row in printed.items():
        figure = kept[code]
        assert row["records_sha256"] == figure.records_sha256
        assert (row["n"], row["N"]) == (figure.n, figure.cohort)
        assert row["source"] == figure.declaration["source"]
    assert printed["constituents_trained"]["value"] == "263"
    assert printed["constituents_trained"]["type"] == "unique"
    women = printed["constituents_trained_women"]
    assert (women["numerator"], women["denominator"]) == ("158", "263")
    assert (women["value"], women["unit"]) == ("0.60076", "proporción de personas")


def test_it_writes_nothing(programme: Programme) -> None:
    lines = Line.objects.count()
    run("--programme", "bdp")
    assert Line.objects.count() == lines
    assert not Figure.objects.exists()


def test_until_a_day_it_counts_only_what_had_happened(programme: Programme) -> None:
    found = rows("--as-of", "2021-03-31")["constituents_trained"]
    assert found["value"] == "120"
    assert (found["starts_on"], found["ends_on"]) == ("2019-10-01", "2021-03-31")


def test_paper_says_value_parts_n_period_and_source(programme: Programme) -> None:
    code, written = run("--programme", "bdp")
    assert code == 0
    assert "constituents_trained: 263 personas" in written
    assert "2019-10-01 – a la fecha" in written
    assert "events.attendance" in written


def test_what_reports_state_is_printed_and_a_missing_value_is_a_finding(
    programme: Programme,
) -> None:
    made = indicators.declare_reported(
        actor=make.actor(), programme=programme, code="costo", name_es="Costo recuperado", unit="%"
    )
    code, written = run("--programme", "bdp")
    assert code == 1
    assert "costo: sin dato" in written
    targets.report_actual(
        actor=make.actor(), indicator=made, period="2021", written="33%", source="Informe"
    )
    found = rows()["costo"]
    assert (found["value"], found["type"], found["source"]) == ("33", "reported", "Informe")
    assert found["ends_on"] == "2021-12-31"


@pytest.mark.parametrize(
    "arguments", [("--programme", "nada"), ("--programme", "bdp", "--as-of", "2001-01-01")]
)
def test_what_cannot_be_read_ends_with_two(
    programme: Programme, arguments: tuple[str, ...]
) -> None:
    assert programme.starts_on == date(2019, 10, 1)
    assert run(*arguments)[0] == 2
