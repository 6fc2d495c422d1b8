"""Declared indicators over fact tables: an indicator is written down, not programmed.

An ``Indicator`` says what is counted, where, when and split by what. ``compute`` answers many of
them over many periods in a few queries, written in Ibis so that DuckDB and Spark give the same
figures. A ``Figure`` carries numerator, denominator, n of N, its parts and, on request, the records
behind it. What cannot be added is refused by ``roll_up``, which says what to do instead.
"""

from digna_engines.indicators.achievement import Achievement, achievement
from digna_engines.indicators.changes import (
    Adoption,
    MatchedChange,
    Pair,
    Practised,
    adoption,
    matched_change,
)
from digna_engines.indicators.coherence import check
from digna_engines.indicators.compute import compute
from digna_engines.indicators.contributions import (
    Claim,
    Claims,
    Donor,
    IncomeGroup,
    by_donor,
    claims,
    net_attributable_income,
)
from digna_engines.indicators.declaration import Cohort, Condition, Indicator
from digna_engines.indicators.figures import SEVERAL, Figure, Notice, Slice
from digna_engines.indicators.jobs import Job, Jobs, count_jobs, full_time_equivalent
from digna_engines.indicators.quality import (
    Graded,
    Heaping,
    Outliers,
    Recount,
    grade,
    heaping,
    outliers,
    recount,
    straight_lines,
)
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
from digna_engines.indicators.series import Fall, accumulated, falls, increments
from digna_engines.indicators.suppression import HIDDEN, PublicSlice, PublicSlices, suppress
from digna_engines.indicators.tables import FactTable
from digna_engines.indicators.typed import TypedValue

__all__ = [
    "HIDDEN",
    "SEVERAL",
    "Achievement",
    "Adoption",
    "Claim",
    "Claims",
    "Cohort",
    "Column",
    "Comparison",
    "Condition",
    "Donor",
    "FactSchema",
    "FactTable",
    "Fall",
    "Figure",
    "Frozen",
    "Graded",
    "Heaping",
    "IncomeGroup",
    "Indicator",
    "Job",
    "Jobs",
    "MatchedChange",
    "Notice",
    "Outliers",
    "Overlap",
    "Pair",
    "Practised",
    "PublicSlice",
    "PublicSlices",
    "RecordSet",
    "Recount",
    "Slice",
    "TypedValue",
    "accumulated",
    "achievement",
    "adoption",
    "by_donor",
    "check",
    "claims",
    "compare",
    "compute",
    "count_jobs",
    "difference",
    "falls",
    "full_time_equivalent",
    "grade",
    "heaping",
    "increments",
    "intersection",
    "matched_change",
    "net_attributable_income",
    "outliers",
    "overlap",
    "recount",
    "roll_up",
    "straight_lines",
    "suppress",
    "union",
]
