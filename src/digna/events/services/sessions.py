"""Sessions: created, changed, cancelled; their hours and their check-in code."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.events.models import Process, Session, Topic, new_token
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Place

LONGEST = Decimal(24)


def hours_between(starts_at: datetime, ends_at: datetime) -> Decimal:
    """Return the length of a session in hours, to the hundredth."""
    seconds = Decimal(int((ends_at - starts_at).total_seconds()))
    return (seconds / 3600).quantize(Decimal("0.01"), ROUND_HALF_UP)


@writes("events.session.created")
def create_session(
    *,
    actor: Actor,
    process: Process,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    mode: str,
    hours: Decimal | None = None,
    topic: Topic | None = None,
    place: Place | None = None,
    venue: str = "",
    online_url: str = "",
) -> Session:
    """Add a session; without `hours`, full attendance is worth its length.

    Raises:
        Refused: `events.session.times`, `events.session.hours`, `events.session.other_topic`.
    """
    worth = _worth(starts_at, ends_at, hours)
    _refuse_foreign_topic(process, topic)
    return record.add(
        Session(
            process=process,
            topic=topic,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            hours=worth,
            mode=mode,
            place=place,
            venue=venue,
            online_url=online_url,
        )
    )


@writes("events.session.changed")
def change_session(*, actor: Actor, session: Session, **values: Any) -> Session:
    """Change a session. `hours=None` means: as long as it lasts.

    Raises:
        Refused: as `create_session`; `events.session.hours_recorded` when somebody's recorded
            hours would be more than the session is worth.
    """
    if {"starts_at", "ends_at", "hours"} & set(values):
        values["hours"] = _worth(
            values.get("starts_at", session.starts_at),
            values.get("ends_at", session.ends_at),
            values.get("hours"),
        )
        _refuse_fewer_hours_than_recorded(session, values["hours"])
    _refuse_foreign_topic(session.process, values.get("topic"))
    return record.change(session, **values)


@writes("events.session.cancelled")
def cancel_session(*, actor: Actor, session: Session) -> Session:
    """Call a session off; it stays in view, and nobody is marked in it.

    Raises:
        Refused: `events.session.needs_reason`, `events.session.was_held` (somebody attended).
    """
    if not actor.reason.strip():
        raise Refused(
            "events.session.needs_reason",
            _("Escriba por qué se cancela; lo leerá quien pregunte después."),
            field="reason",
        )
    if session.attendances.filter(status="present").exists():
        raise Refused(
            "events.session.was_held",
            _(
                "En «%(title)s» ya hay personas marcadas presentes: no se puede cancelar. "
                "Quite primero esas asistencias si fueron un error."
            )
            % {"title": session.title},
        )
    return record.change(session, is_cancelled=True)


@writes("events.session.reinstated")
def reinstate_session(*, actor: Actor, session: Session) -> Session:
    """Put a cancelled session back."""
    return record.change(session, is_cancelled=False)


@writes("events.session.code_renewed")
def renew_check_in_code(*, actor: Actor, session: Session) -> Session:
    """Give the session a new check-in code; posters printed before stop working."""
    return record.change(session, check_in_token=new_token())


def _worth(starts_at: datetime, ends_at: datetime, hours: Decimal | None) -> Decimal:
    if ends_at <= starts_at:
        raise Refused(
            "events.session.times",
            _("La sesión termina antes de comenzar. Corrija la hora en que termina."),
            field="ends_time",
        )
    worth = hours_between(starts_at, ends_at) if hours is None else hours
    if not 0 < worth <= LONGEST:
        raise Refused(
            "events.session.hours",
            _("Las horas deben ser más de 0 y hasta 24. Corrija las horas o los horarios."),
            field="hours",
        )
    return worth


def _refuse_fewer_hours_than_recorded(session: Session, hours: Decimal) -> None:
    longest = (
        session.attendances.exclude(hours=None)
        .order_by("-hours")
        .values_list("hours", flat=True)
        .first()
    )
    if longest is not None and longest > hours:
        raise Refused(
            "events.session.hours_recorded",
            _(
                "Alguien ya tiene %(recorded)s horas en esta sesión: no puede valer %(hours)s. "
                "Corrija primero la lista de asistencia."
            )
            % {"recorded": longest, "hours": hours},
            field="hours",
        )


def _refuse_foreign_topic(process: Process, topic: Topic | None) -> None:
    if topic is not None and topic.process_id != process.pk:
        raise Refused(
            "events.session.other_topic",
            _("Ese tema es de otro proceso. Elija uno de este."),
            field="topic",
        )
