"""Keys of telephones: made, shown once, retired."""

import secrets
from dataclasses import dataclass

from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.surveys import access
from digna.surveys.models import AppKey
from digna.surveys.reading import digests

# No 0, 1, l or o: it is typed on a telephone, from paper.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What a telephone needs to come in; shown once.

    Attributes:
        name, password: for the app's own fields: twenty letters, a hundred random bits.
        token: for the link that needs neither.
    """

    name: str
    password: str
    token: str


def new_secrets() -> Secrets:
    """Return a name, a password and a token that nobody had before."""
    letters = "".join(secrets.choice(LETTERS) for _letter in range(20))
    password = "-".join(letters[at : at + 5] for at in range(0, 20, 5))
    return Secrets(f"tel-{secrets.token_hex(4)}", password, secrets.token_urlsafe(32))


@writes("surveys.key.made")
def make(*, actor: Actor, programme: Programme, user: User, label: str, fresh: Secrets) -> AppKey:
    """Let a telephone of somebody in.

    Raises:
        Refused: `surveys.key.needs_label`, `surveys.key.may_not_send`.
    """
    if not label.strip():
        raise Refused(
            "surveys.key.needs_label", _("Escriba de qué teléfono es la clave."), field="label"
        )
    if not access.may_send(user, programme):
        raise Refused(
            "surveys.key.may_not_send",
            _("%(name)s no tiene un rol para enviar formularios en este programa.")
            % {"name": user},
            field="user",
        )
    return record.add(
        AppKey(
            programme=programme,
            user=user,
            label=label.strip()[:120],
            name=fresh.name,
            ha1=digests.ha1(fresh.name, access.REALM, fresh.password),
            token_hash=access.hash_of(fresh.token),
            created_by=actor.user,
        )
    )


@writes("surveys.key.revoked")
def revoke(*, actor: Actor, key: AppKey) -> AppKey:
    """Let a telephone in no longer; what it sent stays."""
    if key.revoked_at is not None:
        return key
    return record.change(key, revoked_at=actor.at)
