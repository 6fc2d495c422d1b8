"""What this room tells of a firm on its page in the register: offers, deals, steps to market."""

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.linkages import access, labels
from digna.linkages.models import CohortFirm, DealStep, MarketMark, Offer
from digna.registry.models import Enterprise
from digna.registry.stories import Entry, Link
from digna.web import numbers


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return the way from a firm's page to what it offers."""
    if not rights.may(user, access.SEE):
        return []
    url = reverse("linkages:firm_offers", args=[enterprise.public_id])
    return [Link(_("Ofertas y ventas"), url, "handshake")]


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return offers published, steps of deals that stand, and steps into the digital market."""
    return [*_offers(enterprise), *_steps(enterprise), *_marks(enterprise), *_cohorts(enterprise)]


def _offers(enterprise: Enterprise) -> list[Entry]:
    return [
        Entry(
            when=row.published_on,
            what=_("Oferta publicada: %(name)s") % {"name": row.name},
            detail=labels.quantity(row.capacity_per_month, row.unit),
            url=reverse("linkages:offer", args=[row.public_id]),
        )
        for row in Offer.objects.filter(enterprise=enterprise, published_on__isnull=False)
        if row.published_on is not None
    ]


def _steps(enterprise: Enterprise) -> list[Entry]:
    rows = DealStep.objects.filter(
        deal__enterprise=enterprise, withdrawn_at__isnull=True, replaced_by__isnull=True
    )
    return [
        Entry(
            when=row.on,
            what=_("%(step)s: %(product)s, %(buyer)s")
            % {
                "step": str(row.get_kind_display()).capitalize(),
                "product": row.deal.product,
                "buyer": row.deal.buyer_label,
            },
            detail=numbers.money(row.amount, row.currency) if row.amount is not None else "",
            url=reverse("linkages:deal", args=[row.deal.public_id]),
        )
        for row in rows.select_related("deal__buyer__organisation")
    ]


def _marks(enterprise: Enterprise) -> list[Entry]:
    rows = MarketMark.objects.filter(firm__enterprise=enterprise, state=MarketMark.State.DONE)
    return [
        Entry(
            when=row.on,
            what=_("Paso al mercado digital: %(step)s") % {"step": row.step},
            detail=row.note,
            url=reverse("linkages:cohort_firm", args=[row.firm.public_id]),
        )
        for row in rows.select_related("step", "firm")
    ]


def _cohorts(enterprise: Enterprise) -> list[Entry]:
    rows = CohortFirm.objects.filter(enterprise=enterprise).select_related("cohort")
    return [
        Entry(
            when=row.joined_on,
            what=_("Entró al grupo: %(cohort)s") % {"cohort": row.cohort},
            url=reverse("linkages:cohort_firm", args=[row.public_id]),
        )
        for row in rows
    ]
