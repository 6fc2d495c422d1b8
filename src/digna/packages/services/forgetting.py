"""Erasing a person: what players kept of them goes; that somebody finished stays counted."""

from digna.journal import record
from digna.packages.models import PartProgress
from digna.registry.models import Person


def forget(person: Person) -> None:
    """Blank the data that packages left of a person: answers, places, free text."""
    for row in PartProgress.objects.filter(attempt__person=person).exclude(data=""):
        record.blank(row, data="")
