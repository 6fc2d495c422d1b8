"""Where people stand in their courses: the rows of a few tables, counted by the engine."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from digna.learning.models import (
    CourseVersion,
    Enrolment,
    LessonProgress,
    QuizAttempt,
    TaskSubmission,
)
from digna_engines import courses

_STATES = {
    TaskSubmission.State.WAITING: courses.HANDED_IN,
    TaskSubmission.State.ACCEPTED: courses.ACCEPTED,
    TaskSubmission.State.AGAIN: courses.AGAIN,
}


def progress_of(enrolment: Enrolment) -> courses.Progress:
    """Return where one person stands."""
    return progress_of_all([enrolment])[enrolment.pk]


def share_versions(enrolments: Sequence[Enrolment]) -> None:
    """Read each version once for all who take it: its content is a hundred times a row's weight."""
    keys = {one.version_id for one in enrolments}
    versions = CourseVersion.objects.in_bulk(keys)
    for one in enrolments:
        one.version = versions[one.version_id]


def progress_of_all(enrolments: Sequence[Enrolment]) -> dict[int, courses.Progress]:
    """Return where each stands, in three reads however many they are."""
    done = done_of_all(enrolments)
    return {one.pk: courses.progress(one.version.course_read, done[one.pk]) for one in enrolments}


def done_of_all(enrolments: Sequence[Enrolment]) -> dict[int, courses.Done]:
    """Return what each did, by enrolment."""
    keys = [one.pk for one in enrolments]
    lessons: dict[int, set[str]] = defaultdict(set)
    for key, code in LessonProgress.objects.filter(enrolment__in=keys).values_list(
        "enrolment", "lesson_code"
    ):
        lessons[key].add(code)
    attempts: dict[int, list[QuizAttempt]] = defaultdict(list)
    for attempt in QuizAttempt.objects.filter(enrolment__in=keys):
        attempts[attempt.enrolment_id].append(attempt)
    handed: dict[int, list[TaskSubmission]] = defaultdict(list)
    rows = TaskSubmission.objects.filter(enrolment__in=keys).order_by("at", "pk")
    for row in rows.only("enrolment", "lesson_code", "task_code", "state", "at"):
        handed[row.enrolment_id].append(row)
    return {
        one.pk: courses.Done(
            frozenset(lessons[one.pk]),
            best_answers(one, attempts[one.pk]),
            task_states(handed[one.pk]),
        )
        for one in enrolments
    }


def best_answers(
    enrolment: Enrolment, attempts: Iterable[QuizAttempt]
) -> dict[tuple[str, str], int]:
    """Return the most right answers of each quiz; those to an older wording are graded again."""
    best: dict[tuple[str, str], int] = {}
    for attempt in attempts:
        key = (attempt.lesson_code, attempt.quiz_code)
        best[key] = max(best.get(key, 0), _right(enrolment, attempt))
    return best


def _right(enrolment: Enrolment, attempt: QuizAttempt) -> int:
    if attempt.version_id == enrolment.version_id:
        return attempt.right_count
    lesson = enrolment.version.course_read.lesson(attempt.lesson_code)
    for quiz in lesson.quizzes() if lesson is not None else ():
        if quiz.code == attempt.quiz_code:
            return courses.grade_quiz(quiz, attempt.answers).right
    return 0


def task_states(rows: Iterable[TaskSubmission]) -> dict[tuple[str, str], str]:
    """Return the state of each task: accepted once is accepted; else what its latest says."""
    states: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row.lesson_code, row.task_code)
        if states.get(key) != courses.ACCEPTED:
            states[key] = _STATES[TaskSubmission.State(row.state)]
    return states
