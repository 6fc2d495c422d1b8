"""The agenda of one participant as calendars read it (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from digna.rounds.models import Meeting, Party
from digna.rounds.selectors.agendas import Line, zone_of

CONTENT_TYPE = "text/calendar; charset=utf-8"


def of_party(party: Party, lines: Iterable[Line], *, url: str, at: datetime) -> bytes:
    """Return a party's meetings; a meeting keeps its UID, so that a newer file moves it.

    Meetings that were taken out are in the file as cancelled: a calendar that has them strikes
    them through.
    """
    zone = zone_of(party)
    file = Calendar()
    file.add("prodid", "-//Digna//digna.rounds//ES")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", party.round.title)
    file.add("x-wr-timezone", str(zone))
    for line in lines:
        if line.meeting is not None and line.other is not None:
            event = _event(line.meeting, at)
            event.add("dtstart", line.slot.starts_at.astimezone(zone))
            event.add("dtend", line.slot.ends_at.astimezone(zone))
            event.add("summary", f"{party.round.title}: {line.other.name}")
            where = _where(line)
            if where:
                event["location"] = vText(where)
            event.add("url", line.video_url or url)
            event.add("status", "CONFIRMED")
            file.add_component(event)
    for notice in party.notices.filter(kind="dropped").select_related("meeting"):
        if notice.meeting.state == Meeting.State.CANCELLED:
            event = _event(notice.meeting, at)
            starts = datetime.fromisoformat(notice.before["starts_at"])
            event.add("dtstart", starts.astimezone(zone))
            event.add("summary", _("Cancelada"))
            event.add("status", "CANCELLED")
            if str(event["uid"]) not in {str(e["uid"]) for e in file.walk("VEVENT")}:
                file.add_component(event)
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _event(meeting: Meeting, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{meeting.public_id}@digna")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    return event


def _where(line: Line) -> str:
    if line.video_url:
        return line.video_url
    assert line.meeting is not None  # noqa: S101 — breaks are left out above
    table = _("mesa %(n)s") % {"n": line.meeting.table} if line.meeting.table else ""
    return ", ".join(part for part in (line.meeting.round.venue, table) if part)
