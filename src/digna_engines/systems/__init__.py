"""Market systems: who does what and who pays, who keeps what of the price, why it fails.

Elements name performer, action and resource; margins add up or the difference is named; causes form
a graph without loops, whose roots are weighed; results chains are checked box by box. Layouts give
plain coordinates for drawing. Nothing but the standard library.
"""

from digna_engines.systems.causes import CauseGraph, CauseLink, influence
from digna_engines.systems.chains import Arrow, Box, ResultsChain
from digna_engines.systems.elements import Element, Shift, lacks, matrix, who_does_who_pays
from digna_engines.systems.margins import ChainLink, Margin, Margins, MarginTable, Stretch, margins

VERSION = "1"

__all__ = [
    "VERSION",
    "Arrow",
    "Box",
    "CauseGraph",
    "CauseLink",
    "ChainLink",
    "Element",
    "Margin",
    "MarginTable",
    "Margins",
    "ResultsChain",
    "Shift",
    "Stretch",
    "influence",
    "lacks",
    "margins",
    "matrix",
    "who_does_who_pays",
]
