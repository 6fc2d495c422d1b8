"""Certificates as screens show them."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.certificates import access
from digna.certificates.models import Certificate
from digna.registry import names
from digna.registry.models import Enterprise, Person
from digna.registry.stories import Entry, Link

STATES = {"vigentes": "valid", "vencidos": "expired", "anulados": "revoked"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list says."""

    q: str = ""
    kind: str = ""
    state: str = ""


def of_reference(reference: uuid.UUID) -> QuerySet[Certificate]:
    """Return the certificates in force that a record of another room led to."""
    return Certificate.objects.filter(reference=reference, revoked_at=None)


def _in_state(state: str, day: date) -> Q:
    expired = Q(valid_until__lt=day)
    return {
        "vigentes": Q(revoked_at=None) & ~expired,
        "vencidos": Q(revoked_at=None) & expired,
        "anulados": Q(revoked_at__isnull=False),
    }[state]


def certificates(user: object, filters: Filters, day: date) -> QuerySet[Certificate]:
    """Return the visible certificates that pass the filters."""
    rows = _without_state(user, filters)
    if filters.state in STATES:
        rows = rows.filter(_in_state(filters.state, day))
    return rows.select_related("partner", "programme").order_by("-issued_on", "-pk")


def state_counts(user: object, filters: Filters, day: date) -> dict[str, int]:
    """Return how many each chip would show; "" is all of them."""
    counts = {state: Count("pk", filter=_in_state(state, day)) for state in STATES}
    found = _without_state(user, filters).aggregate(all=Count("pk"), **counts)
    return {"": found["all"]} | {state: found[state] for state in STATES}


def _without_state(user: object, filters: Filters) -> QuerySet[Certificate]:
    rows = access.visible_certificates(user)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.q.strip():
        wanted = names.fold(filters.q).split()
        code = access.plain_code(filters.q)
        told = rows.values_list("pk", "holder_name", "title_es", "code")
        rows = rows.filter(
            pk__in=[
                key
                for key, holder, title, own in told
                if own == code or all(word in names.fold(f"{holder} {title}") for word in wanted)
            ]
        )
    return rows


def of_person(person: Person) -> list[Entry]:
    """Return a person's certificates as entries of their story."""
    return [_entry(row) for row in Certificate.objects.filter(person=person)]


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return a firm's certificates as entries of its story."""
    return [_entry(row) for row in Certificate.objects.filter(enterprise=enterprise)]


def _entry(row: Certificate) -> Entry:
    state = row.get_kind_display() if row.revoked_at is None else Certificate.State.REVOKED.label
    return Entry(row.issued_on, row.title, str(state), row.get_absolute_url())


def links_of_person(user: object, person: Person) -> list[Link]:
    """Return the way from a person's page to a new certificate."""
    return _links(user, "certificates:issue_to_person", person.public_id)


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return the way from a firm's page to a new certificate."""
    return _links(user, "certificates:issue_to_firm", enterprise.public_id)


def _links(user: object, name: str, key: uuid.UUID) -> list[Link]:
    if not rights.may(user, access.ISSUE):
        return []
    return [Link(_("Emitir certificado"), reverse(name, args=[key]), "award")]
