"""The board: which KPIs a firm watches; values corrected, withdrawn, confirmed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement import observing
from digna.improvement.models import BoardKpi, Instrument, Observation
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise

MOST, FEWEST = 5, 3
Review = Observation.Review


@writes("improvement.board.chosen")
def choose_kpis(
    *, actor: Actor, enterprise: Enterprise, instruments: Sequence[Instrument]
) -> Enterprise:
    """Set the KPIs on a firm's board, three to five; one taken off keeps its values.

    Raises:
        Refused: `improvement.board.how_many`, `improvement.board.not_a_kpi`.
    """
    wanted = list(dict.fromkeys(instruments))
    if not FEWEST <= len(wanted) <= MOST:
        raise Refused(
            "improvement.board.how_many",
            _("Elija de 3 a 5 indicadores: con más no se miran, con menos no se ve el cambio."),
            field="instruments",
        )
    for instrument in wanted:
        _refuse_unfit(instrument)
    standing = {row.instrument_id: row for row in BoardKpi.objects.filter(enterprise=enterprise)}
    today = timezone.localdate(actor.at)
    for row in standing.values():
        if row.retired_on is None and row.instrument not in wanted:
            record.change(row, retired_on=today)
    for order, instrument in enumerate(wanted):
        if instrument.pk in standing:
            record.change(standing[instrument.pk], retired_on=None, order=order)
        else:
            record.add(
                BoardKpi(enterprise=enterprise, instrument=instrument, order=order, chosen_on=today)
            )
    return enterprise


def _refuse_unfit(instrument: Instrument) -> None:
    version = instrument.current
    is_kpi = instrument.kind == Instrument.Kind.KPI and version is not None
    if not is_kpi or version is None or version.document.get("computed_from") is not None:
        raise Refused(
            "improvement.board.not_a_kpi",
            _("«%(name)s» no se anota a mano: Digna lo calcula. Elija otro.")
            % {"name": instrument},
            field="instruments",
        )


@writes("improvement.board.noted")
def note_kpi(*, actor: Actor, board_kpi: BoardKpi, note: str) -> BoardKpi:
    """Say what is counted in this very firm: «cajas de 12 botellas», «huéspedes»."""
    return record.change(board_kpi, note=note.strip())


@writes("improvement.kpi.corrected")
def correct_kpi(
    *,
    actor: Actor,
    observation: Observation,
    period_start: date,
    period_end: date,
    numerator: Decimal,
    method: str,
    record_seen: bool,
    denominator: Decimal | None = None,
    currency: str = "",
    is_new_register: bool = False,
    confirmed_reason: str = "",
) -> Observation:
    """Correct a value: the old one stays in the history, the new one stands.

    Raises:
        Refused: as `measurements.record_kpi`; `improvement.kpi.not_standing`.
    """
    _refuse_fallen(observation)
    made = observing.observe(
        actor,
        Observation(
            board_kpi=observation.board_kpi,
            measurement=observation.measurement,
            period_start=period_start,
            period_end=period_end,
            numerator=numerator,
            denominator=denominator,
            currency=currency or observation.currency,
            method=method,
            record_seen=record_seen and method == Observation.Method.RECORD,
            is_new_register=is_new_register,
            confirmed_reason=confirmed_reason.strip(),
        ),
        but=observation,
    )
    record.change(observation, replaced_by=made)
    return made


@writes("improvement.kpi.withdrawn")
def withdraw_kpi(*, actor: Actor, observation: Observation) -> Observation:
    """Take a value back; it stays in the history and can be put back.

    Raises:
        Refused: `improvement.kpi.not_standing`.
    """
    _refuse_fallen(observation)
    return record.change(observation, withdrawn_at=actor.at)


@writes("improvement.kpi.put_back")
def put_back_kpi(*, actor: Actor, observation: Observation) -> Observation:
    """Undo: a withdrawn value stands again; of a corrected one, the correction falls.

    Raises:
        Refused: `improvement.kpi.stands_already`.
    """
    newer = observation.replaced_by
    if observation.withdrawn_at is None and newer is None:
        raise Refused(
            "improvement.kpi.stands_already",
            _("Ese valor ya está en el tablero: no hay qué deshacer."),
        )
    if newer is not None:
        if newer.replaced_by_id is not None or newer.withdrawn_at is not None:
            raise Refused(
                "improvement.kpi.not_standing",
                _("Ese valor ya fue corregido o retirado. Recargue el tablero."),
            )
        record.change(newer, withdrawn_at=actor.at)
    return record.change(observation, withdrawn_at=None, replaced_by=None)


def _refuse_fallen(observation: Observation) -> None:
    if observation.replaced_by_id is not None or observation.withdrawn_at is not None:
        raise Refused(
            "improvement.kpi.not_standing",
            _("Ese valor ya fue corregido o retirado. Recargue el tablero."),
        )


@writes("improvement.kpi.confirmed")
def confirm_kpi(*, actor: Actor, observation: Observation) -> Observation:
    """A coordinator or M&E confirms a doubtful value after asking; from then on it counts.

    Raises:
        Refused: `improvement.review.needs_reason`, `improvement.review.not_waiting`.
    """
    observing.refuse_unready(actor, observation)
    return record.change(observation, review=Review.CONFIRMED)
