"""Doors for what arrives late: a telephone's intentions, kept while there was no signal.

A room that lets something be done offline says here how one such intention comes in: by the same
door, form and service that its page uses. The field sync finds it by the journal's name and runs it
in one transaction: all of it counts, or nothing does.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from digna.errors import Refused
from digna.journal.actor import Actor

Take = Callable[[Actor, Mapping[str, Any], Mapping[str, "UploadedFile[Any]"]], object]
"""(actor with its intention, values as the form would send them, files by name) → a receipt.

It raises `NotVisible`, `NotAllowed` or `Refused` as a page would; the telephone shows the sentence.
It raises `Asks` where a page would have shown something and waited for an answer.
"""

Current = Callable[[Actor, Mapping[str, Any]], Mapping[str, list[str]]]
"""(actor, values) → what the record holds now, as its form would send it: to merge."""

INTAKES: dict[str, Take] = {}
"""By journal name; a room fills in its own in `arrivals.py`, which `apps.ready` imports."""

CURRENTS: dict[str, Current] = {}
"""Of the intakes that change a record: how to read what it holds."""

FORMS: dict[str, Callable[[], Any]] = {}
"""Of the intakes with a form: an empty one, whose labels and choices say what the values mean."""

AGAIN: dict[str, Take] = {}
"""Of the intakes whose receipt says what is true now: what tells it again to whoever asks again.

It must write nothing that is not held by the intention. The others get the journal's receipt.
"""


class Asks(Refused):
    """The server cannot tell alone: a person chooses, and the choice is sent as one more value.

    `answer` in the details is the name of that value, `choices` pairs of value and label.
    """

    def __init__(
        self, code: str, message: Any, *, answer: str, choices: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(code, message, answer=answer, choices=tuple(choices))


def takes(
    action: str,
    *,
    current: Current | None = None,
    again: Take | None = None,
    form: Callable[[], Any] | None = None,
) -> Callable[[Take], Take]:
    """Mark the function that takes in intentions of one journal name.

    `current` makes it a change that can be merged field by field; `again` answers a replay; `form`
    names its values for whoever must decide.
    """

    def mark(take: Take) -> Take:
        INTAKES[action] = take
        if current is not None:
            CURRENTS[action] = current
        if again is not None:
            AGAIN[action] = again
        if form is not None:
            FORMS[action] = form
        return take

    return mark
