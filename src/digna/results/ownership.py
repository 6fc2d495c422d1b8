"""To which partner this room's rows belong: definitions go, figures are computed anew."""

from digna.registry.ownership import MIXED, REFERENCE, declare, never

CHAIN = "las cadenas de resultados y su revisión son del programa"

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
        "results.resultschain": never(CHAIN),
        "results.chainbox": never(CHAIN),
        "results.chainarrow": never(CHAIN),
        "results.chainassumption": never(CHAIN),
        "results.chainevidence": never(CHAIN),
        "results.chainreview": never(CHAIN),
        "results.chainversion": never(CHAIN),
        "results.standardanswer": never("se evalúa el programa, no el socio"),
        "results.standardassessment": never("se evalúa el programa, no el socio"),
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
