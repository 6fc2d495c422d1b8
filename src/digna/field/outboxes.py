"""An outbox handed in as a file, from a telephone that can no longer connect."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from digna.errors import DomainError, Refused
from digna.field import envelopes, grants, reception
from digna.field.envelopes import Envelope, Files


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
        answer = reception.receive(_envelope(item))
    except DomainError as problem:
        answer = reception.Answer("refused", code=problem.code, message=str(problem.message))
    return Handed(about, at, answer)


def _envelope(item: Mapping[str, Any]) -> Envelope:
    grant = str(item.get("grant", ""))
    actor = envelopes.actor_of(
        user=grants.holder(grant) if grant else None,
        device="archivo",
        intention=envelopes.read_id(str(item.get("id", ""))),
        at=envelopes.done_at(str(item.get("at", "")), timezone.now()),
    )
    base = item.get("base")
    return Envelope(
        actor=actor,
        action=str(item.get("action", "")),
        values=envelopes.read_values(json.dumps(item.get("values", {}))),
        files=_files(item),
        base=envelopes.read_lists(json.dumps(base)) if base else None,
        after=envelopes.read_after(json.dumps(item.get("after") or [])),
        telephone=envelopes.read_key(str(item.get("device", ""))),
        seq=envelopes.read_number(str(item.get("seq", ""))),
    )


def _files(item: Mapping[str, Any]) -> Files:
    found: Files = MultiValueDict()
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
