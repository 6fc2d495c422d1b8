"""Passwords: a first one, one's own, and the link to choose it."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from digna.accounts import access
from digna.accounts.models import User
from digna.accounts.services import sessions
from digna.errors import NotAllowed, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes


@writes("accounts.password.first_set")
def set_first_password(*, actor: Actor, user: User, password: str) -> User:
    """Give an account a password that its owner must change on entering."""
    access.require_managing(actor.user, user)
    _refuse_weak(password, user)
    record.change(user, password=make_password(password), must_change_password=True)
    sessions.end_sessions(actor=actor, user=user)
    return user


@writes("accounts.password.changed")
def set_own_password(*, actor: Actor, password: str) -> User:
    """Choose one's own password; other devices are signed out by it."""
    if actor.user is None:
        raise NotAllowed("accounts.not_allowed", _("Entre primero con su cuenta."))
    hashed = make_password(password)
    return record.change(actor.user, password=hashed, must_change_password=False)


@writes("accounts.password.link_given")
def give_password_link(*, actor: Actor, user: User) -> User:
    """Note that somebody took a link with which this account's owner chooses a password."""
    access.require_managing(actor.user, user)
    if not user.is_active:
        raise Refused("accounts.closed", _("La cuenta está cerrada. Ábrala antes."))
    if not (user.email or user.phone):
        raise Refused(
            "accounts.no_name_to_sign_in",
            _("Sin correo ni celular no se entra con contraseña. Entréguele una tarjeta."),
        )
    record.note(user)
    return user


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused("accounts.password_weak", " ".join(weak.messages), field="password") from None
