"""The room's tables, by noun. Django finds models through this module."""

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

__all__ = [
    "ActivityStatus",
    "Baseline",
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
    "StatedValue",
    "Target",
]
