"""Instruments and their versions; measurements; the board; projects; checklists; pulses; plans."""

from digna.improvement.models.board import BoardKpi, MissingValue, Observation
from digna.improvement.models.checklists import ChecklistAnswer, ChecklistRun
from digna.improvement.models.continuity import ContinuityAction, ContinuityPlan
from digna.improvement.models.instruments import Instrument, InstrumentVersion
from digna.improvement.models.measurements import Headcount, Measurement, PracticeAnswer
from digna.improvement.models.projects import Project, ProjectPhoto
from digna.improvement.models.pulses import PulseRound, Suggestion

__all__ = [
    "BoardKpi",
    "ChecklistAnswer",
    "ChecklistRun",
    "ContinuityAction",
    "ContinuityPlan",
    "Headcount",
    "Instrument",
    "InstrumentVersion",
    "Measurement",
    "MissingValue",
    "Observation",
    "PracticeAnswer",
    "Project",
    "ProjectPhoto",
    "PulseRound",
    "Suggestion",
]
