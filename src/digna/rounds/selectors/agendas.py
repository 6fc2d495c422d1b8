"""Agendas: of one party, of the whole round as a grid, and of a draft under review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.rounds.models import BusinessRound, Meeting, Party, Ruling, Slot, Timetable
from digna.rounds.models.rounds import Mode, Presence

ABROAD = (Presence.VIRTUAL, Presence.EITHER)


def zone_of(party: Party) -> ZoneInfo:
    """Return in whose time a party reads: the venue's, or its own when it joins from afar."""
    is_afar = party.round.mode == Mode.VIRTUAL or (
        party.round.mode == Mode.HYBRID and party.presence in ABROAD
    )
    return ZoneInfo(party.time_zone if is_afar else party.round.time_zone)


def zone_word(zone: ZoneInfo) -> str:
    """Return how a time zone is told: «hora de La Paz»."""
    return _("hora de %(city)s") % {"city": zone.key.split("/")[-1].replace("_", " ")}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of an agenda: a meeting, seen from one side; or a break."""

    slot: Slot
    meeting: Meeting | None = None
    other: Party | None = None
    video_url: str = ""

    @property
    def is_video(self) -> bool:
        """Whether somebody of the two is on the screen."""
        return self.meeting is not None and self.meeting.mode != Meeting.Held.ON_SITE


def meetings_of(party: Party) -> QuerySet[Meeting]:
    """Return a party's meetings in the agenda, in order of time."""
    return agenda(party.round).filter(Q(buyer=party) | Q(firm=party))


def agenda(row: BusinessRound) -> QuerySet[Meeting]:
    """Return every meeting in the agenda of a round, in order of time and table."""
    return (
        Meeting.objects.filter(round=row)
        .exclude(state=Meeting.State.CANCELLED)
        .select_related(
            "slot", "interpreter", "round", "buyer__buyer__organisation", "buyer__round",
            "firm__enterprise__place", "firm__round", "deal",
        )
        .prefetch_related("slips")
        .order_by("slot__starts_at", "table", "pk")
    )  # fmt: skip


def lines_of(party: Party, *, with_breaks: bool = True) -> list[Line]:
    """Return the agenda of one party, breaks in their place."""
    lines = [line for m in meetings_of(party) if (line := line_of(m, party)) is not None]
    if with_breaks and lines:
        lines += [Line(slot=slot) for slot in party.round.slots.filter(is_break=True)]
    return sorted(lines, key=lambda line: line.slot.starts_at)


def lines_by_party(row: BusinessRound) -> dict[int, list[Line]]:
    """Return everybody's agenda of meetings, read at once."""
    found: dict[int, list[Line]] = {}
    for meeting in agenda(row):
        for party in (meeting.buyer, meeting.firm):
            line = line_of(meeting, party)
            if line is not None:
                found.setdefault(party.pk, []).append(line)
    return found


def line_of(meeting: Meeting, party: Party) -> Line | None:
    """Return a meeting as one side reads it."""
    if meeting.slot is None:
        return None
    url = meeting.buyer.video_url or meeting.round.video_url
    is_video = meeting.mode != Meeting.Held.ON_SITE
    other = meeting.side_of(party)
    return Line(meeting.slot, meeting, other, url if is_video else "")


def whatsapp_text(party: Party, lines: Sequence[Line], url: str) -> str:
    """Return an agenda as a message: one line a meeting, and where the living one is."""
    zone = zone_of(party)
    told = [f"*{party.round.title}*", f"{party.name} · {zone_word(zone)}", ""]
    for line in lines:
        at = line.slot.starts_at.astimezone(zone)
        what = line.slot.label or _("Pausa")
        if line.other is not None and line.meeting is not None:
            where = _("mesa %(n)s") % {"n": line.meeting.table} if line.meeting.table else ""
            what = " · ".join(part for part in (line.other.name, where) if part)
        told.append(f"{at:%H:%M}  {what}")
    return "\n".join([*told, "", _("Su agenda al día: %(url)s") % {"url": url}])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pair is put, in a draft or in the agenda."""

    slot: int
    buyer: int
    firm: int
    table: str
    points: int
    is_fixed: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One buyer's day: a cell a slot, None where it is free."""

    buyer: Party
    cells: Sequence[tuple[Slot, Place | None, Party | None]]
    count: int


