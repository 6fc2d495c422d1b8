"""What became of what a telephone sent: asked when a person decides, or a backup came back."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Refused
from digna.field import reception
from digna.field.models import Arrival
from digna.journal.models import Line

MOST = 500


def read(found: Any) -> list[uuid.UUID]:
    """Return the ids asked about.

    Raises:
        Refused: `field.known.unreadable`: not a list of ids, or more than five hundred.
    """
    try:
        ids = [uuid.UUID(one) for one in found["ids"]]
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise _unreadable() from problem
    if len(ids) > MOST:
        raise _unreadable()
    return ids


def _unreadable() -> Refused:
    return Refused("field.known.unreadable", _("La pregunta del teléfono llegó dañada."))


def of(user: User, ids: Iterable[uuid.UUID]) -> dict[str, dict[str, Any]]:
    """Return, by id, what this person's intentions became; another's are unknown."""
    wanted = list(ids)
    told = {str(one): _told(reception.Answer("unknown")) for one in wanted}
    for arrival in Arrival.objects.filter(intention__in=wanted, user=user):
        told[str(arrival.intention)] = _told(reception.of_arrival(arrival))
    for line in Line.objects.filter(intention__in=wanted, actor=user):
        receipt = reception.told_of(line)
        told[str(line.intention)] = _told(reception.Answer("done", receipt=receipt))
    return told


def _told(answer: reception.Answer) -> dict[str, Any]:
    return {
        "state": answer.state,
        "message": answer.message,
        "code": answer.code,
        "receipt": answer.receipt,
    }
