"""Offers of firms: noted, changed, shown and taken back; their papers and photographs."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages import trading
from digna.linkages.models import Offer, OfferCertification, OfferPhoto, Requirement
from digna.linkages.selectors import showing as selectors
from digna.registry.models import Enterprise
from digna.web import photos

PHOTOS_MAX = 6
NUMBERS = ("capacity_per_month", "minimum_order", "price_low", "price_high")


@writes("linkages.offer.noted")
def note_offer(*, actor: Actor, enterprise: Enterprise, **values: Any) -> Offer:
    """Note a product that a firm can sell; nobody outside sees it until it is published.

    Raises:
        Refused: `linkages.offer.no_name`, `linkages.offer.prices`;
            `linkages.trade.amounts`, `.hs_code`, `.currency`, `.units`.
    """
    row = Offer(
        enterprise=enterprise,
        created_by=actor.user,
        created_at=actor.at,
        changed_at=actor.at,
        **trading.cleaned(values),
    )
    _refuse_unfit(row)
    return record.add(row)


@writes("linkages.offer.changed")
def change_offer(*, actor: Actor, offer: Offer, **values: Any) -> Offer:
    """Change an offer.

    Raises:
        Refused: as `note_offer`.
    """
    values = trading.cleaned(values)
    _refuse_unfit(trading.trial(offer, values))
    return record.change(offer, **values, changed_at=actor.at)


@writes("linkages.offer.published")
def publish_offer(*, actor: Actor, offer: Offer) -> Offer:
    """Put an offer into the catalogue; who sees it, and what of it, is what the firm agreed to.

    Raises:
        Refused: `linkages.offer.no_consent`.
    """
    if not selectors.is_shown_to_anybody(offer.enterprise):
        raise Refused(
            "linkages.offer.no_consent",
            _("La empresa todavía no dijo qué puede mostrarse. Pregúntele y anótelo antes."),
        )
    return record.change(
        offer,
        state=Offer.State.PUBLISHED,
        published_on=offer.published_on or timezone.localdate(actor.at),
        changed_at=actor.at,
    )


@writes("linkages.offer.withdrawn")
def withdraw_offer(*, actor: Actor, offer: Offer) -> Offer:
    """Take an offer out of the catalogue; what came of it stays."""
    return record.change(offer, state=Offer.State.WITHDRAWN, changed_at=actor.at)


@writes("linkages.offer.certified")
def note_paper(
    *,
    actor: Actor,
    offer: Offer,
    requirement: Requirement,
    number: str = "",
    valid_until: date | None = None,
) -> OfferCertification:
    """Note a certificate, registration or condition behind an offer, or renew it."""
    record.change(offer, papers_stated_on=timezone.localdate(actor.at), changed_at=actor.at)
    told: dict[str, Any] = {"number": " ".join(number.split()), "valid_until": valid_until}
    standing = offer.certifications.filter(requirement=requirement).first()
    if standing is not None:
        return record.change(standing, **told)
    return record.add(OfferCertification(offer=offer, requirement=requirement, **told))


@writes("linkages.offer.paper_removed")
def remove_paper(*, actor: Actor, paper: OfferCertification) -> None:
    """Take back a paper noted by mistake, or one that the firm no longer has."""
    record.change(paper.offer, changed_at=actor.at)
    record.remove(paper)


@writes("linkages.offer.papers_asked")
def state_no_more_papers(*, actor: Actor, offer: Offer) -> Offer:
    """Say that the firm was asked, and has no other paper than those noted: perhaps none."""
    return record.change(offer, papers_stated_on=timezone.localdate(actor.at), changed_at=actor.at)


@writes("linkages.offer.pictured")
def add_photo(*, actor: Actor, offer: Offer, content: bytes, caption: str = "") -> OfferPhoto:
    """Add a photograph: made small, without the place where it was taken.

    Raises:
        Refused: `linkages.offer.photos_enough`; `web.photo.too_large`, `web.photo.unreadable`.
    """
    count = offer.photos.count()
    if count >= PHOTOS_MAX:
        raise Refused(
            "linkages.offer.photos_enough",
            _("Ya hay %(n)s fotos, las que muestra el catálogo. Quite una antes de agregar otra.")
            % {"n": PHOTOS_MAX},
            field="photo",
        )
    return record.add(
        OfferPhoto(
            offer=offer,
            file=photos.compressed(content, name="oferta"),
            caption=" ".join(caption.split()),
            order=count,
            added_at=actor.at,
        )
    )


@writes("linkages.offer.unpictured")
def remove_photo(*, actor: Actor, photo: OfferPhoto) -> None:
    """Take a photograph away; the file goes too."""
    file = photo.file
    record.remove(photo)
    file.delete(save=False)


def _refuse_unfit(row: Offer) -> None:
    if not row.name_es.strip():
        raise Refused("linkages.offer.no_name", _("Escriba qué se ofrece."), field="name_es")
    trading.refuse_unreadable(row, NUMBERS)
    if (row.capacity_per_month is not None or row.minimum_order is not None) and not row.unit:
        raise trading.no_unit("unit")
    has_price = row.price_low is not None or row.price_high is not None
    if has_price and not (row.currency and row.price_unit):
        raise trading.no_unit("price_unit" if row.currency else "currency")
    if row.price_low is not None and row.price_high is not None and row.price_high < row.price_low:
        raise Refused(
            "linkages.offer.prices",
            _("El precio más alto es menor que el más bajo. Corrija uno de los dos."),
            field="price_high",
        )
