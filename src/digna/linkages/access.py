"""Who sees and changes offers, buyers, deals and cohorts: the only way from a key to a row.

Offers, consent and deals hang on the firm: who sees it in the register sees them, and an owner
those of their own firm only. Buyers are known to who works with firms; the office and the
coordinators keep them. A buyer comes in by a personal link, and the public by no door at all: both
read what firms agreed to show.
"""

import uuid
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role
from digna.accounts.rights import FIELD, OFFICE, READERS, Right
from digna.errors import NotVisible
from digna.linkages.models import (
    Buyer,
    BuyerLink,
    Cohort,
    CohortFirm,
    Deal,
    DealStep,
    Demand,
    Interest,
    MiniProject,
    Offer,
    OfferCertification,
    OfferPhoto,
)
from digna.programmes.models import Programme
from digna.registry import access as registry
from digna.registry.models import Enterprise
from digna.registry.models.enterprises import EnterpriseQuerySet

SEE = rights.declare("linkages.see", READERS | FIELD | {Role.OWNER})
EDIT = rights.declare("linkages.edit", OFFICE | FIELD | {Role.OWNER})
SEE_BUYERS = rights.declare("linkages.see_buyers", READERS | FIELD)
KEEP_BUYERS = rights.declare("linkages.keep_buyers", OFFICE | {Role.COORDINATOR})
REVIEW = rights.declare("linkages.review", OFFICE | {Role.COORDINATOR})
SEE_COHORTS = rights.declare("linkages.see_cohorts", READERS | FIELD)
KEEP_COHORTS = rights.declare("linkages.keep_cohorts", OFFICE | {Role.COORDINATOR})
MARK = rights.declare("linkages.mark", OFFICE | FIELD)

Row = TypeVar("Row", bound=models.Model)


def visible_firms(user: object, right: Right = SEE) -> EnterpriseQuerySet:
    """Return the firms whose offers and deals `user` may see (or do `right` to).

    What an owner may do is asked of the register as what the field may do: it gives back one's own
    firms as well, and reaches no further.
    """
    if not rights.may(user, right):
        return Enterprise.objects.none()
    asked = {SEE: registry.SEE, EDIT: MARK}.get(right, right)
    return registry.visible_enterprises(user, asked)


def firm(user: object, key: uuid.UUID, right: Right = SEE) -> Enterprise:
    """Return one firm, or say there is none for this user."""
    rows = visible_firms(user, right).select_related("sector", "place__parent", "partner")
    return _one(rows.filter(public_id=key))


def may(user: object, right: Right, enterprise: Enterprise) -> bool:
    """Whether `user` may do `right` with this very firm."""
    return visible_firms(user, right).filter(pk=enterprise.pk).exists()


def visible_offers(user: object, right: Right = SEE) -> QuerySet[Offer]:
    """Return the offers of the firms of this user."""
    return _within(Offer.objects.all(), user, right)


def offer(user: object, key: uuid.UUID, right: Right = SEE) -> Offer:
    """Return one offer of a firm of this user's."""
    rows = visible_offers(user, right).select_related("enterprise__place__parent")
    return _one(rows.filter(public_id=key))


def paper(user: object, key: int) -> OfferCertification:
    """Return one paper of an offer that `user` may change."""
    rows = OfferCertification.objects.select_related("offer__enterprise", "requirement")
    return _one(_within(rows, user, EDIT, "offer__enterprise").filter(pk=key))


def photo(user: object, key: int, right: Right = SEE) -> OfferPhoto:
    """Return one photograph of an offer of this user's."""
    rows = OfferPhoto.objects.select_related("offer__enterprise")
    return _one(_within(rows, user, right, "offer__enterprise").filter(pk=key))


def visible_deals(user: object, right: Right = SEE) -> QuerySet[Deal]:
    """Return the deals of the firms of this user."""
    return _within(Deal.objects.all(), user, right)


def deal(user: object, key: uuid.UUID, right: Right = SEE) -> Deal:
    """Return one deal of a firm of this user's."""
    rows = visible_deals(user, right).select_related(
        "enterprise__place__parent", "buyer__organisation", "programme", "offer", "demand"
    )
    return _one(rows.filter(public_id=key))


def step(user: object, key: uuid.UUID, right: Right = EDIT) -> DealStep:
    """Return one step of a deal of a firm of this user's."""
    rows = DealStep.objects.select_related("deal__enterprise", "deal__buyer__organisation")
    return _one(_within(rows, user, right, "deal__enterprise").filter(public_id=key))


