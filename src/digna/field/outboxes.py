"""An outbox handed in as a file, from a telephone that can no longer connect."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from digna.errors import DomainError, Refused
from digna.field import grants, reception


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one intention of the file."""

    about: str
    at: str
    answer: reception.Answer


def hand_in(content: bytes) -> tuple[Handed, ...]:
    """Take in every intention of the file, in order; the same file twice counts once.

    Raises:
        Refused: `field.outbox.unreadable`.
    """
    return tuple(_one(item) for item in _items(content))


def _items(content: bytes) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(content)
        if found["kind"] != "digna-outbox":
            raise ValueError(found["kind"])
        return [dict(item) for item in found["items"]]
    except (ValueError, KeyError, TypeError) as problem:
        raise Refused(
            "field.outbox.unreadable",
            _("Ese archivo no es de «Por enviar». Guárdelo otra vez desde el teléfono."),
            field="file",
        ) from problem


def _one(item: Mapping[str, Any]) -> Handed:
    about, at = str(item.get("about", "")), str(item.get("at", ""))
    try:
        grant = str(item.get("grant", ""))
        actor = reception.actor_of(
            user=grants.holder(grant) if grant else None,
            device="archivo",
            intention=reception.read_id(str(item.get("id", ""))),
            at=reception.done_at(at, timezone.now()),
        )
        action = str(item.get("action", ""))
        answer = reception.receive(actor, action, _values(item), _files(item))
    except DomainError as problem:
        answer = reception.Answer("refused", code=problem.code, message=str(problem.message))
    return Handed(about, at, answer)


def _values(item: Mapping[str, Any]) -> QueryDict:
    return reception.read_values(json.dumps(item.get("values", {})))


def _files(item: Mapping[str, Any]) -> reception.Files:
    found: reception.Files = MultiValueDict()
    try:
        for one in item.get("files", []):
            content = base64.b64decode(one["blob"].partition(",")[2], validate=True)
            kind = str(one.get("type", ""))
            file = SimpleUploadedFile(one["name"], content, content_type=kind)
            found.appendlist(one["field"], file)
    except (KeyError, TypeError, AttributeError, binascii.Error) as problem:
        raise Refused(
            "field.file.damaged", _("La foto de este envío llegó dañada. Tómela otra vez.")
        ) from problem
    return found
