"""Dates as calendars read them (RFC 5545): what every file begins with, and every event."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

ZONE = ZoneInfo("America/La_Paz")
CONTENT_TYPE = "text/calendar; charset=utf-8"


def file(name: str, room: str, events: Iterable[Event]) -> bytes:
    """Return a calendar of events, with the time zones that they name."""
    made = Calendar()
    made.add("prodid", f"-//Digna//{room}//ES")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", str(ZONE))
    for event in events:
        made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())


def event(uid: str, at: datetime, summary: str) -> Event:
    """Return an event; its UID keeps, so that a newer file moves it."""
    made = Event()
    made.add("uid", uid)
    made.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    made.add("summary", summary)
    return made


def all_day(uid: str, at: datetime, summary: str, day: date) -> Event:
    """Return an event that has a day and no hour."""
    made = event(uid, at, summary)
    made.add("dtstart", day)
    made.add("dtend", day + timedelta(days=1))
    return made
