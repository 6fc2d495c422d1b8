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
    "ResultsChain",
    "ReviewComment",
    "StandardAnswer",
    "StandardAssessment",
    "StatedValue",
    "Target",
    "VerificationSample",
    "VerifiedRecord",
]
