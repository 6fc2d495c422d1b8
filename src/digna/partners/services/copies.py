"""A partner's working copy: asked for, packed in the background, given against a receipt."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.partners.models import WorkingCopy
from digna.registry.models import Organisation

State = WorkingCopy.State


@writes("partners.copy.asked")
def ask_copy(*, actor: Actor, partner: Organisation) -> WorkingCopy:
    """Begin a copy; it is packed in the background.

    Raises:
        Refused: `partners.copy.underway`.
    """
    if WorkingCopy.objects.filter(partner=partner, state=State.PACKING).exists():
        raise Refused(
            "partners.copy.underway",
            _("Ya se está preparando una copia de este socio. Espere a que termine."),
        )
    return record.add(WorkingCopy(partner=partner, asked_at=actor.at, asked_by=actor.user))


@writes("partners.copy.advanced")
def advance(*, actor: Actor, copy: WorkingCopy, done: int, total: int) -> WorkingCopy:
    """Note how far it is."""
    return record.change(copy, done=done, total=total)


@writes("partners.copy.packed")
def finish(
    *,
    actor: Actor,
    copy: WorkingCopy,
    name: str,
    sha256: str,
    size: int,
    manifest: Mapping[str, Any],
) -> WorkingCopy:
    """Note that the file is ready, with what it holds."""
    return record.change(
        copy,
        state=State.READY,
        file=name,
        sha256=sha256,
        bytes=size,
        manifest=dict(manifest),
        finished_at=actor.at,
    )


@writes("partners.copy.failed")
def fail(*, actor: Actor, copy: WorkingCopy, problem: str) -> WorkingCopy:
    """Note that it could not be made."""
    return record.change(copy, state=State.FAILED, problem=problem[:500], finished_at=actor.at)


@writes("partners.copy.downloaded")
def download(*, actor: Actor, copy: WorkingCopy) -> WorkingCopy:
    """Note who took the file.

    Raises:
        Refused: `partners.copy.not_ready`.
    """
    _refuse_not_ready(copy)
    record.note(copy, downloaded=True)
    return copy


@writes("partners.copy.handed_over")
def hand_over(
    *, actor: Actor, copy: WorkingCopy, on: date, received_by: str, received_as: str = ""
) -> WorkingCopy:
    """Note who received it, for the receipt.

    Raises:
        Refused: `partners.copy.not_ready`, `partners.copy.nobody`, `partners.copy.future`.
    """
    _refuse_not_ready(copy)
    if not received_by.strip():
        raise Refused(
            "partners.copy.nobody", _("Escriba quién recibe la copia."), field="received_by"
        )
    if on > timezone.localdate(actor.at):
        raise Refused(
            "partners.copy.future", _("La fecha está en el futuro. Corríjala."), field="on"
        )
    return record.change(
        copy, received_on=on, received_by=received_by.strip(), received_as=received_as.strip()
    )


@writes("partners.copy.discarded")
def discard(*, actor: Actor, copy: WorkingCopy) -> WorkingCopy:
    """Delete the file from the server; what it held and who took it stay written.

    Raises:
        Refused: `partners.copy.not_ready`.
    """
    _refuse_not_ready(copy)
    copy.file.delete(save=False)
    return record.change(copy, state=State.DISCARDED, file="")


@writes("partners.copy.taken_in")
def take_in(
    *, actor: Actor, partner: Organisation, taken_at: str, seal_of_source: str
) -> Organisation:
    """Note, on the new installation, where its data came from."""
    record.note(partner, taken_at=taken_at, seal_of_source=seal_of_source)
    return partner


def _refuse_not_ready(copy: WorkingCopy) -> None:
    if copy.state != State.READY:
        raise Refused(
            "partners.copy.not_ready",
            _("Esta copia no está lista: %(state)s.") % {"state": copy.get_state_display()},
        )
