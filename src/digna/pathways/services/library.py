"""Facts of steps corrected on screen: a new price from a day on, an office, that it was read again.

Nothing is overwritten: a correction lies over the kit, the price before it stays with its days.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.pathways import overlay
from digna.pathways.models import FactCorrection
from digna.pathways.selectors.library import shelf

Field = FactCorrection.Field


@writes("pathways.fact.corrected")
def correct_price(
    *,
    actor: Actor,
    step: str,
    place: str,
    amount: Decimal | None,
    currency: str,
    since: date,
    source: str,
    until: date | None = None,
    certainty: str = "medium",
    source_record: str = "",
) -> FactCorrection:
    """Put a price in force from a day on; the one that stood there ends on the eve.

    Raises:
        Refused: `pathways.step.unknown`, `pathways.fact.place`, `pathways.fact.days`,
            `pathways.fact.no_source`, `pathways.step.negative`.
    """
    row = _step(step)
    if not overlay.is_place(row, place):
        raise Refused(
            "pathways.fact.place", _("Ese costo ya no está en el paso. Vuelva a abrir la página.")
        )
    if amount is not None and amount < 0:
        raise Refused("pathways.step.negative", _("Escriba el costo, sin signo."), field="amount")
    if until is not None and until < since:
        raise Refused(
            "pathways.fact.days",
            _("El último día es anterior al primero. Corrija uno de los dos."),
            field="until",
        )
    told = None if amount is None else f"{amount.normalize():f}"
    value = {"amount": told, "currency": currency}
    return _add(
        actor, step=step, field=Field.PRICE, place=place, value=value, since=since, until=until,
        certainty=certainty, source=source, source_record=source_record,
    )  # fmt: skip


@writes("pathways.fact.corrected")
def correct_fact(
    *,
    actor: Actor,
    step: str,
    field: str,
    value: Any,
    since: date,
    source: str,
    certainty: str = "medium",
    source_record: str = "",
) -> FactCorrection:
    """Put another office, length, validity, address, law or list of documents in force.

    Raises:
        Refused: `pathways.step.unknown`, `pathways.fact.value`, `pathways.fact.no_source`.
    """
    _step(step)
    if field not in overlay.WHOLE or not _is_fit(field, value):
        raise Refused(
            "pathways.fact.value",
            _("Escriba el dato completo: lo que está en blanco no reemplaza a nada."),
            field="value",
        )
    return _add(
        actor, step=step, field=field, value=value, since=since, certainty=certainty,
        source=source, source_record=source_record,
    )  # fmt: skip


@writes("pathways.fact.confirmed")
def confirm_step(
    *, actor: Actor, step: str, source: str, certainty: str = "medium"
) -> FactCorrection:
    """Say that the facts of a step were read again and are as they were.

    Raises:
        Refused: `pathways.step.unknown`, `pathways.fact.no_source`.
    """
    _step(step)
    today = timezone.localdate(actor.at)
    return _add(
        actor, step=step, field=Field.CHECK, since=today, certainty=certainty, source=source
    )


@writes("pathways.fact.withdrawn")
def withdraw(*, actor: Actor, correction: FactCorrection, reason: str) -> FactCorrection:
    """Take a correction back: what stood before it stands again, and the journal keeps both.

    Raises:
        Refused: `pathways.fact.needs_reason`.
    """
    if not reason.strip():
        raise Refused("pathways.fact.needs_reason", _("Escriba por qué se retira."), field="reason")
    return record.change(
        correction, withdrawn_by=actor.user, withdrawn_at=actor.at, withdrawn_reason=reason.strip()
    )


def _step(key: str) -> Any:
    row = shelf().rows.get(key)
    if row is None:
        raise Refused(
            "pathways.step.unknown", _("Ese paso ya no está en las rutas. Vuelva a su lista.")
        )
    return row


def _is_fit(field: str, value: Any) -> bool:
    if field == Field.AGENCY:
        return value in shelf().library.agencies
    if field in (Field.DURATION, Field.VALID_FOR):
        return isinstance(value, dict) and Decimal(str(value.get("amount") or 0)) > 0
    return bool(value)


def _add(actor: Actor, *, source: str, **values: Any) -> FactCorrection:
    if not source.strip():
        raise Refused(
            "pathways.fact.no_source",
            _("Diga dónde lo leyó o quién lo confirmó: sin eso nadie puede comprobarlo."),
            field="source",
        )
    return record.add(
        FactCorrection(
            source=source.strip(), checked_on=timezone.localdate(actor.at),
            approved_by=actor.user, approved_at=actor.at, **values,
        )
    )  # fmt: skip
