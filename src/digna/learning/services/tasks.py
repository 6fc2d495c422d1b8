"""Tasks of one's own workshop: handed in with words and photographs, reviewed by somebody."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from digna.errors import Clash, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.learning import settling
from digna.learning.models import Enrolment, TaskPhoto, TaskSubmission
from digna.learning.services import progress
from digna.web import photos as pictures

State = TaskSubmission.State
PHOTOS_MOST = 3


@writes("learning.task.handed_in")
def hand_in(
    *,
    actor: Actor,
    enrolment: Enrolment,
    lesson: str,
    task: str,
    text: str = "",
    photos: Sequence[bytes] = (),
) -> TaskSubmission:
    """Hand in a task; again is another submission, and the one before stays as it was judged.

    Raises:
        Refused: `learning.lesson.unknown`, `learning.task.needs_photo`, `learning.task.empty`,
            `learning.task.photos`, `web.photo.…`.
    """
    version, found = progress.find_lesson(enrolment, lesson)
    asked = progress.coded(found.tasks(), task)
    _refuse_unfit(asked.photo, text, photos)
    enrolment = settling.locked(enrolment)
    row = record.add(
        TaskSubmission(
            enrolment=enrolment,
            version=version,
            lesson_code=lesson,
            task_code=task,
            text=text.strip(),
            at=actor.at,
        )
    )
    if asked.photo != "none":
        for content in photos:
            file = pictures.compressed(content, name=task)
            record.add(TaskPhoto(submission=row, file=file, at=actor.at))
    settling.touch(actor, enrolment)
    settling.settle(actor, enrolment)
    return row


@writes("learning.task.reviewed")
def review(
    *,
    actor: Actor,
    submission: TaskSubmission,
    is_accepted: bool,
    met: Collection[str] = (),
    note: str = "",
) -> TaskSubmission:
    """Accept a task, or ask for it again saying what is missing.

    Raises:
        Refused: `learning.review.needs_words`; Clash: `learning.review.already`.
    """
    row = TaskSubmission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if row.state != State.WAITING:
        raise Clash(
            "learning.review.already",
            _("Otra persona ya revisó esta tarea. Siga con la próxima."),
        )
    if not is_accepted and not note.strip():
        raise Refused(
            "learning.review.needs_words",
            _("Escriba qué falta y cómo lograrlo: es lo que leerá quien hizo la tarea."),
            field="note",
        )
    record.change(
        row,
        state=State.ACCEPTED if is_accepted else State.AGAIN,
        met=sorted(met),
        note=note.strip(),
        reviewed_by=actor.user,
        reviewed_at=actor.at,
    )
    settling.settle(actor, settling.locked(row.enrolment))
    return row


def _refuse_unfit(photo: str, text: str, photos: Sequence[bytes]) -> None:
    if photo == "required" and not photos:
        raise Refused(
            "learning.task.needs_photo",
            _("Falta la foto: tómela y envíe la tarea otra vez."),
            field="photo",
        )
    if not text.strip() and not photos:
        raise Refused(
            "learning.task.empty", _("Cuente qué hizo, o agregue una foto."), field="text"
        )
    if len(photos) > PHOTOS_MOST:
        raise Refused(
            "learning.task.photos",
            _("Una tarea lleva hasta %(most)s fotos. Elija las mejores.") % {"most": PHOTOS_MOST},
            field="photo",
        )
