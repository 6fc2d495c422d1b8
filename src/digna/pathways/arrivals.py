"""What a telephone kept without a signal: by the same door, form and service as the page."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal.actor import Actor
from digna.journal.intake import takes
from digna.pathways import access
from digna.pathways.firm_forms import StepForm
from digna.pathways.services import steps


@takes("pathways.step.recorded")
def record_step(
    actor: Actor, values: Mapping[str, Any], files: "Mapping[str, UploadedFile[bytes]]"
) -> dict[str, str]:
    """Take in how far a step is: `enterprise` (its public id) and `step` beside the form's values.

    Raises:
        Refused: `pathways.arrival.unreadable`, with the fields that could not be read, and those
            of the service; NotVisible: the firm is not this user's.
    """
    try:
        key = uuid.UUID(str(values.get("enterprise", "")))
    except ValueError:
        raise _unreadable(["enterprise"]) from None
    firm = access.firm(actor.user, key, access.WORK)
    form = StepForm({"currency": "BOB", **values}, files)
    if not form.is_valid():
        raise _unreadable(sorted(form.errors))
    row = steps.record_step(
        actor=actor, enterprise=firm, step=str(values.get("step", "")), **form.values
    )
    return {"progress": str(row.public_id)}


def _unreadable(fields: list[str]) -> Refused:
    return Refused(
        "pathways.arrival.unreadable",
        _("No se entendió lo que llegó del teléfono (%(fields)s). Anótelo otra vez.")
        % {"fields": ", ".join(fields)},
        fields=fields,
    )
