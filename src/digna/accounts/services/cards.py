"""Cards: issued with a code and a PIN that only paper keeps, renewed, revoked, used.

No service here returns or records a secret: what is printed is made by the caller and passed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from digna.accounts import access, card_secrets, rules
from digna.accounts.card_secrets import CardSecrets
from digna.accounts.models import Card, User
from digna.accounts.services import members, sessions
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody on a list, and the secrets of the card to be printed for them."""

    name: str
    phone: str | None
    email: str | None
    secrets: CardSecrets


@writes("accounts.card.issued")
def issue_card(*, actor: Actor, user: User, secrets: CardSecrets) -> Card:
    """Give a card; the ones before it no longer open anything."""
    access.require_managing(actor.user, user)
    for old in user.cards.filter(revoked_at=None):
        record.change(old, revoked_at=actor.at)
    return record.add(
        Card(
            user=user,
            token_hash=card_secrets.hash_of(secrets.code),
            pin_hash=make_password(secrets.pin),
            issued_at=actor.at,
        )
    )


@writes("accounts.card.pin_reset")
def reset_pin(*, actor: Actor, card: Card, pin: str) -> Card:
    """Give a card another PIN, end its lock, and close what was open with the old one."""
    access.require_managing(actor.user, card.user)
    if card.revoked_at is not None:
        raise Refused("accounts.card_revoked", _("Esta tarjeta está anulada. Entregue otra."))
    record.change(card, pin_hash=make_password(pin), failed_count=0, locked_until=None)
    sessions.end_sessions(actor=actor, user=card.user)
    return card


@writes("accounts.card.revoked")
def revoke_card(*, actor: Actor, card: Card) -> Card:
    """Make a card worthless and close what was open."""
    access.require_managing(actor.user, card.user)
    record.change(card, revoked_at=actor.at)
    sessions.end_sessions(actor=actor, user=card.user)
    return card


@writes("accounts.card.signed_in")
def record_card_sign_in(*, actor: Actor, card: Card) -> User:
    """Note that a card opened the door, and forget its failures."""
    record.change(card, failed_count=0, locked_until=None)
    record.note(card, user=card.user_id)
    return card.user


@writes("accounts.sign_in.failed")
def record_card_failure(*, actor: Actor, card: Card) -> Card:
    """Count a wrong PIN: a pause at each fifth, the end of the card at the twentieth."""
    after = rules.after_failure(card.failed_count, actor.at)
    return record.change(
        card,
        failed_count=after.failed_count,
        locked_until=after.locked_until or card.locked_until,
        revoked_at=actor.at if after.is_revoked else card.revoked_at,
    )


@writes("accounts.cards.issued")
def create_with_cards(
    *, actor: Actor, people: Sequence[Newcomer], role: str, partner: str = ""
) -> list[int]:
    """Make accounts with a card for everybody on a list, or for nobody; return the cards' keys."""
    return [_with_card(actor, person, role, partner).pk for person in people]


def _with_card(actor: Actor, person: Newcomer, role: str, partner: str) -> Card:
    user = members.create_user(
        actor=actor,
        name=person.name,
        email=person.email,
        phone=person.phone,
        role=role,
        partner=partner,
    )
    return issue_card(actor=actor, user=user, secrets=person.secrets)
