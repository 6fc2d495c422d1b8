"""Rights by role: the whole table of who may do what, and where each right reaches.

A room declares its rights in its `access.py`; nothing else asks for a role. `Reach` is what a
user's memberships with that right add up to: everything, or some partners and departments.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from digna.accounts.models import Membership, Role, User
from digna.accounts.rules import Scope

EVERYBODY_INSIDE = frozenset(Role)
OFFICE = frozenset({Role.LEAD, Role.MEL})
READERS = OFFICE | {Role.AUDITOR}
FIELD = frozenset({Role.COORDINATOR, Role.TRAINER})


@dataclass(frozen=True, slots=True)
class Right:
    """A thing that can be done, and the roles that may do it."""

    code: str
    roles: frozenset[Role]


RIGHTS: dict[str, Right] = {}


def declare(code: str, roles: Iterable[Role]) -> Right:
    """Declare a right once; its code is how templates ask (`{% if "…" in may %}`)."""
    if code in RIGHTS:
        raise ValueError(f"right {code} is declared twice")
    RIGHTS[code] = Right(code, frozenset(roles))
    return RIGHTS[code]


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a user holds a right: the union of scopes; none at all means nowhere."""

    scopes: tuple[Scope, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.scopes)

    @property
    def is_everything(self) -> bool:
        return any(scope.is_everything for scope in self.scopes)


def scope_of(membership: Membership) -> Scope:
    """Return the limits of one membership."""
    return Scope(
        membership.partner, frozenset(membership.departments), frozenset(membership.programmes)
    )


def memberships_of(user: User) -> list[Membership]:
    """Return the memberships in force today, read once per request."""
    cached = getattr(user, "_memberships_today", None)
    if cached is None:
        today = timezone.localdate()
        cached = [
            m
            for m in user.memberships.all()
            if m.starts_on <= today and (m.ends_on is None or today <= m.ends_on)
        ]
        user._memberships_today = cached  # type: ignore[attr-defined]
    return list(cached)


def reach(user: object, right: Right) -> Reach:
    """Return where `user` (anybody, signed in or not) holds `right`."""
    if not isinstance(user, User) or not user.is_active:
        return Reach()
    return Reach(tuple(scope_of(m) for m in memberships_of(user) if m.role in right.roles))


def may(user: object, right: Right) -> bool:
    """Return whether `user` holds `right` anywhere."""
    return bool(reach(user, right))


def codes_of(user: object) -> frozenset[str]:
    """Return the codes of every right `user` holds somewhere: `may` in templates."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    roles = {m.role for m in memberships_of(user)}
    return frozenset(code for code, right in RIGHTS.items() if roles & right.roles)
