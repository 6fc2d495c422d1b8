"""Who sees and changes which partners: the only way from a user and a code to a row.

Everything for the office and the auditor; for a coordinator the partners that their memberships
reach, by code or by department. Money and maturity are the partner's own business: trainers and
firms stay out. A working copy holds personal data and leaves the house: the lead alone gives it.
"""

import uuid
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role
from digna.accounts.rights import OFFICE, READERS
from digna.accounts.rules import Scope
from digna.errors import NotVisible
from digna.partners.models import Asset, WorkingCopy
from digna.registry.models import Organisation
from digna.training.models import Cycle

SEE = rights.declare("partners.see", READERS | {Role.COORDINATOR})
EDIT = rights.declare("partners.edit", OFFICE | {Role.COORDINATOR})
AIM = rights.declare("partners.aim", OFFICE)
HAND_OVER = rights.declare("partners.hand_over", {Role.LEAD})

Row = TypeVar("Row", bound=models.Model)


def _within(scope: Scope) -> Q:
    """Return what one membership reaches: all of its limits hold at once."""
    reached = Q()
    if scope.partner:
        reached &= Q(code=scope.partner)
    if scope.departments:
        places = scope.departments
        reached &= Q(place__code__in=places) | Q(place__parent__code__in=places)
    if scope.programmes:
        cycles = Cycle.objects.filter(programmes__code__in=scope.programmes)
        reached &= Q(pk__in=cycles.values("partner"))
    return reached


def visible_partners(user: object, right: rights.Right = SEE) -> QuerySet[Organisation]:
    """Return the partners that `user` may see (or do `right` to)."""
    partners = Organisation.objects.filter(is_partner=True)
    reach = rights.reach(user, right)
    if reach.is_everything:
        return partners
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        allowed |= _within(scope)
    return partners.filter(allowed)


def partner(user: object, code: str, right: rights.Right = SEE) -> Organisation:
    """Return one partner, or say there is none for this user."""
    row = visible_partners(user, right).select_related("place__parent").filter(code=code).first()
    if row is None:
        raise _not_visible(_("No hay tal socio, o no le toca verlo."))
    return row


def may_edit(user: object, partner: Organisation) -> bool:
    """Whether `user` may change what this very partner is said to be."""
    return visible_partners(user, EDIT).filter(pk=partner.pk).exists()


def cycle(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Cycle:
    """Return one cycle of a partner of this user's: the door to its money."""
    row = (
        Cycle.objects.filter(partner__in=visible_partners(user, right).values("pk"))
        .select_related("partner", "module")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal ciclo entre los de sus socios."))
    return row


def of_cycle(user: object, model: type[Row], key: int, right: rights.Right = EDIT) -> Row:
    """Return one row of money that hangs on a cycle of this user's partners."""
    partners = visible_partners(user, right).values("pk")
    return _one(model, key, Q(cycle__partner__in=partners), "cycle__partner")


def of_fee(user: object, model: type[Row], key: int, right: rights.Right = EDIT) -> Row:
    """Return one payment or instalment of a cycle of this user's partners."""
    partners = visible_partners(user, right).values("pk")
    return _one(model, key, Q(fee__cycle__partner__in=partners), "fee__cycle__partner")


def of_partner(user: object, model: type[Row], key: int, right: rights.Right = EDIT) -> Row:
    """Return one row that belongs to a partner of this user's."""
    partners = visible_partners(user, right).values("pk")
    return _one(model, key, Q(partner__in=partners), "partner")


def _one(model: type[Row], key: int, within: Q, related: str) -> Row:
    found: Any = model._default_manager.filter(within, pk=key).select_related(related).first()
    if found is None:
        raise _not_visible(_("No hay tal registro entre los de sus socios."))
    row: Row = found
    return row


def asset(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Asset:
    """Return one thing that is handed over to a partner of this user's."""
    row = (
        Asset.objects.filter(partner__in=visible_partners(user, right).values("pk"))
        .select_related("partner", "handed_by")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal bien entre los de sus socios."))
    return row


def copy(user: object, key: uuid.UUID) -> WorkingCopy:
    """Return one working copy, for who may hand it over."""
    row = (
        WorkingCopy.objects.filter(partner__in=visible_partners(user, HAND_OVER).values("pk"))
        .select_related("partner", "asked_by")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal copia, o no le toca verla."))
    return row


def _not_visible(what: str) -> NotVisible:
    return NotVisible("partners.not_visible", what)
