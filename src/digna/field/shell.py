"""What the worker keeps from the start: the shell's own page and the files every page uses."""

import json

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from digna.web import built

FILES = ("web/dist/digna.css", "web/dist/digna.js", "web/dist/field.js", "web/dist/icons.svg",
         "web/mark.svg", "field/icon-192.png")  # fmt: skip
WORKER = "web/dist/sw.js"


def worker(version: str) -> str:
    """Return the worker's script, led by the list of what it keeps."""
    kept = [
        {"url": staticfiles_storage.url(name), "revision": built.revision(name)} for name in FILES
    ]
    shell = reverse("field:shell")
    lead = {"kept": kept, "shell": shell, "version": version}
    return f"self.DIGNA={json.dumps(lead)};\n{built.read(WORKER).decode()}"
