"""Pairs: asked for, accepted, declined, released when nobody answers, changed, completed.

A pair that waits or goes on holds a place of its mentor. The database lets a place hold one pair
only, so that two coordinators who confirm the last one at once cannot both have it.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Clash, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.mentoring.models import Application, Happened, Mentor, Pair, Seat

State = Pair.State


@writes("mentoring.pair.asked")
def ask(
    *,
    actor: Actor,
    application: Application,
    mentor: Mentor,
    answer_by: date | None = None,
    follows: Pair | None = None,
    score: Decimal | None = None,
) -> Pair:
    """Ask a mentor to go along with somebody: the place is theirs until the day to answer.

    Raises:
        Refused: `mentoring.application.not_accepted`, `mentoring.application.has_pair`,
            `mentoring.mentor.unavailable`.
        Clash: `mentoring.mentor.full`, also when somebody else took the last place just now.
    """
    day = timezone.localdate(actor.at)
    locked = Mentor.objects.select_for_update().get(pk=mentor.pk)
    _release_late(locked, application, day)
    _refuse_application(application)
    if not locked.is_available:
        raise Refused(
            "mentoring.mentor.unavailable",
            _("%(name)s no está disponible ahora. Elija a otra persona.") % {"name": locked},
        )
    seat = _free_seat(locked)
    pair = Pair(
        cohort=application.cohort,
        application=application,
        mentor=locked,
        seat=seat,
        asked_at=actor.at,
        answer_by=answer_by or day + timedelta(days=application.cohort.answer_days),
        follows=follows,
        score=score,
    )
    try:
        with transaction.atomic():
            return record.add(pair)
    except IntegrityError as taken:
        raise _full(locked) from taken


def _refuse_application(application: Application) -> None:
    state = Application.objects.values_list("state", flat=True).get(pk=application.pk)
    if state != Application.State.ACCEPTED:
        raise Refused(
            "mentoring.application.not_accepted",
            _("La postulación de %(name)s no está aceptada. Acéptela antes de darle pareja.")
            % {"name": application.person},
        )
    standing = application.pairs.filter(state__in=Pair.HOLDING).first()
    if standing is not None:
        raise Refused(
            "mentoring.application.has_pair",
            _("%(name)s tiene una pareja en marcha. Ciérrela o cámbiela antes.")
            % {"name": application.person},
        )


def _free_seat(mentor: Mentor) -> Seat:
    held = Pair.objects.filter(mentor=mentor, state__in=Pair.HOLDING).values("seat")
    seat = mentor.seats.exclude(pk__in=held).order_by("number").first()
    if seat is None:
        raise _full(mentor)
    return seat


def _full(mentor: Mentor) -> Clash:
    return Clash(
        "mentoring.mentor.full",
        _(
            "El último lugar de %(name)s acaba de ocuparse (%(n)s de %(n)s). "
            "Elija a otra persona o espere a que se libere."
        )
        % {"name": mentor, "n": mentor.seats.count()},
        field="mentor",
    )


def _release_late(mentor: Mentor, application: Application, day: date) -> None:
    """What nobody answered in time counts as released from the moment somebody looks."""
    late = Pair.objects.filter(state=State.ASKED, answer_by__lt=day)
    for pair in late.filter(mentor=mentor) | late.filter(application=application):
        record.change(pair, state=State.RELEASED, seat=None)


@writes("mentoring.pair.released")
def release_late(*, actor: Actor, on: date | None = None) -> int:
    """Release every pair whose day to answer has passed; return how many."""
    day = on or timezone.localdate(actor.at)
    late = list(Pair.objects.select_for_update().filter(state=State.ASKED, answer_by__lt=day))
    for pair in late:
        record.change(pair, state=State.RELEASED, seat=None)
    return len(late)


def _refuse_unasked(pair: Pair, day: date) -> None:
    if pair.is_late_on(day):
        raise Refused(
            "mentoring.pair.too_late",
            _(
                "El día para responder fue el %(day)s y el lugar quedó libre. "
                "Pida que le pregunten otra vez."
            )
            % {"day": pair.answer_by.strftime("%d/%m/%Y")},
        )
    if pair.state != State.ASKED:
        raise Refused(
            "mentoring.pair.answered",
            _("Esta pareja ya está «%(state)s».") % {"state": pair.get_state_display()},
        )


@writes("mentoring.pair.accepted")
def accept(*, actor: Actor, pair: Pair, on: date | None = None) -> Pair:
    """The mentor says yes: the pair begins.

    Raises:
        Refused: `mentoring.pair.too_late`, `mentoring.pair.answered`.
    """
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    day = on or timezone.localdate(actor.at)
    _refuse_unasked(pair, day)
    return record.change(pair, state=State.ACTIVE, answered_at=actor.at, started_on=day)


@writes("mentoring.pair.declined")
def decline(*, actor: Actor, pair: Pair, note: str = "", stays_available: bool = True) -> Pair:
    """The mentor says no, which needs no reason; the place is free again.

    Raises:
        Refused: `mentoring.pair.too_late`, `mentoring.pair.answered`.
    """
    pair = Pair.objects.select_for_update().select_related("mentor").get(pk=pair.pk)
    _refuse_unasked(pair, timezone.localdate(actor.at))
    if not stays_available:
        record.change(pair.mentor, is_available=False)
    return record.change(
        pair, state=State.DECLINED, answered_at=actor.at, seat=None, ending_note=note
    )


@writes("mentoring.pair.changed")
def change(
    *, actor: Actor, pair: Pair, ending: str, note: str = "", on: date | None = None
) -> Pair:
    """End a pair so that the mentee can have another: nobody is to blame, the history stays.

    Raises:
        Refused: `mentoring.pair.not_active`, `mentoring.pair.ends_before_start`.
    """
    return _end(actor, pair, State.CHANGED, on, ending=ending, ending_note=note)


@writes("mentoring.pair.closed")
def close(*, actor: Actor, pair: Pair, note: str = "", on: date | None = None) -> Pair:
    """Complete a pair that came to its end.

    Raises:
        Refused: `mentoring.pair.not_active`, `mentoring.pair.ends_before_start`.
    """
    return _end(actor, pair, State.CLOSED, on, ending_note=note)


def _end(actor: Actor, pair: Pair, state: str, on: date | None, **told: str) -> Pair:
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if pair.state != State.ACTIVE:
        raise Refused(
            "mentoring.pair.not_active",
            _("Esta pareja ya está «%(state)s».") % {"state": pair.get_state_display()},
        )
    day = on or timezone.localdate(actor.at)
    if pair.started_on is not None and day < pair.started_on:
        raise Refused(
            "mentoring.pair.ends_before_start",
            _("La pareja empezó el %(day)s: no puede terminar antes. Corrija la fecha.")
            % {"day": pair.started_on.strftime("%d/%m/%Y")},
            field="on",
        )
    for planned in pair.sessions.filter(happened=Happened.PLANNED):
        record.change(planned, happened=Happened.CANCELLED)
    return record.change(pair, state=state, ended_on=day, seat=None, **told)
