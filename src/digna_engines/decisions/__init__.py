"""Choosing between alternatives: criteria, weights, ranking, robustness and consensus.

A ``Problem`` is a table of scores with weights and directions; every method takes one and answers
with a frozen result that carries scores, ranks, workings and warnings. Missing evidence is an
interval, never a zero and never a silent rank. Robustness asks what other weights, scores, people
or methods would have said; consensus says how far the people agreed. Only numpy.
"""

from digna_engines.decisions.additive import weighted_product, weighted_sum
from digna_engines.decisions.aggregation import (
    Together,
    borda,
    copeland,
    kemeny,
    mean,
    median,
    trimmed_mean,
)
from digna_engines.decisions.consensus import (
    Concordance,
    Icc,
    consensus,
    icc,
    kendall_w,
    krippendorff_alpha,
    r_wg,
)
from digna_engines.decisions.distance import Vikor, topsis, vikor
from digna_engines.decisions.outranking import Promethee, promethee
from digna_engines.decisions.problem import Problem, Result, order, ranks
from digna_engines.decisions.robustness import (
    Crossover,
    LeftOut,
    Reversal,
    cell_means,
    crossover_weights,
    dominance,
    kendall_tau,
    leave_one_criterion_out,
    leave_one_evaluator_out,
    method_agreement,
    rank_reversal,
)
from digna_engines.decisions.smaa import Smaa, smaa
from digna_engines.decisions.weighting import (
    Weights,
    ahp_weights,
    critic_weights,
    entropy_weights,
    points_weights,
    std_weights,
    surrogate_weights,
    swing_weights,
)

__all__ = [
    "Concordance",
    "Crossover",
    "Icc",
    "LeftOut",
    "Problem",
    "Promethee",
    "Result",
    "Reversal",
    "Smaa",
    "Together",
    "Vikor",
    "Weights",
    "ahp_weights",
    "borda",
    "cell_means",
    "consensus",
    "copeland",
    "critic_weights",
    "crossover_weights",
    "dominance",
    "entropy_weights",
    "icc",
    "kemeny",
    "kendall_tau",
    "kendall_w",
    "krippendorff_alpha",
    "leave_one_criterion_out",
    "leave_one_evaluator_out",
    "mean",
    "median",
    "method_agreement",
    "order",
    "points_weights",
    "promethee",
    "r_wg",
    "rank_reversal",
    "ranks",
    "smaa",
    "std_weights",
    "surrogate_weights",
    "swing_weights",
    "topsis",
    "trimmed_mean",
    "vikor",
    "weighted_product",
    "weighted_sum",
]
