"""One late intention: found by its journal name, let in by its room, answered in one word.

Whatever happens, one of these is true when the telephone hears an answer: it is in the journal
once; it is kept here for a person to settle; or it is on the telephone, with a sentence.
"""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from digna.errors import DomainError
from digna.field import envelopes, merging, parts, references
from digna.field.envelopes import Envelope
from digna.field.models import Arrival
from digna.field.services import arrivals
from digna.journal import sealing
from digna.journal.intake import AGAIN, CURRENTS, INTAKES, Asks
from digna.journal.models import Line

logger = logging.getLogger("digna.field")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the telephone is told.

    `state`: `done` (it counts, once), `refused` (a rule says no: it stays on the telephone with the
    sentence), `later` (this server does not know it yet, or not what it follows: try again),
    `question` (it is kept here; a person decides).
    """

    state: str
    receipt: Any = None
    code: str = ""
    message: str = ""


def receive(envelope: Envelope) -> Answer:
    """Carry out one intention and return the answer for the telephone.

    Raises:
        DomainError: with status 503, when the server cannot write: nothing was done, the telephone
            keeps it and tries again.
    """
    try:
        with transaction.atomic():
            return answered_before(envelope) or _waits(envelope) or _taken(envelope)
    except Clashing as clash:
        return _asked(envelope, clash.code, str(clash.message), clashing=clash.details["names"])
    except Asks as question:
        told = {"answer": question.details["answer"], "choices": question.details["choices"]}
        return _asked(envelope, question.code, str(question.message), **told)
    except DomainError as problem:
        if problem.status == 503:
            raise
        return _refused(envelope, problem.code, str(problem.message))
    except (OperationalError, InterfaceError, OSError, MemoryError) as problem:
        logger.exception("no room or no database for %s", envelope.intention)
        raise parts.full() from problem
    except Exception as problem:  # noqa: BLE001 — one that is poisoned must not stop the others
        # Without the exception's own words, which may quote a person.
        logger.error(
            "quarantined %s %s\n%s", envelope.action, envelope.intention, trace_of(problem)
        )
        return _quarantined(envelope, problem)


class Clashing(DomainError):
    """Two changed the same field of a record to different things."""


def answered_before(envelope: Envelope) -> Answer | None:
    """Answer what came before: done once, kept for a person, or rejected by one."""
    line = Line.objects.filter(intention=envelope.intention).first()
    if line is not None:
        return _done_before(envelope, line)
    arrival = Arrival.objects.filter(intention=envelope.intention).first()
    if arrival is None:
        return None
    if arrival.user != envelope.actor.user:
        return _stranger(envelope)
    return of_arrival(arrival)


def _done_before(envelope: Envelope, line: Line) -> Answer:
    user = envelope.actor.user
    if line.actor_id != (user.pk if user is not None else None):
        return _stranger(envelope)
    if line.action != envelope.action and line.action in INTAKES and envelope.action in INTAKES:
        return _refused(
            envelope,
            "journal.intention_reused",
            _("Este envío ya se usó para otra cosa. Vuelva a abrir el formulario."),
        )
    again = AGAIN.get(envelope.action)
    if again is None:
        return Answer("done", receipt=told_of(line))
    try:
        with transaction.atomic():
            return Answer(
                "done", receipt=_plain(again(envelope.actor, envelope.values, envelope.files))
            )
    except DomainError:
        return Answer("done", receipt=told_of(line))


def told_of(line: Line) -> Any:
    """Return the receipt of a journal line as a telephone may see it: public keys only."""
    receipt = line.receipt
    if isinstance(receipt, dict) and set(receipt) == {"model", "pk"}:
        key = references.key_of(receipt)
        return {"id": key} if key else None
    return receipt


def of_arrival(arrival: Arrival) -> Answer:
    """Return the answer for what waits for a person, or waited."""
    if arrival.state == Arrival.State.REJECTED:
        return Answer("refused", code="field.arrival.rejected", message=_rejection(arrival))
    if arrival.state == Arrival.State.SETTLED:
        return Answer("done")
    return Answer("question", code=arrival.code, message=arrival.message)


def _rejection(arrival: Arrival) -> str:
    return _("La oficina no lo aceptó: %(reason)s") % {"reason": arrival.reason}


def _stranger(envelope: Envelope) -> Answer:
    user = envelope.actor.user
    logger.warning(
        "refused field.intention.stranger: %s of %s sent by %s",
        envelope.intention, envelope.action, user.pk if user is not None else "nobody",
    )  # fmt: skip
    return Answer(
        "refused",
        code="field.intention.stranger",
        message=_("Ese envío es de otra persona. Entre con la cuenta de quien lo hizo."),
    )


def _waits(envelope: Envelope) -> Answer | None:
    """Answer `later` or `refused` where what must come before has not, or never will."""
    if envelope.action not in INTAKES:
        message = _("Este servidor todavía no recibe eso. Se enviará cuando se actualice.")
        return Answer("later", code="field.action.unknown", message=message)
    wanted = {*envelope.after, *references.named(envelope.lists())} - {envelope.intention}
    if not wanted:
        return None
    user = envelope.actor.user
    there = Line.objects.filter(intention__in=wanted, actor=user)
    missing = wanted - set(there.values_list("intention", flat=True))
    if not missing:
        return None
    given_up = Arrival.objects.filter(
        intention__in=missing, user=user, state=Arrival.State.REJECTED
    )
    if given_up.exists():
        return _refused(
            envelope,
            "field.predecessor.rejected",
            _("Depende de algo que la oficina no aceptó. Corrija eso primero y hágalo otra vez."),
        )
    return Answer(
        "later",
        code="field.predecessor.waits",
        message=_("Espera a lo que se hizo antes y todavía no está en el servidor."),
    )


def _taken(envelope: Envelope) -> Answer:
    """Take it in by its room's door."""
    values = envelopes.as_sent(references.replaced(envelope.lists(), envelope.actor.user))
    values = _merged(envelope, values)
    receipt = INTAKES[envelope.action](envelope.actor, values, envelope.files)
    return Answer("done", receipt=_plain(receipt))


