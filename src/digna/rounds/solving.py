"""From the plain problem to the engine and back. Imported by the worker alone: it brings NumPy."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from digna_engines import rounds as engine
from digna_engines.rounds import Fairness, Fixed, Interpreter, Meeting, Party, Round, Slot, Wish
from digna_engines.rounds import Timetable as Solved

Plain = dict[str, Any]
SEED = 0


def solve(asked: Plain, kept: Sequence[Plain] | None, *, seconds: float) -> Plain:
    """Return what the engine says of a round, as plain values that JSON can hold."""
    round_ = problem(asked)
    before = timetable(kept) if kept is not None else None
    return told(engine.solve(round_, seconds=seconds, seed=SEED, keep=before))


def problem(asked: Plain) -> Round:
    """Return the engine's round.

    Raises:
        DeclarationError: what the round says cannot be.
    """
    return Round(
        slots=tuple(
            Slot(s["key"], datetime.fromisoformat(s["starts_at"]), s["minutes"], s["is_break"])
            for s in asked["slots"]
        ),
        parties=tuple(
            Party(**{
                **p,
                "slots": None if p["slots"] is None else frozenset(p["slots"]),
                "languages": frozenset(p["languages"]),
            })
            for p in asked["parties"]
        ),
        wishes=tuple(Wish(**w) for w in asked["wishes"]),
        tables=asked["tables"],
        rooms=asked["rooms"],
        interpreters=tuple(
            Interpreter(i["key"], frozenset(i["languages"]), frozenset(i["slots"]))
            for i in asked["interpreters"]
        ),
        fixed=tuple(Fixed(**f) for f in asked["fixed"]),
        without=frozenset((b, f) for b, f in asked["without"]),
    )  # fmt: skip


def timetable(kept: Sequence[Plain]) -> Solved:
    """Return earlier places as a timetable to keep."""
    return Solved(
        meetings=tuple(
            Meeting(m["slot"], m["buyer"], m["seller"], m.get("table", "")) for m in kept
        ),
        value=0, upper_bound=0, unmet=(), fairness=Fairness((), 0, 0, 0, 0.0), gaps=0,
    )  # fmt: skip


def told(found: Solved) -> Plain:
    """Return a timetable as plain values, unmet wishes with their sentences in both languages."""
    fair, changes = found.fairness, found.changes
    return {
        "meetings": [
            {"slot": m.slot, "buyer": m.buyer, "seller": m.seller, "table": m.table,
             "interpreter": m.interpreter, "mode": m.mode, "points": m.points,
             "is_fixed": m.is_fixed}
            for m in found.meetings
        ],
        "value": found.value,
        "upper_bound": found.upper_bound,
        "unmet": [
            {"buyer": u.buyer, "seller": u.seller, "points": u.points, "code": u.code,
             "es": u.sentence("es"), "en": u.sentence("en")}
            for u in found.unmet
        ],
        "fairness": {
            "given": fair.given, "most_possible": fair.most_possible, "fewest": fair.fewest,
            "median": float(fair.median), "is_honoured": fair.is_honoured,
            "short": [
                {"party": s.party, "least": s.least, "possible": s.possible, "got": s.got}
                for s in fair.shares if s.got < s.least
            ],
        },
        "gaps": found.gaps,
        "changes": None if changes is None else {
            "kept": len(changes.kept), "moved": len(changes.moved),
            "dropped": len(changes.dropped), "added": len(changes.added),
        },
        "warnings": list(found.warnings),
        "method": found.method,
        "version": found.version,
    }  # fmt: skip
