"""Files that last: written under another name, forced to disk, then named by what they hold.

A file is whole or not there. It stands before the row that names it is written; a server killed in
between leaves a file without a row, which is swept after a day and never the other way round.
"""

import errno
import hashlib
import os
import sqlite3
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from digna.errors import DomainError
from digna.surveys.models import Attachment

FOLDER = "surveys/files"
WAITING = "surveys/incoming"
DAY = 24 * 3600
SOME = 500
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DISK_FULL = "53100"
"""PostgreSQL's word for it."""


class NoRoom(DomainError):
    """The disk is full, or gives errors: nothing was kept, and the telephone keeps its copy."""

    status = 503


def keep(pieces: Iterable[bytes], folder: str = FOLDER) -> tuple[str, str, int]:
    """Write a file so that it lasts; return its name in the media folder, sha256 and size.

    The same bytes are the same file: a telephone that sends twice costs one.

    Raises:
        NoRoom: `surveys.storage.failed`.
    """
    root = Path(settings.MEDIA_ROOT)
    waiting = root / WAITING / uuid.uuid4().hex
    try:
        waiting.parent.mkdir(parents=True, exist_ok=True)
        digest, size = _write(waiting, pieces)
        name = f"{folder}/{digest[:2]}/{digest}"
        _settle(waiting, root / name)
    except OSError as problem:
        waiting.unlink(missing_ok=True)
        raise no_room() from problem
    return name, digest, size


def no_room() -> NoRoom:
    """Return what is said when the disk is full, or gives errors."""
    return NoRoom(
        "surveys.storage.failed",
        _(
            "El servidor no pudo guardar el archivo; no se perdió nada en el teléfono. "
            "Avise a quien administra el sistema y envíe otra vez más tarde."
        ),
    )


def is_no_room(problem: BaseException | None) -> bool:
    """Whether something failed because a disk was full: of files, SQLite's or PostgreSQL's."""
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in NO_ROOM:
            return True
        if getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        if getattr(problem, "sqlstate", None) == DISK_FULL:
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def _write(path: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    total, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for piece in pieces:
            total.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return total.hexdigest(), size


def _settle(waiting: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.exists():
        os.utime(final)  # young again: a sweep that runs now leaves it to the row about to come
        waiting.unlink()
        return
    waiting.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o600)
    waiting.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def orphans(*, older_than: int = DAY) -> Iterator[Path]:
    """Yield the files that no row names and that are older than some seconds."""
    root, border = Path(settings.MEDIA_ROOT), time.time() - older_than
    for path in sorted((root / WAITING).glob("*")):
        if path.stat().st_mtime < border:
            yield path
    for folder in sorted((root / FOLDER).glob("*")):
        old = [path for path in sorted(folder.glob("*")) if path.stat().st_mtime < border]
        for start in range(0, len(old), SOME):
            yield from _unnamed(root, old[start : start + SOME])


def _unnamed(root: Path, paths: list[Path]) -> Iterator[Path]:
    names = {path.relative_to(root).as_posix(): path for path in paths}
    held = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
    yield from (path for name, path in names.items() if name not in held)
