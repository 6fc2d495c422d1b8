"""Who sees and changes which cycles: the only way from a user and a key to a row.

Everything for the office and the auditor; for coordinators and trainers what their memberships
reach by partner, department and programme, what they created and the cycles they train; for an
owner their own firm's way, to read. A buyer's viewers see the buyer's page of totals.
"""

import uuid
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import EVERYBODY_INSIDE, FIELD, OFFICE, READERS, Reach
from digna.accounts.rules import Scope
from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.registry import access as registry
from digna.registry.models import Enterprise, Organisation
from digna.training.models import (
    BuyerProgramme,
    Cycle,
    CycleFirm,
    Module,
    Opportunity,
    Visit,
    VisitPhoto,
    Workshop,
)

SEE = rights.declare("training.see", READERS | FIELD)
SEE_FIRM = rights.declare("training.see_firm", READERS | FIELD | {Role.OWNER})
EDIT = rights.declare("training.edit", OFFICE | FIELD)
PLAN = rights.declare("training.plan", OFFICE | {Role.COORDINATOR})
APPROVE = rights.declare("training.approve", OFFICE | {Role.COORDINATOR})
SELL = rights.declare("training.sell", OFFICE | FIELD)
CATALOGUE = rights.declare("training.catalogue", {Role.LEAD})
BUYER = rights.declare("training.buyer", EVERYBODY_INSIDE)


def _within(scope: Scope) -> Q:
    """Return what one membership reaches: all of its limits hold at once."""
    reached = Q()
    if scope.partner:
        reached &= Q(partner__code=scope.partner)
    if scope.programmes:
        those = Cycle.objects.filter(programmes__code__in=scope.programmes)
        reached &= Q(pk__in=those.values("pk"))
    if scope.departments:
        codes = scope.departments
        firms = CycleFirm.objects.filter(
            Q(enterprise__place__code__in=codes) | Q(enterprise__place__parent__code__in=codes)
        )
        here = Q(place__code__in=codes) | Q(place__parent__code__in=codes)
        reached &= here | Q(pk__in=firms.values("cycle"))
    return reached


def _limits(reach: Reach) -> Q:
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        allowed |= _within(scope)
    return allowed


def visible_cycles(user: object, right: rights.Right = SEE) -> QuerySet[Cycle]:
    """Return the cycles that `user` may see (or do `right` to)."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Cycle.objects.all()
    if not (reach and isinstance(user, User)):
        return Cycle.objects.none()
    trained = Cycle.objects.filter(trainers__user=user).values("pk")
    return Cycle.objects.filter(_limits(reach) | Q(created_by=user) | Q(pk__in=trained))


def visible_firms(user: object, right: rights.Right = SEE) -> QuerySet[CycleFirm]:
    """Return the firms' ways within the cycles that `user` reaches."""
    reach = rights.reach(user, SEE if right is SEE_FIRM else right)
    rows = CycleFirm.objects.all()
    if reach.is_everything:
        return rows
    mine = Q(cycle__in=visible_cycles(user, SEE if right is SEE_FIRM else right).values("pk"))
    if right is SEE_FIRM and rights.may(user, SEE_FIRM):
        own = registry.visible_enterprises(user) if _is_owner(user) else None
        if own is not None:
            mine |= Q(enterprise__in=own.values("pk"))
    return rows.filter(mine)


def _is_owner(user: object) -> bool:
    """Whether the user is an owner and nothing wider: their firms are then their own."""
    return isinstance(user, User) and not rights.may(user, SEE)


def visible_opportunities(user: object, right: rights.Right = SEE) -> QuerySet[Opportunity]:
    """Return the offers of the partners that `user` works for."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Opportunity.objects.all()
    if not (reach and isinstance(user, User)):
        return Opportunity.objects.none()
    allowed = Q(created_by=user)
    for scope in reach.scopes:
        one = Q()
        if scope.partner:
            one &= Q(partner__code=scope.partner)
        if scope.departments:
            codes = scope.departments
            one &= Q(enterprise__place__code__in=codes) | Q(
                enterprise__place__parent__code__in=codes
            )
        if scope.partner or scope.departments:
            allowed |= one
    return Opportunity.objects.filter(allowed)


def visible_buyer_programmes(user: object) -> QuerySet[BuyerProgramme]:
    """Return the buyers' programmes of the user's partner, or that they were given to view."""
    reach = rights.reach(user, SEE)
    if reach.is_everything:
        return BuyerProgramme.objects.all()
    if not isinstance(user, User):
        return BuyerProgramme.objects.none()
    partners = [scope.partner for scope in reach.scopes if scope.partner]
    return BuyerProgramme.objects.filter(
        Q(partner__code__in=partners) | Q(created_by=user) | Q(viewers=user)
    ).distinct()


def _not_visible(what: str) -> NotVisible:
    return NotVisible("training.not_visible", what)


def programmes_of(user: object) -> QuerySet[Programme]:
    """Return the programmes in which `user` may hold cycles."""
    scopes = rights.reach(user, PLAN).scopes
    if any(not scope.programmes for scope in scopes):
        return Programme.objects.all()
    codes = {code for scope in scopes for code in scope.programmes}
    return Programme.objects.filter(code__in=codes)


def partners_of(user: object, right: rights.Right = PLAN) -> QuerySet[Organisation]:
    """Return the partners for which `user` may hold cycles or sell."""
    scopes = rights.reach(user, right).scopes
    partners = Organisation.objects.filter(is_partner=True)
    if any(not scope.partner for scope in scopes):
        return partners
    return Organisation.objects.filter(code__in={scope.partner for scope in scopes})


def trainers_of(user: object) -> QuerySet[User]:
    """Return the accounts that may be given a cycle: trainers of the partners one reaches."""
    people = User.objects.filter(
        is_active=True, memberships__role__in=[Role.TRAINER, Role.COORDINATOR, Role.LEAD]
    )
    scopes = rights.reach(user, PLAN).scopes
    if not any(not scope.partner for scope in scopes):
        people = people.filter(memberships__partner__in={scope.partner for scope in scopes})
    return people.distinct().order_by("name", "pk")


def _found(rows: QuerySet[Any], sentence: str, **keys: object) -> Any:
    row = rows.filter(**keys).first()
    if row is None:
        raise _not_visible(sentence)
    return row


def cycle(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Cycle:
    """Return one cycle, or say there is none for this user."""
    rows = visible_cycles(user, right).select_related("module", "partner", "place")
    found: Cycle = _found(
        rows, _("No hay tal ciclo entre los suyos, o no le toca verlo."), public_id=key
    )
    return found


def firm(user: object, key: uuid.UUID, right: rights.Right = SEE) -> CycleFirm:
    """Return one firm's way through a cycle, or say there is none for this user."""
    rows = visible_firms(user, right).select_related(
        "cycle__module", "cycle__partner", "enterprise__place__parent", "enterprise__sector"
    )
    found: CycleFirm = _found(
        rows, _("No hay tal empresa en sus ciclos, o no le toca verla."), public_id=key
    )
    return found


