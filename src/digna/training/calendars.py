"""Workshops and visits as calendars read them (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from icalendar import Event, vText

from digna.accounts.models import User
from digna.training import access
from digna.training.models import Cycle, CycleFirm, Workshop
from digna.web import calendars

CONTENT_TYPE = calendars.CONTENT_TYPE


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
    events = [_workshop(row, at) for row in workshops] + [_visit(row, at) for row in firms]
    return calendars.file(name, "digna.training", events)


def _workshop(row: Workshop, at: datetime) -> Event:
    uid, said = f"{row.cycle.public_id}-taller-{row.pk}@digna", f"{row.cycle.title}: {row.title}"
    event = calendars.event(uid, at, said)
    event.add("dtstart", row.starts_at.astimezone(calendars.ZONE))
    event.add("dtend", row.ends_at.astimezone(calendars.ZONE))
    off = row.is_cancelled or row.cycle.is_cancelled
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    if row.venue:
        event["location"] = vText(row.venue)
    if row.online_url:
        event.add("url", row.online_url)
    return event


def _visit(row: CycleFirm, at: datetime) -> Event:
    """A visit has a day and no hour."""
    assert row.next_visit_on is not None  # noqa: S101 — such rows were asked for
    said = _("Visita a %(name)s") % {"name": row.enterprise}
    event = calendars.all_day(f"{row.public_id}-visita@digna", at, said, row.next_visit_on)
    if row.enterprise.place is not None:
        event["location"] = vText(row.enterprise.place.name)
    return event
