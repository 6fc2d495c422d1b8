"""The files of one intention: those in the request, and those that went ahead piece by piece."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Refused
from digna.field import parts
from digna.field.envelopes import Files

MOST = 100


@dataclass(frozen=True, slots=True)
class Ahead:
    """A file that was sent before its intention."""

    field: str
    name: str
    type: str
    digest: str
    size: int


def announced(text: str) -> tuple[Ahead, ...]:
    """Return the files that an intention says went ahead, from its JSON list.

    Raises:
        Refused: `field.parts.unreadable`.
    """
    if not text:
        return ()
    try:
        found = json.loads(text)
        if not isinstance(found, list) or len(found) > MOST:
            raise ValueError
        return tuple(_ahead(one) for one in found)
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise Refused(
            "field.parts.unreadable", _("La lista de archivos del envío llegó dañada.")
        ) from problem


def _ahead(one: Any) -> Ahead:
    digest = str(one["sha256"])
    if not parts.SHA256.fullmatch(digest):
        raise ValueError(digest)
    clean = {name: str(one.get(name, "")).replace("\x00", "") for name in ("field", "name", "type")}
    return Ahead(clean["field"][:200], clean["name"][:200], clean["type"][:100], digest,
                 int(one["size"]))  # fmt: skip


def missing(user: User, ahead: Sequence[Ahead]) -> list[str]:
    """Return the hashes of files that are not all here."""
    return sorted({one.digest for one in ahead if parts.whole(user, one.digest) is None})


@contextmanager
def joined(user: User | None, ahead: Sequence[Ahead], inline: Files) -> Iterator[Files]:
    """Give all files of an intention, as a form would have sent them."""
    files: Files = MultiValueDict({name: list(given) for name, given in inline.lists()})
    with ExitStack() as open_files:
        for one in ahead if user is not None else ():
            path = parts.whole(user, one.digest)  # type: ignore[arg-type]
            if path is not None:
                content = open_files.enter_context(path.open("rb"))
                size = path.stat().st_size
                file = UploadedFile(content, one.name, one.type, size)
                files.appendlist(one.field, file)
        yield files
