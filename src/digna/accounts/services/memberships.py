"""Roles: given and ended, by who may."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import access, rights
from digna.accounts.models import Membership, Role, User
from digna.accounts.rules import Scope
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes


@writes("accounts.membership.given")
def give_membership(
    *,
    actor: Actor,
    user: User,
    role: str,
    partner: str = "",
    departments: Iterable[str] = (),
    programmes: Iterable[str] = (),
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give a role within limits; one that the account already had gets the new limits and dates."""
    scope = Scope(partner.strip(), frozenset(departments), frozenset(programmes))
    _refuse_impossible(role, scope, starts_on, ends_on)
    access.require_giving(actor.user, role, scope)
    values = {
        "departments": sorted(scope.departments),
        "programmes": sorted(scope.programmes),
        "starts_on": starts_on or timezone.localdate(),
        "ends_on": ends_on,
    }
    row = Membership.objects.filter(user=user, role=role, partner=scope.partner).first()
    if row is None:
        return record.add(Membership(user=user, role=role, partner=scope.partner, **values))
    access.require_giving(actor.user, row.role, rights.scope_of(row))
    return record.change(row, **values)


@writes("accounts.membership.ended")
def end_membership(*, actor: Actor, membership: Membership, on: date | None = None) -> Membership:
    """End a role; the last day it holds is the day before `on` (today when not said)."""
    access.require_giving(actor.user, membership.role, rights.scope_of(membership))
    if actor.user is not None and actor.user.pk == membership.user_id:
        raise Refused(
            "accounts.own_membership", _("No puede quitarse un rol a sí misma o a sí mismo.")
        )
    last = (on or timezone.localdate()) - timedelta(days=1)
    return record.change(membership, ends_on=last)


def _refuse_impossible(
    role: str, scope: Scope, starts_on: date | None, ends_on: date | None
) -> None:
    if role not in Role.values:
        raise Refused("accounts.role_unknown", _("Elija un rol de la lista."), field="role")
    if role == Role.COORDINATOR and not scope.partner:
        raise Refused(
            "accounts.partner_missing",
            _("Quien coordina lo hace para un socio. Diga cuál."),
            field="partner",
        )
    if ends_on is not None and starts_on is not None and ends_on < starts_on:
        raise Refused(
            "accounts.dates", _("La fecha final es anterior a la inicial."), field="ends_on"
        )
