"""What is put aside for a day while a person makes up their mind: files, no rows, no journal.

A file here is nobody's record: a declaration being tried, a file being looked at. It lives beside
the fact store and goes after a day.
"""

import os
import time
import uuid
from pathlib import Path

from django.conf import settings

DAY = 24 * 60 * 60


def put(kind: str, key: uuid.UUID, content: bytes) -> None:
    """Write whole or not at all; what is older than a day goes."""
    path = place(kind, key)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)
    for other in path.parent.iterdir():
        if time.time() - other.stat().st_mtime > DAY:
            other.unlink(missing_ok=True)


def take(kind: str, key: uuid.UUID) -> bytes | None:
    """Return what was put aside; None once its day is over."""
    try:
        return place(kind, key).read_bytes()
    except FileNotFoundError:
        return None


def place(kind: str, key: uuid.UUID) -> Path:
    """Return where it is, or would be."""
    folder = Path(settings.FACT_STORE) / kind
    folder.mkdir(parents=True, exist_ok=True)
    return folder / str(key)
