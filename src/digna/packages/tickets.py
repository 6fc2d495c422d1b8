"""What lets a browser without a session read one version's files: signed, and short-lived."""

import uuid
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.packages.models import PackageAttempt

SALT = "digna.packages.content"
SECONDS = 12 * 3600


@dataclass(frozen=True, slots=True)
class Ticket:
    """One opening of the player.

    Attributes:
        nonce: the word by which its two windows know each other.
        home: the origin of the page that may frame it.
    """

    attempt: uuid.UUID
    version: uuid.UUID
    nonce: str
    home: str


def gone() -> NotVisible:
    """Return what is said of a ticket that is forged, too old, or shown at another's door."""
    return NotVisible("packages.ticket", _("La lección se cerró por tiempo. Vuelva a abrirla."))


def issue(attempt: PackageAttempt, home: str) -> tuple[str, Ticket]:
    """Return a ticket for an attempt, as it goes into addresses, and what it says."""
    ticket = Ticket(attempt.public_id, attempt.version.public_id, get_random_string(24), home)
    told = [ticket.attempt.hex, ticket.version.hex, ticket.nonce, home]
    return signing.dumps(told, salt=SALT), ticket


def read(token: str) -> Ticket:
    """Return what a ticket says.

    Raises:
        NotVisible: `packages.ticket` (forged, or too old).
    """
    try:
        attempt, version, nonce, home = signing.loads(token, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError) as problem:
        raise gone() from problem
    return Ticket(uuid.UUID(attempt), uuid.UUID(version), str(nonce), str(home))
