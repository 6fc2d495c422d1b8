"""The room's tables, by noun. Django finds models through this module."""

from digna.results.models.effects import EffectRun, EffectStudy
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
from digna.results.models.quality import (
    QualityCheck,
    QualityGrade,
    QualityRun,
    VerificationSample,
    VerifiedRecord,
)
from digna.results.models.reviews import IndicatorReview, ReviewComment

__all__ = [
    "ActivityStatus",
    "Baseline",
    "Computation",
    "EffectRun",
    "EffectStudy",
    "Figure",
    "FigureSlice",
    "IatiFile",
    "IatiProfile",
    "Indicator",
    "IndicatorReview",
    "OrganisationType",
    "QualityCheck",
    "QualityGrade",
    "QualityRun",
    "ReportedActual",
    "ReportingPeriod",
    "ResultType",
    "ReviewComment",
    "StatedValue",
    "Target",
    "VerificationSample",
    "VerifiedRecord",
]
