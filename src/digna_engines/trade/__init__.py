"""World trade as numbers that explain themselves: specialisation, complexity, export potential.

Inputs are long tables (``exporter, importer, product, year, value``) of Arrow, pandas or polars, or
plain columns; results are frozen arrays with their labels. Product codes are text: their leading
zeros are part of them.
"""

from digna_engines.trade.complexity import Complexity, complexity, reflections
from digna_engines.trade.fitness import Fitness, fitness
from digna_engines.trade.potential import ExportPotential, export_potential
from digna_engines.trade.specialisation import (
    complementarity,
    expy,
    herfindahl,
    lafay,
    margins,
    penetration,
    prody,
    rca,
    rsca,
)
from digna_engines.trade.store import Store
from digna_engines.trade.tables import Exports, Flows

__all__ = [
    "Complexity",
    "ExportPotential",
    "Exports",
    "Fitness",
    "Flows",
    "Store",
    "complementarity",
    "complexity",
    "export_potential",
    "expy",
    "fitness",
    "herfindahl",
    "lafay",
    "margins",
    "penetration",
    "prody",
    "rca",
    "reflections",
    "rsca",
]
