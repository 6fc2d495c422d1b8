"""Pathways of a firm: what to do next to be formal, to export, to be registered as an operator.

A ``Library`` holds pathways, steps, offices and questions; ``plan`` makes the list of one firm from
what is known of it, says what is still to ask, and ``total`` adds it up with n of N.
"""

from digna_engines.pathways.conditions import Condition, Known, holds
from digna_engines.pathways.library import Library
from digna_engines.pathways.planning import Cost, Plan, Planned, cost_of, plan
from digna_engines.pathways.readiness import (
    Block,
    Item,
    Readiness,
    Score,
    read_blocks,
    readiness_of,
)
from digna_engines.pathways.reading import read_library
from digna_engines.pathways.regimes import Fit, Regime, fitting, read_regimes
from digna_engines.pathways.steps import (
    Agency,
    Barrier,
    Exemption,
    Pathway,
    Period,
    Price,
    Question,
    Span,
    Step,
    Variant,
    in_force,
)
from digna_engines.pathways.totals import Spent, Totals, really, total

__all__ = [
    "Agency",
    "Barrier",
    "Block",
    "Condition",
    "Cost",
    "Exemption",
    "Fit",
    "Item",
    "Known",
    "Library",
    "Pathway",
    "Period",
    "Plan",
    "Planned",
    "Price",
    "Question",
    "Readiness",
    "Regime",
    "Score",
    "Span",
    "Spent",
    "Step",
    "Totals",
    "Variant",
    "cost_of",
    "fitting",
    "holds",
    "in_force",
    "plan",
    "read_blocks",
    "read_library",
    "read_regimes",
    "readiness_of",
    "really",
    "total",
]
