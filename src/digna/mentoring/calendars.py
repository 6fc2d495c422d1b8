"""Sessions of mentoring as calendars read them (RFC 5545). No note and no agreement is told."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from digna.mentoring.models import Happened, MentoringSession, Pair

ZONE = ZoneInfo("America/La_Paz")
CONTENT_TYPE = "text/calendar; charset=utf-8"
SHOWN = (Happened.PLANNED, Happened.HELD, Happened.CANCELLED)


def of_pairs(pairs: Iterable[Pair], name: str, *, at: datetime) -> bytes:
    """Return the sessions of pairs; one keeps its UID, so that a newer file moves it."""
    file = Calendar()
    file.add("prodid", "-//Digna//digna.mentoring//ES")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", str(ZONE))
    rows = MentoringSession.objects.filter(pair__in=[p.pk for p in pairs], happened__in=SHOWN)
    people = ("pair__application__person", "pair__mentor__person", "pair__cohort")
    for session in rows.select_related(*people).order_by("on", "pk"):
        file.add_component(_event(session, at))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _event(session: MentoringSession, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{session.public_id}@digna")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    if session.at is None:
        event.add("dtstart", session.on)
        event.add("dtend", session.on + timedelta(days=1))
    else:
        starts = datetime.combine(session.on, session.at, ZONE)
        minutes = session.minutes or session.pair.cohort.terms.get("template", {}).get("minutes")
        event.add("dtstart", starts)
        event.add("dtend", starts + timedelta(minutes=int(minutes or 60)))
    event.add("summary", _("Mentoría: %(pair)s") % {"pair": session.pair})
    is_off = session.happened == Happened.CANCELLED
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if session.channel:
        event.add("location", str(session.get_channel_display()))
    return event
