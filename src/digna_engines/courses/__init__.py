"""Courses: what one holds, how a quiz is graded, how far somebody is and what is still missing.

``read_course`` turns a declaration (the ``courses`` section of a kit) into a ``Course`` or says
every fault with its path; ``grade`` marks one answer; ``progress`` counts n of N and says whether
the course is passed and why not; ``lacks`` says what an author may still want to add.
"""

from digna_engines.courses.checking import Lack, lacks
from digna_engines.courses.content import (
    LANGUAGES,
    Block,
    Checklist,
    Choice,
    Course,
    Item,
    Lesson,
    Media,
    Package,
    Pair,
    Passing,
    Question,
    Quiz,
    Reading,
    Task,
    Text,
    Unit,
    said,
)
from digna_engines.courses.grading import Grade, QuizGrade, grade, grade_quiz, shuffled
from digna_engines.courses.noticing import Found
from digna_engines.courses.progress import (
    ACCEPTED,
    AGAIN,
    HANDED_IN,
    Condition,
    Done,
    Progress,
    progress,
)
from digna_engines.courses.reading import faults_of, read_course

__all__ = [
    "ACCEPTED",
    "AGAIN",
    "HANDED_IN",
    "LANGUAGES",
    "Block",
    "Checklist",
    "Choice",
    "Condition",
    "Course",
    "Done",
    "Found",
    "Grade",
    "Item",
    "Lack",
    "Lesson",
    "Media",
    "Package",
    "Pair",
    "Passing",
    "Progress",
    "Question",
    "Quiz",
    "QuizGrade",
    "Reading",
    "Task",
    "Text",
    "Unit",
    "faults_of",
    "grade",
    "grade_quiz",
    "lacks",
    "progress",
    "read_course",
    "said",
    "shuffled",
]
