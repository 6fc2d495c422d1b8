"""How the pairs of a cohort, or of a mentor, are doing: a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.accounts.models import User
from digna.mentoring import alerts
from digna.mentoring.alerts import Course, Met
from digna.mentoring.models import (
    NO_SHOWS,
    Agreement,
    FollowUp,
    Happened,
    MentoringSession,
    Pair,
)
from digna.web.links import whatsapp

ALERT_WORDS: Mapping[str, Any] = {
    alerts.SILENT: gettext_lazy("sin contacto"),
    alerts.NO_SHOWS: gettext_lazy("ausencias seguidas"),
    alerts.LOW_MOOD: gettext_lazy("ánimo bajo"),
    alerts.NO_AGREEMENT: gettext_lazy("sin acuerdo de inicio"),
}


@dataclass(frozen=True, slots=True)
class Health:
    """One pair as the coordinator sees it."""

    pair: Pair
    state: str
    course: Course
    alerts: tuple[str, ...]
    days_silent: int | None
    held: int
    missed: int
    mentor_mood: int | None
    mentee_mood: int | None
    next_on: date | None
    follow_up: FollowUp | None

    @property
    def state_label(self) -> str:
        """The state as it counts today, in words."""
        return str(Pair.State(self.state).label)

    @property
    def words(self) -> list[str]:
        """The alerts in words, each with its number."""
        found = []
        for code in self.alerts:
            word = str(ALERT_WORDS[code])
            if code == alerts.SILENT:
                word = _("%(n)s días sin contacto") % {"n": self.days_silent}
            elif code == alerts.NO_SHOWS:
                word = _("%(n)s ausencias seguidas") % {"n": alerts.no_shows(self.course)}
            found.append(word)
        return found

    @property
    def mentee_chat(self) -> str:
        """A link that opens a chat with the mentee, a kind question written."""
        return _chat(self.pair.application.person, str(self.pair.mentor))

    @property
    def mentor_chat(self) -> str:
        """A link that opens a chat with the mentor."""
        return _chat(self.pair.mentor.person, str(self.pair.application))


def _chat(person: Any, other: str) -> str:
    first = person.given_names.split(" ")[0]
    text = _("Hola %(first)s, ¿cómo va la mentoría con %(other)s? ¿Le ayudo en algo?")
    return whatsapp(person.phone, text % {"first": first, "other": other})


def of_pairs(pairs: Iterable[Pair], today: date) -> list[Health]:
    """Return the health of pairs, in their order: three queries whatever their number."""
    rows = list(pairs)
    keys = [row.pk for row in rows]
    sessions: dict[int, list[MentoringSession]] = {key: [] for key in keys}
    for one in MentoringSession.objects.filter(pair__in=keys).order_by("on", "pk"):
        sessions[one.pair_id].append(one)
    agreed = set(Agreement.objects.filter(pair__in=keys).values_list("pair", flat=True))
    followed: dict[int, FollowUp] = {}
    for note in FollowUp.objects.filter(pair__in=keys).order_by("on", "pk"):
        followed[note.pair_id] = note
    return [
        _health(row, sessions[row.pk], row.pk in agreed, followed.get(row.pk), today)
        for row in rows
    ]


def _health(
    pair: Pair,
    sessions: list[MentoringSession],
    has_agreement: bool,
    follow_up: FollowUp | None,
    today: date,
) -> Health:
    course = course_of(pair, sessions, has_agreement)
    is_active = pair.state == Pair.State.ACTIVE
    found: tuple[str, ...] = ()
    if is_active:
        found = alerts.alerts(
            course,
            today,
            silent_days=pair.cohort.silent_days,
            no_show_limit=pair.cohort.no_show_limit,
        )
    planned = [s.on for s in sessions if s.happened == Happened.PLANNED and s.on >= today]
    return Health(
        pair=pair,
        state=pair.state_on(today),
        course=course,
        alerts=found,
        days_silent=alerts.days_silent(course, today) if is_active else None,
        held=sum(s.happened == Happened.HELD for s in sessions),
        missed=sum(s.happened in NO_SHOWS for s in sessions),
        mentor_mood=_last(s.mentor_mood for s in sessions),
        mentee_mood=_last(s.mentee_mood for s in sessions),
        next_on=min(planned, default=None),
        follow_up=follow_up,
    )


def course_of(pair: Pair, sessions: Iterable[MentoringSession], has_agreement: bool) -> Course:
    """Return a pair's course as plain values; what was planned or called off says nothing."""
    met = tuple(
        Met(
            one.on,
            one.happened == Happened.HELD,
            tuple(mood for mood in (one.mentor_mood, one.mentee_mood) if mood is not None),
        )
        for one in sessions
        if one.happened == Happened.HELD or one.happened in NO_SHOWS
    )
    return Course(pair.started_on or pair.answer_by, met, has_agreement)


def _last(moods: Iterable[int | None]) -> int | None:
    known = [mood for mood in moods if mood is not None]
    return known[-1] if known else None


def own(user: object, today: date) -> list[Health]:
    """Return a mentor's pairs that wait for their answer or go on, those first."""
    rows = Pair.objects.filter(state__in=Pair.HOLDING).select_related(
        "cohort", "application__person", "application__enterprise", "mentor__person"
    )
    mine = rows.filter(mentor__user=user) if isinstance(user, User) else rows.none()
    found = of_pairs(mine.order_by("-state", "pk"), today)
    return [one for one in found if one.state != Pair.State.RELEASED]


CHIPS: Mapping[str, Any] = {
    "": gettext_lazy("Todas"),
    "alertas": gettext_lazy("Con alerta"),
    "en-marcha": gettext_lazy("En marcha"),
    "por-responder": gettext_lazy("Por responder"),
    "terminadas": gettext_lazy("Terminadas o cambiadas"),
}
STATES: Mapping[str, tuple[str, ...]] = {
    "en-marcha": (Pair.State.ACTIVE,),
    "por-responder": (Pair.State.ASKED,),
    "terminadas": (
        Pair.State.CHANGED,
        Pair.State.CLOSED,
        Pair.State.DECLINED,
        Pair.State.RELEASED,
    ),
}


def passes(one: Health, chip: str) -> bool:
    """Whether a pair is among those of a chip."""
    if chip == "alertas":
        return bool(one.alerts)
    return chip not in STATES or one.state in STATES[chip]


def in_order(rows: Iterable[Health]) -> list[Health]:
    """Return pairs with alerts first, the longest silent first."""
    return sorted(rows, key=lambda h: (-len(h.alerts), -(h.days_silent or 0), str(h.pair)))