def visible_buyers(user: object, right: Right = SEE_BUYERS) -> QuerySet[Buyer]:
    """Return the buyers; who may see one sees all, for they come from outside any partner."""
    if not rights.may(user, right):
        return Buyer.objects.none()
    return Buyer.objects.select_related("organisation", "contact")


def buyer(user: object, key: uuid.UUID, right: Right = SEE_BUYERS) -> Buyer:
    """Return one buyer."""
    return _one(visible_buyers(user, right).filter(public_id=key))


def link(user: object, key: int) -> BuyerLink:
    """Return one personal link, for who keeps buyers."""
    buyers = visible_buyers(user, KEEP_BUYERS).values("pk")
    return _one(BuyerLink.objects.filter(buyer__in=buyers, pk=key).select_related("buyer"))


def demand(user: object, key: uuid.UUID, right: Right = SEE_BUYERS) -> Demand:
    """Return one demand."""
    rows = Demand.objects.filter(buyer__in=visible_buyers(user, right).values("pk"))
    return _one(rows.select_related("buyer__organisation").filter(public_id=key))


def interest(user: object, key: int) -> Interest:
    """Return what a buyer said of an offer of a firm of this user's."""
    rows = Interest.objects.select_related("offer__enterprise", "buyer__organisation", "deal")
    return _one(_within(rows, user, MARK, "offer__enterprise").filter(pk=key))


def visible_cohorts(user: object, right: Right = SEE_COHORTS) -> QuerySet[Cohort]:
    """Return the cohorts of a user's partners and programmes."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Cohort.objects.all()
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        one = Q(partner__code=scope.partner) if scope.partner else Q()
        if scope.departments:
            firms = Enterprise.objects.in_departments(scope.departments).values("pk")
            joined = CohortFirm.objects.filter(enterprise__in=firms).values("cohort")
            one &= Q(pk__in=joined)
        if scope.programmes:
            one &= Q(programme__code__in=scope.programmes)
        allowed |= one
    return Cohort.objects.filter(allowed)


def cohort(user: object, key: uuid.UUID, right: Right = SEE_COHORTS) -> Cohort:
    """Return one cohort of this user's."""
    rows = visible_cohorts(user, right).select_related("programme", "partner")
    return _one(rows.filter(public_id=key))


def cohort_firm(user: object, key: uuid.UUID, right: Right = SEE_COHORTS) -> CohortFirm:
    """Return one firm of a cohort of this user's."""
    rows = CohortFirm.objects.filter(cohort__in=visible_cohorts(user, right).values("pk"))
    return _one(rows.select_related("cohort__programme", "enterprise__place").filter(public_id=key))


def project(user: object, key: uuid.UUID) -> MiniProject:
    """Return one small project of a firm whose steps `user` may mark."""
    cohorts = visible_cohorts(user, MARK).values("pk")
    rows = MiniProject.objects.filter(firm__cohort__in=cohorts, public_id=key)
    return _one(rows.select_related("firm__cohort", "firm__enterprise"))


def programmes_of(user: object, right: Right = EDIT) -> QuerySet[Programme]:
    """Return the programmes in which `user` may open a deal or a cohort."""
    scopes = rights.reach(user, right).scopes
    if any(not scope.programmes for scope in scopes):
        return Programme.objects.all()
    codes = {code for scope in scopes for code in scope.programmes}
    return Programme.objects.filter(code__in=codes)


def link_by_token(token: str) -> BuyerLink:
    """Return the personal link whose address holds `token`, if it works today."""
    row = (
        BuyerLink.objects.select_related("buyer__organisation")
        .filter(token=token, buyer__is_active=True)
        .first()
    )
    if row is None or not row.works_on(timezone.localdate()):
        raise NotVisible(
            "linkages.link_closed",
            _("Este enlace ya no abre nada. Pida uno nuevo a quien se lo envió."),
        )
    return row


def _within(
    rows: QuerySet[Row], user: object, right: Right, path: str = "enterprise"
) -> QuerySet[Row]:
    condition: dict[str, Any] = {f"{path}__in": visible_firms(user, right).order_by().values("pk")}
    return rows.filter(**condition)


def _one(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise NotVisible(
            "linkages.not_visible", _("No hay tal dato de mercados, o no le toca verlo.")
        )
    return row
