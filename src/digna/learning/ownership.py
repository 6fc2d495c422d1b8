"""To which partner this room's rows belong: courses are nobody's, work goes with its person."""

from digna.registry.ownership import REFERENCE, declare, follows, of_partner

declare(
    {
        "learning.course": REFERENCE,
        "learning.courseversion": REFERENCE,
        "learning.mediafile": REFERENCE,
        "learning.group": of_partner("partner"),
        "learning.enrolment": follows("person", blanks={"token": None}, hush=("withdrawn_reason",)),
        "learning.unitattendance": follows("enrolment"),
        "learning.lessonprogress": follows("enrolment"),
        "learning.quizattempt": follows("enrolment"),
        "learning.checklistmark": follows("enrolment"),
        "learning.tasksubmission": follows("enrolment", hush=("text", "note")),
        "learning.taskphoto": follows("submission", gone_when_quiet=True),
        "learning.packageresult": follows("enrolment"),
    }
)
