"""How far a firm is with a step: recorded, undone, begun again; its papers kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.pathways.models import StepPaper, StepProgress
from digna.pathways.selectors.library import shelf
from digna.registry.models import Enterprise
from digna.web import photos
from digna_engines.pathways import Step

State = StepProgress.State
KEPT = (
    "state", "reason", "began_on", "finished_on", "spent", "currency", "number", "expires_on",
    "note",
)  # fmt: skip
PAPERS_MOST = 12
BYTES_MAX = 10_000_000


@writes("pathways.step.recorded")
def record_step(
    *,
    actor: Actor,
    enterprise: Enterprise,
    step: str,
    state: str,
    reason: str = "",
    began_on: date | None = None,
    finished_on: date | None = None,
    spent: Decimal | None = None,
    currency: str = "BOB",
    number: str = "",
    expires_on: date | None = None,
    note: str = "",
    photo: bytes | None = None,
) -> StepProgress:
    """Record how far a firm is with the present turn of a step, with a photograph if there is one.

    A step that is done has a day; where its paper lasts a known time and no day is given, the day
    on which it expires is worked out. Nothing is forbidden because another step is not done.

    Raises:
        Refused: `pathways.step.unknown`, `pathways.step.needs_reason`, `pathways.step.future`,
            `pathways.step.days`, `pathways.step.negative`, and those of `add_paper`.
    """
    found = _step(step)
    today = timezone.localdate(actor.at)
    is_done = state == State.DONE
    finished_on = (finished_on or today) if is_done else None
    _refuse_unfit(today, state, reason, began_on, finished_on, spent, expires_on)
    if is_done and finished_on is not None and expires_on is None:
        expires_on = proposed_expiry(found, finished_on)
    values = {
        "state": state,
        "reason": reason.strip() if state == State.NOT_OURS else "",
        "began_on": began_on,
        "finished_on": finished_on,
        "spent": spent,
        "currency": currency,
        "number": number.strip(),
        "expires_on": expires_on if is_done else None,
        "note": note.strip(),
    }
    row = _kept(actor, enterprise, found.key, values)
    if photo:
        add_paper(actor=actor, progress=row, content=photo, is_photo=True)
    return row


def proposed_expiry(step: Step, finished_on: date) -> date | None:
    """Return when a paper got on a day lapses, or must be done again; None when not known."""
    for span in (step.valid_for, step.recurs):
        if span is not None and (day := span.after(finished_on)) is not None:
            return day
    return None


def _step(key: str) -> Step:
    found = shelf().library.steps.get(key)
    if found is None:
        raise Refused(
            "pathways.step.unknown", _("Ese paso ya no está en las rutas. Vuelva a su lista.")
        )
    return found


def _kept(actor: Actor, enterprise: Enterprise, step: str, values: dict[str, Any]) -> StepProgress:
    """Write the present turn: a new row, or what stood there kept for undoing."""
    version = shelf().kit_of.get(step, "")
    row = _latest(enterprise, step)
    if row is None:
        return record.add(
            StepProgress(
                enterprise=enterprise, step=step, kit_version=version, by=actor.user, at=actor.at,
                **values,
            )
        )  # fmt: skip
    standing = {name: getattr(row, name) for name in KEPT}
    if standing == values:
        return row
    before = {name: sealing.plain(value) for name, value in standing.items()}
    return record.change(
        row, **values, before=before, kit_version=version, by=actor.user, at=actor.at
    )


def _latest(enterprise: Enterprise, step: str) -> StepProgress | None:
    return StepProgress.objects.filter(enterprise=enterprise, step=step).order_by("turn").last()


def _refuse_unfit(
    today: date,
    state: str,
    reason: str,
    began_on: date | None,
    finished_on: date | None,
    spent: Decimal | None,
    expires_on: date | None,
) -> None:
    if state == State.NOT_OURS and not reason.strip():
        raise Refused(
            "pathways.step.needs_reason",
            _("Diga por qué no corresponde a esta empresa: otra persona lo leerá."),
            field="reason",
        )
    for name, day in (("began_on", began_on), ("finished_on", finished_on)):
        if day is not None and day > today:
            raise Refused(
                "pathways.step.future",
                _("Esa fecha todavía no llega. Escriba el día en que ocurrió."),
                field=name,
            )
    _refuse_disorder("finished_on", began_on, finished_on)
    _refuse_disorder("expires_on", finished_on, expires_on)
    if spent is not None and spent < 0:
        raise Refused(
            "pathways.step.negative", _("Escriba lo que gastó, sin signo."), field="spent"
        )


def _refuse_disorder(name: str, first: date | None, then: date | None) -> None:
    if first is not None and then is not None and then < first:
        raise Refused(
            "pathways.step.days",
            _("Esa fecha es anterior a la de antes. Corrija una de las dos."),
            field=name,
        )


@writes("pathways.step.undone")
def undo_step(*, actor: Actor, progress: StepProgress) -> StepProgress | None:
    """Take back the last thing recorded of a step; what was written first goes altogether.

    Raises:
        Refused: `pathways.step.nothing_to_undo`, `pathways.step.has_papers`.
    """
    if progress.before is None:
        has_papers = StepPaper.objects.filter(
            enterprise=progress.enterprise, step=progress.step, turn=progress.turn
        ).exists()
        if has_papers:
            raise Refused(
                "pathways.step.has_papers",
                _("Este paso tiene papeles guardados. Quítelos antes de deshacer."),
            )
        record.remove(progress)
        return None
    if not progress.before:
        raise Refused("pathways.step.nothing_to_undo", _("No hay más que deshacer en este paso."))
    fields = {field.name: field for field in StepProgress._meta.concrete_fields}
    before = {name: fields[name].to_python(value) for name, value in progress.before.items()}
    return record.change(progress, **before, before={}, by=actor.user, at=actor.at)


@writes("pathways.step.renewed")
def renew_step(*, actor: Actor, progress: StepProgress) -> StepProgress:
    """Begin the next turn of a step that comes back; the one before stays as it was.

    Raises:
        Refused: `pathways.step.not_done`, `pathways.step.renewed_already`.
    """
    if progress.state != State.DONE:
        raise Refused(
            "pathways.step.not_done", _("Se renueva lo que ya se hizo. Márquelo hecho primero.")
        )
    latest = _latest(progress.enterprise, progress.step)
    if latest is not None and latest.pk != progress.pk:
        raise Refused(
            "pathways.step.renewed_already", _("Ya hay una vez más nueva de este paso. Ábrala.")
        )
    return record.add(
        StepProgress(
            enterprise=progress.enterprise, step=progress.step, turn=progress.turn + 1,
            state=State.DOING, began_on=timezone.localdate(actor.at), by=actor.user, at=actor.at,
            kit_version=shelf().kit_of.get(progress.step, ""),
        )
    )  # fmt: skip


@writes("pathways.paper.added")
def add_paper(
    *,
    actor: Actor,
    progress: StepProgress,
    content: bytes,
    is_photo: bool,
    title: str = "",
    name: str = "",
) -> StepPaper:
    """Keep a photograph (made small, without its place) or a PDF of what was obtained.

    Raises:
        Refused: `pathways.paper.too_many`, `pathways.paper.kind`, `web.photo.too_large`,
            `web.photo.unreadable`.
    """
    own = StepPaper.objects.filter(enterprise=progress.enterprise, step=progress.step)
    if own.count() >= PAPERS_MOST:
        raise Refused(
            "pathways.paper.too_many",
            _("Ya hay 12 papeles de este paso. Quite uno antes de agregar otro."),
            field="file",
        )
    file = photos.compressed(content, name="papel") if is_photo else _pdf(content, name)
    return record.add(
        StepPaper(
            enterprise=progress.enterprise, step=progress.step, turn=progress.turn, file=file,
            is_photo=is_photo, title=title.strip(), added_by=actor.user, added_at=actor.at,
        )
    )  # fmt: skip


def _pdf(content: bytes, name: str) -> ContentFile[bytes]:
    if not content.startswith(b"%PDF-") or len(content) > BYTES_MAX:
        raise Refused(
            "pathways.paper.kind",
            _("Suba una foto o un PDF de hasta 10 MB."),
            field="file",
        )
    return ContentFile(content, name=name[-60:] or "papel.pdf")


@writes("pathways.paper.removed")
def remove_paper(*, actor: Actor, paper: StepPaper) -> None:
    """Take a paper away; the file goes with it."""
    file = paper.file
    record.remove(paper)
    file.delete(save=False)
