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
def renew_mark(*, actor: Actor, instead_of: str = "") -> Installation:
    """Change the mark: telephones will ask what became of everything they sent.

    Several requests may notice at once; only the first changes the mark that all of them saw.
    """
    row = Installation.objects.select_for_update().filter(pk=1).first()
    if row is None:
        return record.add(Installation(pk=1))
    if instead_of and row.mark != instead_of:
        return row
    return record.change(row, mark=uuid.uuid4().hex)
