"""Offers as they may be shown: what each firm agreed to today, and nothing else.

Pages, papers and sheets for buyers and for the public are made from these `Facts` alone; the rows
never reach a template.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from digna.linkages import showing
from digna.linkages.models import MarketConsent, Offer
from digna.linkages.showing import Consent, Facts, Paper
from digna.registry.models import Enterprise

NOTHING = Consent()


def latest_consent(enterprise: Enterprise) -> MarketConsent | None:
    """Return the word that holds: the latest day, and on one day the last said."""
    return MarketConsent.objects.filter(enterprise=enterprise).order_by("-on", "-pk").first()


def is_shown_to_anybody(enterprise: Enterprise) -> bool:
    """Whether a firm agreed to be shown at all."""
    return showing.is_shown(consent_of(latest_consent(enterprise)), showing.BUYERS)


def consent_of(row: MarketConsent | None) -> Consent:
    """Return a stored word as the rules read it; nothing said is nobody."""
    if row is None:
        return NOTHING
    shows = {group: getattr(row, f"shows_{group}") for group in showing.GROUPS}
    return Consent(row.audience, shows)


def offers_for(audience: str) -> QuerySet[Offer]:
    """Return the published offers whose firm agrees today to be shown to an audience."""
    heard = MarketConsent.objects.filter(enterprise=OuterRef("enterprise")).order_by("-on", "-pk")
    wide = [one for one in showing.REACH if showing.is_shown(Consent(one), audience)]
    return (
        Offer.objects.filter(state=Offer.State.PUBLISHED, enterprise__merged_into=None)
        .annotate(consented_to=Subquery(heard.values("audience")[:1]))
        .filter(consented_to__in=wide)
    )


def with_parts(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Return offers with all that `facts_of` reads, in a fixed number of queries."""
    return offers.select_related(
        "enterprise__place__parent", "enterprise__sector"
    ).prefetch_related("certifications__requirement", "photos")


def consents_of(offers: Iterable[Offer]) -> dict[int, Consent]:
    """Return what each firm of some offers agrees to today, by its key, in one query."""
    firms = {offer.enterprise_id for offer in offers}
    rows = MarketConsent.objects.filter(enterprise__in=firms).order_by("on", "pk")
    return {row.enterprise_id: consent_of(row) for row in rows}


def shown(offers: Iterable[Offer], audience: str, today: date) -> list[Facts]:
    """Return what an audience may read of some offers; those not agreed to are not there."""
    rows = list(offers)
    heard = consents_of(rows)
    return [
        showing.consented(facts_of(row, today), heard[row.enterprise_id])
        for row in rows
        if showing.is_shown(heard.get(row.enterprise_id, NOTHING), audience)
    ]


def all_facts(offers: Iterable[Offer], today: date) -> list[Facts]:
    """Return everything known of offers, for who works with their firms."""
    return [facts_of(row, today) for row in offers]


def facts_of(row: Offer, today: date) -> Facts:
    """Return one offer in plain values, in the language in use; a lapsed paper stays out."""
    firm = row.enterprise
    return Facts(
        key=str(row.public_id),
        name=row.name,
        common_name=row.common_name,
        words=f"{row.name_es} {row.name_en} {row.common_name}",
        description=row.description,
        hs_code=row.hs_code,
        languages=tuple(row.languages),
        months=tuple(row.months),
        sector=str(firm.sector or ""),
        firm_name=firm.name,
        place=str(firm.place) if firm.place is not None else None,
        phone=firm.phone or None,
        email=firm.email or None,
        price_low=row.price_low,
        price_high=row.price_high,
        currency=row.currency,
        price_unit=row.price_unit,
        incoterm=row.incoterm,
        capacity=row.capacity_per_month,
        minimum_order=row.minimum_order,
        unit=row.unit,
        papers=_papers(row, today),
        photos=tuple(photo.pk for photo in row.photos.all()),
    )


def _papers(row: Offer, today: date) -> tuple[Paper, ...] | None:
    held = tuple(
        Paper(one.requirement.code, str(one.requirement), one.number, one.valid_until)
        for one in row.certifications.all()
        if one.stands_on(today)
    )
    return held if held or row.papers_stated_on is not None else None
