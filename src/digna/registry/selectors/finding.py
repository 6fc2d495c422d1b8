"""The global search: people, firms and organisations at once."""

from dataclasses import dataclass

from django.urls import reverse

from digna.accounts import rights
from digna.registry import access, search
from digna.registry.models import Organisation


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of the global search."""

    label: str
    detail: str
    url: str
    icon: str


def search_everything(user: object, text: str) -> list[Option]:
    """Return the best few people, firms and organisations for what was typed."""
    if len(text.strip()) < 2:
        return []
    options = []
    people = access.visible_people(user).select_related("place")
    keys = search.find(search.Kind.PERSON, text, people.order_by(), 6)
    by_key = people.in_bulk(keys)
    options += [
        Option(
            by_key[key].full_name,
            str(by_key[key].place or ""),
            reverse("registry:person", args=[by_key[key].public_id]),
            "user",
        )
        for key in keys
    ]
    firms = access.visible_enterprises(user).select_related("place")
    firm_keys = search.find(search.Kind.ENTERPRISE, text, firms.order_by(), 6)
    firm_by_key = firms.in_bulk(firm_keys)
    options += [
        Option(
            firm_by_key[key].name,
            str(firm_by_key[key].place or ""),
            reverse("registry:enterprise", args=[firm_by_key[key].public_id]),
            "store",
        )
        for key in firm_keys
    ]
    return options + _organisations(user, text)


def _organisations(user: object, text: str) -> list[Option]:
    if not rights.may(user, access.SEE_PEOPLE):
        return []
    rows = Organisation.objects.all()
    keys = search.find(search.Kind.ORGANISATION, text, rows.order_by(), 4)
    by_key = rows.in_bulk(keys)
    return [
        Option(
            by_key[key].name,
            str(by_key[key].get_constituency_display() or ""),
            reverse("registry:organisation", args=[by_key[key].code]),
            "landmark",
        )
        for key in keys
    ]
