"""One intention as it came: read and checked for shape, whatever road it took."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Refused
from digna.journal.actor import Actor

Files = MultiValueDict[str, UploadedFile[Any]]
"""Files by name, some names with several, as a form sends them."""

CLOCK_AHEAD = timedelta(minutes=5)
"""A telephone's clock may run ahead by this much; later hours count as now."""
MOST_TEXT = 4 * 1024 * 1024
MOST_NAMES = 5_000
MOST_AFTER = 200


@dataclass(frozen=True, slots=True)
class Envelope:
    """One intention: what is to be done, by whom, when, and after what.

    `base` is what the form held when it was opened, where it changes a record; `after` are the
    intentions that must have come before; `seq` its number on its telephone.
    """

    actor: Actor
    action: str
    values: QueryDict
    files: Files = field(default_factory=MultiValueDict)
    base: Mapping[str, list[str]] | None = None
    after: tuple[uuid.UUID, ...] = ()
    telephone: uuid.UUID | None = None
    seq: int | None = None

    @property
    def intention(self) -> uuid.UUID:
        """The client's id."""
        assert self.actor.intention is not None  # noqa: S101 — `actor_of` saw to it
        return self.actor.intention

    def lists(self) -> dict[str, list[str]]:
        """The values as plain lists."""
        return {name: [str(one) for one in given] for name, given in self.values.lists()}


def read_lists(text: str) -> dict[str, list[str]]:
    """Return a JSON object of lists of texts.

    Raises:
        Refused: `field.values.unreadable`: not that, too much of it, or text that no database
            keeps (half a character, a zero).
    """
    try:
        if len(text) > MOST_TEXT or "\\u0000" in text or "\x00" in text:
            raise ValueError
        found = json.loads(text)
        if len(found) > MOST_NAMES:
            raise ValueError
        lists = {str(name): [str(one) for one in _list(given)] for name, given in found.items()}
        json.dumps(lists, ensure_ascii=False).encode()
    except (ValueError, AttributeError, TypeError, RecursionError) as problem:
        raise _damaged() from problem
    return lists


def _damaged() -> Refused:
    return Refused(
        "field.values.unreadable", _("El envío llegó dañado. Guárdelo otra vez y reenvíe.")
    )


def _list(given: Any) -> list[Any]:
    if not isinstance(given, list) or any(isinstance(one, (list, dict)) for one in given):
        raise ValueError("not a list of texts")
    return given


def read_values(text: str) -> QueryDict:
    """Return values as a form sends them, from a JSON object of lists of strings.

    Raises:
        Refused: `field.values.unreadable`.
    """
    return as_sent(read_lists(text))


def as_sent(lists: Mapping[str, Iterable[str]]) -> QueryDict:
    """Return lists as the query of a form."""
    values = QueryDict(mutable=True)
    for name, given in lists.items():
        values.setlist(name, list(given))
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


def read_after(text: str) -> tuple[uuid.UUID, ...]:
    """Return the ids of what must have come before, from a JSON list.

    Raises:
        Refused: `field.values.unreadable`, `field.id.missing`.
    """
    found = read_lists(json.dumps({"after": []}) if not text else f'{{"after": {text}}}')
    return tuple(read_id(one) for one in found.get("after", [])[:MOST_AFTER])


def read_json(body: bytes) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        Refused: `field.values.unreadable`.
    """
    try:
        found = json.loads(body)
        if not isinstance(found, dict):
            raise TypeError
    except (ValueError, TypeError, RecursionError) as problem:
        raise _damaged() from problem
    return found


def read_number(text: str) -> int | None:
    """Return a count that a telephone says, or None where it says none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def read_key(text: str) -> uuid.UUID | None:
    """Return an id that may be missing."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def done_at(text: str, now: datetime, sent: str = "") -> datetime:
    """Return when it was done, by the telephone's clock; now, where that cannot be.

    `sent` is that clock when the request left: where it is more than five minutes off, the hour of
    the deed is off by as much and is put right.
    """
    said = _moment(text)
    if said is None:
        return now
    clock = _moment(sent)
    if clock is not None and abs(now - clock) > CLOCK_AHEAD:
        said += now - clock
    return said if said <= now + CLOCK_AHEAD else now


def _moment(text: str) -> datetime | None:
    try:
        said = parse_datetime(text)
    except ValueError:
        return None
    # Years out of reach would break the arithmetic; nothing was done before there were telephones.
    return said if said and said.tzinfo and 2000 <= said.year <= 2200 else None


def actor_of(*, user: User | None, device: str, intention: uuid.UUID, at: datetime) -> Actor:
    """Return who acts: the person of the grant, at the hour of the telephone."""
    return Actor(user=user, at=at, device=f"teléfono {device}"[:120], intention=intention)
