"""The day itself: which slot is on, who sits where, who is missing; and who must be told what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from digna.rounds.models import BusinessRound, Meeting, Notice, Party, Slot
from digna.rounds.selectors import agendas
from digna.rounds.selectors.links import Contact, contact_of
from digna.web import links


@dataclass(frozen=True, slots=True)
class Seat:
    """One meeting of the slot, and who of the two is not here yet."""

    meeting: Meeting
    absent: Sequence[Party]

    @property
    def is_ready(self) -> bool:
        """Whether both are here."""
        return not self.absent


@dataclass(frozen=True, slots=True)
class Floor:
    """What the organiser looks at."""

    slot: Slot | None
    is_on: bool
    seats: Sequence[Seat]
    following: Slot | None
    previous: Slot | None
    here: int
    expected: int
    ready: int


def floor(row: BusinessRound, now: datetime, number: int | None = None) -> Floor:
    """Return the slot that is on at `now` (or the one asked for) with its tables."""
    slots = [slot for slot in row.slots.all() if not slot.is_break]
    place = _place_of(slots, now, number)
    slot = slots[place] if place is not None else None
    seats = [_seat(m) for m in agendas.agenda(row).filter(slot=slot)] if slot else []
    inside = _expected(row)
    return Floor(
        slot=slot,
        is_on=slot is not None and slot.starts_at <= now < slot.ends_at,
        seats=sorted(seats, key=lambda seat: _table_order(seat.meeting.table)),
        following=slots[place + 1] if place is not None and place + 1 < len(slots) else None,
        previous=slots[place - 1] if place else None,
        here=inside.exclude(arrived_at=None).count(),
        expected=inside.count(),
        ready=sum(seat.is_ready for seat in seats),
    )


def _place_of(slots: Sequence[Slot], now: datetime, number: int | None) -> int | None:
    if not slots:
        return None
    if number is not None:
        return next((k for k, slot in enumerate(slots) if slot.number == number), 0)
    running = [k for k, slot in enumerate(slots) if now < slot.ends_at]
    return running[0] if running else len(slots) - 1


def _seat(meeting: Meeting) -> Seat:
    both = (meeting.buyer, meeting.firm)
    return Seat(meeting, [p for p in both if p.arrived_at is None or p.missing_at is not None])


def _table_order(table: str) -> tuple[int, str]:
    return (int(table), "") if table.isdigit() else (10_000, table)


def _expected(row: BusinessRound):  # type: ignore[no-untyped-def]
    """Those with a meeting in the agenda."""
    planned = agendas.agenda(row).order_by()
    ends = Q(pk__in=planned.values("buyer")) | Q(pk__in=planned.values("firm"))
    return row.parties.filter(ends)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One party at the door."""

    party: Party
    first_at: datetime | None
    is_late: bool
    contact: Contact


def arrivals(row: BusinessRound, now: datetime, request: HttpRequest) -> list[Arrival]:
    """Return everybody expected; who is missing and whose first meeting is nearest comes first."""
    first: dict[int, datetime] = {}
    for m in agendas.agenda(row):
        for key in (m.buyer_id, m.firm_id):
            if m.slot is not None:
                first.setdefault(key, m.slot.starts_at)
    rows = _expected(row).select_related("buyer__organisation", "enterprise", "round")
    found = [
        Arrival(
            party=party,
            first_at=first.get(party.pk),
            is_late=party.arrived_at is None and first[party.pk] <= now + timedelta(minutes=5),
            contact=contact_of(party, request, _("Le esperamos en la rueda. ¿Viene en camino?")),
        )
        for party in rows
    ]
    return sorted(found, key=lambda a: (a.party.arrived_at is not None, a.first_at, a.party.name))


@dataclass(frozen=True, slots=True)
class Told:
    """A change as one party is told it."""

    notice: Notice
    sentence: str
    whatsapp: str


def notices(row: BusinessRound, request: HttpRequest) -> list[Told]:
    """Return the changes of a published agenda, who was not told yet first."""
    rows = Notice.objects.filter(party__round=row).select_related(*RELATED)
    found = [_told(one, request) for one in rows]
    return sorted(found, key=lambda t: (bool(t.notice.told_at or t.notice.seen_at), -t.notice.pk))


RELATED = (
    "party__round", "party__buyer__organisation", "party__enterprise", "timetable",
    "meeting__buyer__buyer__organisation", "meeting__firm__enterprise",
)  # fmt: skip


def own_notices(party: Party) -> list[str]:
    """Return what a party has not seen yet, in its own words."""
    rows = party.notices.filter(seen_at=None).select_related(*RELATED).order_by("pk")
    return [sentence_of(one) for one in rows]


def _told(one: Notice, request: HttpRequest) -> Told:
    with translation.override(one.party.language):
        text = sentence_of(one)
    contact = contact_of(one.party, request, "")
    message = f"{one.party.round.title}: {text} {contact.url}"
    return Told(one, sentence_of(one), links.whatsapp(one.party.phone, message))


def sentence_of(one: Notice) -> str:
    """Return a change in words: what, from, to."""
    zone: ZoneInfo = agendas.zone_of(one.party)
    values = {
        "other": one.meeting.side_of(one.party).name,
        "before": agendas.told_place(one.before, zone),
        "after": agendas.told_place(one.after, zone),
    }
    if one.kind == Notice.Kind.MOVED:
        return _("Su reunión con %(other)s pasa de %(before)s a %(after)s.") % values
    if one.kind == Notice.Kind.ADDED:
        return _("Tiene una reunión nueva con %(other)s: %(after)s.") % values
    return _("Su reunión con %(other)s (%(before)s) ya no se realiza.") % values
