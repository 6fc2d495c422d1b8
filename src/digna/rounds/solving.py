"""From the plain problem to the engine and back. Imported by the worker alone: it brings NumPy."""

from collections.abc import Sequence
from typing import Any

from digna_engines import rounds as engine

Plain = dict[str, Any]
SEED = 0


def solve(asked: Plain, kept: Sequence[Plain] | None, *, seconds: float) -> Plain:
    """Return what the engine says of a round, as plain values that JSON can hold.

    Raises:
        EngineError: what the round says cannot be.
    """
    before = None if kept is None else engine.Timetable.from_plain({"meetings": kept})
    found = engine.solve(engine.Round.from_plain(asked), seconds=seconds, seed=SEED, keep=before)
    return found.to_plain()
