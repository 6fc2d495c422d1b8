"""Documents that programs keep for themselves: replaced, merged, removed."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.xapi import multipart, problems, texts
from digna.xapi.models import Document

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a document is: of which activity, agent and attempt, under which name."""

    kind: str
    name: str
    activity: str = ""
    agent: str = ""
    registration: uuid.UUID | None = None

    @property
    def digest(self) -> str:
        """The one key of this document."""
        told = (self.kind, self.activity, self.agent, str(self.registration or ""), self.name)
        return texts.digest("document", *told)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the program believes is there: entity tags, as the headers gave them."""

    if_match: str = ""
    if_none_match: str = ""
    is_required: bool = False


@writes("xapi.document.stored")
def put(*, actor: Actor, spot: Spot, content: bytes, content_type: str, asks: Conditions) -> None:
    """Keep a document in place of whatever was there.

    Raises:
        Changed: `xapi.document.changed`. Clash: `xapi.document.exists`.
        Wrong: `xapi.request.header` (a profile without If-Match or If-None-Match).
    """
    row = _standing(spot)
    _hold(row, asks)
    if asks.is_required and not (asks.if_match or asks.if_none_match):
        raise _unconditional(row)
    _write(actor, spot, row, content, content_type)


@writes("xapi.document.stored")
def merge(*, actor: Actor, spot: Spot, content: bytes, content_type: str, asks: Conditions) -> None:
    """Add to a document: two JSON objects become one, the newest word for each name.

    Raises:
        Wrong: `xapi.document.cannot_merge`. Changed: `xapi.document.changed`.
    """
    row = _standing(spot)
    _hold(row, asks)
    if multipart.parsed_type(content_type)[0] == JSON and not _is_json(content):
        raise problems.body()
    if row is not None:
        old, new = _object(row.plain, row.content_type), _object(content, content_type)
        if old is None or new is None:
            raise problems.Wrong(
                "xapi.document.cannot_merge",
                _("Solo se juntan documentos que sean objetos JSON. Use PUT para reemplazarlo."),
            )
        content, content_type = texts.written({**old, **new}).encode(), JSON
    _write(actor, spot, row, content, content_type)


@writes("xapi.documents.removed")
def remove(*, actor: Actor, rows: Sequence[Document], asks: Conditions) -> None:
    """Take documents away.

    Raises:
        Changed: `xapi.document.changed`.
    """
    for row in rows:
        _hold(row, asks)
    record.remove_many(list(rows))


def _unconditional(row: Document | None) -> Refused:
    if row is None:
        return problems.header("If-None-Match")
    return problems.clash(
        "xapi.document.exists",
        _("Ya hay un documento con ese nombre. Léalo y envíe If-Match con su ETag."),
    )


def _standing(spot: Spot) -> Document | None:
    return Document.objects.select_for_update().filter(digest=spot.digest).first()


def _hold(row: Document | None, asks: Conditions) -> None:
    wanted, unwanted = _tags(asks.if_match), _tags(asks.if_none_match)
    is_fine = (not wanted or (row is not None and ("*" in wanted or row.etag in wanted))) and not (
        row is not None and ("*" in unwanted or row.etag in unwanted)
    )
    if not is_fine:
        raise problems.Changed(
            "xapi.document.changed",
            _("El documento cambió desde que se leyó. Léalo otra vez y repita el cambio."),
        )


def _tags(told: str) -> set[str]:
    return {tag.strip().removeprefix("W/").strip('"') for tag in told.split(",") if tag.strip()}


def _is_json(content: bytes) -> bool:
    try:
        texts.read(content)
    except texts.Unreadable:
        return False
    return True


def _object(content: bytes, content_type: str) -> dict[str, object] | None:
    if multipart.parsed_type(content_type)[0] != JSON:
        return None
    try:
        value = texts.read(content)
    except texts.Unreadable:
        return None
    return value if isinstance(value, dict) else None


def _write(
    actor: Actor, spot: Spot, row: Document | None, content: bytes, content_type: str
) -> None:
    held = {
        "content": content,
        "content_type": content_type[:200],
        "etag": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        "updated_at": actor.at,
    }
    if row is not None:
        record.change(row, **held)
        return
    record.add(
        Document(
            kind=spot.kind,
            name=spot.name,
            activity=spot.activity,
            agent=spot.agent,
            registration=spot.registration,
            digest=spot.digest,
            **held,
        )
    )
