"""A card's code and PIN: made at random, kept only as hashes.

The code is kept as a hash keyed with the installation's secret: whoever reads the database alone
can neither use it nor try codes against it. The PIN is hashed as passwords are.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

from digna.accounts import rules

SALT = "digna.accounts.card"


@dataclass(frozen=True, slots=True, repr=False)
class CardSecrets:
    """What is printed on a card, once."""

    code: str
    pin: str


def for_card() -> CardSecrets:
    """Return a new code and PIN."""
    code = "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))
    return CardSecrets(code, new_pin())


def new_pin() -> str:
    """Return six digits at random."""
    return f"{secrets.randbelow(10**rules.PIN_LENGTH):0{rules.PIN_LENGTH}d}"


def hash_of(code: str, key: str | bytes | None = None) -> str:
    """Return what is kept of a code."""
    return salted_hmac(SALT, rules.code_from(code), secret=key, algorithm="sha256").hexdigest()


def hashes_of(code: str) -> list[str]:
    """Return what may be kept of a code: under today's key, and those that were changed."""
    return [hash_of(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
