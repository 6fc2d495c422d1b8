"""A firm sets out on a pathway, answers what the register does not know, leaves it."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.pathways import answers
from digna.pathways.models import FirmAnswer, FirmPathway
from digna.pathways.selectors.library import shelf
from digna.registry.models import Enterprise
from digna_engines.pathways.conditions import Answer


@writes("pathways.pathway.started")
def start_pathway(
    *, actor: Actor, enterprise: Enterprise, code: str, on: date | None = None
) -> FirmPathway:
    """Set out on a pathway; one that was left is taken up again with the library of that day.

    Raises:
        Refused: `pathways.pathway.unknown`.
    """
    found = shelf()
    if code not in found.library.pathways:
        raise Refused(
            "pathways.pathway.unknown",
            _("No hay una ruta con ese nombre. Elija una de la lista."),
            field="code",
        )
    day = on or timezone.localdate(actor.at)
    standing = FirmPathway.objects.filter(enterprise=enterprise, code=code).first()
    if standing is None:
        return record.add(
            FirmPathway(
                enterprise=enterprise, code=code, started_on=day, started_by=actor.user,
                kits=dict(found.versions), recorded_at=actor.at,
            )
        )  # fmt: skip
    if standing.left_on is None:
        return standing
    return record.change(
        standing, left_on=None, left_reason="", started_on=day, kits=dict(found.versions),
        recorded_at=actor.at,
    )  # fmt: skip


@writes("pathways.pathway.left")
def leave_pathway(*, actor: Actor, pathway: FirmPathway, reason: str = "") -> FirmPathway:
    """Leave a pathway: it goes off the lists; what was done on it stays the firm's."""
    return record.change(pathway, left_on=timezone.localdate(actor.at), left_reason=reason.strip())


@writes("pathways.answers.given")
def answer_questions(
    *,
    actor: Actor,
    enterprise: Enterprise,
    given: Mapping[str, Answer | None],
    on: date | None = None,
) -> int:
    """Keep what a firm answered; None takes an answer back. Returns how many changed.

    Raises:
        Refused: `pathways.question.unknown`.
    """
    questions = shelf().library.questions
    rows = FirmAnswer.objects.filter(enterprise=enterprise).order_by("on", "id")
    standing = {row.question: row.value for row in rows}
    changed = 0
    for key, value in given.items():
        if key not in questions:
            raise Refused(
                "pathways.question.unknown", _("Esa pregunta ya no está. Vuelva a abrir la página.")
            )
        text = "" if value is None else answers.written(value)
        if text == standing.get(key, ""):
            continue
        record.add(
            FirmAnswer(
                enterprise=enterprise, question=key, value=text, by=actor.user,
                on=on or timezone.localdate(actor.at),
            )
        )  # fmt: skip
        changed += 1
    return changed
