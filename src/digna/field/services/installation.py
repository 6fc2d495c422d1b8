"""The row that says who this server is."""

import uuid

from digna.field.models import Installation
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes


@writes("field.installation.founded")
def found_installation(*, actor: Actor) -> Installation:
    """Name this installation, once."""
    found = Installation.objects.filter(pk=1).first()
    return found or record.add(Installation(pk=1))


@writes("field.installation.mark_renewed")
def renew_mark(*, actor: Actor) -> Installation:
    """Change the mark: telephones will ask what became of everything they sent."""
    row = Installation.objects.filter(pk=1).first()
    if row is None:
        return record.add(Installation(pk=1))
    return record.change(row, mark=uuid.uuid4().hex)
