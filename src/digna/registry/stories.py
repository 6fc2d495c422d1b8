"""The story of a person or a firm, to which every room adds its chapter.

A room above appends a function here from its `apps.ready`; it returns `Entry`s, and the record's
page shows them in order of date.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from digna.registry.models import Enterprise, Person


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a story: when, what, some detail, and where it is told in full."""

    when: date
    what: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a record's page into another room: what one can do there."""

    label: str
    url: str
    icon: str = ""


LINKS_OF_PERSON: list[Callable[[object, Person], list[Link]]] = []
LINKS_OF_ENTERPRISE: list[Callable[[object, Enterprise], list[Link]]] = []
"""What each room offers to a user on a record's page; it gives none where the user may not."""

OF_PERSON: list[Callable[[Person], list[Entry]]] = []
OF_ENTERPRISE: list[Callable[[Enterprise], list[Entry]]] = []


FLAGS_OF_PERSON: list[Callable[[Iterable[int]], Mapping[int, str]]] = []
FLAGS_OF_ENTERPRISE: list[Callable[[Iterable[int]], Mapping[int, str]]] = []
"""What a room must warn of on these records (keys of rows): a few words each, or nothing."""


def of_person(person: Person) -> list[Entry]:
    """Return what every room has to tell of a person, the latest first."""
    entries = [entry for chapter in OF_PERSON for entry in chapter(person)]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return what every room has to tell of a firm, the latest first."""
    entries = [entry for chapter in OF_ENTERPRISE for entry in chapter(enterprise)]
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


def flags_of_people(keys: Iterable[int]) -> dict[int, str]:
    """Return what is to be warned of, by person."""
    return _flags(FLAGS_OF_PERSON, keys)


def flags_of_enterprises(keys: Iterable[int]) -> dict[int, str]:
    """Return what is to be warned of, by firm."""
    return _flags(FLAGS_OF_ENTERPRISE, keys)


def _flags(
    rooms: Iterable[Callable[[Iterable[int]], Mapping[int, str]]], keys: Iterable[int]
) -> dict[int, str]:
    wanted = list(keys)
    found: dict[int, str] = {}
    for room in rooms:
        found |= room(wanted)
    return found


def links_of_person(user: object, person: Person) -> list[Link]:
    """Return where every room leads from a person's page."""
    return [link for room in LINKS_OF_PERSON for link in room(user, person)]


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return where every room leads from a firm's page."""
    return [link for room in LINKS_OF_ENTERPRISE for link in room(user, enterprise)]
