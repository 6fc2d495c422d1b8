"""Tasks that wait for somebody's word, and one of them with what it was asked to show."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from digna.learning.models import TaskPhoto, TaskSubmission
from digna_engines import courses
from digna_engines.courses import said

State = TaskSubmission.State


@dataclass(frozen=True, slots=True)
class Asked:
    """What a task asked for, in the version in which it was handed in."""

    name: str
    asks: str
    lesson: str
    criteria: list[tuple[str, str]]


def waiting(rows: QuerySet[TaskSubmission]) -> QuerySet[TaskSubmission]:
    """Return what waits, the oldest first; not what was replaced or is accepted already."""
    same = TaskSubmission.objects.filter(
        enrolment=OuterRef("enrolment"),
        lesson_code=OuterRef("lesson_code"),
        task_code=OuterRef("task_code"),
    ).exclude(pk=OuterRef("pk"))
    newer = same.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    return (
        rows.filter(state=State.WAITING)
        .exclude(Exists(newer))
        .exclude(Exists(same.filter(state=State.ACCEPTED)))
        .select_related("enrolment__person", "enrolment__course", "enrolment__group")
        .order_by("at", "pk")
    )


def asked_of(submission: TaskSubmission, language: str = "es") -> Asked:
    """Return what was asked; a task that no version has any more says its code."""
    lesson = submission.version.course_read.lesson(submission.lesson_code)
    for task in lesson.tasks() if lesson is not None else ():
        if lesson is not None and task.code == submission.task_code:
            return _asked(lesson, task, language)
    return Asked(submission.task_code, "", submission.lesson_code, [])


def _asked(lesson: courses.Lesson, task: courses.Task, language: str) -> Asked:
    return Asked(
        name=said(task.name, language),
        asks=said(task.asks, language),
        lesson=said(lesson.name, language),
        criteria=[(one.code, said(one.text, language)) for one in task.criteria],
    )


def photos_of(submission: TaskSubmission) -> list[TaskPhoto]:
    """Return the photographs of a task."""
    return list(submission.photos.all())


def earlier(submission: TaskSubmission) -> list[TaskSubmission]:
    """Return what the same person handed in before of the same task."""
    rows = TaskSubmission.objects.filter(
        enrolment=submission.enrolment_id,
        lesson_code=submission.lesson_code,
        task_code=submission.task_code,
    )
    return list(rows.exclude(pk=submission.pk).select_related("reviewed_by"))
