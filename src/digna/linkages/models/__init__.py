"""Everything this room keeps."""

from digna.linkages.models.buyers import Buyer, BuyerLink, Demand
from digna.linkages.models.cohorts import Cohort, CohortFirm, MarketMark, MiniProject
from digna.linkages.models.deals import Deal, DealStep, FollowUp, Interest
from digna.linkages.models.offers import (
    MarketConsent,
    Offer,
    OfferCertification,
    OfferPhoto,
)
from digna.linkages.models.reference import MarketStep, Requirement

__all__ = [
    "Buyer",
    "BuyerLink",
    "Cohort",
    "CohortFirm",
    "Deal",
    "DealStep",
    "Demand",
    "FollowUp",
    "Interest",
    "MarketConsent",
    "MarketMark",
    "MarketStep",
    "MiniProject",
    "Offer",
    "OfferCertification",
    "OfferPhoto",
    "Requirement",
]
