"""Who sees and manages which accounts, and who reads the journal.

A lead manages everybody within their limits; a coordinator the field people of their own partner.
Nobody manages an account that holds more than they may give, nor their own: that is «Mi cuenta».
"""

import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import rights, rules
from digna.accounts.models import Card, Membership, Role, User
from digna.accounts.rights import OFFICE, READERS
from digna.accounts.rules import Scope
from digna.errors import NotAllowed, NotVisible
from digna.journal.models import Line

SEE = rights.declare("accounts.see", READERS | {Role.COORDINATOR})
MANAGE = rights.declare("accounts.manage", {Role.LEAD, Role.COORDINATOR})
SEARCH_JOURNAL = rights.declare("journal.search", OFFICE | {Role.AUDITOR})


def visible_members(user: object, right: rights.Right = SEE) -> QuerySet[User]:
    """Return the accounts that `user` may see: all, or those with a role within their reach."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return User.objects.all()
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        allowed |= Q(pk__in=_members_within(scope))
    return User.objects.filter(allowed)


def _members_within(scope: Scope) -> QuerySet[Membership, int] | set[int]:
    rows = Membership.objects.filter(partner=scope.partner) if scope.partner else None
    if rows is not None and not (scope.departments or scope.programmes):
        return rows.values_list("user_id", flat=True)
    # Limits kept as lists of codes are compared here: the two databases ask of JSON differently.
    candidates = Membership.objects.all() if rows is None else rows
    return {m.user_id for m in candidates if rules.is_within(rights.scope_of(m), scope)}


def member(user: object, key: uuid.UUID) -> User:
    """Return one account that `user` may see."""
    row = visible_members(user).prefetch_related("memberships").filter(public_id=key).first()
    if row is None:
        raise NotVisible(
            "accounts.not_visible", _("No hay tal cuenta, o no es de su organización.")
        )
    return row


def member_to_manage(user: object, key: uuid.UUID) -> User:
    """Return one account that `user` may change."""
    row = member(user, key)
    if not may_manage(user, row):
        raise _not_yours()
    return row


def card_to_manage(user: object, key: uuid.UUID, number: int) -> Card:
    """Return one card, in force, of an account that `user` may change."""
    owner = member_to_manage(user, key)
    card = Card.objects.select_related("user").filter(user=owner, pk=number, revoked_at=None)
    if (row := card.first()) is None:
        raise NotVisible("accounts.no_card", _("No hay tal tarjeta, o ya está anulada."))
    return row


def membership_to_manage(user: object, key: uuid.UUID, number: int) -> Membership:
    """Return one role of an account that `user` may see, if it is theirs to take."""
    owner = member(user, key)
    row = next((m for m in owner.memberships.all() if m.pk == number), None)
    if row is None:
        raise NotVisible("accounts.no_membership", _("Esta cuenta no tiene tal rol."))
    if not may_give(user, row.role, rights.scope_of(row)):
        raise _not_yours()
    return row


def may_give(user: object, role: str, scope: Scope) -> bool:
    """Whether `user` may give or take `role` within `scope`; None is the system, which may."""
    return user is None or rules.may_give(_held(user), role, scope)


def _held(user: object) -> Iterable[tuple[str, Scope]]:
    if not isinstance(user, User) or not user.is_active:
        return []
    return [(m.role, rights.scope_of(m)) for m in rights.memberships_of(user)]


def may_manage(user: object, owner: User) -> bool:
    """Whether every role of `owner` (those past, when none is in force) is `user`'s to give."""
    if user is None:
        return True
    if user == owner:
        return False
    today = timezone.localdate()
    held = list(owner.memberships.all())
    in_force = [m for m in held if m.ends_on is None or m.ends_on >= today]
    asked = [(m.role, rights.scope_of(m)) for m in in_force or held]
    # An account without any role is the affair of who may do everything.
    asked = asked or [(Role.LEAD.value, Scope())]
    return all(may_give(user, role, scope) for role, scope in asked)


def require_giving(user: object, role: str, scope: Scope) -> None:
    """Refuse to give or take what `user` may not."""
    if not may_give(user, role, scope):
        raise NotAllowed(
            "accounts.role_not_yours",
            _("Usted no puede dar ni quitar ese rol, o no con ese alcance."),
        )


def require_managing(user: object, owner: User) -> None:
    """Refuse to change an account that is not `user`'s to change."""
    if not may_manage(user, owner):
        raise _not_yours()


def _not_yours() -> NotAllowed:
    return NotAllowed(
        "accounts.not_yours",
        _("Esta cuenta tiene roles que usted no administra. Pídalo a quien dirige el programa."),
    )


def roles_to_give(user: object) -> list[tuple[str, str]]:
    """Return the roles that `user` may give somewhere."""
    held = list(_held(user))
    return [
        (role.value, str(role.label))
        for role in Role
        if any(rules.may_give([own], role.value, own[1]) for own in held)
    ]


def partners_to_give(user: object) -> list[str] | None:
    """Return the partners within which `user` gives roles; None when any will do."""
    scopes = rights.reach(user, MANAGE).scopes
    return sorted({s.partner for s in scopes}) if all(s.partner for s in scopes) else None


def visible_lines(user: object) -> QuerySet[Line]:
    """Return the journal's lines for an auditor: all, or their own when their reach has limits.

    A line does not know whose partner it is about, so a limited reach shows what one did oneself.
    """
    lines = Line.objects.select_related("actor")
    reach = rights.reach(user, SEARCH_JOURNAL)
    if reach.is_everything:
        return lines
    return lines.filter(actor=user) if reach and isinstance(user, User) else lines.none()


def line(user: object, key: int) -> Line:
    """Return one line of the journal."""
    row = visible_lines(user).filter(pk=key).first()
    if row is None:
        raise NotVisible("journal.not_visible", _("No hay tal línea en el diario."))
    return row
