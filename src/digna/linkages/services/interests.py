"""What buyers say of offers, and what the programme does about it."""

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages.models import BuyerLink, Deal, Interest, Offer
from digna.linkages.services import deals
from digna.programmes.models import Programme


@writes("linkages.interest.shown")
def show_interest(
    *, actor: Actor, link: BuyerLink, offer: Offer, kind: str, message: str = ""
) -> Interest:
    """Note that a buyer is interested in an offer, or asks for a sample; said twice it is one.

    Raises:
        Refused: `linkages.interest.kind`.
    """
    if kind not in Interest.Kind.values:
        raise Refused("linkages.interest.kind", _("Elija qué pide de esta oferta."), field="kind")
    told = {"message": " ".join(message.split())[:500], "said_by": link.name, "at": actor.at}
    standing = Interest.objects.filter(buyer=link.buyer, offer=offer, kind=kind).first()
    if standing is not None:
        return record.change(standing, **told) if told["message"] else standing
    return record.add(Interest(buyer=link.buyer, offer=offer, kind=kind, **told))


@writes("linkages.interest.opened")
def open_deal_of(*, actor: Actor, interest: Interest, programme: Programme) -> Deal:
    """Open the deal that an interest announces; asked for twice it is one deal."""
    deal = deals.open_deal(
        actor=actor,
        enterprise=interest.offer.enterprise,
        programme=programme,
        product=interest.offer.name_es,
        buyer=interest.buyer,
        offer=interest.offer,
        origin=f"interest:{interest.pk}",
    )
    record.change(interest, deal=deal, answered_at=interest.answered_at or actor.at)
    return deal


@writes("linkages.interest.answered")
def answer_interest(*, actor: Actor, interest: Interest) -> Interest:
    """Note that the buyer was answered and no deal comes of it for now."""
    return record.change(interest, answered_at=interest.answered_at or actor.at)
