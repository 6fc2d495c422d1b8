"""Records looked for again: a sample drawn by lot, its errors, and what checks say of a figure.

``draw`` picks the records, ``verified`` says how many were wrong and how sure that is, ``mark``
and ``dimension_marks`` turn what checks found into the marks that a grade is made of.
"""

from digna_engines.verification.marks import Check, Limits, dimension_marks, mark
from digna_engines.verification.sampling import Verified, draw, exact_interval, verified

__all__ = [
    "Check",
    "Limits",
    "Verified",
    "dimension_marks",
    "draw",
    "exact_interval",
    "mark",
    "verified",
]
