"""The built files of the pages, read by the server: to weigh them, to name them, to send them."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage


def read(name: str) -> bytes:
    """Return a static file as pages get it; nothing where it was not built.

    From where it was collected; in development from its own folder, which is newer.
    """
    if not settings.DEBUG and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    found = finders.find(name)
    return Path(str(found)).read_bytes() if found else b""


def revision(name: str) -> str:
    """Return what changes when a static file does."""
    return hashlib.sha256(read(name)).hexdigest()[:16]
