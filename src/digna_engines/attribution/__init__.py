"""What of a change is the programme's: designs, errors, balance, power, and careful words.

From firms measured before and after: ``before_after``, ``difference_in_differences``, ``ancova``,
``permutation_test``; from rolling entry: ``staggered_effects``; before starting: ``balance`` and
the sample sizes; at the end: ``attrition`` and ``verdict``, which says what may be told.
"""

from digna_engines.attribution.arms import Attrition, BalanceRow, attrition, balance
from digna_engines.attribution.designs import ancova, before_after, difference_in_differences
from digna_engines.attribution.estimates import Estimate, Notice
from digna_engines.attribution.pairs import Firm, winsorised
from digna_engines.attribution.permuting import Permutation, permutation_test
from digna_engines.attribution.power import (
    SampleSize,
    analysis_factor,
    design_effect,
    power_for_means,
    sample_size_for_means,
    sample_size_for_shares,
    smallest_visible_effect,
    survey_sample,
)
from digna_engines.attribution.staggered import GroupTime, Observation, Staggered, staggered_effects
from digna_engines.attribution.verdicts import Verdict, verdict

__all__ = [
    "Attrition",
    "BalanceRow",
    "Estimate",
    "Firm",
    "GroupTime",
    "Notice",
    "Observation",
    "Permutation",
    "SampleSize",
    "Staggered",
    "Verdict",
    "analysis_factor",
    "ancova",
    "attrition",
    "balance",
    "before_after",
    "design_effect",
    "difference_in_differences",
    "permutation_test",
    "power_for_means",
    "sample_size_for_means",
    "sample_size_for_shares",
    "smallest_visible_effect",
    "staggered_effects",
    "survey_sample",
    "verdict",
    "winsorised",
]
