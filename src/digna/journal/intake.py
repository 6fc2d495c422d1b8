"""Doors for what arrives late: a telephone's intentions, kept while there was no signal.

A room that lets something be done offline says here how one such intention comes in: by the same
door, form and service that its page uses. The field sync finds it by the journal's name.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from digna.journal.actor import Actor

Take = Callable[[Actor, Mapping[str, Any], Mapping[str, "UploadedFile[Any]"]], object]
"""(actor with its intention, values as the form would send them, files by name) → a receipt.

It raises `NotVisible`, `NotAllowed` or `Refused` as a page would; the telephone shows the sentence.
"""

INTAKES: dict[str, Take] = {}
"""By journal name; a room fills in its own in `arrivals.py`, which `apps.ready` imports."""


def takes(action: str) -> Callable[[Take], Take]:
    """Mark the function that takes in intentions of one journal name."""

    def mark(take: Take) -> Take:
        INTAKES[action] = take
        return take

    return mark
