"""Mentors and mentees: who can work together, how well they fit, who goes with whom and why.

A ``Pool`` holds two kinds of people and the weights of the fit. ``assign`` answers with pairs, each
with a score from 0 to 1 and its reasons, and with everybody left over and why. ``explain`` tells of
any two people, paired or not. Hard filters come first and are never traded for fit.
"""

from digna_engines.matching.assigning import VERSION, assign
from digna_engines.matching.explaining import Explanation, explain
from digna_engines.matching.pool import Mentee, Mentor, Pool, Reason, Weights
from digna_engines.matching.results import Group, Matching, Pair, Unmatched
from digna_engines.matching.sentences import sentence
from digna_engines.matching.tables import Tables, tables

__all__ = [
    "VERSION",
    "Explanation",
    "Group",
    "Matching",
    "Mentee",
    "Mentor",
    "Pair",
    "Pool",
    "Reason",
    "Tables",
    "Unmatched",
    "Weights",
    "assign",
    "explain",
    "sentence",
    "tables",
]
