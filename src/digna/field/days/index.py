"""The firms and people of a user in a few bytes each: what is typed anew is held against them."""

from typing import Any

from django.urls import reverse

from digna.accounts import rights
from digna.registry import access
from digna.registry.models import Enterprise, Person

MOST = 5000


def rows(user: object) -> list[dict[str, Any]]:
    """Return name, place and keys of every firm and person a user may see, by name."""
    found = [_firm(row) for row in _firms(user)]
    return found + [_person(row) for row in _people(user)]


def _firms(user: object) -> list[Enterprise]:
    if not rights.may(user, access.SEE):
        return []
    rows = access.visible_enterprises(user).filter(merged_into=None).select_related("place")
    return list(rows.order_by("name", "pk")[:MOST])


def _people(user: object) -> list[Person]:
    if not rights.may(user, access.SEE_PEOPLE):
        return []
    rows = access.visible_people(user).filter(merged_into=None).select_related("place")
    return list(rows.order_by("surnames", "given_names", "pk")[:MOST])


def _firm(row: Enterprise) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "kind": "firm",
        "name": row.name,
        "place": str(row.place or ""),
        "keys": [key for key in (row.nit, row.phone) if key],
        "url": reverse("field:firm", args=[row.public_id]),
    }


def _person(row: Person) -> dict[str, Any]:
    return {
        "id": str(row.public_id),
        "kind": "person",
        "name": row.full_name,
        "place": str(row.place or ""),
        "keys": [row.phone] if row.phone else [],
        "url": reverse("registry:person", args=[row.public_id]),
    }
