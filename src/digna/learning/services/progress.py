"""What a learner does in a lesson: finishes it, answers a quiz, ticks a list; what a package says.

Nothing that arrives late is thrown away: work of somebody who withdrew, or in a lesson that a
newer version no longer has, is kept. Only what no version of the course ever asked is refused.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.learning import settling
from digna.learning.models import (
    ChecklistMark,
    CourseVersion,
    Enrolment,
    LessonProgress,
    PackageResult,
    QuizAttempt,
)
from digna_engines import courses

Coded = TypeVar("Coded", courses.Quiz, courses.Task, courses.Checklist)


@writes("learning.lesson.finished")
def finish_lesson(*, actor: Actor, enrolment: Enrolment, lesson: str) -> LessonProgress:
    """Note that somebody finished a lesson; once is enough, the first day stays.

    Raises:
        Refused: `learning.lesson.unknown`.
    """
    find_lesson(enrolment, lesson)
    enrolment = settling.locked(enrolment)
    row = LessonProgress.objects.filter(enrolment=enrolment, lesson_code=lesson).first()
    if row is None:
        row = record.add(
            LessonProgress(enrolment=enrolment, lesson_code=lesson, finished_at=actor.at)
        )
    elif actor.at < row.finished_at:
        record.change(row, finished_at=actor.at)
    _stepped(actor, enrolment)
    return row


@writes("learning.quiz.answered")
def answer_quiz(
    *, actor: Actor, enrolment: Enrolment, lesson: str, quiz: str, answers: Mapping[str, Any]
) -> QuizAttempt:
    """Grade the answers and keep them; every attempt stays, the best counts.

    Raises:
        Refused: `learning.lesson.unknown`, `learning.quiz.unanswered` (nothing was answered).
    """
    version, found = find_lesson(enrolment, lesson)
    asked = coded(found.quizzes(), quiz)
    graded = courses.grade_quiz(asked, answers)
    if not any(one.is_answered for one in graded.grades):
        raise Refused(
            "learning.quiz.unanswered", _("No respondió ninguna pregunta. Responda y envíe.")
        )
    enrolment = settling.locked(enrolment)
    known = {question.code for question in asked.questions}
    row = record.add(
        QuizAttempt(
            enrolment=enrolment,
            version=version,
            lesson_code=lesson,
            quiz_code=quiz,
            answers=sealing.plain({code: answers[code] for code in sorted(known & set(answers))}),
            right_count=graded.right,
            question_count=graded.total,
            at=actor.at,
        )
    )
    _stepped(actor, enrolment)
    return row


@writes("learning.checklist.marked")
def mark_checklist(
    *, actor: Actor, enrolment: Enrolment, lesson: str, checklist: str, ticked: frozenset[str]
) -> int:
    """Note which lines of a checklist are ticked; the latest word on each line stands.

    Raises:
        Refused: `learning.lesson.unknown`.
    """
    _version, found = find_lesson(enrolment, lesson)
    listed = coded(found.checklists(), checklist)
    enrolment = settling.locked(enrolment)
    rows = ChecklistMark.objects.filter(
        enrolment=enrolment, lesson_code=lesson, checklist_code=checklist
    )
    marks = {row.item_code: row for row in rows}
    for item in listed.items:
        _mark(actor, enrolment, (lesson, checklist, item.code), marks.get(item.code),
              is_done=item.code in ticked)  # fmt: skip
    _stepped(actor, enrolment)
    return len(ticked & {item.code for item in listed.items})


@writes("learning.package.reported")
def record_package(
    *,
    actor: Actor,
    enrolment: Enrolment,
    package: str,
    is_complete: bool,
    is_passed: bool | None = None,
    score: Decimal | None = None,
    score_most: Decimal | None = None,
) -> int:
    """Keep what a package reported; a lesson that shows it is finished once it is complete.

    What was complete or passed stays so: a second look at a package takes nothing away.

    Raises:
        Refused: `learning.package.unknown`.
    """
    lessons = [
        lesson.code
        for lesson in enrolment.version.course_read.lessons()
        if package in {block.package for block in lesson.packages()}
    ]
    if not lessons:
        raise Refused("learning.package.unknown", _("Ese paquete no es de este curso."))
    told = {"is_complete": is_complete, "is_passed": is_passed, "score": score,
            "score_most": score_most}  # fmt: skip
    for lesson in lessons:
        _report(actor, enrolment, lesson, package, told)
        if is_complete:
            finish_lesson(actor=actor, enrolment=enrolment, lesson=lesson)
    return len(lessons)


def find_lesson(enrolment: Enrolment, code: str) -> tuple[CourseVersion, courses.Lesson]:
    """Return a lesson of the version somebody takes, else of the latest that has it.

    Raises:
        Refused: `learning.lesson.unknown`.
    """
    found = enrolment.version.course_read.lesson(code)
    if found is not None:
        return enrolment.version, found
    others = CourseVersion.objects.filter(
        course=enrolment.course_id, state=CourseVersion.State.PUBLISHED
    ).exclude(pk=enrolment.version_id)
    for version in others:
        found = version.course_read.lesson(code)
        if found is not None:
            return version, found
    raise _unknown()


def coded(blocks: tuple[Coded, ...], code: str) -> Coded:
    """Return the block of a lesson by its code.

    Raises:
        Refused: `learning.lesson.unknown`.
    """
    for block in blocks:
        if block.code == code:
            return block
    raise _unknown()


def _unknown() -> Refused:
    return Refused(
        "learning.lesson.unknown",
        _("Eso no está en ninguna versión del curso. Vuelva a abrir la lección."),
    )


def _mark(
    actor: Actor,
    enrolment: Enrolment,
    key: tuple[str, str, str],
    row: ChecklistMark | None,
    *,
    is_done: bool,
) -> None:
    if row is None:
        if is_done:
            lesson, checklist, item = key
            record.add(
                ChecklistMark(
                    enrolment=enrolment, lesson_code=lesson, checklist_code=checklist,
                    item_code=item, is_done=True, at=actor.at,
                )
            )  # fmt: skip
    elif row.is_done != is_done and actor.at >= row.at:
        record.change(row, is_done=is_done, at=actor.at)


def _report(
    actor: Actor, enrolment: Enrolment, lesson: str, package: str, told: Mapping[str, Any]
) -> None:
    row = PackageResult.objects.filter(
        enrolment=enrolment, lesson_code=lesson, package=package
    ).first()
    if row is None:
        record.add(
            PackageResult(
                enrolment=enrolment, lesson_code=lesson, package=package, at=actor.at, **told
            )
        )
        return
    kept = dict(told)
    kept["is_complete"] = row.is_complete or told["is_complete"]
    kept["is_passed"] = True if row.is_passed else _either(told["is_passed"], row.is_passed)
    if told["score"] is None or (row.score is not None and row.score > told["score"]):
        kept["score"], kept["score_most"] = row.score, row.score_most
    record.change(row, at=max(actor.at, row.at), **kept)


def _either(new: bool | None, old: bool | None) -> bool | None:
    return old if new is None else new


def _stepped(actor: Actor, enrolment: Enrolment) -> None:
    settling.touch(actor, enrolment)
    settling.settle(actor, enrolment)
