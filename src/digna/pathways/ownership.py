"""To which partner this room's rows belong: a firm's go with the firm, the library is nobody's."""

from digna.registry.ownership import REFERENCE, declare, follows, never

declare(
    {
        "pathways.firmpathway": follows("enterprise", hush=("left_reason",)),
        "pathways.firmanswer": follows("enterprise"),
        "pathways.stepprogress": follows(
            "enterprise", hush=("note", "number", "reason"), blanks={"before": None}
        ),
        "pathways.steppaper": follows("enterprise", hush=("title",), gone_when_quiet=True),
        "pathways.readinesscheck": follows("enterprise", blanks={"notes": {}}),
        "pathways.exportplan": follows("enterprise", hush=("buyer", "fact_sheet")),
        "pathways.stepreport": never("lo dice cualquiera y lo responde el programa"),
        "pathways.factcorrection": REFERENCE,
        "pathways.officialfile": REFERENCE,
        "pathways.officialrecord": REFERENCE,
        "pathways.factproposal": REFERENCE,
    }
)
