"""Forms filled in the field app: taken in by the same checks and service as those of Collect."""

import dataclasses
import logging
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from digna.errors import DomainError
from digna.journal import intake
from digna.journal.actor import Actor
from digna.programmes.models import Programme
from digna.surveys import access, receiving, storing
from digna.surveys.models import Submission, SurveyForm
from digna.surveys.services import submissions
from digna.surveys.services.submissions import Arrival

logger = logging.getLogger("digna.surveys")
ACTION = "surveys.submission.received"
Values = Mapping[str, Any]
Files = Mapping[str, "UploadedFile[Any]"]


def ready() -> None:
    """Offer this room's door to the field sync."""
    intake.takes(ACTION)(take)


def take(actor: Actor, values: Values, files: Files) -> dict[str, str]:
    """Take in one filled form: `programme` in its values, the XML and its files by their names.

    Returns:
        The receipt: `submission`, the key of what was received.

    Raises:
        NotVisible: `surveys.not_visible`: no such programme, or one to which they may not send.
        DomainError: whatever `receiving` refuses; it is noted in the journal of the form.
    """
    programme = _programme(actor, str(values.get("programme") or ""))
    form: SurveyForm | None = None
    try:
        xml, uploads = receiving.parts_of(_lists(files))
        sent = receiving.read(xml)
        form = receiving.form_of(programme, sent)
        source = Submission.Source.PAPER if values.get("paper") else Submission.Source.FIELD
        arrival = Arrival(sent, xml, receiving.put_down(uploads), source)
        made = receiving.settled(actor, form, arrival)
    except storing.NoRoom:
        raise
    except DomainError as problem:
        _note(actor, form, problem)
        raise
    return {"submission": str(made.public_id)}


def _programme(actor: Actor, code: str) -> Programme:
    """Return a programme to which the sender may send today."""
    row = Programme.objects.filter(code=code).first()
    if row is None or not access.may_send(actor.user, row):
        raise access.gone()
    return row


def _lists(files: Files) -> list[tuple[str, list["UploadedFile[Any]"]]]:
    if isinstance(files, MultiValueDict):
        return list(files.lists())
    return [(name, [file]) for name, file in files.items()]


def _note(actor: Actor, form: SurveyForm | None, problem: DomainError) -> None:
    """Note a refusal where its form is known; under no intention, so that it may still come in."""
    logger.warning("refused %s from %s", problem.code, actor.user)
    if form is not None:
        submissions.note_refusal(
            actor=dataclasses.replace(actor, intention=None),
            where=form,
            code=problem.code,
            form_id=form.form_id,
            facts={},
        )
