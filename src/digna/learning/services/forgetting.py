"""What this room forgets of a person who is erased; what was counted stays counted."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils import timezone

from digna.journal import record, redaction
from digna.learning.models import Enrolment, QuizAttempt, TaskPhoto, TaskSubmission
from digna.registry.models import Person


def forget(person: Person) -> None:
    """Blank the texts, answers and links of a person; their photographs go for good."""
    enrolments = list(Enrolment.objects.filter(person=person))
    _blank(enrolments, {"token": None, "withdrawn_reason": ""})
    mine = {"enrolment__in": enrolments}
    _blank(list(TaskSubmission.objects.filter(**mine)), {"text": "", "note": ""})
    _blank(list(QuizAttempt.objects.filter(**mine)), {"answers": {}})
    photos = list(TaskPhoto.objects.filter(submission__enrolment__in=enrolments))
    redaction.forget(model=TaskPhoto, keys=[row.pk for row in photos], at=timezone.now())
    for photo in photos:
        file = photo.file
        record.note(photo, erased=True)
        photo.delete()
        file.delete(save=False)


def _blank(rows: Sequence[models.Model], values: dict[str, Any]) -> None:
    if not rows:
        return
    redaction.forget(model=type(rows[0]), keys=[row.pk for row in rows], at=timezone.now())
    for row in rows:
        record.blank(row, **values)
