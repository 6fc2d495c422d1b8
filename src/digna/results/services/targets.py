"""What was promised, and what reports said was reached: typed, and kept as it was written."""

from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.results import declarations, stated
from digna.results.models import Indicator, ReportedActual, Target
from digna.results.services import locks
from digna_engines.errors import UnreadableError
from digna_engines.indicators.typed import TypedValue, parse
from digna_engines.values import Period

Stated = TypeVar("Stated", Target, ReportedActual)


@writes("results.target.set")
def set_target(
    *,
    actor: Actor,
    indicator: Indicator,
    period: str,
    written: str,
    subject: str = "",
    source: str = "",
    value: int | float | Decimal | None = None,
) -> Target:
    """Set what is to be reached in a period, as written; the same period again replaces it.

    `value` is the number where the writing adds words to it («250 (meta ilustrativa)»).
    """
    typed = _typed(indicator, written, value)
    return _state(Target, indicator, subject, _period(period), typed, source)


@writes("results.actual.reported")
def report_actual(
    *,
    actor: Actor,
    indicator: Indicator,
    period: str,
    written: str,
    subject: str = "",
    source: str = "",
    value: int | float | Decimal | None = None,
) -> ReportedActual:
    """Record what a report says was reached, where there are no records to count.

    `value` is the number where the writing is not ours («1.5» in a file of another country).
    """
    if not indicator.is_reported:
        raise Refused(
            "results.actual.computed",
            _("«%s» se calcula de los registros: no se escribe a mano.") % indicator,
            field="indicator",
        )
    typed = _typed(indicator, written, value)
    return _state(ReportedActual, indicator, subject, _period(period), typed, source)


@writes("results.target.removed")
def remove_target(*, actor: Actor, target: Target) -> None:
    """Take back a promise; the journal keeps it."""
    locks.refuse_closed(target.indicator, target.starts_on, target.ends_on, "period")
    record.remove(target)


def _typed(indicator: Indicator, written: str, value: Any) -> TypedValue:
    unit = stated.unit_of(indicator.unit)
    typed = parse(written if value is None else value, unit=unit)
    if value is not None:
        typed = TypedValue(typed.kind, written, typed.amount)
    if typed.kind == "text":
        raise Refused(
            "results.value.unreadable",
            _("«%s» no es una cifra. Escriba, por ejemplo, 250, 35 (60%%F) o 50%%.") % written,
            field="written",
        )
    return typed


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except UnreadableError as error:
        sentence = declarations.sentence(error)
        raise Refused("results.period.unreadable", sentence, field="period") from error


def _state(
    model: type[Stated],
    indicator: Indicator,
    subject: str,
    period: Period,
    typed: TypedValue,
    source: str,
) -> Stated:
    locks.refuse_closed(indicator, period.starts_on, period.ends_on, "period")
    key = {
        "indicator": indicator,
        "subject": subject.strip(),
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
    }
    columns = stated.columns(typed, source)
    standing = model._default_manager.filter(**key).first()
    if standing is None:
        return record.add(model(**key, **columns))
    return record.change(standing, **columns)
