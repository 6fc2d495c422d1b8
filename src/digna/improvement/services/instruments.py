"""Instruments: taken in from kits, edited on screen, retired; every change is a new version."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement.models import Instrument, InstrumentVersion
from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.writes import writes

Origin = InstrumentVersion.Origin


@writes("improvement.instruments.loaded")
def load_instruments(
    *, actor: Actor, kit: str, kind: str, entries: Sequence[Mapping[str, Any]]
) -> int:
    """Add instruments by code; one that says something new gets a version, old answers keep theirs.

    What was edited on screen stands until the kit itself says something else than it did.
    """
    for order, entry in enumerate(entries):
        row = Instrument.objects.filter(kind=kind, code=entry["code"]).first()
        if row is None:
            row = record.add(Instrument(kind=kind, code=entry["code"], kit=kit, order=order))
        elif row.order != order:
            record.change(row, order=order)
        document = dict(entry)
        last = row.versions.filter(origin=Origin.KIT).first()
        if last is None or last.sha256 != _hash(document):
            _add_version(actor, row, document, Origin.KIT)
    return len(entries)


@writes("improvement.instrument.edited")
def edit_instrument(
    *, actor: Actor, instrument: Instrument, base: int, document: Mapping[str, Any]
) -> InstrumentVersion:
    """Give an instrument a new version; `base` is the number of the version that was on screen.

    Raises:
        Refused: `improvement.instrument.needs_reason`, `improvement.instrument.moved_on` (somebody
            made a version meanwhile), `improvement.instrument.same`,
            `improvement.instrument.code_gone` (a point answered before lost its code).
    """
    if not actor.reason.strip():
        raise Refused(
            "improvement.instrument.needs_reason",
            _("Escriba por qué cambia el instrumento; lo leerá quien compare versiones."),
            field="reason",
        )
    current = instrument.current
    if current is None or current.number != base:
        raise Refused(
            "improvement.instrument.moved_on",
            _("Alguien guardó otra versión mientras usted escribía. Revísela y vuelva a editar."),
        )
    if _hash(document) == current.sha256:
        raise Refused(
            "improvement.instrument.same",
            _("El texto es el mismo que ya está en uso. Cambie algo o salga sin guardar."),
        )
    if document.get("code") != instrument.code:
        raise Refused(
            "improvement.instrument.code_gone",
            _("El código no cambia: los valores anotados apuntan a él. Cambie solo los textos."),
        )
    return _add_version(actor, instrument, dict(document), Origin.SCREEN)


@writes("improvement.instrument.retired")
def retire_instrument(*, actor: Actor, instrument: Instrument) -> Instrument:
    """Take an instrument out of use; what was answered with it stays.

    Raises:
        Refused: `improvement.instrument.needs_reason`.
    """
    if not actor.reason.strip():
        raise Refused(
            "improvement.instrument.needs_reason",
            _("Escriba por qué se retira el instrumento."),
            field="reason",
        )
    return record.change(instrument, retired_on=timezone.localdate(actor.at))


@writes("improvement.instrument.reinstated")
def reinstate_instrument(*, actor: Actor, instrument: Instrument) -> Instrument:
    """Put a retired instrument back into use."""
    return record.change(instrument, retired_on=None)


def _add_version(
    actor: Actor, instrument: Instrument, document: dict[str, Any], origin: str
) -> InstrumentVersion:
    newest = instrument.versions.first()
    version = record.add(
        InstrumentVersion(
            instrument=instrument,
            number=1 if newest is None else newest.number + 1,
            document=document,
            sha256=_hash(document),
            origin=origin,
            reason=actor.reason[:300],
            made_at=actor.at,
            made_by=actor.user,
        )
    )
    record.change(instrument, current=version)
    return version


def _hash(document: Mapping[str, Any]) -> str:
    return sealing.digest_of("", sealing.plain(document))
