"""Workshops and visits as calendars read them (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from digna.accounts.models import User
from digna.training import access
from digna.training.models import Cycle, CycleFirm, Workshop

ZONE = ZoneInfo("America/La_Paz")
CONTENT_TYPE = "text/calendar; charset=utf-8"


def of_cycle(cycle: Cycle, *, at: datetime) -> bytes:
    """Return the workshops of a cycle and the next visits to its firms."""
    firms = cycle.firms.exclude(next_visit_on=None).select_related("enterprise__place")
    return _file(cycle.title, cycle.workshops.select_related("cycle"), firms, at)


def of_trainer(user: object, *, at: datetime) -> bytes:
    """Return the workshops and visits of the cycles that a user trains."""
    mine = access.visible_cycles(user)
    if isinstance(user, User):
        mine = mine.filter(trainers__user=user)
    keys = mine.values("pk")
    firms = CycleFirm.objects.filter(cycle__in=keys).exclude(next_visit_on=None)
    workshops = Workshop.objects.filter(cycle__in=keys).select_related("cycle")
    return _file(_("Mi agenda"), workshops, firms.select_related("enterprise__place"), at)


def _file(
    name: str, workshops: Iterable[Workshop], firms: Iterable[CycleFirm], at: datetime
) -> bytes:
    file = Calendar()
    file.add("prodid", "-//Digna//digna.training//ES")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", str(ZONE))
    for workshop in workshops:
        file.add_component(_workshop(workshop, at))
    for firm in firms:
        file.add_component(_visit(firm, at))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _workshop(row: Workshop, at: datetime) -> Event:
    event = _event(f"{row.cycle.public_id}-taller-{row.pk}@digna", at)
    event.add("dtstart", row.starts_at.astimezone(ZONE))
    event.add("dtend", row.ends_at.astimezone(ZONE))
    event.add("summary", f"{row.cycle.title}: {row.title}")
    off = row.is_cancelled or row.cycle.is_cancelled
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    if row.venue:
        event["location"] = vText(row.venue)
    if row.online_url:
        event.add("url", row.online_url)
    return event


def _visit(row: CycleFirm, at: datetime) -> Event:
    """A visit has a day and no hour; its UID keeps, so that a newer file moves it."""
    assert row.next_visit_on is not None  # noqa: S101 — such rows were asked for
    event = _event(f"{row.public_id}-visita@digna", at)
    event.add("dtstart", row.next_visit_on)
    event.add("dtend", row.next_visit_on + timedelta(days=1))
    event.add("summary", _("Visita a %(name)s") % {"name": row.enterprise})
    if row.enterprise.place is not None:
        event["location"] = vText(row.enterprise.place.name)
    return event


def _event(uid: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    return event