def may_edit(user: object, row: Cycle) -> bool:
    """Whether `user` may change this very cycle."""
    return rights.may(user, EDIT) and visible_cycles(user, EDIT).filter(pk=row.pk).exists()


def may(user: object, row: Cycle, right: rights.Right) -> bool:
    """Whether `user` holds `right` over this very cycle."""
    return rights.may(user, right) and visible_cycles(user, right).filter(pk=row.pk).exists()


def workshop(user: object, key: int, right: rights.Right = SEE) -> Workshop:
    """Return one workshop of a cycle of this user's."""
    rows = Workshop.objects.filter(cycle__in=visible_cycles(user, right).values("pk"))
    found: Workshop = _found(
        rows.select_related("cycle__module", "place"),
        _("No hay tal taller entre sus ciclos."),
        pk=key,
    )
    return found


def visit(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Visit:
    """Return one visit to a firm of this user's."""
    rows = Visit.objects.filter(firm__in=visible_firms(user, right).values("pk"))
    found: Visit = _found(
        rows.select_related("firm__cycle__module", "firm__enterprise", "trainer"),
        _("No hay tal visita entre las suyas."),
        public_id=key,
    )
    return found


def photo(user: object, key: int) -> VisitPhoto:
    """Return one photograph of a visit that the user may see; owners see their own firm's."""
    rows = VisitPhoto.objects.filter(visit__firm__in=visible_firms(user, SEE_FIRM).values("pk"))
    found: VisitPhoto = _found(rows, _("No hay tal foto, o no le toca verla."), pk=key)
    return found


def opportunity(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Opportunity:
    """Return one offer of this user's partner."""
    rows = visible_opportunities(user, right).select_related(
        "enterprise__place", "enterprise__sector", "module", "partner", "firm__cycle"
    )
    found: Opportunity = _found(
        rows, _("No hay tal oportunidad entre las de su socio."), public_id=key
    )
    return found


def buyer_programme(user: object, key: uuid.UUID) -> BuyerProgramme:
    """Return one buyer's programme."""
    rows = visible_buyer_programmes(user).select_related("buyer", "partner")
    found: BuyerProgramme = _found(
        rows, _("No hay tal programa de comprador entre los suyos."), public_id=key
    )
    return found


def may_change_buyer(user: object, row: BuyerProgramme) -> bool:
    """Whether `user` leads the programme's partner, rather than only viewing its totals."""
    reach = rights.reach(user, PLAN)
    if reach.is_everything:
        return True
    code = row.partner.code if row.partner is not None else ""
    return bool(code) and any(scope.partner == code for scope in reach.scopes)


def module(code: str, version: int | None = None) -> Module:
    """Return the current version of a module, or the one asked for; all inside may read it."""
    rows = Module.objects.filter(code=code)
    rows = rows.filter(is_current=True) if version is None else rows.filter(version=version)
    found: Module = _found(rows, _("No hay tal módulo en el catálogo."))
    return found


def buyer_programme_to_change(user: object, key: uuid.UUID) -> BuyerProgramme:
    """Return one buyer's programme that the user leads, not only looks at."""
    row = buyer_programme(user, key)
    if not may_change_buyer(user, row):
        raise _not_visible(_("No hay tal programa de comprador entre los que dirige."))
    return row


def supplier(programme: BuyerProgramme, key: uuid.UUID) -> Enterprise:
    """Return a firm that is in a cycle of the buyer's programme."""
    rows = Enterprise.objects.filter(cycle_firms__cycle__buyer_programme=programme)
    found: Enterprise = _found(
        rows.distinct(), _("Esa empresa no está en ningún ciclo de este programa."), public_id=key
    )
    return found
