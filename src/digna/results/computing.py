"""From fact tables to figures: what the worker does. Never imported by the web process.

Reading and computing hold no lock: only what came out is written, in one short transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from digna.journal.actor import Actor
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.results import (
    analytics,
    declarations,
    members,
    packing,
    parts,
    rowkeys,
    sources,
    store,
)
from digna.results.models import Computation, ReportingPeriod
from digna.results.models import Figure as FigureRow
from digna.results.models import Indicator as IndicatorRow
from digna.results.services import figures as services
from digna.results.services import membership
from digna_engines.indicators import FactTable, Figure, Indicator, compute
from digna_engines.values import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be computed: declared indicators of a programme over its reporting periods."""

    programme_id: int
    since: date
    indicators: tuple[Indicator, ...]
    periods: tuple[Period | None, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A figure, which column names the records behind it, and those records packed."""

    figure: Figure
    kind: str
    packed: packing.Packed

    @property
    def keys(self) -> set[Any]:
        """The records as a set."""
        return set(packing.unpack(self.packed.data))


def compute_figures(*, actor: Actor, programme: Programme) -> Computation:
    """Compute every indicator of a programme, to date and in each period, and keep the figures."""
    line = Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    periods = list(ReportingPeriod.objects.filter(programme=programme))
    rows = _sound(programme)
    asked = Asked(
        programme_id=programme.pk,
        since=programme.starts_on,
        indicators=tuple(declared for _row, declared in rows.values()),
        periods=(None, *(Period(p.starts_on, p.ends_on, p.label) for p in periods)),
    )
    found = tuple(
        services.ComputedFigure(
            indicator=rows[code][0],
            period=periods[at - 1] if at > 0 else None,
            values={**_values(one), "declaration": rows[code][0].declaration},
        )
        for (code, at), one in figures(asked).items()
    )
    computed = services.Computed(line, found)
    return services.record_figures(actor=actor, programme=programme, computed=computed)


def as_of(programme: Programme, day: date | None = None) -> Iterator[tuple[IndicatorRow, Found]]:
    """Compute every sound indicator and keep nothing: to date, or from the start until `day`.

    The same road as `compute_figures`, over one period. What has no date has no figure of a day:
    it is computed to date.
    """
    rows = _sound(programme)
    period = None if day is None else Period(programme.starts_on, day, day.isoformat())
    asked = Asked(
        programme_id=programme.pk,
        since=programme.starts_on,
        indicators=tuple(declared for _row, declared in rows.values()),
        periods=(period,),
    )
    found = figures(asked)
    for code, (row, _declared) in rows.items():
        yield row, found[code, 0]


def tried(programme: Programme, declaration: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a declaration would say to date, as plain values; nothing is kept."""
    declared = Indicator.from_mapping({**declaration, "code": "trial"}, ignore=declarations.TITLES)
    asked = Asked(programme.pk, programme.starts_on, (declared,), (None,))
    found = _values(figures(asked)["trial", 0])
    named = ("numerator", "denominator", "value", "n", "cohort", "parts", "warnings")
    return {name: found[name] for name in named}


def find_members(*, actor: Actor, figure: FigureRow) -> int:
    """Find the records behind each part of a current figure, and keep them."""
    declared = declarations.read(figure.declaration).indicator
    if declared is None or figure.kind != FigureRow.Kind.CURRENT:
        return 0
    programme, period = figure.indicator.programme, figure.period
    categories = {name: [part["category"] for part in kept] for name, kept in figure.parts.items()}
    named = members.named(categories)
    narrowed = [members.within(declared, at, *part) for at, part in enumerate(named)]
    asked = Asked(
        programme_id=programme.pk,
        since=programme.starts_on,
        indicators=tuple(narrowed),
        periods=(None if period is None else Period(period.starts_on, period.ends_on, ""),),
    )
    found = {int(code): one.keys for (code, _at), one in figures(asked).items()}
    whole = set(packing.unpack(figure.records))
    split = members.split(whole, categories, {part: found[at] for at, part in enumerate(named)})
    packed = {part: packing.pack(keys) for part, keys in split.items()}
    return membership.record_members(actor=actor, figure=figure, members=packed)


def _sound(programme: Programme) -> dict[str, tuple[IndicatorRow, Indicator]]:
    """Return the indicators without faults, by code; the faulty ones say so on their page."""
    schemas = sources.schemas()
    found = {}
    for row in IndicatorRow.objects.filter(programme=programme, is_reported=False):
        declared = declarations.read({**row.declaration, "code": row.code}, schemas).indicator
        if declared is not None:
            found[row.code] = (row, declared)
    return found


def _values(found: Found) -> dict[str, Any]:
    computed, packed = found.figure, found.packed
    return {
        "numerator": parts.stored(computed.numerator),
        "denominator": parts.stored(computed.denominator),
        "value": parts.stored(computed.value),
        "n": computed.n,
        "cohort": computed.cohort,
        "parts": parts.write(computed.slices),
        "workings": dict(computed.workings),
        "warnings": [
            {"code": w.code, "es": w.message_es, "en": w.message_en, "count": w.count}
            for w in computed.warnings
        ],
        "engine": f"{computed.method} {computed.version}",
        "record_kind": found.kind,
        "record_count": packed.count,
        "records": packed.data,
        "records_sha256": packed.sha256,
    }


def figures(asked: Asked) -> dict[tuple[str, int], Found]:
    """Return what came out for each indicator code and place among the periods.

    An indicator without a date has only its figure of all time.
    """
    with analytics.backend() as connection:
        tables = _tables(asked, connection)
        dated = [one for one in asked.indicators if one.on is not None]
        undated = [one for one in asked.indicators if one.on is None]
        found = _computed(asked, dated, tables, asked.periods)
        return found | _computed(asked, undated, tables, (None,))


def _computed(
    asked: Asked,
    indicators: Sequence[Indicator],
    tables: Mapping[str, FactTable],
    periods: Sequence[Period | None],
) -> dict[tuple[str, int], Found]:
    answers: dict[tuple[str, int], Found] = {}
    for of_rows in (False, True):
        mine = [one for one in indicators if rowkeys.are_of_rows(one) == of_rows]
        if not mine:
            continue
        found = compute(mine, tables, periods=periods, since=asked.since, records=not of_rows)
        pairs = [(one.code, at) for one in mine for at in range(len(periods))]
        for pair, figure in zip(pairs, found, strict=True):
            answers[pair] = _found(figure, tables, asked.since)
    return answers


def _found(figure: Figure, tables: Mapping[str, FactTable], since: date) -> Found:
    """Return a figure with its records packed; rows are known by the first key of their table."""
    if figure.records is not None:
        keys = {key[0] if isinstance(key, tuple) else key for key in figure.records.keys}
        return Found(figure, figure.records.columns[0], packing.pack(keys))  # type: ignore[arg-type]
    table = tables[figure.indicator.source]
    packed = rowkeys.packed(figure.indicator, table, figure.period, since)
    return Found(figure, table.schema.keys[0], packed)


def _tables(asked: Asked, connection: Any) -> dict[str, FactTable]:
    names = {one.source for one in asked.indicators}
    names |= {one.cohort.source for one in asked.indicators if one.cohort is not None}
    return {name: store.table(name, asked.programme_id, connection) for name in sorted(names)}
