"""The fact tables of this room: KPI values, practices, projects, jobs; one row each.

A firm's records belong to the programmes that its occasions belong to; rooms above say which, by
appending to `PROGRAMMES_OF` a function that maps occasions to programmes. A record of no programme
is published with none, and left out when one programme is asked for.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from digna.improvement import kpis, savings
from digna.improvement.models import Headcount, Measurement, Observation, PracticeAnswer, Project
from digna.improvement.models.measurements import Point
from digna.improvement.selectors import board
from digna.registry import facts as registry
from digna.registry.models import Enterprise
from digna_engines.indicators.schema import Column, FactSchema

Row = tuple[Any, ...]
Programmes = Mapping[uuid.UUID, tuple[int, ...]]

PROGRAMMES_OF: list[Callable[[], Programmes]] = []
"""Each returns the programmes of the occasions it knows; rooms above append theirs."""

FIRM = {
    "enterprise_id": Column("integer", nullable=False, label="empresa"),
    "programme_id": Column("integer", label="programa"),
    "department": Column("text", label="departamento"),
    "sector": Column("text", label="rubro"),
    "size_band": Column("text", label="tamaño"),
    "owner_sex": Column("text", label="sexo de quien es dueña o dueño"),
}
SPLIT = ("department", "sector", "size_band", "owner_sex")

KPI = FactSchema(
    name="improvement.kpi",
    grain="un valor de un indicador de una empresa (y en cada programa)",
    keys=("observation_id", "enterprise_id", "programme_id", "pair"),
    columns={
        "observation_id": Column("integer", nullable=False, label="valor"),
        **FIRM,
        "kpi": Column("text", nullable=False, label="indicador"),
        "point": Column("text", label="momento"),
        "period_start": Column("date", nullable=False, label="desde"),
        "period_end": Column("date", nullable=False, label="hasta"),
        "numerator": Column("number", nullable=False, label="numerador"),
        "denominator": Column("number", label="denominador"),
        "factor": Column("integer", nullable=False, label="factor"),
        "value": Column("number", label="valor, en la unidad del indicador"),
        "currency": Column("text", label="moneda"),
        "grade": Column("text", nullable=False, label="calidad"),
        "review": Column("text", nullable=False, label="revisión"),
        "better": Column("text", nullable=False, label="mejor"),
        "pair": Column("text", nullable=False, label="empresa e indicador"),
        "pair_side": Column("text", label="antes o ahora"),
        "change_signed": Column("number", label="cambio, positivo si es mejor"),
    },
    dimensions=(*SPLIT, "kpi", "point", "grade", "review", "currency"),
)
PRACTICE = FactSchema(
    name="improvement.practice",
    grain="una práctica, en una medición de una empresa (y en cada programa)",
    keys=("answer_id", "enterprise_id", "measurement_id", "programme_id", "pair"),
    columns={
        "answer_id": Column("integer", nullable=False, label="respuesta"),
        **FIRM,
        "measurement_id": Column("integer", nullable=False, label="medición"),
        "point": Column("text", nullable=False, label="momento"),
        "measured_on": Column("date", nullable=False, label="fecha"),
        "practice": Column("text", nullable=False, label="práctica"),
        "value": Column("text", nullable=False, label="respuesta dada"),
        "before": Column("text", label="respuesta en la línea de base"),
        "adopted": Column("boolean", label="adoptada desde la línea de base"),
        "slid_back": Column("boolean", label="perdida desde la línea de base"),
        "pair": Column("text", nullable=False, label="empresa y práctica"),
    },
    dimensions=(*SPLIT, "point", "practice", "value"),
)
PROJECT = FactSchema(
    name="improvement.project",
    grain="un proyecto de mejora de una empresa (y en cada programa)",
    keys=("project_id", "enterprise_id", "programme_id"),
    columns={
        "project_id": Column("integer", nullable=False, label="proyecto"),
        **FIRM,
        "area": Column("text", nullable=False, label="área"),
        "status": Column("text", nullable=False, label="estado"),
        "review": Column("text", nullable=False, label="revisión"),
        "starts_on": Column("date", nullable=False, label="inicio"),
        "done_on": Column("date", label="terminado"),
        "currency": Column("text", nullable=False, label="moneda"),
        "cost": Column("number", label="costo"),
        "saving": Column("number", label="ahorro"),
        "saving_kind": Column("text", nullable=False, label="una vez o cada año"),
        "net_saving": Column("number", label="ahorro que se suma"),
        "counts_in_total": Column("boolean", nullable=False, label="entra en la suma"),
    },
    dimensions=(*SPLIT, "area", "status", "review", "saving_kind", "currency"),
)
JOB = FactSchema(
    name="improvement.job",
    grain="los empleos de un sexo y un contrato, entre dos mediciones de una empresa",
    keys=("job_id", "enterprise_id", "programme_id"),
    columns={
        "job_id": Column("text", nullable=False, label="grupo de empleos"),
        **FIRM,
        "counted_on": Column("date", nullable=False, label="fecha del segundo conteo"),
        "since": Column("date", nullable=False, label="fecha del primer conteo"),
        "sex": Column("text", nullable=False, label="sexo"),
        "contract": Column("text", nullable=False, label="contrato"),
        "retained": Column("integer", nullable=False, label="empleos mantenidos"),
        "created": Column("integer", nullable=False, label="empleos creados"),
        "lost": Column("integer", nullable=False, label="empleos perdidos"),
        "net": Column("integer", nullable=False, label="empleos netos"),
        "hours": Column("number", label="horas por semana, segundo conteo"),
        "months": Column("number", label="meses del año, segundo conteo"),
        "hours_before": Column("number", label="horas por semana, primer conteo"),
        "months_before": Column("number", label="meses del año, primer conteo"),
    },
    dimensions=(*SPLIT, "sex", "contract"),
)
TIME = ("hours", "months")
SEXES = {"women": "female", "men": "male", "other": "other"}


@dataclass(slots=True)
class _Ground:
    """What is read once: traits of firms, and the programmes of each occasion and firm."""

    wanted: int | None
    traits: dict[int, Row] = field(default_factory=dict)
    by_occasion: dict[uuid.UUID, tuple[int, ...]] = field(default_factory=dict)
    by_firm: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def firms(self, enterprise: int, occasion: uuid.UUID | None) -> Iterator[Row]:
        """Yield the columns of `FIRM`, once for each programme."""
        found = self.by_occasion.get(occasion, ()) if occasion is not None else ()
        programmes: tuple[int | None, ...] = found or self.by_firm.get(enterprise) or (None,)
        for programme in programmes:
            if self.wanted is None or programme == self.wanted:
                yield (enterprise, programme, *self.traits.get(enterprise, (None,) * 4))


def _ground(wanted: int | None) -> _Ground:
    ground = _Ground(wanted)
    departments, owners = registry.departments_by_place(), registry.owners()
    rows = Enterprise.objects.values_list("pk", "place_id", "sector__code", "size_band")
    for key, place, sector, size in rows.iterator(chunk_size=10_000):
        department = departments.get(place) if place is not None else None
        ground.traits[key] = (department, sector, size or None, owners.get(key))
    for ask in PROGRAMMES_OF:
        ground.by_occasion |= ask()
    links = Measurement.objects.filter(occasion__isnull=False)
    for firm, occasion in links.order_by("pk").values_list("enterprise_id", "occasion"):
        programmes = ground.by_occasion.get(occasion, ()) if occasion is not None else ()
        held = ground.by_firm.get(firm, ())
        ground.by_firm[firm] = (*held, *(p for p in programmes if p not in held))
    return ground


def kpi_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows of KPI values, those corrected or withdrawn left out."""
    return KPI, _kpi_rows(programme_id)


