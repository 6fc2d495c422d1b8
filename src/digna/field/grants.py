"""What lets a telephone send for a person who is not signed in just now: a signed note, no table.

Two people may share one telephone, and a session may end before there is signal. A grant lets in
late intentions of its person and nothing else; a new password or a closed account ends it.
"""

from django.core import signing
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import NotAllowed

SALT = "digna.field.grant"
LASTS = 180 * 24 * 3600
"""Seconds: a season without signal."""
MARK = 16


def give(user: User) -> str:
    """Return a grant for somebody who is signed in."""
    return signing.dumps([str(user.public_id), _mark(user)], salt=SALT)


def holder(grant: str) -> User:
    """Return whose grant this is.

    Raises:
        NotAllowed: `field.grant.over`: too old, altered, its person left or has a new password.
    """
    try:
        public_id, mark = signing.loads(grant, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError) as problem:
        raise _over() from problem
    user = User.objects.filter(public_id=public_id, is_active=True).first()
    if user is None or user.must_change_password or _mark(user) != mark:
        raise _over()
    return user


def _mark(user: User) -> str:
    return user.get_session_auth_hash()[:MARK]


def _over() -> NotAllowed:
    return NotAllowed(
        "field.grant.over",
        _("Entre otra vez con su cuenta para enviar. Lo guardado sigue en este teléfono."),
    )
