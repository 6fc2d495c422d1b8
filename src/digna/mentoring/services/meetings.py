"""What a pair lives through: agreement, goals, sessions, mood, notes, follow-up."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import NotAllowed, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.mentoring.models import (
    Agreement,
    FollowUp,
    Goal,
    Happened,
    MentoringSession,
    Pair,
    PrivateNote,
)

MENTEE, MENTOR = "mentee", "mentor"


@writes("mentoring.agreement.made")
def agree(*, actor: Actor, pair: Pair, agreed_on: date, by: str, **told: Any) -> Agreement:
    """Write down what the two agreed; a change has to be accepted again by both.

    `by` says whose hand wrote it: `mentor`, `mentee`, or "" for the coordinator.

    Raises:
        Refused: `mentoring.pair.not_active`.
    """
    _refuse_inactive(pair)
    accepted = {
        "mentor_accepted_at": actor.at if by == MENTOR else None,
        "mentee_accepted_at": actor.at if by == MENTEE else None,
    }
    standing = Agreement.objects.filter(pair=pair).first()
    if standing is None:
        return record.add(Agreement(pair=pair, agreed_on=agreed_on, **told, **accepted))
    return record.change(standing, agreed_on=agreed_on, **told, **accepted)


def _refuse_inactive(pair: Pair) -> None:
    if pair.state != Pair.State.ACTIVE:
        raise Refused(
            "mentoring.pair.not_active",
            _("Esta pareja ya está «%(state)s».") % {"state": pair.get_state_display()},
        )


@writes("mentoring.agreement.accepted")
def accept_agreement(*, actor: Actor, agreement: Agreement, by: str) -> Agreement:
    """One of the two accepts what was written down."""
    name = "mentor_accepted_at" if by == MENTOR else "mentee_accepted_at"
    return record.change(agreement, **{name: actor.at})


@writes("mentoring.goal.set")
def set_goal(*, actor: Actor, pair: Pair, what: str, due_on: date | None = None) -> Goal:
    """Set a goal.

    Raises:
        Refused: `mentoring.pair.not_active`.
    """
    _refuse_inactive(pair)
    return record.add(Goal(pair=pair, what=what, due_on=due_on))


@writes("mentoring.goal.settled")
def settle_goal(*, actor: Actor, goal: Goal, state: str) -> Goal:
    """Say that a goal was reached, was dropped, or is open again."""
    day = None if state == Goal.State.OPEN else timezone.localdate(actor.at)
    return record.change(goal, state=state, closed_on=day)


@writes("mentoring.session.logged")
def log_session(
    *,
    actor: Actor,
    pair: Pair,
    on: date,
    happened: str = Happened.HELD,
    channel: str = "",
    mood: int | None = None,
    mood_of: str = MENTOR,
    minutes: int | None = None,
    agreed: str = "",
) -> MentoringSession:
    """Note a session that was held or to which somebody did not come.

    One that was planned for that day is filled in.

    Raises:
        Refused: `mentoring.session.future`, `mentoring.session.before_start`,
            `mentoring.pair.not_started`.
    """
    _refuse_day(actor, pair, on)
    told: dict[str, Any] = {
        "happened": happened,
        "channel": channel,
        "minutes": minutes,
        "agreed": agreed,
        "logged_by": actor.user,
        f"{mood_of}_mood": mood if happened == Happened.HELD else None,
    }
    planned = pair.sessions.filter(on=on, happened=Happened.PLANNED).first()
    if planned is not None:
        return record.change(planned, **told)
    return record.add(MentoringSession(pair=pair, on=on, logged_at=actor.at, **told))


def _refuse_day(actor: Actor, pair: Pair, on: date) -> None:
    if pair.started_on is None:
        raise Refused(
            "mentoring.pair.not_started",
            _("La pareja todavía no empezó: primero responde quien acompaña."),
        )
    if on > timezone.localdate(actor.at):
        raise Refused(
            "mentoring.session.future",
            _("El %(day)s todavía no llega. Agende la sesión, o corrija la fecha.")
            % {"day": on.strftime("%d/%m/%Y")},
            field="on",
        )
    if on < pair.started_on or (pair.ended_on is not None and on > pair.ended_on):
        raise Refused(
            "mentoring.session.outside",
            _("El %(day)s está fuera de los días de esta pareja. Corrija la fecha.")
            % {"day": on.strftime("%d/%m/%Y")},
            field="on",
        )


@writes("mentoring.session.logged")
def log_group(
    *, actor: Actor, pairs: Sequence[Pair], absent: Sequence[Pair], on: date, **told: Any
) -> list[int]:
    """Note one meeting of a group: held for who was there, a no-show for who was not."""
    away = {pair.pk for pair in absent}
    return [
        log_session(
            actor=actor,
            pair=pair,
            on=on,
            happened=Happened.MENTEE_ABSENT if pair.pk in away else Happened.HELD,
            **told,
        ).pk
        for pair in pairs
    ]


@writes("mentoring.session.planned")
def plan_session(
    *, actor: Actor, pair: Pair, on: date, at: time | None = None, channel: str = ""
) -> MentoringSession:
    """Put the next session in the diary; it stands in the calendar of both.

    Raises:
        Refused: `mentoring.pair.not_active`, `mentoring.session.past`.
    """
    _refuse_inactive(pair)
    if on < timezone.localdate(actor.at):
        raise Refused(
            "mentoring.session.past",
            _("El %(day)s ya pasó. Anote la sesión, o corrija la fecha.")
            % {"day": on.strftime("%d/%m/%Y")},
            field="on",
        )
    return record.add(
        MentoringSession(
            pair=pair,
            on=on,
            at=at,
            channel=channel,
            happened=Happened.PLANNED,
            logged_by=actor.user,
            logged_at=actor.at,
        )
    )


@writes("mentoring.session.corrected")
def correct_session(*, actor: Actor, session: MentoringSession, **values: Any) -> MentoringSession:
    """Correct or complete a session.

    Raises:
        Refused: `mentoring.session.future`, `mentoring.session.outside`.
    """
    is_planned = values.get("happened", session.happened) == Happened.PLANNED
    if not is_planned:
        _refuse_day(actor, session.pair, values.get("on", session.on))
    return record.change(session, **values)


@writes("mentoring.session.removed")
def remove_session(*, actor: Actor, session: MentoringSession) -> None:
    """Take out a session noted by mistake; the journal keeps what it said."""
    record.remove(session)


@writes("mentoring.mood.told")
def tell_mood(*, actor: Actor, session: MentoringSession, mood: int) -> MentoringSession:
    """The mentee says how she came out of a session.

    Raises:
        Refused: `mentoring.mood.not_held`.
    """
    if session.happened != Happened.HELD:
        raise Refused("mentoring.mood.not_held", _("Esa sesión no se hizo: no hay qué contar."))
    return record.change(session, mentee_mood=mood)


@writes("mentoring.note.kept")
def keep_note(*, actor: Actor, pair: Pair, text: str) -> PrivateNote:
    """Keep a note that only its author reads; the journal knows of it, not its words."""
    assert actor.user is not None  # noqa: S101 — only who signed in has notes
    return record.add(PrivateNote(pair=pair, author=actor.user, text=text, at=actor.at))


@writes("mentoring.note.removed")
def remove_note(*, actor: Actor, note: PrivateNote) -> None:
    """Take away one's own note.

    Raises:
        NotAllowed: `mentoring.note.not_yours`.
    """
    if note.author != actor.user:
        raise NotAllowed("mentoring.note.not_yours", _("Esa nota es de otra persona."))
    record.remove(note)


@writes("mentoring.follow_up.noted")
def note_follow_up(*, actor: Actor, pair: Pair, on: date, what: str) -> FollowUp:
    """Note what was done about a pair that needed help."""
    return record.add(FollowUp(pair=pair, on=on, what=what, by=actor.user))
