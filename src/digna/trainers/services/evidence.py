"""The portfolio: pieces added by the trainer, accepted or returned by an expert, from afar."""

from datetime import date

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Person
from digna.trainers import access
from digna.trainers.models import Evidence, Way
from digna.training.models import Cycle


@writes("trainers.evidence.added")
def add(
    *,
    actor: Actor,
    way: Way,
    kind: str,
    on: date,
    hours: int | None = None,
    cycle: Cycle | None = None,
    note: str = "",
    file: "File[bytes] | None" = None,
) -> Evidence:
    """Add a piece to the portfolio; it waits for an expert's word.

    Raises:
        Refused: `trainers.evidence.hours` (training of trainers without its hours),
            `trainers.evidence.future`, `trainers.evidence.empty`.
    """
    if kind == Evidence.Kind.TOT and not hours:
        raise Refused(
            "trainers.evidence.hours",
            _("Escriba cuántas horas duró la formación de formadores."),
            field="hours",
        )
    if on > timezone.localdate(actor.at):
        raise Refused(
            "trainers.evidence.future", _("La fecha todavía no llega. Corríjala."), field="on"
        )
    if not (note.strip() or cycle or file or hours):
        raise Refused(
            "trainers.evidence.empty",
            _("Diga qué hizo, elija el ciclo o suba un archivo: sin eso no hay qué firmar."),
            field="note",
        )
    piece = Evidence(
        way=way, kind=kind, on=on, hours=hours, cycle=cycle, note=note.strip(), added_by=actor.user
    )
    if file is not None:
        piece.file.save(file.name or "evidencia", file, save=False)
    return record.add(piece)


@writes("trainers.evidence.removed")
def remove(*, actor: Actor, evidence: Evidence) -> None:
    """Take back a piece that nobody has judged.

    Raises:
        Refused: `trainers.evidence.judged`.
    """
    if evidence.state != Evidence.State.PENDING:
        raise Refused(
            "trainers.evidence.judged",
            _("Ya tiene la palabra de una persona experta: queda en el portafolio."),
        )
    record.remove(evidence)


@writes("trainers.evidence.accepted")
def accept(*, actor: Actor, evidence: Evidence, comment: str = "") -> Evidence:
    """Accept a piece.

    Raises:
        NotAllowed: `trainers.not_yours_to_sign`.
    """
    return _judge(actor, evidence, Evidence.State.ACCEPTED, comment)


@writes("trainers.evidence.returned")
def send_back(*, actor: Actor, evidence: Evidence, comment: str) -> Evidence:
    """Return a piece with a comment on what it lacks.

    Raises:
        NotAllowed: `trainers.not_yours_to_sign`.
        Refused: `trainers.evidence.needs_comment`.
    """
    if not comment.strip():
        raise Refused(
            "trainers.evidence.needs_comment",
            _("Escriba qué le falta, para que pueda completarla."),
            field="comment",
        )
    return _judge(actor, evidence, Evidence.State.RETURNED, comment)


def _judge(actor: Actor, evidence: Evidence, state: str, comment: str) -> Evidence:
    if actor.user is not None:
        access.refuse_unsigned(actor.user, evidence.way)
    return record.change(
        evidence, state=state, comment=comment.strip(), judged_by=actor.user, judged_at=actor.at
    )


def forget(person: Person) -> None:
    """Blank what a portfolio says of a person who is erased; the rungs stay counted."""
    for piece in Evidence.objects.filter(way__trainer__person=person):
        if piece.file:
            piece.file.delete(save=False)
        record.blank(piece, note="", comment="", file="")
