"""What a telephone kept while it had no signal: taken in by the same form and service as a page.

Values are what the forms of a lesson send (`enrolment`, `link` of who has no account, `lesson` and
the rest). A receipt says what is true now, so that the telephone can show it without asking again.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from digna.journal import intake
from digna.journal.actor import Actor
from digna.learning import access, answering, doing
from digna.learning.models import Enrolment, QuizAttempt, TaskSubmission
from digna.learning.selectors import standing

Values = Mapping[str, Any]
Files = Mapping[str, "UploadedFile[Any]"]
Do = Callable[[Actor, Enrolment, Values, Files], object]

DOINGS: dict[str, Do] = {
    "learning.lesson.finished": doing.finish_lesson,
    "learning.quiz.answered": doing.answer_quiz,
    "learning.checklist.marked": doing.mark_checklist,
    "learning.task.handed_in": doing.hand_in_task,
}


def ready() -> None:
    """Offer this room's doors to the field sync."""
    for action, do in DOINGS.items():
        take = _taking(do)
        # One service each, held by its intention: done again it only says what is true now.
        intake.takes(action, again=take)(take)


def _taking(do: Do) -> intake.Take:
    def take(actor: Actor, values: Values, files: Files) -> object:
        enrolment = access.arriving_enrolment(
            actor.user, _key(answering.one(values, "enrolment")), answering.one(values, "link")
        )
        return receipt(do(actor, enrolment, values, files), enrolment)

    return take


def receipt(done: object, enrolment: Enrolment) -> dict[str, Any]:
    """Return what is true now: where the person stands, what was graded, what was said before."""
    enrolment = Enrolment.objects.select_related("version", "course", "certificate").get(
        pk=enrolment.pk
    )
    told: dict[str, Any] = {"course": enrolment.course.code, **standing_of(enrolment)}
    if isinstance(done, QuizAttempt):
        told |= {"right": done.right_count, "questions": done.question_count}
    if isinstance(done, TaskSubmission):
        told |= {"task": done.state, "submission": str(done.public_id)}
    note = _note(done, enrolment)
    return told | ({"note": note} if note else {})


def standing_of(enrolment: Enrolment) -> dict[str, Any]:
    """Return n of N of everything as plain values."""
    stands = standing.progress_of(enrolment)
    names = ("lessons", "answers", "tasks")
    counts = {name: list(getattr(stands, name)) for name in names}
    certificate = enrolment.certificate
    return {
        "state": enrolment.state,
        **counts,
        "handed_in": stands.handed_in,
        "next_lesson": stands.next_lesson,
        "certificate": certificate.code if certificate is not None else None,
    }


def _note(done: object, enrolment: Enrolment) -> str:
    if enrolment.state == Enrolment.State.WITHDRAWN:
        return _("Quedó guardado. Usted figura como retirada/o: avise si quiere volver.")
    if isinstance(done, TaskSubmission) and _was_accepted_before(done):
        return _("Quedó guardada. Esa tarea ya estaba aceptada: no hace falta más.")
    return ""


def _was_accepted_before(done: TaskSubmission) -> bool:
    return (
        TaskSubmission.objects.filter(
            enrolment=done.enrolment_id,
            lesson_code=done.lesson_code,
            task_code=done.task_code,
            state=TaskSubmission.State.ACCEPTED,
        )
        .exclude(pk=done.pk)
        .exists()
    )


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
