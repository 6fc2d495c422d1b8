"""What could not be settled at once: kept whole, decided by a person, forgotten when it may be."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from digna.field.envelopes import Envelope
from digna.field.models import Arrival, ArrivalFile
from digna.journal import record, redaction
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise, Person
from digna.surveys import storing

FOLDER = "field/arrivals"
KEPT_FOR = timedelta(days=90)
"""What was settled keeps its contents for so long, for who wants to see what was decided."""


def keeper(envelope: Envelope) -> Actor:
    """Return who keeps an intention: its own person, under an intention derived from its own."""
    derived = uuid.uuid5(envelope.intention, "kept")
    return replace(envelope.actor, intention=derived)


@writes("field.arrival.kept")
def keep(
    *,
    actor: Actor,
    envelope: Envelope,
    state: str,
    code: str,
    message: str,
    clashing: Sequence[str] = (),
    choices: Sequence[tuple[str, str]] = (),
    answer: str = "",
    trace: str = "",
) -> Arrival:
    """Keep all of an intention until a person settles it; the same one twice is kept once.

    Raises:
        NoRoom: `surveys.storage.failed`: its files could not be written.
    """
    values = envelope.lists()
    enterprise, person = _about(values)
    arrival = record.add(
        Arrival(
            intention=envelope.intention,
            telephone=envelope.telephone,
            device=actor.device,
            user=actor.user,
            action=envelope.action[:80],
            at=actor.at,
            seq=envelope.seq,
            values=values,
            base=dict(envelope.base) if envelope.base is not None else None,
            clashing=list(clashing),
            choices=[list(pair) for pair in choices],
            answer=answer,
            state=state,
            code=code,
            message=message,
            trace=trace,
            enterprise=enterprise,
            person=person,
        )
    )
    _keep_files(arrival, envelope)
    return arrival


def _about(values: Mapping[str, list[str]]) -> tuple[Enterprise | None, Person | None]:
    """Return the firm and the person that the values name by their public keys."""
    firm, person = _key(values, "enterprise"), _key(values, "person")
    return (
        Enterprise.objects.filter(public_id=firm).first() if firm else None,
        Person.objects.filter(public_id=person).first() if person else None,
    )


def _key(values: Mapping[str, list[str]], name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(values[name][0])
    except (KeyError, IndexError, ValueError):
        return None


def _keep_files(arrival: Arrival, envelope: Envelope) -> None:
    for name, files in envelope.files.lists():
        for file in files:
            file.seek(0)
            place, digest, size = storing.keep(file.chunks(), FOLDER)
            record.add(
                ArrivalFile(
                    arrival=arrival,
                    field=name.replace("\x00", "")[:200],
                    name=(file.name or "").replace("\x00", "")[:200],
                    type=str(file.content_type or "")[:100],
                    size=size,
                    sha256=digest,
                    file=place,
                )
            )


@writes("field.arrival.settled")
def settle(
    *, actor: Actor, arrival: Arrival, decision: Mapping[str, Any], made: Mapping[str, Any]
) -> Arrival:
    """Note who settled a question and how; what it wrote is a line of its own."""
    return record.change(
        arrival,
        state=Arrival.State.SETTLED,
        decided_at=actor.at,
        decided_by=actor.user,
        decision=dict(decision),
        reason=actor.reason,
        **made,
    )


@writes("field.arrival.rejected")
def reject(*, actor: Actor, arrival: Arrival) -> Arrival:
    """Note that a person did not take it in, and why: the telephone shows the reason."""
    return record.change(
        arrival,
        state=Arrival.State.REJECTED,
        decided_at=actor.at,
        decided_by=actor.user,
        reason=actor.reason,
    )


@writes("field.arrival.failed_again")
def fail_again(*, actor: Actor, arrival: Arrival, code: str, message: str, trace: str) -> Arrival:
    """Note that what was set apart broke again, or asks something else now."""
    return record.change(arrival, code=code, message=message, trace=trace)


@writes("field.arrival.asked_again")
def ask_again(
    *,
    actor: Actor,
    arrival: Arrival,
    code: str,
    message: str,
    answer: str,
    choices: Sequence[tuple[str, str]],
) -> Arrival:
    """Note that settling it one way raised another question."""
    pairs = [list(pair) for pair in choices]
    return record.change(arrival, code=code, message=message, answer=answer, choices=pairs)


@writes("field.arrival.forgotten")
def forget_contents(*, actor: Actor, arrivals: Sequence[Arrival]) -> int:
    """Take away what settled questions held; that they were asked and decided stays."""
    for arrival in arrivals:
        blank(arrival, actor.at)
    return len(arrivals)


def blank(arrival: Arrival, at: datetime) -> None:
    """Take away what one question holds, its files too."""
    redaction.forget(model=Arrival, keys=[arrival.pk], at=at)
    files = list(arrival.files.all())
    redaction.forget(model=ArrivalFile, keys=[file.pk for file in files], at=at)
    for file in files:
        record.remove(file)
        transaction.on_commit(partial(_sweep, file.file, file.path))
    record.blank(arrival, values={}, base=None, choices=[], message="", decision={}, reason="")


def close_erased(arrival: Arrival) -> None:
    """Close a question whose person was erased; runs inside the erasure."""
    record.change(
        arrival,
        state=Arrival.State.REJECTED,
        decided_at=record.current().actor.at,
        reason=_("La persona pidió que se borren sus datos."),
    )


def _sweep(place: str, path: Path) -> None:
    if not ArrivalFile.objects.filter(file=place).exists():
        path.unlink(missing_ok=True)
