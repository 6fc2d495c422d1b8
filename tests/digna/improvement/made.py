"""What this room's tests need made: the kit's instruments, firms with boards, measurements."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import make
from digna.improvement import taking
from digna.improvement.models import BoardKpi, Instrument, Measurement, Observation, Project
from digna.improvement.services import board, instruments, measurements, projects
from digna.journal import sealing
from digna.programmes.kitfile import Kit
from digna.registry.models import Enterprise, Sector

HEADS = {
    "permanent_women": 4, "permanent_men": 3, "permanent_other": None,
    "casual_women": 2, "casual_men": 0, "casual_other": None,
}  # fmt: skip


@cache
def score() -> Kit:
    return make.kit("score")


def kit() -> None:
    """Take in the instruments of the kit, as installing it does."""
    documents = {name: sealing.plain(score().plain(name)) for name in score().documents}
    for section, kind in taking.SECTIONS.items():
        instruments.load_instruments(
            actor=make.actor(), kit="score", kind=kind, entries=documents[section][section]
        )


def instrument(code: str) -> Instrument:
    return Instrument.objects.get(code=code)


def sector(code: str) -> Sector:
    made, _ = Sector.objects.get_or_create(code=code, defaults={"name_es": code, "name_en": code})
    return made


def firm(*codes: str, **values: Any) -> Enterprise:
    """A firm with these KPIs on its board (three or more)."""
    if not Instrument.objects.exists():
        kit()
    made = make.enterprise(**values)
    chosen = [instrument(code) for code in codes or ("DEF", "ABS", "PROD")]
    board.choose_kpis(actor=make.actor(), enterprise=made, instruments=chosen)
    return made


def kpi(of: Enterprise, code: str) -> BoardKpi:
    return BoardKpi.objects.get(enterprise=of, instrument__code=code)


def measured(of: Enterprise, point: str = "baseline", on: date = date(2021, 3, 1), **v: Any) -> Any:
    made: Measurement = measurements.open_measurement(
        actor=make.actor(), enterprise=of, point=point, on=on, **v
    )
    return made


def value(
    of: Enterprise,
    code: str,
    numerator: object,
    denominator: object | None = None,
    month: tuple[int, int] = (2021, 2),
    **values: Any,
) -> Observation:
    start = date(*month, 1)
    return measurements.record_kpi(
        actor=values.pop("by", make.actor()),
        board_kpi=kpi(of, code),
        period_start=values.pop("start", start),
        period_end=values.pop("end", start.replace(day=28)),
        numerator=Decimal(str(numerator)),
        denominator=None if denominator is None else Decimal(str(denominator)),
        method=values.pop("method", "record"),
        record_seen=values.pop("record_seen", True),
        **values,
    )


def project(of: Enterprise, title: str = "Ordenar el depósito", **values: Any) -> Project:
    return projects.add_project(
        actor=values.pop("by", make.actor()),
        enterprise=of,
        title=title,
        area=values.pop("area", "5s"),
        starts_on=values.pop("starts_on", date(2021, 1, 10)),
        **values,
    )


def complete_baseline(of: Enterprise, **values: Any) -> Measurement:
    """A baseline that is enough."""
    row = measured(of, **values)
    measurements.record_headcount(actor=make.actor(), measurement=row, **HEADS)
    items = measurements.practices_in_use().items
    measurements.record_practices(
        actor=make.actor(), measurement=row, answers={item["code"]: "no" for item in items}
    )
    for one in BoardKpi.objects.filter(enterprise=of):
        measurements.say_missing(
            actor=make.actor(), measurement=row, board_kpi=one, reason="Se anotará desde abril."
        )
    return row
