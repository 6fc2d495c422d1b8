"""How far somebody is in a course: n of N of each thing, and what passing still asks for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from digna_engines.courses.content import Course, Lesson

HANDED_IN, ACCEPTED, AGAIN = "handed_in", "accepted", "again"


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody did: lessons finished, best right answers per quiz, state per task.

    Keys of ``quizzes`` and ``tasks`` are (lesson code, own code). What a course no longer holds
    is left aside, so that the same record can be read against a newer version.
    """

    lessons: frozenset[str] = frozenset()
    quizzes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    tasks: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that passing asks for: ``count`` of ``total``, at least ``least`` of them."""

    code: str
    count: int
    total: int
    least: int

    @property
    def is_met(self) -> bool:
        return self.count >= self.least

    @property
    def lacking(self) -> int:
        """How many are still missing."""
        return max(self.least - self.count, 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody stands.

    Attributes:
        lessons, answers, tasks: (n, N): lessons finished, questions right, tasks as passing counts.
        handed_in: tasks handed in, whatever was said of them.
        conditions: what passing asks for, lessons first; those that ask for nothing are left out.
        next_lesson: the first that is not finished, else the first with something still to do.
    """

    lessons: tuple[int, int]
    answers: tuple[int, int]
    tasks: tuple[int, int]
    handed_in: int
    conditions: tuple[Condition, ...]
    next_lesson: str | None

    @property
    def is_passed(self) -> bool:
        return all(condition.is_met for condition in self.conditions)

    @property
    def share(self) -> Decimal:
        """Lessons finished over lessons: what a bar shows."""
        done, total = self.lessons
        return Decimal(done) / total if total else Decimal(0)


def progress(course: Course, done: Done) -> Progress:
    """Count what was done of a course.

    A share asked for is rounded up to whole things: 0.6 of 8 questions are 5.
    """
    lessons = [lesson.code for lesson in course.lessons()]
    finished = sum(code in done.lessons for code in lessons)
    right, questions = _answers(course, done)
    states = [
        done.tasks.get((lesson.code, task.code), "")
        for lesson in course.lessons()
        for task in lesson.tasks()
    ]
    counted = _counted(course.passing.tasks, states)
    passing = course.passing
    asked = (
        Condition("lessons", finished, len(lessons), _least(passing.lessons, len(lessons))),
        Condition("quizzes", right, questions, _least(passing.quizzes, questions)),
        Condition("tasks", counted, len(states), 0 if passing.tasks == "none" else len(states)),
    )
    return Progress(
        lessons=(finished, len(lessons)),
        answers=(right, questions),
        tasks=(counted, len(states)),
        handed_in=sum(bool(state) for state in states),
        conditions=tuple(one for one in asked if one.least),
        next_lesson=_next_lesson(course, done),
    )


def _answers(course: Course, done: Done) -> tuple[int, int]:
    right = questions = 0
    for lesson in course.lessons():
        for quiz in lesson.quizzes():
            total = len(quiz.questions)
            right += min(done.quizzes.get((lesson.code, quiz.code), 0), total)
            questions += total
    return right, questions


def _counted(asked: str, states: list[str]) -> int:
    """Tasks in the state that passing asks for; where it asks for none, those accepted."""
    if asked == "handed_in":
        return sum(state in (HANDED_IN, ACCEPTED) for state in states)
    return sum(state == ACCEPTED for state in states)


def _least(share: Decimal, total: int) -> int:
    """The whole number of things that reaches a share.

    >>> _least(Decimal("0.6"), 8), _least(Decimal(1), 3), _least(Decimal("0.6"), 0)
    (5, 3, 0)
    """
    return math.ceil(share * total)


def _next_lesson(course: Course, done: Done) -> str | None:
    lessons = list(course.lessons())
    open_ones = [lesson for lesson in lessons if lesson.code not in done.lessons]
    waiting = [lesson for lesson in lessons if _has_work(lesson, done)]
    first = next(iter(open_ones or waiting), None)
    return first.code if first is not None else None


def _has_work(lesson: Lesson, done: Done) -> bool:
    """Whether a task is not handed in, or came back to be done again."""
    states = (done.tasks.get((lesson.code, task.code), "") for task in lesson.tasks())
    return any(state in ("", AGAIN) for state in states)
