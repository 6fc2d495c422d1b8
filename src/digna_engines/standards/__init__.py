"""How far a way of working meets a standard: verdicts point by point, added up with their n.

Nothing but the standard library.
"""

from digna_engines.standards.scoring import (
    ControlPoint,
    ElementScore,
    Found,
    Score,
    graded,
    score,
)

VERSION = "1"

__all__ = ["VERSION", "ControlPoint", "ElementScore", "Found", "Score", "graded", "score"]
