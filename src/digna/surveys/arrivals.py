"""Forms filled in the field app: taken in by the same checks and service as those of Collect."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from digna.errors import DomainError
from digna.journal import intake
from digna.journal.actor import Actor
from digna.programmes.models import Programme
from digna.surveys import access, receiving
from digna.surveys.models import Submission
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
        The receipt: `submission` (and `id`, as every receipt of a row has), its public key.

    Raises:
        NotVisible: `surveys.not_visible`: no such programme, or one to which they may not send.
        DomainError: whatever `receiving` refuses; it is in the log, without its content.
    """
    programme = _programme(actor, str(values.get("programme") or ""))
    try:
        made = _taken(actor, programme, values, files)
    except DomainError as problem:
        logger.warning("refused %s from %s", problem.code, actor.user and actor.user.pk)
        raise
    return {"id": str(made.public_id), "submission": str(made.public_id)}


def _taken(actor: Actor, programme: Programme, values: Values, files: Files) -> Submission:
    xml, uploads = receiving.parts_of(_lists(files))
    sent = receiving.read(xml)
    form = receiving.form_of(programme, sent)
    source = Submission.Source.PAPER if values.get("paper") else Submission.Source.FIELD
    arrival = Arrival(sent, xml, receiving.put_down(uploads), source)
    return receiving.settled(actor, form, arrival)


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
