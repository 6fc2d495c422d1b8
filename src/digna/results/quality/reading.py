"""The rows behind each figure, fetched from the fact store. Imported by the worker alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
from django.utils import timezone

from digna.journal.models import Change
from digna.programmes.models import Programme
from digna.registry.models import DuplicatePair
from digna.results import declarations, parts, sources, store
from digna.results.models import Figure, Indicator, ReportingPeriod
from digna.results.quality.found import Behind, Looked
from digna.results.quality.of_values import IN_ORDER
from digna.results.selectors import causes, samples
from digna_engines.indicators import FactTable
from digna_engines.indicators import Indicator as Declared
from digna_engines.indicators.workbench import all_of, clean, columns_of
from digna_engines.values import Period

MOST_CHANGES = 300_000
ALSO = frozenset(
    {"person_id", "enterprise_id", "measurement_id", "value", "grade"}
    | {name for pair in IN_ORDER for name in pair}
)


@dataclass(slots=True)
class _Ground:
    """What is read once for all the figures of a run."""

    programme: Programme
    period: ReportingPeriod | None
    today: date
    connection: Any
    tables: dict[str, FactTable] = field(default_factory=dict)
    recorded: dict[str, Mapping[str, date] | None] = field(default_factory=dict)
    corrections: dict[str, Mapping[str, list[bool]] | None] = field(default_factory=dict)
    doubtful: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def table(self, source: str) -> FactTable:
        """Return a fact table, read once."""
        if source not in self.tables:
            self.tables[source] = store.table(source, self.programme.pk, self.connection)
        return self.tables[source]


def behind_each(
    programme: Programme, period: ReportingPeriod | None, today: date
) -> Iterator[tuple[Indicator, Behind]]:
    """Yield the sound computed indicators with the rows behind each in a period."""
    schemas = sources.schemas()
    connection = ibis.duckdb.connect()
    ground = _Ground(programme, period, today, connection, doubtful=_doubtful())
    try:
        figures = {
            row.indicator_id: row
            for row in Figure.objects.filter(
                indicator__programme=programme, period=period, kind=Figure.Kind.CURRENT
            ).defer("records", "workings", "warnings")
        }
        for row in Indicator.objects.filter(programme=programme, is_reported=False):
            read = declarations.read({**row.declaration, "code": row.code}, schemas)
            if read.indicator is not None:
                yield row, _behind(ground, row, read.indicator, figures.get(row.pk))
    finally:
        connection.disconnect()


def _behind(ground: _Ground, row: Indicator, declared: Declared, figure: Figure | None) -> Behind:
    table = ground.table(declared.source)
    columns, count = _columns(ground, declared, table)
    model = causes.model_of(declared.source, table.schema.keys[0])
    kept = parts.read(figure.parts) if figure is not None else {}
    return Behind(
        declared=declared,
        schema=table.schema,
        columns=columns,
        count=count,
        today=ground.today,
        n=figure.n if figure is not None else None,
        cohort=figure.cohort if figure is not None else None,
        total=figure.value if figure is not None else None,
        parts={name: [_decimal(one.value) for one in found] for name, found in kept.items()},
        recorded=_recorded(ground, model),
        corrections=_corrections(ground, model),
        doubtful=ground.doubtful,
        sample=_sample(row, ground.period),
    )


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _columns(
    ground: _Ground, declared: Declared, table: FactTable
) -> tuple[dict[str, list[Any]], int]:
    """Return the columns a rule may want, of the rows of the period that the conditions let in."""
    wanted = columns_of(declared) | set(declared.disaggregate.values()) | ALSO
    wanted |= {table.schema.keys[0]}
    named = sorted(wanted & set(table.schema.columns))
    rows = table.rows.select(**clean(table, named))
    rows = rows.filter(all_of(declared.where, rows, table.schema))
    if ground.period is not None and declared.on is not None:
        period = Period(ground.period.starts_on, ground.period.ends_on, "")
        first = period.starts_on
        if declared.semantics != "incremental":
            first = ground.programme.starts_on
        day = rows[declared.on]
        rows = rows.filter(day.isnull() | day.between(first, period.ends_on))
    found = rows.to_pyarrow()
    return {name: found.column(name).to_pylist() for name in named}, found.num_rows


def _recorded(ground: _Ground, model: str) -> Mapping[str, date] | None:
    """Return the day on which each row of a model was first written."""
    if model not in ground.recorded:
        rows = Change.objects.filter(model=model, kind=Change.Kind.ADDED)
        ground.recorded[model] = None
        if model and rows.count() <= MOST_CHANGES:
            found = rows.order_by("-id").values_list("object_id", "line__at")
            ground.recorded[model] = {key: timezone.localdate(at) for key, at in found}
    return ground.recorded[model]


def _corrections(ground: _Ground, model: str) -> Mapping[str, list[bool]] | None:
    """Return, for each row of a model that was changed, whether each change said why."""
    if model not in ground.corrections:
        rows = Change.objects.filter(model=model, kind=Change.Kind.CHANGED)
        ground.corrections[model] = None
        if model and rows.count() <= MOST_CHANGES:
            told: dict[str, list[bool]] = {}
            added = Change.objects.filter(model=model, kind=Change.Kind.ADDED)
            first = dict(added.order_by("-id").values_list("object_id", "line_id"))
            said = rows.order_by("id").values_list("object_id", "line_id", "line__reason")
            for key, line, reason in said:
                if first.get(key) != line:  # completed as it was added: nothing corrected
                    told.setdefault(key, []).append(bool(reason.strip()))
            ground.corrections[model] = told
    return ground.corrections[model]


def _doubtful() -> dict[str, frozenset[int]]:
    rows = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN).values_list(
        "person_a_id", "person_b_id", "enterprise_a_id", "enterprise_b_id"
    )
    pairs = list(rows)
    people = {key for row in pairs for key in row[:2] if key is not None}
    firms = {key for row in pairs for key in row[2:] if key is not None}
    return {"person_id": frozenset(people), "enterprise_id": frozenset(firms)}


def _sample(row: Indicator, period: ReportingPeriod | None) -> Looked | None:
    newest = samples.newest(row, period)
    return None if newest is None else samples.looked(newest)