def _kpi_rows(programme_id: int | None) -> Iterator[Row]:
    ground = _ground(programme_id)
    stored = Observation.objects.standing().select_related(
        "version", "measurement", "board_kpi__enterprise__sector"
    )
    series: list[Observation] = []
    for row in stored.order_by("board_kpi_id", "period_end", "pk").iterator(chunk_size=2_000):
        if series and series[0].board_kpi_id != row.board_kpi_id:
            yield from _kpi_series(series, ground)
            series = []
        series.append(row)
    if series:
        yield from _kpi_series(series, ground)


def _kpi_series(series: list[Observation], ground: _Ground) -> Iterator[Row]:
    """Yield the values of one KPI of one firm; its two compared values say which side they are."""
    firm = series[0].board_kpi.enterprise
    sector = firm.sector.code if firm.sector is not None else ""
    rule = kpis.Kpi.of(series[-1].version.document)
    before, now = board.pair(rule, series, sector)
    moved = None
    if before is not None and now is not None:
        moved = kpis.change(rule, before.reading, now.reading, sector)
    for row in series:
        side = "now" if row is now and moved else "before" if row is before else None
        signed = signed_change(rule, moved) if row is now else None
        measurement = row.measurement
        occasion = measurement.occasion if measurement is not None else None
        for columns in ground.firms(firm.pk, occasion):
            yield (
                row.pk,
                *columns,
                rule.code,
                measurement.point if measurement is not None else None,
                row.period_start,
                row.period_end,
                row.numerator,
                row.denominator,
                rule.factor,
                reading_of(row, rule.factor),
                row.currency or None,
                row.grade,
                row.review,
                rule.better,
                f"{firm.pk}:{rule.code}",
                side,
                signed,
            )


