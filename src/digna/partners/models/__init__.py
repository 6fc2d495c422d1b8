"""The room's tables, by noun. Django finds models through this module."""

from digna.partners.models.copies import WorkingCopy
from digna.partners.models.maturity import Judgement, Marker, Snapshot
from digna.partners.models.money import (
    ClosedYear,
    CostLine,
    CostStatement,
    Currency,
    Fee,
    Income,
    Instalment,
    Payment,
    RecoveryTarget,
)
from digna.partners.models.profile import OwnBudget, PartnerProfile
from digna.partners.models.transition import ActionTemplate, Asset, TransitionAction

__all__ = [
    "ActionTemplate",
    "Asset",
    "ClosedYear",
    "CostLine",
    "CostStatement",
    "Currency",
    "Fee",
    "Income",
    "Instalment",
    "Judgement",
    "Marker",
    "OwnBudget",
    "PartnerProfile",
    "Payment",
    "RecoveryTarget",
    "Snapshot",
    "TransitionAction",
    "WorkingCopy",
]
