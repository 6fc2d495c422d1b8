"""Timetables of business rounds: who meets whom, when and where, near a proven bound.

A ``Round`` holds slots, parties, wishes, tables, video rooms and interpreters; ``solve`` answers
with a frozen ``Timetable``: its meetings, its value, a bound that no timetable can pass, each
unmet wish with its reason, and how fairly meetings are spread. Numpy and SciPy.
"""

from digna_engines.rounds.problem import Fixed, Interpreter, Party, Round, Slot, Wish
from digna_engines.rounds.solving import solve
from digna_engines.rounds.timetable import Changes, Fairness, Meeting, Share, Timetable, Unmet

__all__ = [
    "Changes",
    "Fairness",
    "Fixed",
    "Interpreter",
    "Meeting",
    "Party",
    "Round",
    "Share",
    "Slot",
    "Timetable",
    "Unmet",
    "Wish",
    "solve",
]
