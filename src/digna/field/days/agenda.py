"""What is on in the days to come: visits, workshops, sessions; and what is to be chased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import User
from digna.events import access as events
from digna.events.models import Session
from digna.training import access as training
from digna.training import states
from digna.training.models import CycleFirm, Workshop
from digna.training.selectors import lists

AHEAD = timedelta(days=14)
BEHIND = timedelta(days=7)
"""A list of attendance may be filled in some days late."""
CHASED = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on a day: at what time, what, where, and the sheet to fill in."""

    on: date
    at: str
    what: str
    where: str
    url: str
    icon: str
    work: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The days with something on, and what of the firms is late."""

    days: tuple[tuple[date, tuple[Entry, ...]], ...]
    chased: tuple[lists.Chase, ...]
    chased_count: int


def of(user: object, today: date) -> Agenda:
    """Return what is on for a user from a week ago to two weeks ahead."""
    entries = sorted(
        [*_visits(user, today), *_workshops(user, today), *_sessions(user, today)],
        key=lambda entry: (entry.on, entry.at, entry.what),
    )
    days = tuple((day, tuple(rows)) for day, rows in groupby(entries, key=lambda one: one.on))
    chased = lists.chase(user, today, mine=True) if rights.may(user, training.EDIT) else []
    return Agenda(days, tuple(chased[:CHASED]), len(chased))


def work_url(slug: str, key: object) -> str:
    """Return the address of a work's sheet for a record."""
    return reverse("field:work", args=[slug, str(key)])


def _visits(user: object, today: date) -> Iterable[Entry]:
    if not rights.may(user, training.EDIT):
        return
    for firm in lists.visits_due(user, today - BEHIND, today + AHEAD):
        yield Entry(
            on=firm.next_visit_on or today,
            at="",
            what=str(firm.enterprise),
            where=str(firm.enterprise.place or ""),
            url=reverse("field:firm", args=[firm.enterprise.public_id]),
            icon="store",
            work=_("visita · %(module)s") % {"module": firm.cycle.module.name},
        )


def workshops(user: object, today: date) -> QuerySet[Workshop]:
    """Return the workshops whose attendance a user may take along."""
    if not rights.may(user, training.EDIT):
        return Workshop.objects.none()
    rows = Workshop.objects.filter(
        cycle__in=training.visible_cycles(user, training.EDIT).values("pk"),
        is_cancelled=False,
        starts_at__date__gte=today - BEHIND,
        starts_at__date__lte=today + AHEAD,
    )
    return rows.select_related("cycle__module", "place").order_by("starts_at", "pk")


def sessions(user: object, today: date) -> QuerySet[Session]:
    """Return the sessions of activities whose attendance a user may take along."""
    if not rights.may(user, events.EDIT):
        return Session.objects.none()
    rows = Session.objects.filter(
        process__in=events.visible_processes(user, events.EDIT).order_by().values("pk"),
        is_cancelled=False,
        starts_at__date__gte=today - BEHIND,
        starts_at__date__lte=today + AHEAD,
    )
    return rows.select_related("process", "place").order_by("starts_at", "pk")


def _workshops(user: object, today: date) -> Iterable[Entry]:
    for row in workshops(user, today):
        yield _meeting(row, row.title, row.cycle.title, work_url("taller", row.pk), _("taller"))


def _sessions(user: object, today: date) -> Iterable[Entry]:
    for row in sessions(user, today):
        yield _meeting(row, row.title, row.process.title, work_url("sesion", row.pk), _("sesión"))


def _meeting(row: Any, what: str, whose: str, url: str, work: str) -> Entry:
    starts = timezone.localtime(row.starts_at)
    where = " · ".join(str(part) for part in (whose, row.venue or row.place) if part)
    return Entry(starts.date(), f"{starts:%H:%M}", what, where, url, "users", work)


def firms_in_training(user: object) -> QuerySet[CycleFirm]:
    """Return the ways under way of the firms that a user accompanies; their own cycles first."""
    if not (rights.may(user, training.EDIT) and isinstance(user, User)):
        return CycleFirm.objects.none()
    rows = training.visible_firms(user, training.EDIT).filter(cycle__is_cancelled=False)
    mine = rows.filter(cycle__trainers__user=user)
    chosen = mine if mine.exists() else rows
    rows = chosen.exclude(state__in=(*states.EXITS, "year_after_done"))
    return rows.select_related(
        "enterprise__place", "enterprise__sector", "cycle__module"
    ).distinct()
