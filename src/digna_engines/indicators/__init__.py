"""Declared indicators over fact tables: an indicator is written down, not programmed.

An ``Indicator`` says what is counted, where, when and split by what. ``compute`` answers many of
them over many periods in a few queries, written in Ibis so that DuckDB and Spark give the same
figures. A ``Figure`` carries numerator, denominator, n of N, its parts and, on request, the records
behind it. What cannot be added is refused by ``roll_up``, which says what to do instead.
"""

from digna_engines.indicators.achievement import Achievement, achievement
from digna_engines.indicators.coherence import check
from digna_engines.indicators.compute import compute
from digna_engines.indicators.declaration import Cohort, Condition, Indicator
from digna_engines.indicators.figures import SEVERAL, Figure, Notice, Slice
from digna_engines.indicators.records import (
    Comparison,
    Frozen,
    Overlap,
    RecordSet,
    compare,
    difference,
    intersection,
    overlap,
    union,
)
from digna_engines.indicators.rollup import roll_up
from digna_engines.indicators.schema import Column, FactSchema
from digna_engines.indicators.suppression import HIDDEN, PublicSlice, PublicSlices, suppress
from digna_engines.indicators.tables import FactTable
from digna_engines.indicators.typed import TypedValue

__all__ = [
    "HIDDEN",
    "SEVERAL",
    "Achievement",
    "Cohort",
    "Column",
    "Comparison",
    "Condition",
    "FactSchema",
    "FactTable",
    "Figure",
    "Frozen",
    "Indicator",
    "Notice",
    "Overlap",
    "PublicSlice",
    "PublicSlices",
    "RecordSet",
    "Slice",
    "TypedValue",
    "achievement",
    "check",
    "compare",
    "compute",
    "difference",
    "intersection",
    "overlap",
    "roll_up",
    "suppress",
    "union",
]
