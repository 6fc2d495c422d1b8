"""To which partner this room's rows belong: all of it hangs on a firm."""

from digna.registry.ownership import REFERENCE, declare, follows

declare(
    {
        "improvement.instrument": REFERENCE,
        "improvement.instrumentversion": REFERENCE,
        "improvement.boardkpi": follows("enterprise", hush=("note",)),
        "improvement.observation": follows("board_kpi", hush=("confirmed_reason",)),
        "improvement.missingvalue": follows("measurement", hush=("reason",)),
        "improvement.checklistrun": follows("enterprise"),
        "improvement.checklistanswer": follows("run", hush=("note", "action", "who")),
        "improvement.continuityplan": follows("enterprise"),
        "improvement.continuityaction": follows("plan", hush=("what", "who")),
        "improvement.measurement": follows("enterprise"),
        "improvement.headcount": follows("measurement"),
        "improvement.practiceanswer": follows("measurement"),
        "improvement.project": follows(
            "enterprise", hush=("title", "responsible", "confirmed_reason")
        ),
        "improvement.projectphoto": follows("project", gone_when_quiet=True),
        "improvement.pulseround": follows("enterprise"),
        "improvement.suggestion": follows("round", hush=("text", "answer")),
    }
)
