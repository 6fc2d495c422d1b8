"""Everything this room keeps."""

from digna.rounds.models.after import Slip
from digna.rounds.models.rounds import BusinessRound, Interpreter, Party, Ruling, Slot, Wish
from digna.rounds.models.timetables import Meeting, Notice, Timetable

__all__ = [
    "BusinessRound",
    "Interpreter",
    "Meeting",
    "Notice",
    "Party",
    "Ruling",
    "Slip",
    "Slot",
    "Timetable",
    "Wish",
]
