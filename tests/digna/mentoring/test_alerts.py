"""Alerts as rules: silence, absences in a row, low mood; held against slow counting."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digna.mentoring import alerts
from digna.mentoring.alerts import Course, Met

START = date(2026, 1, 1)
MET = st.builds(
    lambda day, held, mood: Met(START + timedelta(days=day), held, (mood,) if mood else ()),
    st.integers(0, 90),
    st.booleans(),
    st.sampled_from((0, 1, 3, 5)),
)
COURSES = st.builds(
    lambda met, agreed: Course(START, tuple(sorted(met, key=lambda m: m.on)), agreed),
    st.lists(MET, max_size=8),
    st.booleans(),
)
DAYS = st.integers(90, 200).map(lambda n: START + timedelta(days=n))


@given(COURSES, DAYS, st.integers(1, 60))
def test_silence_is_counted_from_the_last_session_held(
    course: Course, today: date, limit: int
) -> None:
    held = [m.on for m in course.sessions if m.is_held] or [START]
    is_silent = (today - max(held)).days >= limit
    assert (alerts.SILENT in alerts.alerts(course, today, silent_days=limit)) == is_silent


@given(COURSES, DAYS, st.integers(1, 4))
def test_no_shows_are_those_after_the_last_session_held(
    course: Course, today: date, limit: int
) -> None:
    words = "".join("h" if m.is_held else "n" for m in course.sessions)
    in_a_row = len(words) - len(words.rstrip("n"))
    assert alerts.no_shows(course) == in_a_row
    found = alerts.alerts(course, today, no_show_limit=limit)
    assert (alerts.NO_SHOWS in found) == (in_a_row >= limit)


@given(COURSES, DAYS)
def test_one_more_session_held_today_ends_silence_and_absences(course: Course, today: date) -> None:
    after = Course(START, (*course.sessions, Met(today, True, (5,))), course.has_agreement)
    assert not set(alerts.alerts(after, today)) & {
        alerts.SILENT, alerts.NO_SHOWS, alerts.LOW_MOOD
    }  # fmt: skip


def test_twenty_one_days_and_two_no_shows_are_the_limits() -> None:
    met = (Met(START, True),)
    day = START + timedelta(days=20)
    assert alerts.alerts(Course(START, met, True), day) == ()
    assert alerts.alerts(Course(START, met, True), day + timedelta(days=1)) == ("silent",)
    missed = (*met, Met(START + timedelta(days=3), False), Met(START + timedelta(days=6), False))
    assert alerts.alerts(Course(START, missed, True), day) == ("no_shows",)
    assert alerts.alerts(Course(START, missed[:2], True), day) == ()
