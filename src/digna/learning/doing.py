"""What a learner sends from a lesson, by form and service: from a page or from a telephone.

Each function takes the enrolment its door gave, the values as the form names them and the files,
and returns the row. The views redirect; `arrivals` turn it into a receipt.
"""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal.actor import Actor
from digna.learning import answering
from digna.learning.models import Enrolment
from digna.learning.services import progress, tasks

Values = Mapping[str, Any]
Files = Mapping[str, "UploadedFile[Any]"]


def finish_lesson(
    actor: Actor, enrolment: Enrolment, values: Values, _files: Files
) -> models.Model:
    """`lesson`."""
    return progress.finish_lesson(
        actor=actor, enrolment=enrolment, lesson=answering.one(values, "lesson")
    )


def answer_quiz(actor: Actor, enrolment: Enrolment, values: Values, _files: Files) -> models.Model:
    """`lesson`, `quiz` and the answers."""
    lesson, code = answering.one(values, "lesson"), answering.one(values, "quiz")
    _version, found = progress.find_lesson(enrolment, lesson)
    answers = answering.answers_in(progress.coded(found.quizzes(), code), values)
    return progress.answer_quiz(
        actor=actor, enrolment=enrolment, lesson=lesson, quiz=code, answers=answers
    )


def mark_checklist(actor: Actor, enrolment: Enrolment, values: Values, _files: Files) -> int:
    """`lesson`, `checklist` and every `item` that is ticked."""
    return progress.mark_checklist(
        actor=actor,
        enrolment=enrolment,
        lesson=answering.one(values, "lesson"),
        checklist=answering.one(values, "checklist"),
        ticked=frozenset(answering.many(values, "item")),
    )


def hand_in_task(actor: Actor, enrolment: Enrolment, values: Values, files: Files) -> models.Model:
    """`lesson`, `task`, `text` and the files `photo`, `photo2`, `photo3`."""
    text = answering.one(values, "text")
    if len(text) > TEXT_MOST:
        raise Refused(
            "learning.task.too_long",
            _("El texto tiene %(length)s letras y el máximo es %(most)s. Acórtelo.")
            % {"length": len(text), "most": TEXT_MOST},
            field="text",
        )
    return tasks.hand_in(
        actor=actor,
        enrolment=enrolment,
        lesson=answering.one(values, "lesson"),
        task=answering.one(values, "task"),
        text=text,
        photos=[file.read() for file in _pictures(files)],
    )


TEXT_MOST = 4000


def _pictures(files: Files) -> "list[UploadedFile[Any]]":
    getlist = getattr(files, "getlist", None)
    found = list(getlist("photo")) if getlist is not None else []
    if not found and "photo" in files:
        found = [files["photo"]]
    return found + [files[name] for name in ("photo2", "photo3") if name in files]
