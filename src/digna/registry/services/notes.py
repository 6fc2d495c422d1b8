"""Notes on firms and people: written, and forgotten with the person."""

from datetime import date

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record, redaction
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise, Note, Person
from digna.web import photos


@writes("registry.note.written")
def write_note(
    *,
    actor: Actor,
    text: str,
    on: date,
    enterprise: Enterprise | None = None,
    person: Person | None = None,
    photo: bytes = b"",
) -> Note:
    """Note something of a firm or a person, with a photograph made small and without its place.

    Raises:
        Refused: `registry.note.of_nobody`, `web.photo.too_large`, `web.photo.unreadable`.
    """
    if enterprise is None and person is None:
        raise Refused("registry.note.of_nobody", _("Elija de qué empresa o persona es la nota."))
    return record.add(
        Note(
            enterprise=enterprise,
            person=person,
            on=on,
            text=text,
            photo=photos.compressed(photo, name="nota") if photo else "",
            created_by=actor.user,
        )
    )


def forget(person: Person) -> None:
    """Blank what was noted of a person who is erased, here and in the journal; runs inside it."""
    notes = list(Note.objects.filter(person=person))
    redaction.forget(model=Note, keys=[n.pk for n in notes], at=record.current().actor.at)
    for note in notes:
        if note.photo:
            note.photo.delete(save=False)
        record.blank(note, text="—", photo="")
