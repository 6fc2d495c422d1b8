"""Measurements: opened once an occasion, grown bit by bit: headcount, practices, KPI values."""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement import observing, savings
from digna.improvement.models import (
    BoardKpi,
    Headcount,
    Instrument,
    InstrumentVersion,
    Measurement,
    MissingValue,
    Observation,
    PracticeAnswer,
)
from digna.improvement.models.measurements import ONCE, Point
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise


@writes("improvement.measurement.opened")
def open_measurement(
    *,
    actor: Actor,
    enterprise: Enterprise,
    point: str,
    on: date,
    occasion: uuid.UUID | None = None,
) -> Measurement:
    """Open a measurement, or return the one that stands for this occasion and point.

    Raises:
        Refused: `improvement.measurement.point`, `improvement.measurement.future`,
            `improvement.measurement.other_firm` (the occasion is another firm's).
    """
    if point not in Point.values:
        raise Refused(
            "improvement.measurement.point",
            _("Elija el momento: línea de base, avance, cierre o a los 12 meses."),
            field="point",
        )
    standing = _standing(enterprise, point, on, occasion)
    if standing is not None:
        return standing
    if on > timezone.localdate(actor.at):
        raise Refused(
            "improvement.measurement.future",
            _("La fecha de la medición está en el futuro. Escriba el día en que se midió."),
            field="on",
        )
    return record.add(
        Measurement(
            enterprise=enterprise,
            point=point,
            on=on,
            occasion=occasion,
            kept_by=actor.user,
            opened_at=actor.at,
        )
    )


def _standing(
    enterprise: Enterprise, point: str, on: date, occasion: uuid.UUID | None
) -> Measurement | None:
    if occasion is None:
        same_day = Measurement.objects.filter(enterprise=enterprise, point=point, on=on)
        return same_day.filter(occasion=None).first()
    rows = Measurement.objects.filter(occasion=occasion)
    if rows.exclude(enterprise=enterprise).exists():
        raise Refused(
            "improvement.measurement.other_firm",
            _("Esta ocasión ya pertenece a otra empresa. Abra la medición desde su propia ficha."),
        )
    rows = rows.filter(point=point)
    return rows.first() if point in ONCE else rows.filter(on=on).first()


@writes("improvement.measurement.dated")
def date_measurement(*, actor: Actor, measurement: Measurement, on: date) -> Measurement:
    """Correct the day of a measurement.

    Raises:
        Refused: `improvement.measurement.future`.
    """
    if on > timezone.localdate(actor.at):
        raise Refused(
            "improvement.measurement.future",
            _("La fecha de la medición está en el futuro. Escriba el día en que se midió."),
            field="on",
        )
    return record.change(measurement, on=on)


@writes("improvement.headcount.recorded")
def record_headcount(
    *,
    actor: Actor,
    measurement: Measurement,
    permanent_women: int | None = None,
    permanent_men: int | None = None,
    permanent_other: int | None = None,
    casual_women: int | None = None,
    casual_men: int | None = None,
    casual_other: int | None = None,
    permanent_hours: Decimal | None = None,
    permanent_months: Decimal | None = None,
    casual_hours: Decimal | None = None,
    casual_months: Decimal | None = None,
) -> Headcount:
    """Record who works in the firm, and how much; None is not known, 0 is nobody.

    Hours are of a week (0 to 168) and months of a year (0 to 12), averages of each contract.

    Raises:
        Refused: `improvement.headcount.negative`, `improvement.headcount.time`.
    """
    numbers: dict[str, int | Decimal | None] = {
        "permanent_women": permanent_women,
        "permanent_men": permanent_men,
        "permanent_other": permanent_other,
        "casual_women": casual_women,
        "casual_men": casual_men,
        "casual_other": casual_other,
        "permanent_hours": permanent_hours,
        "permanent_months": permanent_months,
        "casual_hours": casual_hours,
        "casual_months": casual_months,
    }
    for name, number in numbers.items():
        if number is not None and number < 0:
            raise Refused(
                "improvement.headcount.negative",
                _("No puede haber menos de cero personas. Corrija el número o déjelo vacío."),
                field=name,
            )
        most = savings.MOST_TIME.get(name.rpartition("_")[2])
        if number is not None and most is not None and number > most:
            raise Refused(
                "improvement.headcount.time",
                _("Una semana tiene 168 horas y un año 12 meses. Corrija el número."),
                field=name,
            )
    row = Headcount.objects.filter(measurement=measurement).first()
    if row is None:
        return record.add(Headcount(measurement=measurement, **numbers))
    return record.change(row, **numbers)


