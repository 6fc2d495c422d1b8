"""What this room forgets when a person is erased: their name and contacts where somebody wrote it.

Whoever spoke for a firm or a buyer is written as text, so the first given name and the first
surname are looked for where the person was linked.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from digna.journal import record, redaction
from digna.linkages.models import Buyer, BuyerLink, Interest, MarketConsent, MiniProject
from digna.registry import names
from digna.registry.models import Person
from digna.registry.models.people import Affiliation

GONE = "—"


def forget(person: Person) -> None:
    """Blank an erased person in consents, small projects, buyers and their links."""
    for row, blanks in _named(person):
        _blank(row, **blanks)
    for buyer in Buyer.objects.filter(contact=person):
        _blank(buyer, contact=None, **_own_contacts(buyer, person))


def _named(person: Person) -> Iterator[tuple[Any, dict[str, Any]]]:
    wanted = frozenset(
        word for part in (person.given_names, person.surnames) for word in names.words(part)[:1]
    )
    if not wanted:
        return
    linked = Affiliation.objects.filter(person=person)
    firms, bodies = linked.values("enterprise"), linked.values("organisation")
    buyers = Buyer.objects.filter(Q(contact=person) | Q(organisation__in=bodies)).values("pk")
    for model, where, field in (
        (MarketConsent, Q(enterprise__in=firms), "said_by"),
        (MiniProject, Q(firm__enterprise__in=firms), "responsible"),
        (BuyerLink, Q(buyer__in=buyers), "name"),
        (Interest, Q(buyer__in=buyers), "said_by"),
    ):
        for row in model._default_manager.filter(where).exclude(**{field: ""}):
            if wanted <= set(names.words(getattr(row, field))):
                ends = {"revoked_at": record.current().actor.at} if model is BuyerLink else {}
                yield row, {field: GONE} | ends


def _own_contacts(buyer: Buyer, person: Person) -> dict[str, str]:
    own = {"email": person.email, "phone": person.phone}
    return {name: "" for name, value in own.items() if value and getattr(buyer, name) == value}


def _blank(row: Any, **new: Any) -> None:
    redaction.forget(model=type(row), keys=[row.pk], at=record.current().actor.at)
    record.blank(row, **new)
