"""What lets a telephone send for a person who is not signed in just now: a signed note, no table.

Two people may share one telephone, and a session may end before there is signal. A grant lets in
late intentions of its person and nothing else; a new password or a closed account ends it. One that
names its telephone ends when that telephone is revoked; one that names none, given to a page, ends
when any telephone of the person is: nobody can tell whether it lies on that one.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import NotAllowed
from digna.field.models import Device

SALT = "digna.field.grant"
LASTS = 180 * 24 * 3600
"""Seconds: a season without signal."""
MARK = 16


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who sends, and from which known telephone (None: a page, or an old client)."""

    user: User
    device: Device | None = None


def give(user: User, telephone: uuid.UUID | None = None) -> str:
    """Return a grant for somebody who is signed in."""
    note = [str(user.public_id), _mark(user)]
    return signing.dumps(note + ([str(telephone)] if telephone else []), salt=SALT)


def holder(grant: str) -> User:
    """Return whose grant this is.

    Raises:
        NotAllowed: as `bearer`.
    """
    return bearer(grant).user


def bearer(grant: str) -> Bearer:
    """Return whose grant this is, and of which telephone.

    Raises:
        NotAllowed: `field.grant.over`: too old, altered, its person left or has a new password;
            `field.device.revoked`: its telephone may not send any more.
    """
    given_at, public_id, mark, telephone = _read(grant)
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    if user is None or user.must_change_password or _mark(user) != mark:
        raise over()
    if telephone is None:
        if user.telephones.filter(revoked_at__gt=given_at).exists():
            raise over()
        return Bearer(user)
    device = user.telephones.filter(telephone=telephone).first()
    if device is None:
        raise over()
    if device.revoked_at is not None:
        raise revoked()
    return Bearer(user, device)


def _read(grant: str) -> tuple[datetime, str, str, uuid.UUID | None]:
    try:
        public_id, mark, *more = signing.loads(grant, salt=SALT, max_age=LASTS)
        stamp = signing.b62_decode(grant.rsplit(":", 2)[1])
        telephone = uuid.UUID(more[0]) if more else None
    except (signing.BadSignature, ValueError, TypeError, IndexError) as problem:
        raise over() from problem
    # Signed to the second: what was given in the second of a revocation counts as before it.
    return datetime.fromtimestamp(stamp, UTC), str(public_id), str(mark), telephone


def _mark(user: User) -> str:
    return user.get_session_auth_hash()[:MARK]


def over() -> NotAllowed:
    """Return what is told to who must sign in again."""
    return NotAllowed(
        "field.grant.over",
        _("Entre otra vez con su cuenta para enviar. Lo guardado sigue en este teléfono."),
    )


def revoked() -> NotAllowed:
    """Return what a telephone is told that may not send any more."""
    return NotAllowed(
        "field.device.revoked",
        _(
            "Este teléfono fue retirado de su cuenta. Lo no enviado sigue aquí: "
            "entre otra vez con su cuenta para enviarlo."
        ),
    )