@writes("improvement.practices.recorded")
def record_practices(
    *, actor: Actor, measurement: Measurement, answers: Mapping[str, str]
) -> Measurement:
    """Record answers to practices; what was answered before and is not in `answers` stays.

    The first answer fixes the version of the set; a later version asks the next measurement. An
    empty answer takes back what was given.

    Raises:
        Refused: `improvement.practices.no_set`, `improvement.practices.unknown`,
            `improvement.practices.value`.
    """
    version = measurement.practices_version or practices_in_use()
    known = {item["code"] for item in version.items}
    _refuse_unknown(answers, known)
    if measurement.practices_version is None:
        record.change(measurement, practices_version=version)
    standing = {row.practice_code: row for row in measurement.practices.all()}
    for code, value in answers.items():
        row = standing.get(code)
        if not value:
            if row is not None:
                record.remove(row)
        elif row is None:
            record.add(
                PracticeAnswer(
                    measurement=measurement, version=version, practice_code=code, value=value
                )
            )
        else:
            record.change(row, value=value)
    return measurement


def practices_in_use() -> InstrumentVersion:
    """Return the version of the set of practices that new measurements answer.

    Raises:
        Refused: `improvement.practices.no_set`.
    """
    version = find_practices()
    if version is None:
        raise Refused(
            "improvement.practices.no_set",
            _("Todavía no hay un conjunto de prácticas. Instale un kit que lo traiga."),
        )
    return version


def find_practices() -> InstrumentVersion | None:
    """Return the version of the set in use; None where no kit brought one."""
    sets = Instrument.objects.filter(kind=Instrument.Kind.PRACTICES, retired_on=None)
    row = sets.select_related("current").first()
    return None if row is None else row.current


def _refuse_unknown(answers: Mapping[str, str], known: set[str]) -> None:
    for code, value in answers.items():
        if code not in known:
            raise Refused(
                "improvement.practices.unknown",
                _("«%(code)s» no es una práctica de este conjunto. Recargue la página.")
                % {"code": code},
            )
        if value and value not in PracticeAnswer.Value.values:
            raise Refused(
                "improvement.practices.value",
                _("Responda sí, en parte, no o no corresponde."),
                field=code,
            )


@writes("improvement.kpi.recorded")
def record_kpi(
    *,
    actor: Actor,
    board_kpi: BoardKpi,
    period_start: date,
    period_end: date,
    numerator: Decimal,
    method: str,
    record_seen: bool,
    denominator: Decimal | None = None,
    measurement: Measurement | None = None,
    enterprise: Enterprise | None = None,
    currency: str = "",
    is_new_register: bool = False,
    confirmed_reason: str = "",
) -> Observation:
    """Record one value of a KPI; a doubtful one is asked about and, with a reason, kept for review.

    Raises:
        Refused: `improvement.kpi.other_firm`, `improvement.kpi.period`, `improvement.kpi.negative`,
            `improvement.kpi.denominator_missing`, `improvement.kpi.method`,
            `improvement.kpi.is_it_right` (a question; answer it with `confirmed_reason`).
    """
    firm = enterprise or (measurement.enterprise if measurement is not None else None)
    if firm is not None and firm.pk != board_kpi.enterprise_id:
        raise Refused(
            "improvement.kpi.other_firm",
            _("Ese indicador es del tablero de otra empresa. Ábralo desde su ficha."),
        )
    made = observing.observe(
        actor,
        Observation(
            board_kpi=board_kpi,
            measurement=measurement,
            period_start=period_start,
            period_end=period_end,
            numerator=numerator,
            denominator=denominator,
            currency=currency,
            method=method,
            record_seen=record_seen and method == Observation.Method.RECORD,
            is_new_register=is_new_register,
            confirmed_reason=confirmed_reason.strip(),
        ),
    )
    if measurement is not None:
        for row in MissingValue.objects.filter(measurement=measurement, board_kpi=board_kpi):
            record.remove(row)
    return made


@writes("improvement.kpi.said_missing")
def say_missing(
    *, actor: Actor, measurement: Measurement, board_kpi: BoardKpi, reason: str
) -> MissingValue:
    """Write why a KPI has no value yet: «sin dato todavía», which is not zero.

    Raises:
        Refused: `improvement.kpi.missing_reason`, `improvement.kpi.other_firm`.
    """
    if not reason.strip():
        raise Refused(
            "improvement.kpi.missing_reason",
            _("Escriba por qué no hay dato todavía y desde cuándo lo habrá."),
            field="reason",
        )
    if board_kpi.enterprise_id != measurement.enterprise_id:
        raise Refused(
            "improvement.kpi.other_firm",
            _("Ese indicador es del tablero de otra empresa. Ábralo desde su ficha."),
        )
    row = MissingValue.objects.filter(measurement=measurement, board_kpi=board_kpi).first()
    if row is not None:
        return record.change(row, reason=reason.strip())
    return record.add(
        MissingValue(measurement=measurement, board_kpi=board_kpi, reason=reason.strip())
    )
