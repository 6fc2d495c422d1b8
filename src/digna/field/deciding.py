"""A person settles a question: the same intention runs again, through the same door.

What is written is written in the name of who did it on the telephone, at that hour, under the same
intention; the journal says beside it who decided.
"""

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import InterfaceError, OperationalError, transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Clash, DomainError, Refused
from digna.field import envelopes, merging, reception, references
from digna.field.envelopes import Files
from digna.field.models import Arrival
from digna.field.services import arrivals
from digna.journal.actor import Actor
from digna.journal.intake import CURRENTS, INTAKES, Asks
from digna.registry.models import Enterprise, Person

logger = logging.getLogger("digna.field")
PHONE, SERVER = "phone", "server"
Lists = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Sides:
    """The three sides of a question as they are now, and what is still to be decided."""

    base: Lists
    phone: dict[str, list[str]]
    server: Lists
    merged: merging.Merge
    seen: str


def done_by(arrival: Arrival, decider: User | None) -> Actor:
    """Return who did on the telephone what is decided now."""
    who = decider.name if decider is not None else "—"
    return Actor(
        user=arrival.user,
        at=arrival.at,
        device=arrival.device,
        intention=arrival.intention,
        reason=_("Pregunta del campo decidida por %(name)s") % {"name": who},
    )


def sides_of(arrival: Arrival) -> Sides:
    """Read what the record holds now and merge again; the record may have moved on.

    Raises:
        DomainError: the record is gone, or no longer of who sent this.
    """
    phone = references.replaced(arrival.values, arrival.user)
    read, base = CURRENTS.get(arrival.action), arrival.base
    if read is None or base is None:
        return Sides({}, phone, {}, merging.Merge(phone, ()), "")
    server = read(done_by(arrival, None), envelopes.as_sent(phone))
    merged = merging.merge(base, phone, server)
    seen = hashlib.sha256(json.dumps(server, sort_keys=True).encode()).hexdigest()[:16]
    return Sides(base, phone, server, merged, seen)


def settle(*, actor: Actor, arrival: Arrival, picks: Mapping[str, str], seen: str = "") -> None:
    """Carry out a question as a person decided it; all of it or nothing.

    `picks` says `phone` or `server` for each clashing field, and the chosen value where the server
    asked for one; `seen` what the record held when the page was shown.

    Raises:
        Clash: `field.arrival.moved`: somebody changed the record, or decided, meanwhile.
        Refused: `field.arrival.undecided`, and whatever the room refuses.
    """
    _refuse_settled(arrival)
    try:
        with transaction.atomic():
            receipt = _run(arrival, actor, picks, seen)
            arrivals.settle(actor=actor, arrival=arrival, decision=picks, made=_about(receipt))
    except Asks as question:
        arrivals.ask_again(
            actor=actor,
            arrival=arrival,
            code=question.code,
            message=str(question.message),
            answer=question.details["answer"],
            choices=question.details["choices"],
        )
        raise
    except (DomainError, OperationalError, InterfaceError, OSError):
        raise
    except Exception as problem:
        trace = reception.trace_of(problem)
        logger.error("still quarantined: %s\n%s", arrival.intention, trace)
        raise _broke_again(actor, arrival, problem) from problem


def _refuse_settled(arrival: Arrival) -> None:
    if not arrival.is_open:
        raise Clash("field.arrival.moved", _("Ya se decidió. Vea el resultado en la lista."))


def _run(arrival: Arrival, actor: Actor, picks: Mapping[str, str], seen: str) -> object:
    locked = Arrival.objects.select_for_update().get(pk=arrival.pk)
    _refuse_settled(locked)
    sides = sides_of(arrival)
    if sides.merged.clashing and sides.seen != seen:
        raise Clash(
            "field.arrival.moved",
            _("La ficha cambió mientras usted miraba. Compare otra vez y decida."),
        )
    values = envelopes.as_sent(decided(arrival, sides, picks))
    take = INTAKES.get(arrival.action)
    if take is None:
        raise Refused("field.action.unknown", _("Este servidor ya no recibe eso."))
    with _files(arrival) as files:
        return take(done_by(arrival, actor.user), values, files)


def decided(arrival: Arrival, sides: Sides, picks: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the values that stand after a decision.

    Raises:
        Refused: `field.arrival.undecided`: a field has no answer.
    """
    values = dict(sides.merged.values)
    for name in sides.merged.clashing:
        if picks.get(name) not in (PHONE, SERVER):
            raise _undecided(name)
        if picks[name] == SERVER:
            values[name] = list(sides.server[name])
    if arrival.answer:
        chosen = picks.get(arrival.answer, "")
        if chosen not in {value for value, _label in arrival.choices}:
            raise _undecided(arrival.answer)
        values[arrival.answer] = [chosen]
    return values


def _undecided(name: str) -> Refused:
    return Refused("field.arrival.undecided", _("Elija una de las dos respuestas."), field=name)


@contextmanager
def _files(arrival: Arrival) -> Iterator[Files]:
    """The kept files, as a form would have sent them."""
    files: Files = MultiValueDict()
    with ExitStack() as opened:
        for row in arrival.files.all():
            content = opened.enter_context(row.path.open("rb"))
            files.appendlist(row.field, UploadedFile(content, row.name, row.type, row.size))
        yield files


def _about(receipt: object) -> dict[str, Any]:
    if isinstance(receipt, Enterprise):
        return {"enterprise": receipt}
    return {"person": receipt} if isinstance(receipt, Person) else {}


def _broke_again(actor: Actor, arrival: Arrival, problem: Exception) -> Refused:
    message = _("El servidor no pudo otra vez. Avise a quien mantiene el sistema.")
    arrivals.fail_again(
        actor=actor, arrival=arrival, code="field.intention.quarantined", message=message,
        trace=reception.trace_of(problem),
    )  # fmt: skip
    return Refused("field.intention.quarantined", message)


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two values say the same."""
    return merging.bare(one) == merging.bare(other)