def grid(row: BusinessRound, places: Iterable[Place]) -> tuple[list[Slot], list[GridRow]]:
    """Return a timetable as a table of buyers by slots."""
    slots = [slot for slot in row.slots.all() if not slot.is_break]
    found = list(places)
    at = {(p.buyer, p.slot): p for p in found}
    names = {p.pk: p for p in _named(row)}
    buyers = sorted({p.buyer for p in found}, key=lambda key: names[key].name)
    rows = []
    for key in buyers:
        cells = []
        for slot in slots:
            place = at.get((key, slot.pk))
            cells.append((slot, place, names[place.firm] if place else None))
        rows.append(GridRow(names[key], cells, sum(c[1] is not None for c in cells)))
    return slots, rows


def _named(row: BusinessRound) -> QuerySet[Party]:
    return row.parties.select_related("buyer__organisation", "enterprise")


def places_of(rows: Iterable[Meeting]) -> list[Place]:
    """Return the places of meetings; one that was not held has left its own to others."""
    return [
        Place(m.slot_id, m.buyer_id, m.firm_id, m.table, m.points)
        for m in rows if m.slot_id is not None and m.state != Meeting.State.NOT_HELD
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish without a meeting, and why."""

    buyer: Party
    firm: Party
    points: int
    sentence: str
    code: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many meetings a party has, of how many promised."""

    party: Party
    got: int
    least: int
    possible: int | None


@dataclass(frozen=True, slots=True)
class Review:
    """A computed timetable, to be judged before it is published."""

    timetable: Timetable
    slots: Sequence[Slot]
    rows: Sequence[GridRow]
    meeting_count: int
    unmet: Sequence[Unmet]
    short: Sequence[Count]
    fewest: int
    most: int
    median: float
    given: int
    most_possible: int
    gaps: int
    changes: dict[str, int] | None


def review(timetable: Timetable) -> Review:
    """Return a draft with its grid, its unmet wishes and how meetings are spread."""
    told, row = timetable.told, timetable.round
    names = {p.pk: p for p in _named(row)}
    slots, rows = grid(row, _draft_places(timetable))
    fair = told["fairness"]
    counts: dict[int, int] = {p.pk: 0 for p in names.values() if not p.is_buyer and p.is_in}
    for m in told["meetings"]:
        counts[int(m["seller"])] = counts.get(int(m["seller"]), 0) + 1
    shares = [s for s in fair["shares"] if s["got"] < s["least"]]
    return Review(
        timetable=timetable,
        slots=slots,
        rows=rows,
        meeting_count=len(told["meetings"]),
        unmet=[_unmet(one, names) for one in told["unmet"]],
        short=[Count(names[int(s["party"])], s["got"], s["least"], s["possible"]) for s in shares],
        fewest=min(counts.values(), default=0),
        most=max(counts.values(), default=0),
        median=fair["median"],
        given=fair["given"],
        most_possible=fair["most_possible"],
        gaps=told["gaps"],
        changes=_changes(told["changes"]),
    )


def _changes(told: dict[str, Any] | None) -> dict[str, int] | None:
    return None if told is None else {name: len(rows) for name, rows in told.items()}


def _unmet(told: dict[str, Any], names: dict[int, Party]) -> Unmet:
    is_english = (get_language() or "").startswith("en")
    sentence = told["en" if is_english else "es"]
    buyer, firm = names[int(told["buyer"])], names[int(told["seller"])]
    return Unmet(buyer, firm, told["points"], sentence, told["code"])


def _draft_places(timetable: Timetable) -> list[Place]:
    before = {(k["buyer"], k["seller"], k["slot"]) for k in timetable.kept or ()}
    return [
        Place(
            int(m["slot"]), int(m["buyer"]), int(m["seller"]), m["table"], m["points"],
            m["is_fixed"],
            timetable.kept is not None and (m["buyer"], m["seller"], m["slot"]) not in before,
        )
        for m in timetable.told["meetings"]
    ]  # fmt: skip


def rulings(row: BusinessRound) -> list[Ruling]:
    """Return what was decided by hand."""
    return list(
        Ruling.objects.filter(buyer__round=row).select_related(
            "buyer__buyer__organisation", "firm__enterprise", "slot", "by"
        )
    )


def told_place(place: dict[str, str], zone: ZoneInfo) -> str:
    """Return where a notice says a meeting was or is: «10:25, mesa 4»."""
    if not place:
        return ""
    at = timezone.localtime(datetime.fromisoformat(place["starts_at"]), zone)
    where = _("mesa %(n)s") % {"n": place["table"]} if place.get("table") else _("videollamada")
    return f"{at:%H:%M}, {where}"