def _merged(envelope: Envelope, values: Any) -> Any:
    """Return the values with what others changed meanwhile.

    Raises:
        Clashing: `field.values.clash`.
    """
    read = CURRENTS.get(envelope.action)
    if read is None or envelope.base is None:
        return values
    lists = {name: [str(one) for one in given] for name, given in values.lists()}
    found = merging.merge(envelope.base, lists, read(envelope.actor, values))
    if found.clashing:
        raise Clashing(
            "field.values.clash",
            _("Otra persona cambió lo mismo. Quedan guardadas las dos versiones y alguien decide."),
            names=list(found.clashing),
        )
    return envelopes.as_sent(found.values)


def _asked(envelope: Envelope, code: str, message: str, **told: Any) -> Answer:
    return _kept(envelope, lambda: arrivals.keep(
        actor=arrivals.keeper(envelope), envelope=envelope, state=Arrival.State.QUESTION,
        code=code, message=message, **told,
    ))  # fmt: skip


def _quarantined(envelope: Envelope, problem: Exception) -> Answer:
    message = _("El servidor no pudo con esto. Quedó guardado y alguien lo revisa.")
    return _kept(envelope, lambda: arrivals.keep(
        actor=arrivals.keeper(envelope), envelope=envelope, state=Arrival.State.QUARANTINED,
        code="field.intention.quarantined", message=message, trace=trace_of(problem),
    ))  # fmt: skip


def _kept(envelope: Envelope, keep: Callable[[], Arrival]) -> Answer:
    try:
        return of_arrival(keep())
    except (OperationalError, InterfaceError, OSError, MemoryError) as problem:
        logger.exception("no room to keep %s", envelope.intention)
        raise parts.full() from problem


def trace_of(problem: Exception) -> str:
    """Return where something broke: kinds, files and lines, never a value."""
    frames = traceback.extract_tb(problem.__traceback__)[-8:]
    places = [f"{'/'.join(f.filename.split('/')[-3:])}:{f.lineno} {f.name}" for f in frames]
    return "\n".join([type(problem).__name__, *reversed(places)])


def _refused(envelope: Envelope, code: str, message: str) -> Answer:
    logger.info("refused %s: %s %s", code, envelope.action, envelope.intention)
    return Answer("refused", code=code, message=message)


def _plain(receipt: object) -> Any:
    is_plain = receipt is None or isinstance(receipt, (str, int, list, dict))
    return sealing.plain(receipt) if is_plain else None
