"""What this room adds to the story of a firm or a person: its notes."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.registry import access
from digna.registry.models import Enterprise, Note, Person
from digna.registry.stories import Entry, Link


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return one entry a note on a firm."""
    return _entries(enterprise.notes.select_related("created_by"))


def of_person(person: Person) -> list[Entry]:
    """Return one entry a note on a person."""
    return _entries(person.notes.select_related("created_by"))


def _entries(rows: QuerySet[Note]) -> list[Entry]:
    return [
        Entry(
            when=note.on,
            what=_("Nota de %(name)s") % {"name": note.created_by or "—"},
            detail=note.text,
            url=reverse("registry:note_photo", args=[note.public_id]) if note.photo else "",
        )
        for note in rows
    ]


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return the way to note something of a firm."""
    return _links(user, reverse("registry:note_on_enterprise", args=[enterprise.public_id]))


def links_of_person(user: object, person: Person) -> list[Link]:
    """Return the way to note something of a person."""
    return _links(user, reverse("registry:note_on_person", args=[person.public_id]))


def _links(user: object, url: str) -> list[Link]:
    return [Link(_("Anotar"), url, "pencil")] if rights.may(user, access.EDIT) else []