def reading_of(row: Observation, factor: int) -> Decimal | None:
    """Return a value as people read it: numerator by factor, over its denominator if it has one."""
    if row.denominator is None:
        return row.numerator * factor
    return None if row.denominator == 0 else row.numerator * factor / row.denominator


def signed_change(rule: kpis.Kpi, change: kpis.Change | None) -> Any:
    """Return a change as a share of its base, positive where better; None where none is due."""
    if change is None or change.share is None or change.why or rule.better not in ("up", "down"):
        return None
    return change.share if rule.better == "up" else -change.share


def practice_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows of answers to practices, each with its baseline's."""
    return PRACTICE, _practice_rows(programme_id)


def _practice_rows(programme_id: int | None) -> Iterator[Row]:
    ground = _ground(programme_id)
    before: dict[tuple[int, str], str] = {}
    stored = PracticeAnswer.objects.select_related("measurement").order_by(
        "measurement__on", "measurement_id", "pk"
    )
    for row in stored.iterator(chunk_size=5_000):
        measurement = row.measurement
        pair = (measurement.enterprise_id, row.practice_code)
        base = None if measurement.point == Point.BASELINE else before.get(pair)
        if measurement.point == Point.BASELINE:
            before[pair] = row.value
        adopted, slid = moved(base, row.value)
        for columns in ground.firms(measurement.enterprise_id, measurement.occasion):
            yield (
                row.pk,
                *columns,
                measurement.pk,
                measurement.point,
                measurement.on,
                row.practice_code,
                row.value,
                base,
                adopted,
                slid,
                f"{pair[0]}:{pair[1]}",
            )


def moved(before: str | None, now: str) -> tuple[bool | None, bool | None]:
    """Return whether a practice was adopted, and whether it slid back; None where not comparable.

    >>> moved("no", "yes"), moved("yes", "no"), moved("na", "yes"), moved(None, "yes")
    ((True, False), (False, True), (None, None), (None, None))
    """
    if before is None or "na" in (before, now):
        return None, None
    return before != "yes" and now == "yes", before == "yes" and now != "yes"


def project_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows of improvement projects."""
    return PROJECT, _project_rows(programme_id)


def _project_rows(programme_id: int | None) -> Iterator[Row]:
    ground = _ground(programme_id)
    for project in Project.objects.order_by("pk").iterator(chunk_size=2_000):
        saving = board.saving_of(project)
        for columns in ground.firms(project.enterprise_id, None):
            yield (
                project.pk,
                *columns,
                project.area,
                project.status,
                project.review,
                project.starts_on,
                project.done_on,
                project.currency,
                project.cost,
                project.saving,
                project.saving_kind,
                savings.net_year(saving) if saving.counts else 0,
                saving.counts,
            )


def job_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows of jobs between two headcounts, by sex and contract.

    The two are the first and the last of an occasion; of measurements without one, of the firm.
    """
    return JOB, _job_rows(programme_id)


def _job_rows(programme_id: int | None) -> Iterator[Row]:
    ground = _ground(programme_id)
    ways: dict[tuple[int, uuid.UUID | None], list[Headcount]] = {}
    counted = Headcount.objects.select_related("measurement").order_by(
        "measurement__on", "measurement_id"
    )
    for row in counted:
        measurement = row.measurement
        ways.setdefault((measurement.enterprise_id, measurement.occasion), []).append(row)
    for (firm, occasion), rows in ways.items():
        if len(rows) > 1:
            yield from _jobs_between(firm, occasion, rows[0], rows[-1], ground)


def _jobs_between(
    firm: int, occasion: uuid.UUID | None, first: Headcount, last: Headcount, ground: _Ground
) -> Iterator[Row]:
    dates: tuple[date, date] = (last.measurement.on, first.measurement.on)
    for contract in ("permanent", "casual"):
        for group, sex in SEXES.items():
            name = f"{contract}_{group}"
            found = savings.jobs(getattr(first, name), getattr(last, name))
            if found is None:
                continue
            for columns in ground.firms(firm, occasion):
                yield (
                    f"{last.measurement_id}:{name}",
                    *columns,
                    *dates,
                    sex,
                    contract,
                    found.retained,
                    found.created,
                    found.lost,
                    found.net,
                    *(getattr(row, f"{contract}_{of}") for row in (last, first) for of in TIME),
                )
