"""Whether a measurement is enough for the step that waits for it, and what it still lacks."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.improvement.models import (
    BoardKpi,
    Headcount,
    InstrumentVersion,
    Measurement,
    MissingValue,
    Observation,
)
from digna.improvement.models.measurements import Point
from digna.improvement.services import board, measurements

FEWEST_KPIS = board.FEWEST


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is lacking, in a sentence, and where to give it."""

    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a measurement has come. `is_enough` is what other rooms wait for."""

    is_enough: bool
    missing: tuple[Missing, ...]
    practices_answered: int
    practices_total: int
    kpis_with_value: int
    kpis_chosen: int
    is_headcount_known: bool


def of(measurement: Measurement) -> Completeness:
    """Return how complete a measurement is.

    A baseline is enough with the headcount, every practice answered and three KPIs chosen, each
    with a value or a written «sin dato todavía». An endline, and the visit a year after, want the
    baseline's KPIs again and the practices answered again; a progress visit one value or more.
    """
    chosen = kpis_asked(measurement)
    valued = _with_value(measurement)
    excused = set(
        MissingValue.objects.filter(measurement=measurement).values_list("board_kpi_id", flat=True)
    )
    answered, total = _practices(measurement)
    is_known = _is_headcount_known(measurement)
    open_kpis = [kpi for kpi in chosen if kpi.pk not in valued | excused]
    missing = _missing(measurement, chosen, open_kpis, total - answered, is_known)
    if measurement.point == Point.PROGRESS:
        missing = [] if valued else _kpis_missing(measurement, chosen, open_kpis)
    return Completeness(
        is_enough=not missing,
        missing=tuple(missing),
        practices_answered=answered,
        practices_total=total,
        kpis_with_value=sum(kpi.pk in valued for kpi in chosen),
        kpis_chosen=len(chosen),
        is_headcount_known=is_known,
    )


def kpis_asked(measurement: Measurement) -> list[BoardKpi]:
    """Return the KPIs a measurement should have: the board's, or those of its baseline."""
    rows = BoardKpi.objects.filter(enterprise=measurement.enterprise_id)
    rows = rows.select_related("instrument__current")
    base = baseline_of(measurement)
    if base is not None:
        asked = _with_value(base) | set(base.missing_values.values_list("board_kpi_id", flat=True))
        if asked:
            return list(rows.filter(pk__in=asked))
    return list(rows.filter(retired_on=None))


def baseline_of(measurement: Measurement) -> Measurement | None:
    """Return the baseline that a later measurement answers to; None for a baseline itself."""
    if measurement.point == Point.BASELINE:
        return None
    rows = Measurement.objects.filter(
        enterprise=measurement.enterprise_id, point=Point.BASELINE, on__lte=measurement.on
    )
    if measurement.occasion is not None:
        own = rows.filter(occasion=measurement.occasion).first()
        if own is not None:
            return own
    return rows.order_by("on", "pk").last()


def set_asked(measurement: Measurement) -> InstrumentVersion | None:
    """Return the version of the practices this measurement answers; None where no kit has any."""
    return measurement.practices_version or measurements.find_practices()


def _with_value(measurement: Measurement) -> set[int]:
    rows = Observation.objects.standing().filter(measurement=measurement)
    return set(rows.values_list("board_kpi_id", flat=True))


def _practices(measurement: Measurement) -> tuple[int, int]:
    version = set_asked(measurement)
    if version is None:
        return 0, 0
    codes = {item["code"] for item in version.items}
    given = set(measurement.practices.values_list("practice_code", flat=True))
    return len(codes & given), len(codes)


def _is_headcount_known(measurement: Measurement) -> bool:
    row = Headcount.objects.filter(measurement=measurement).first()
    return row is not None and row.is_known


def _missing(
    measurement: Measurement,
    chosen: list[BoardKpi],
    open_kpis: list[BoardKpi],
    unanswered: int,
    is_known: bool,
) -> list[Missing]:
    key = [measurement.public_id]
    found = []
    if not is_known:
        what = _("Anote cuántas mujeres y hombres trabajan, permanentes y eventuales.")
        found.append(Missing(what, reverse("improvement:headcount", args=key)))
    if unanswered:
        what = ngettext(
            "Falta responder %(n)s práctica.", "Faltan responder %(n)s prácticas.", unanswered
        ) % {"n": unanswered}
        found.append(Missing(what, reverse("improvement:practices", args=key)))
    return found + _kpis_missing(measurement, chosen, open_kpis)


def _kpis_missing(
    measurement: Measurement, chosen: list[BoardKpi], open_kpis: list[BoardKpi]
) -> list[Missing]:
    if len(chosen) < FEWEST_KPIS and measurement.point == Point.BASELINE:
        url = reverse("improvement:choose_kpis", args=[measurement.enterprise.public_id])
        return [Missing(_("Elija con la empresa de 3 a 5 indicadores."), url)]
    return [
        Missing(
            _("«%(kpi)s»: anote el valor, o escriba por qué no hay dato todavía.") % {"kpi": kpi},
            reverse("improvement:record_at", args=[measurement.public_id, kpi.public_id]),
        )
        for kpi in open_kpis
    ]
