"""The room's tables, by noun. Django finds models through this module."""

from digna.results.models.chains import (
    ChainArrow,
    ChainAssumption,
    ChainBox,
    ChainEvidence,
    ChainReview,
    ChainVersion,
    ResultsChain,
)
from digna.results.models.figures import (
    Computation,
    Figure,
    FigureSlice,
    Indicator,
    ReportedActual,
    ReportingPeriod,
    StatedValue,
    Target,
)
from digna.results.models.leaving import (
    ActivityStatus,
    Baseline,
    IatiFile,
    IatiProfile,
    OrganisationType,
    ResultType,
)
from digna.results.models.self_check import StandardAnswer, StandardAssessment

__all__ = [
    "ActivityStatus",
    "Baseline",
    "ChainArrow",
    "ChainAssumption",
    "ChainBox",
    "ChainEvidence",
    "ChainReview",
    "ChainVersion",
    "Computation",
    "Figure",
    "FigureSlice",
    "IatiFile",
    "IatiProfile",
    "Indicator",
    "OrganisationType",
    "ReportedActual",
    "ReportingPeriod",
    "ResultType",
    "ResultsChain",
    "StandardAnswer",
    "StandardAssessment",
    "StatedValue",
    "Target",
]
