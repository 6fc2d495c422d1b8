"""One late intention: found by its journal name, let in by its room, answered in one word."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import DomainError, Refused
from digna.journal import sealing
from digna.journal.actor import Actor
from digna.journal.intake import INTAKES

Files = MultiValueDict[str, UploadedFile[Any]]
"""Files by name, some names with several, as a form sends them."""

CLOCK_AHEAD = timedelta(minutes=5)
"""A telephone's clock may run ahead by this much; later hours count as now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the telephone is told.

    `state`: `done` (it counts, once), `refused` (a rule says no: it stays on the telephone with the
    sentence), `later` (this server does not know it yet: try again after an update).
    """

    state: str
    receipt: Any = None
    code: str = ""
    message: str = ""


def read_values(text: str) -> QueryDict:
    """Return values as a form sends them, from a JSON object of lists of strings.

    Raises:
        Refused: `field.values.unreadable`.
    """
    try:
        found = json.loads(text)
        values = QueryDict(mutable=True)
        for name, given in found.items():
            values.setlist(name, [str(one) for one in given])
    except (ValueError, AttributeError, TypeError) as problem:
        raise Refused(
            "field.values.unreadable", _("El envío llegó dañado. Guárdelo otra vez y reenvíe.")
        ) from problem
    return values


def read_id(text: str) -> uuid.UUID:
    """Return the client's id of an intention.

    Raises:
        Refused: `field.id.missing`.
    """
    try:
        return uuid.UUID(text)
    except ValueError as problem:
        raise Refused("field.id.missing", _("El envío llegó sin su número.")) from problem


def done_at(text: str, now: datetime) -> datetime:
    """Return when it was done, by the telephone's clock; now, where that cannot be."""
    try:
        said = parse_datetime(text)
    except ValueError:
        return now
    return said if said and said.tzinfo and said <= now + CLOCK_AHEAD else now


def actor_of(*, user: User | None, device: str, intention: uuid.UUID, at: datetime) -> Actor:
    """Return who acts: the person of the grant, at the hour of the telephone."""
    return Actor(user=user, at=at, device=f"teléfono {device}"[:120], intention=intention)


def receive(
    actor: Actor,
    action: str,
    values: QueryDict,
    files: Files,
) -> Answer:
    """Carry out one intention and return the answer for the telephone."""
    take = INTAKES.get(action)
    if take is None:
        message = _("Este servidor todavía no recibe eso. Se enviará cuando se actualice.")
        return Answer("later", code="field.action.unknown", message=message)
    try:
        receipt = take(actor, values, files)
    except DomainError as problem:
        return Answer("refused", code=problem.code, message=str(problem.message))
    return Answer("done", receipt=sealing.plain(receipt) if _is_plain(receipt) else None)


def _is_plain(receipt: object) -> bool:
    return receipt is None or isinstance(receipt, (str, int, list, dict))
