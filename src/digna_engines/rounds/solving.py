"""The front door: `solve` a round."""

from digna_engines.rounds.problem import Round
from digna_engines.rounds.timetable import Timetable


def solve(
    round_: Round, *, seconds: float = 10.0, seed: int = 0, keep: Timetable | None = None
) -> Timetable:
    """Timetable a round."""
    raise NotImplementedError
