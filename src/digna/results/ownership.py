"""To which partner this room's rows belong: definitions go, figures are computed anew."""

from digna.registry.ownership import MIXED, REFERENCE, declare, never

declare(
    {
        "results.indicator": REFERENCE,
        "results.target": REFERENCE,
        "results.reportedactual": never(MIXED),
        "results.reportingperiod": never(MIXED),
        "results.computation": never(MIXED),
        "results.figure": never(MIXED),
        "results.figureslice": never(MIXED),
        "results.baseline": REFERENCE,
        "results.iatiprofile": never("quien informa a IATI es el programa"),
        "results.indicatorreview": never(MIXED),
        "results.reviewcomment": never(MIXED),
        "results.qualityrun": never(MIXED),
        "results.qualitycheck": never(MIXED),
        "results.qualitygrade": never(MIXED),
        "results.verificationsample": never(MIXED),
        "results.verifiedrecord": never(MIXED),
        "results.effectstudy": never(MIXED),
        "results.effectrun": never(MIXED),
        "results.iatifile": never("ya es público: lo publicó el programa"),
    }
)
