"""What this room keeps."""

from digna.learning.models.courses import Course, CourseVersion, MediaFile
from digna.learning.models.enrolments import Enrolment, Group, UnitAttendance
from digna.learning.models.work import (
    ChecklistMark,
    LessonProgress,
    PackageResult,
    QuizAttempt,
    TaskPhoto,
    TaskSubmission,
)

__all__ = [
    "ChecklistMark",
    "Course",
    "CourseVersion",
    "Enrolment",
    "Group",
    "LessonProgress",
    "MediaFile",
    "PackageResult",
    "QuizAttempt",
    "TaskPhoto",
    "TaskSubmission",
    "UnitAttendance",
]
