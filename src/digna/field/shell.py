"""What the worker keeps from the start: the shell's own page and the files every page uses."""

import hashlib
import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

FILES = ("web/dist/digna.css", "web/dist/digna.js", "web/dist/field.js", "web/dist/icons.svg",
         "web/mark.svg", "field/icon-192.png")  # fmt: skip
WORKER = "web/dist/sw.js"


def worker(version: str) -> str:
    """Return the worker's script, led by the list of what it keeps."""
    kept = [{"url": staticfiles_storage.url(name), "revision": _hash(name)} for name in FILES]
    shell = reverse("field:shell")
    lead = {"kept": kept, "shell": shell, "version": version}
    return f"self.DIGNA={json.dumps(lead)};\n{_read(WORKER).decode()}"


def _hash(name: str) -> str:
    return hashlib.sha256(_read(name)).hexdigest()[:16]


def _read(name: str) -> bytes:
    """A built file: from where it was collected, else from its folder (development, tests)."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return bytes(file.read())
    found = finders.find(name)
    return Path(str(found)).read_bytes() if found else b""
