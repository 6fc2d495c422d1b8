"""Accounts: made, corrected, put to rest; each with its first role."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import access, folding, phones
from digna.accounts.models import Membership, Role, User
from digna.accounts.rules import Scope
from digna.accounts.services import memberships, sessions
from digna.errors import NotAllowed, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes


@writes("accounts.user.created")
def create_user(
    *,
    actor: Actor,
    name: str,
    email: str | None = None,
    phone: str | None = None,
    role: str = "",
    partner: str = "",
    departments: Iterable[str] = (),
    programmes: Iterable[str] = (),
    language: str = "es-bo",
) -> User:
    """Make an account that cannot sign in until it has a card or a password.

    Who does not administer everybody must give a role too, or would lose sight of the account.
    """
    if not role and not access.may_give(actor.user, Role.LEAD, Scope()):
        raise Refused("accounts.role_missing", _("Elija un rol."), field="role")
    values = _contact(None, email=email, phone=phone)
    user = record.add(
        User(
            name=_name(name),
            password=make_password(None),
            language=language,
            sought=folding.sought(name, values["email"], values["phone"]),
            **values,
        )
    )
    if role:
        memberships.give_membership(
            actor=actor,
            user=user,
            role=role,
            partner=partner,
            departments=departments,
            programmes=programmes,
        )
    return user


@writes("accounts.user.contact_changed")
def change_contact(
    *, actor: Actor, user: User, name: str, email: str | None, phone: str | None
) -> User:
    """Correct a name, an e-mail or a phone. A changed phone is no longer a verified one."""
    access.require_managing(actor.user, user)
    values = _contact(user, email=email, phone=phone)
    if values["phone"] != user.phone:
        values["phone_verified"] = False
    values["sought"] = folding.sought(name, values["email"], values["phone"])
    return record.change(user, name=_name(name), **values)


@writes("accounts.user.own_data_changed")
def change_own_data(*, actor: Actor, name: str, language: str) -> User:
    """Correct one's own name and choose the language of the screens."""
    user = actor.user
    if user is None:
        raise NotAllowed("accounts.not_allowed", _("Entre primero con su cuenta."))
    sought = folding.sought(name, user.email, user.phone)
    return record.change(user, name=_name(name), language=language, sought=sought)


@writes("accounts.user.deactivated")
def deactivate(*, actor: Actor, user: User) -> User:
    """Close an account: nobody enters with it and its sessions end. What it did stays."""
    access.require_managing(actor.user, user)
    _keep_a_lead(user)
    record.change(user, is_active=False)
    sessions.end_sessions(actor=actor, user=user)
    return user


@writes("accounts.user.reactivated")
def reactivate(*, actor: Actor, user: User) -> User:
    """Open a closed account again, with the roles and the means of entry it had."""
    access.require_managing(actor.user, user)
    return record.change(user, is_active=True)


def _keep_a_lead(user: User) -> None:
    """Refuse to leave the installation without anybody who administers it whole."""
    today = timezone.localdate()
    leads = Membership.objects.filter(role=Role.LEAD, user__is_active=True).exclude(user=user)
    if any(m.ends_on is None or m.ends_on >= today for m in leads):
        return
    if any(m.role == Role.LEAD for m in user.memberships.all()):
        raise Refused(
            "accounts.last_lead", _("Es la única cuenta que dirige el programa. Nombre otra antes.")
        )


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Refused("accounts.name_missing", _("Escriba el nombre."), field="name")
    return name


def _contact(user: User | None, *, email: str | None, phone: str | None) -> dict[str, Any]:
    """Return e-mail and phone as they are kept, or refuse what is wrong or somebody else's."""
    email = (email or "").strip().lower() or None
    others = User.objects.exclude(pk=user.pk) if user is not None else User.objects.all()
    if email is not None:
        try:
            validate_email(email)
        except ValidationError:
            raise Refused(
                "accounts.email_wrong", _("Revise el correo: le falta algo."), field="email"
            ) from None
        if others.filter(email=email).exists():
            raise Refused(
                "accounts.email_taken", _("Ese correo ya es de otra cuenta."), field="email"
            )
    try:
        number = phones.e164(phone or "")
    except phones.Unreadable:
        raise Refused(
            "accounts.phone_wrong", _("Revise el celular: no parece un número."), field="phone"
        ) from None
    if number is not None and others.filter(phone=number).exists():
        raise Refused("accounts.phone_taken", _("Ese celular ya es de otra cuenta."), field="phone")
    return {"email": email, "phone": number}
