"""To which partner this room's rows belong: all of it hangs on a firm."""

from digna.registry.ownership import REFERENCE, declare, follows

declare(
    {
        "improvement.instrument": REFERENCE,
        "improvement.instrumentversion": REFERENCE,
        "improvement.boardkpi": follows("enterprise"),
        "improvement.observation": follows("board_kpi", hush=("note",)),
        "improvement.missingvalue": follows("measurement"),
        "improvement.checklistrun": follows("enterprise"),
        "improvement.checklistanswer": follows("run"),
        "improvement.continuityplan": follows("enterprise"),
        "improvement.continuityaction": follows("plan"),
        "improvement.measurement": follows("enterprise"),
        "improvement.headcount": follows("measurement"),
        "improvement.practiceanswer": follows("measurement"),
        "improvement.project": follows("enterprise"),
        "improvement.projectphoto": follows("project", gone_when_quiet=True),
        "improvement.pulseround": follows("enterprise"),
        "improvement.pulsetally": follows("round"),
        "improvement.suggestion": follows("round"),
    }
)
