"""The workers' pulse: rounds opened and ended; answers taken in so that nobody is told apart."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement import pulses
from digna.improvement.models import Instrument, PulseRound, Suggestion
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise

LONGEST = timedelta(days=60)
SHORTEST = timedelta(days=6)


@writes("improvement.pulse.opened")
def open_round(
    *,
    actor: Actor,
    enterprise: Enterprise,
    instrument: Instrument,
    opens_on: date,
    closes_on: date,
) -> PulseRound:
    """Open a round with a short link of its own.

    Raises:
        Refused: `improvement.pulse.retired`, `improvement.pulse.dates` (one week to sixty days),
            `improvement.pulse.open_already`.
    """
    version = instrument.current
    is_pulse = instrument.kind == Instrument.Kind.PULSE
    if version is None or instrument.retired_on is not None or not is_pulse:
        raise Refused(
            "improvement.pulse.retired", _("Esas preguntas ya no están en uso. Elija otras.")
        )
    if not SHORTEST <= closes_on - opens_on <= LONGEST:
        raise Refused(
            "improvement.pulse.dates",
            _("La ronda dura de 7 a 60 días: en menos, se sabría quién respondió."),
            field="closes_on",
        )
    overlapping = PulseRound.objects.filter(
        enterprise=enterprise, opens_on__lte=closes_on, closes_on__gte=opens_on
    )
    if overlapping.exists():
        raise Refused(
            "improvement.pulse.open_already",
            _("Ya hay una ronda en esas fechas. Espere a que termine o elija otras fechas."),
            field="opens_on",
        )
    return record.add(
        PulseRound(
            enterprise=enterprise,
            version=version,
            opens_on=opens_on,
            closes_on=closes_on,
            opened_by=actor.user,
        )
    )


@writes("improvement.pulse.ended")
def end_round(*, actor: Actor, round: PulseRound) -> PulseRound:
    """End a round yesterday, so that its results, if five answered, may be seen today.

    Raises:
        Refused: `improvement.pulse.too_soon` (a week has not passed), `improvement.pulse.over`.
    """
    today = timezone.localdate(actor.at)
    if round.closes_on < today:
        raise Refused("improvement.pulse.over", _("Esta ronda ya terminó."))
    if today - round.opens_on <= SHORTEST:
        raise Refused(
            "improvement.pulse.too_soon",
            _("La ronda debe estar abierta una semana entera. Ciérrela desde el %(day)s.")
            % {"day": (round.opens_on + SHORTEST + timedelta(days=1)).strftime("%d/%m/%Y")},
        )
    return record.change(round, closes_on=today - timedelta(days=1))


def nobody(at: datetime, intention: Any = None) -> Actor:
    """Return the actor of an anonymous answer: no user, no device, no time finer than the week."""
    monday = pulses.week_of(timezone.localdate(at))
    return Actor(user=None, at=datetime.combine(monday, time(12), UTC), intention=intention)


@writes("improvement.pulse.answered")
def take_answer(
    *,
    actor: Actor,
    round: PulseRound,
    answers: Mapping[str, str],
    suggestion: str = "",
    today: date,
) -> int:
    """Add one person's answers to the tallies of the round; the answers themselves are not kept.

    `actor` comes from `nobody`. Returns 1, so that the receipt of one answer is like any other's.

    Raises:
        Refused: `improvement.pulse.not_open`, `improvement.pulse.nothing`,
            `improvement.pulse.unknown`.
    """
    locked = PulseRound.objects.select_for_update().get(pk=round.pk)
    if not locked.opens_on <= today <= locked.closes_on:
        raise Refused(
            "improvement.pulse.not_open",
            _("Estas preguntas se podían responder del %(start)s al %(end)s.")
            % {
                "start": locked.opens_on.strftime("%d/%m/%Y"),
                "end": locked.closes_on.strftime("%d/%m/%Y"),
            },
        )
    given = {code: value for code, value in answers.items() if value}
    if not given and not suggestion.strip():
        raise Refused(
            "improvement.pulse.nothing", _("Responda al menos una pregunta antes de enviar.")
        )
    _refuse_unknown(round, given)
    tallies = {code: dict(counts) for code, counts in locked.tallies.items()}
    for code, value in given.items():
        counts = tallies.setdefault(code, {})
        counts[value] = counts.get(value, 0) + 1
    if suggestion.strip():
        month = pulses.month_of(today)
        record.add(Suggestion(round=round, text=suggestion.strip()[:500], month=month))
    record.change(locked, answer_count=locked.answer_count + 1, tallies=tallies)
    return 1


def _refuse_unknown(round: PulseRound, given: Mapping[str, str]) -> None:
    known = {
        item["code"]: {str(option["value"]) for option in item["options"]}
        for item in round.version.items
    }
    for code, value in given.items():
        if value not in known.get(code, set()):
            raise Refused(
                "improvement.pulse.unknown",
                _("Esa respuesta no está entre las opciones. Recargue la página."),
            )


@writes("improvement.suggestion.followed")
def follow_suggestion(
    *, actor: Actor, suggestion: Suggestion, state: str, answer: str = ""
) -> Suggestion:
    """Say what became of a suggestion; one declined is answered in words.

    Raises:
        Refused: `improvement.suggestion.not_yet` (fewer than five answered, or the round is
            open), `improvement.suggestion.needs_answer`.
    """
    round = suggestion.round
    if not pulses.may_show(round.answer_count, round.closes_on, timezone.localdate(actor.at)):
        raise Refused(
            "improvement.suggestion.not_yet",
            _("Las sugerencias se leen cuando la ronda terminó y respondieron al menos cinco."),
        )
    if state == Suggestion.State.DECLINED and not answer.strip():
        raise Refused(
            "improvement.suggestion.needs_answer",
            _("Escriba por qué no se hará: quien la propuso merece la razón."),
            field="answer",
        )
    return record.change(suggestion, state=state, answer=answer.strip())
