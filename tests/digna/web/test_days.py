"""How days are written: by the calendar of La Paz, missing said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from digna.web import days

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # noon in La Paz


def test_day_weekday_and_moment():
    assert days.day(date(2026, 11, 24)) == "24/11/2026"
    assert days.weekday(date(2026, 11, 24)) == "martes 24 de noviembre"
    assert days.moment(datetime(2026, 11, 24, 19, 5, tzinfo=UTC)) == "24/11/2026 15:05"


def test_a_moment_after_midnight_in_london_is_still_yesterday_in_la_paz():
    assert days.day(datetime(2026, 11, 25, 2, 0, tzinfo=UTC)) == "24/11/2026"


@pytest.mark.parametrize("write", [days.day, days.weekday, days.moment, days.since])
@pytest.mark.parametrize("missing", [None, ""])
def test_missing_is_said(write, missing):
    assert write(missing) == "sin dato"


@pytest.mark.parametrize(
    ("gone", "written"),
    [
        (timedelta(seconds=20), "hace un momento"),
        (timedelta(minutes=1), "hace 1 minuto"),
        (timedelta(minutes=59), "hace 59 minutos"),
        (timedelta(hours=2), "hace 2 horas"),
        (timedelta(hours=13), "ayer"),
        (timedelta(days=3), "hace 3 días"),
        (timedelta(days=45), "10/10/2026"),
        (timedelta(days=-2), "26/11/2026"),
    ],
)
def test_since(gone, written):
    assert days.since(NOW - gone, now=NOW) == written


def test_since_of_a_date_counts_days():
    assert days.since(date(2026, 11, 24), now=NOW) == "hoy"
    assert days.since(date(2026, 11, 23), now=NOW) == "ayer"


def test_english():
    with translation.override("en"):
        assert days.weekday(date(2026, 11, 24)).startswith("tuesday")


@given(st.integers(0, 29), st.integers(0, 23))
def test_since_never_counts_more_days_than_the_calendar(gone, hour):
    then = datetime(2026, 11, 24, hour, tzinfo=UTC) - timedelta(days=gone)
    written = days.since(then, now=datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    counted = [int(word) for word in written.split() if word.isdigit()]
    assert all(n <= 30 for n in counted) or "minuto" in written
