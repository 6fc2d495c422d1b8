"""The way in by card: code and PIN against what is kept of them."""

from dataclasses import replace

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from digna.accounts import card_secrets
from digna.accounts.models import Card, User
from digna.accounts.services import cards
from digna.errors import Refused
from digna.journal.actor import Actor


def by_card(*, actor: Actor, code: str, pin: str) -> User:
    """Return whose card it is.

    The row is locked while the PIN is checked, so that many guesses at once are counted one by
    one; the refusal is raised after the transaction, so that the count stays. An unknown card
    costs as much time as a wrong PIN and is answered in the same words.

    Raises:
        Refused: `accounts.card_refused`, or `accounts.card_locked` while the card is in pause.
    """
    with transaction.atomic():
        found = _card_of(code)
        if found is None:
            make_password(pin)
            raise _refused()
        if not found.is_usable_at(actor.at):
            raise _locked()
        if found.user.is_active and check_password(pin, found.pin_hash):
            return cards.record_card_sign_in(actor=replace(actor, user=found.user), card=found)
        card = cards.record_card_failure(actor=actor, card=found)
    raise _refused() if card.is_usable_at(actor.at) else _locked()


def _card_of(code: str) -> Card | None:
    return (
        Card.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(token_hash__in=card_secrets.hashes_of(code), revoked_at=None)
        .first()
    )


def _refused() -> Refused:
    return Refused("accounts.card_refused", _("El código o el PIN no son correctos."), field="pin")


def _locked() -> Refused:
    return Refused(
        "accounts.card_locked",
        _(
            "Demasiados intentos: la tarjeta queda en pausa 15 minutos. "
            "Si olvidó su PIN, pida otro a quien coordina."
        ),
        field="pin",
    )
