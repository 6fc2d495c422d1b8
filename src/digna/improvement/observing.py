"""The rules of one more value on a board: what is impossible, what is asked about, what is kept.

Called inside services that are marked `@writes`.
"""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement import kpis, questions
from digna.improvement.models import Observation
from digna.journal import record
from digna.journal.actor import Actor

Review = Observation.Review


def observe(actor: Actor, row: Observation, but: Observation | None = None) -> Observation:
    """Add one observation after every rule; `but` is the one it corrects, not compared with."""
    board_kpi = row.board_kpi
    version = board_kpi.instrument.current
    assert version is not None  # noqa: S101 — chosen KPIs have a version
    kpi = kpis.Kpi.of(version.document)
    if kpi.is_money and not row.currency:
        row.currency = "BOB"
    _refuse_impossible(kpi, row)
    before = _before(row, but)
    found = kpis.doubts(
        kpi,
        None if before is None else before.reading,
        row.reading,
        today=timezone.localdate(actor.at),
    )
    if found and not row.confirmed_reason:
        raise Refused(
            "improvement.kpi.is_it_right",
            _("¿Es correcto? %(question)s Si lo es, explique por qué; si no, corrija el dato.")
            % {"question": questions.of_kpi(found, kpi, before, row)},
            field="confirmed_reason",
            doubts=found,
        )
    row.version = version
    row.doubts = list(found)
    row.review = Review.WAITING if found else Review.NOT_NEEDED
    row.entered_by, row.entered_at = actor.user, actor.at
    return record.add(row)


def _refuse_impossible(kpi: kpis.Kpi, row: Observation) -> None:
    if row.method not in Observation.Method.values:
        raise Refused(
            "improvement.kpi.method",
            _("Diga cómo se sabe: registro, estimación o recordado después."),
            field="method",
        )
    if row.period_end < row.period_start:
        raise Refused(
            "improvement.kpi.period",
            _("El período termina antes de empezar. Corrija una de las dos fechas."),
            field="period_end",
        )
    for name in ("numerator", "denominator"):
        number: Decimal | None = getattr(row, name)
        if number is not None and number < 0:
            raise Refused(
                "improvement.kpi.negative",
                _("Una cantidad no puede ser menor que cero. Corríjala."),
                field=name,
            )
    if kpi.has_denominator and row.denominator is None:
        raise Refused(
            "improvement.kpi.denominator_missing",
            _("Falta la segunda cantidad: sin ella el número no se puede comparar."),
            field="denominator",
        )


def _before(row: Observation, but: Observation | None) -> Observation | None:
    """Return the latest standing value whose period ended before this one's."""
    rows = row.board_kpi.observations.standing().filter(period_end__lt=row.period_end)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    found: Observation | None = rows.select_related("version").order_by("period_end", "pk").last()
    return found


def refuse_unready(actor: Actor, row: Any) -> None:
    """Refuse to confirm what does not wait, or without saying how it was checked."""
    if not actor.reason.strip():
        raise Refused(
            "improvement.review.needs_reason",
            _("Escriba cómo lo comprobó: a quién preguntó o qué registro vio."),
            field="reason",
        )
    if row.review != Review.WAITING:
        raise Refused(
            "improvement.review.not_waiting",
            _("Ese dato ya no espera revisión. Recargue la lista."),
        )
