"""Large files that come piece by piece: what is there stays, and the telephone goes on from it.

A file lies under its person and its own sha256 until the intention that names it is settled. How
much is there is how long it is: a server killed in the middle of a piece has less of it and nothing
else to mend. The hash is checked when it is whole.
"""

import fcntl
import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import DomainError, Refused

FOLDER = "field/parts"
PIECE = 65_536
MOST_FILE = 100 * 1024 * 1024
QUOTA = 500 * 1024 * 1024
"""Bytes one person may have waiting."""
LASTS = 30 * 24 * 3600
SHA256 = re.compile(r"[0-9a-f]{64}")


class Elsewhere(DomainError):
    """The piece does not start where the file ends; `have` says where that is."""

    status = 409


class NoRoom(DomainError):
    """The disk is full, or gives errors: the telephone keeps its copy and tries later."""

    status = 503


def have(user: User, digest: str) -> tuple[int, int | None]:
    """Return how many bytes of a file are here, and of how many (None: nothing is known)."""
    path = _path(user, digest)
    try:
        return path.stat().st_size, _promised(path)
    except OSError:
        return 0, None


def add(user: User, digest: str, *, offset: int, length: int, piece: bytes) -> int:
    """Add a piece and return how many bytes are here now.

    Raises:
        Elsewhere: `field.part.offset`, with `have`.
        Refused: `field.part.unreadable`, `field.part.too_large`, `field.part.quota`,
            `field.part.damaged` (whole, and not what its name says: it starts again).
        NoRoom: `field.server.full`.
    """
    path = _path(user, digest)
    _check(user, path, offset, length, piece)
    try:
        with _held(path) as file:
            return _append(path, file, digest, offset, length, piece)
    except OSError as problem:
        raise full() from problem


def whole(user: User, digest: str) -> Path | None:
    """Return where a file is, once all of it is here."""
    path = _path(user, digest)
    there, promised = have(user, digest)
    return path if promised is not None and there == promised else None


def forget(user: User, digests: list[str]) -> None:
    """Take away files whose intention is settled."""
    for digest in digests:
        path = _path(user, digest)
        path.unlink(missing_ok=True)
        _note(path).unlink(missing_ok=True)


def old(*, older_than: int = LASTS) -> Iterator[Path]:
    """Yield the files of which nothing came for so many seconds."""
    border = time.time() - older_than
    for path in sorted((Path(settings.MEDIA_ROOT) / FOLDER).glob("*/*")):
        if path.stat().st_mtime < border:
            yield path


def full() -> NoRoom:
    """Return what is said when the disk is full."""
    return NoRoom(
        "field.server.full",
        _("El servidor no tiene lugar ahora. Nada se perdió: queda en el teléfono y se reintenta."),
    )


def check_name(digest: str) -> None:
    """Refuse what is no sha256, whoever asks.

    Raises:
        Refused: `field.part.unreadable`.
    """
    if not SHA256.fullmatch(digest):
        raise Refused("field.part.unreadable", _("El archivo llegó sin su huella."))


def _path(user: User, digest: str) -> Path:
    check_name(digest)
    return Path(settings.MEDIA_ROOT) / FOLDER / str(user.public_id) / digest


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".size")


def _promised(path: Path) -> int | None:
    try:
        return int(_note(path).read_text())
    except (OSError, ValueError):
        return None


def _check(user: User, path: Path, offset: int, length: int, piece: bytes) -> None:
    if not (0 <= offset <= length and len(piece) <= PIECE and offset + len(piece) <= length):
        raise Refused("field.part.unreadable", _("Un pedazo del archivo llegó dañado."))
    if length > MOST_FILE:
        raise Refused(
            "field.part.too_large", _("El archivo pesa más de 100 MB. Use uno más liviano.")
        )
    if not path.exists() and _waiting_bytes(path.parent) + length > QUOTA:
        raise Refused(
            "field.part.quota",
            _("Hay demasiados archivos a medias de esta cuenta. Envíe primero lo que espera."),
        )


def _waiting_bytes(folder: Path) -> int:
    return sum(_promised(path) or 0 for path in folder.glob("*") if path.suffix != ".size")


@contextmanager
def _held(path: Path) -> Iterator[BinaryIO]:
    """Open a file that one request at a time may add to."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _append(path: Path, file: BinaryIO, digest: str, offset: int, length: int, piece: bytes) -> int:
    there = path.stat().st_size
    if there != offset:
        raise Elsewhere("field.part.offset", _("El archivo va por otro punto."), have=there)
    if not there or _promised(path) != length:
        _note(path).write_text(str(length))
    file.write(piece)
    file.flush()
    there += len(piece)
    if there == length:
        os.fsync(file.fileno())
        _prove(path, digest)
    return there


def _prove(path: Path, digest: str) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != digest:
        path.unlink()
        _note(path).unlink(missing_ok=True)
        raise Refused(
            "field.part.damaged", _("El archivo llegó dañado. Se envía otra vez desde el comienzo.")
        )
