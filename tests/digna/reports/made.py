"""What this room's tests need made: programmes with figures stored, partners, trainers."""

from datetime import date
from decimal import Decimal
from typing import Any

import make
from digna.accounts.models import User
from digna.programmes.models import Programme, StrategicArea
from digna.registry.models import Organisation
from digna.reports.models import Report
from digna.reports.quarters import quarter
from digna.reports.services import reports
from digna.results.models import Baseline, Figure, Indicator, ReportingPeriod, Target
from digna.training.models import Cycle, CycleFirm, CycleTrainer, Module

QUARTER = quarter(2021, 2)


def programme(code: str = "bdp", **values: Any) -> Programme:
    return Programme.objects.create(
        code=code, name="Bolivia Digna y Productiva", starts_on=date(2019, 10, 1),
        ends_on=date(2021, 12, 31), is_public=values.pop("is_public", True), **values,
    )  # fmt: skip


def indicator(of: Programme, code: str, measure: str = "unique", **values: Any) -> Indicator:
    """An indicator that counts people of processes; shares are of them."""
    area, _new = StrategicArea.objects.get_or_create(
        programme=of, code=values.pop("area", "constituents"),
        defaults={"name_es": "Fortalecimiento", "name_en": "Strengthening"},
    )  # fmt: skip
    declared = {
        "source": "events.attendance", "measure": measure, "of": "person_id", "unit": "personas",
        "semantics": values.pop("semantics", "cumulative"), "where": [],
    }  # fmt: skip
    return Indicator.objects.create(
        programme=of, area=area, code=code, name_es=values.pop("name_es", f"Indicador {code}"),
        name_en=values.pop("name_en", f"Indicator {code}"), declaration=declared,
        unit="personas", **values,
    )  # fmt: skip


def figure(of: Indicator, value: int | None, period: Any = None, **values: Any) -> Figure:
    part, whole = values.pop("part", value), values.pop("whole", None)
    exact = None if value is None else Decimal(value)
    if whole:
        exact = Decimal(part) / Decimal(whole)
    return Figure.objects.create(
        indicator=of, period=period, kind=values.pop("kind", "current"), value=exact,
        numerator=part, denominator=whole, n=values.pop("n", whole or value),
        cohort=values.pop("cohort", whole or value), engine="test", declaration=of.declaration,
        record_kind=values.pop("record_kind", "person_id"), record_count=value or 0, **values,
    )  # fmt: skip


def period(of: Programme, label: str, year: int, **values: Any) -> ReportingPeriod:
    return ReportingPeriod.objects.create(
        programme=of, label=label, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), **values
    )


def target(of: Indicator, amount: int, year: int) -> Target:
    return Target.objects.create(
        indicator=of, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), kind="count",
        amount=Decimal(amount), as_written=str(amount),
    )  # fmt: skip


def baseline(of: Indicator, amount: int) -> Baseline:
    return Baseline.objects.create(indicator=of, year=2019, amount=Decimal(amount))


def sexes(female: int, male: int, unknown: int) -> dict[str, Any]:
    return {
        "sex": [
            {"category": code, "numerator": str(n), "denominator": None, "value": str(n), "n": n}
            for code, n in (("female", female), ("male", male), (None, unknown))
        ]
    }


def trained() -> Programme:
    """The published sentence: 263 representatives, 158 of them women; three processes."""
    made = programme()
    people = indicator(
        made, "constituents_trained", is_headline=True, name_es="Representantes capacitados"
    )
    women = indicator(made, "constituents_trained_women", "share", name_es="Mujeres")
    processes = indicator(made, "capacity_processes", name_es="Procesos")
    figure(people, 263, parts=sexes(158, 102, 3))
    figure(women, 158, part=158, whole=263)
    figure(processes, 3, record_kind="process_id")
    return made


def partner(code: str = "cainco") -> Organisation:
    made, _new = Organisation.objects.get_or_create(
        code=code, defaults={"name": f"Cámara {code.upper()}", "is_partner": True}
    )
    return made


def cycle(of: Organisation, trainer: User | None = None, **values: Any) -> Cycle:
    module, _new = Module.objects.get_or_create(
        code="m1",
        defaults={
            "name_es": "Módulo 1", "name_en": "Module 1", "aims_es": "Para", "aims_en": "For",
            "kind": "first", "min_days": Decimal(2),
        },
    )  # fmt: skip
    made = Cycle.objects.create(
        title=values.pop("title", "Ciclo uno"), module=module, partner=of, mode="on_site",
        starts_on=values.pop("starts_on", date(2021, 4, 5)), **values,
    )  # fmt: skip
    if trainer is not None:
        CycleTrainer.objects.create(cycle=made, user=trainer, is_leading=True)
    return made


def firm(of: Cycle, name: str, **values: Any) -> CycleFirm:
    enterprise = make.enterprise(name, partner=of.partner)
    return CycleFirm.objects.create(
        cycle=of, enterprise=enterprise, since=of.starts_on, enrolled_on=of.starts_on, **values
    )


def report(kind: str, **about: Any) -> Report:
    """Open a report; of a trainer or a partner, over the second quarter of 2021."""
    if kind in ("trainer", "partner"):
        days = {
            "period": QUARTER.key, "starts_on": QUARTER.starts_on, "ends_on": QUARTER.ends_on
        }  # fmt: skip
    else:
        days = {"starts_on": date(2019, 10, 1), "ends_on": date(2021, 12, 31)}
    return reports.open_report(actor=make.actor(), kind=kind, **{**days, **about})
