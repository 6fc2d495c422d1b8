"""The tables of this room, by what they are about."""

from digna.pathways.models.exporting import ExportPlan, ReadinessCheck
from digna.pathways.models.firms import (
    FirmAnswer,
    FirmPathway,
    StepPaper,
    StepProgress,
)
from digna.pathways.models.library import FactCorrection, StepReport
from digna.pathways.models.official import FactProposal, OfficialFile, OfficialRecord

__all__ = [
    "ExportPlan",
    "FactCorrection",
    "FactProposal",
    "FirmAnswer",
    "FirmPathway",
    "OfficialFile",
    "OfficialRecord",
    "ReadinessCheck",
    "StepPaper",
    "StepProgress",
    "StepReport",
]
