"""Sessions as calendars read them: iCalendar (RFC 5545) and links that fill in a web calendar."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from digna.events.models import Process, Session

ZONE = ZoneInfo("America/La_Paz")
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar(
    process: Process, sessions: Iterable[Session], *, at: datetime, with_link: bool
) -> bytes:
    """Return an iCalendar file; `at` stamps it. `with_link` only for those inside the process.

    A session keeps its UID for ever, so that opening a newer file moves the event instead of
    adding another; a cancelled one says so.
    """
    file = Calendar()
    file.add("prodid", "-//Digna//digna.events//ES")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", process.title)
    file.add("x-wr-timezone", str(ZONE))
    for session in sessions:
        file.add_component(_event(process, session, at=at, with_link=with_link))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _event(process: Process, session: Session, *, at: datetime, with_link: bool) -> Event:
    event = Event()
    event.add("uid", f"{process.public_id}-{session.pk}@digna")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", session.starts_at.astimezone(ZONE))
    event.add("dtend", session.ends_at.astimezone(ZONE))
    event.add("summary", summary(process, session))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    if process.description:
        event.add("description", process.description)
    if where(session):
        event["location"] = vText(where(session))
    if with_link and session.online_url:
        event.add("url", session.online_url)
    return event


def summary(process: Process, session: Session) -> str:
    """Return what the event is called: the process, and the session unless it is the same."""
    return process.title if session.title == process.title else f"{process.title}: {session.title}"


def where(session: Session) -> str:
    """Return the venue and the town."""
    town = session.place.name if session.place is not None else ""
    return ", ".join(part for part in (session.venue, town) if part)


def google_url(process: Process, session: Session) -> str:
    """Return a link that opens Google Calendar with the session filled in."""
    moments = (session.starts_at, session.ends_at)
    told = {
        "action": "TEMPLATE",
        "text": summary(process, session),
        "dates": "/".join(m.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") for m in moments),
        "ctz": str(ZONE),
        "location": where(session),
    }
    return f"https://calendar.google.com/calendar/render?{urlencode(told)}"


def outlook_url(process: Process, session: Session) -> str:
    """Return a link that opens Outlook on the web with the session filled in."""
    told = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": summary(process, session),
        "startdt": session.starts_at.astimezone(UTC).isoformat(),
        "enddt": session.ends_at.astimezone(UTC).isoformat(),
        "location": where(session),
    }
    return f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(told)}"
