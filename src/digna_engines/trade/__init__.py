"""World trade as numbers that explain themselves: specialisation, complexity, export potential.

Inputs are long tables (``exporter, importer, product, year, value``) of Arrow, pandas or polars, or
plain columns; results are frozen arrays with their labels. Product codes are text: their leading
zeros are part of them.

Names are fetched when first asked for: a web page that only reads a stored sheet (``record``,
``explained``) must not bring arrays and databases into its process.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digna_engines.trade.explaining import Explanation, explained
    from digna_engines.trade.fitness_quality import Fitness, fitness
    from digna_engines.trade.market import MarketTable, market_table
    from digna_engines.trade.potential import ExportPotential, export_potential
    from digna_engines.trade.product_space import Complexity, complexity, reflections
    from digna_engines.trade.ranking import Place, Weights, rank
    from digna_engines.trade.sheet import Sheet, market_sheet, record
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
    "Explanation",
    "ExportPotential",
    "Exports",
    "Fitness",
    "Flows",
    "MarketTable",
    "Place",
    "Sheet",
    "Store",
    "Weights",
    "complementarity",
    "complexity",
    "explained",
    "export_potential",
    "expy",
    "fitness",
    "herfindahl",
    "lafay",
    "margins",
    "market_sheet",
    "market_table",
    "penetration",
    "prody",
    "rank",
    "rca",
    "record",
    "reflections",
    "rsca",
]
_AT = {
    "explaining": "Explanation explained",
    "fitness_quality": "Fitness fitness",
    "market": "MarketTable market_table",
    "potential": "ExportPotential export_potential",
    "product_space": "Complexity complexity reflections",
    "ranking": "Place Weights rank",
    "sheet": "Sheet market_sheet record",
    "specialisation": (
        "complementarity expy herfindahl lafay margins penetration prody rca rsca"
    ),
    "store": "Store",
    "tables": "Exports Flows",
}  # fmt: skip
_HOME = {name: module for module, names in _AT.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Fetch a public name from its module the first time it is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
