"""From declared indicators and fact tables to figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digna_engines.errors import DeclarationError, EngineError, Fault
from digna_engines.indicators import assembly, coherence, passes
from digna_engines.indicators.cohorts import cohort_of
from digna_engines.indicators.declaration import Indicator
from digna_engines.indicators.figures import Figure
from digna_engines.indicators.passes import Pass
from digna_engines.indicators.populations import Population, layers
from digna_engines.indicators.tables import FactTable
from digna_engines.indicators.workbench import Workbench
from digna_engines.values import Period

Answers = dict[tuple[str, int], Figure]


def compute(
    indicators: Sequence[Indicator],
    tables: Mapping[str, FactTable],
    *,
    periods: Sequence[Period | None] = (None,),
    since: date | None = None,
    records: bool = False,
) -> tuple[Figure, ...]:
    """Compute every indicator in every period: first by indicator, then by period, as given.

    Formula
        ``unique``: distinct units · ``count``: rows · ``sum``: Σ value · ``share``: those that
        meet / those known · ``ratio``: Σ value / Σ per, over rows with both · ``mean``: Σ value /
        rows with a value · ``median``: the middle value, halfway between the two when even ·
        ``matched_change``: of units seen twice, mean, median or relative (Σ change / Σ before) of
        after - before, or the share that improved · ``adoption``: no → yes of those without it,
        yes → no of those with it, or their difference · ``fte``: Σ hours/40 · months/12 · jobs.
    Symbols
        ``tables`` maps the names of sources to fact tables on one Ibis backend. ``periods``:
        ``None`` is all time, dated or not. ``since``: first day of the programme, where cumulative
        figures start. ``records``: whether to bring the keys behind each numerator.
    Source
        DCED Standard VIII (2017), 5.2 and 7: overlap is handled, missing is told;
        ``docs/methods/counting.md``.
    Edge cases
        Both ends of a period are inside. Cumulative is recounted from ``since`` to the period's
        end. A missing value is left out and told: ``n`` of ``cohort``. No value on a zero base.
        No rows at all is 0 for ``sum``; rows without any value is ``None``.
    Errors
        ``DeclarationError`` with the faults of all indicators; ``compute.repeated_code``;
        ``compute.no_date`` for a period asked of an indicator without ``on``;
        ``table.missing_column``.

    >>> import ibis
    >>> from digna_engines.indicators.schema import Column, FactSchema
    >>> schema = FactSchema("attendance", "a person in a session", ("person", "session"),
    ...     {"person": Column("integer"), "session": Column("integer"), "sex": Column("text")},
    ...     dimensions=("sex",))
    >>> table = FactTable.load(schema, [{"person": 1, "session": 1, "sex": "mujer"},
    ...     {"person": 1, "session": 2, "sex": "mujer"}, {"person": 2, "session": 1}],
    ...     ibis.duckdb.connect())
    >>> people = Indicator("people", "attendance", "unique", "personas", of="person",
    ...     disaggregate={"sex": "sex"})
    >>> figure = compute([people], {"attendance": table})[0]
    >>> figure.value, [(part.category, part.value) for part in figure.slices["sex"]]
    (2, [('mujer', 1), (None, 1)])
    """
    _require_sound(indicators, tables, periods)
    asked = _Asked(tables, periods, since, records)
    answers: Answers = {}
    for source in sorted({one.source for one in indicators}):
        of_source = [one for one in indicators if one.source == source]
        with Workbench(tables[source], of_source, records=records) as bench:
            answers.update(_of_source(bench, of_source, asked))
    return tuple(answers[one.code, at] for one in indicators for at in range(len(periods)))


@dataclass(frozen=True)
class _Asked:
    tables: Mapping[str, FactTable]
    periods: Sequence[Period | None]
    since: date | None
    records: bool


def _of_source(bench: Workbench, indicators: Sequence[Indicator], asked: _Asked) -> Answers:
    shared: dict[Population, list[Indicator]] = {}
    for one in indicators:
        shared.setdefault(Population.of_indicator(one), []).append(one)
    cohorts = {
        one.code: cohort_of(one, asked.tables[one.cohort.source])
        for one in indicators
        if one.cohort is not None
    }
    answers: Answers = {}
    for population, out in zip(shared, passes.left_out(bench, list(shared)), strict=True):
        for positions in layers(asked.periods, share=population.shares_layers):
            layer = tuple(asked.periods[at] for at in positions)
            run = Pass(bench, population, shared[population], layer, asked.since)
            found = run.run(cohorts, records=asked.records)
            for one, mine in zip(shared[population], found, strict=True):
                for place, at in enumerate(positions):
                    size = cohorts[one.code].size if one.cohort is not None else None
                    context = assembly.Context(one, layer[place], place, size, out)
                    answers[one.code, at] = assembly.figure(context, mine)
    return answers


def _require_sound(
    indicators: Sequence[Indicator],
    tables: Mapping[str, FactTable],
    periods: Sequence[Period | None],
) -> None:
    schemas = {name: table.schema for name, table in tables.items()}
    faults: list[Fault] = []
    for one in indicators:
        found = coherence.check(one, schemas)
        faults.extend(replace(fault, path=f"{one.code}.{fault.path}") for fault in found)
    if faults:
        raise DeclarationError("indicators", faults)
    codes = [one.code for one in indicators]
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        raise EngineError(
            "compute.repeated_code",
            f"Hay más de un indicador con el código {', '.join(repeated)}.",
            f"There is more than one indicator with the code {', '.join(repeated)}.",
            codes=tuple(repeated),
        )
    undated = [one.code for one in indicators if one.on is None]
    if undated and any(period is not None for period in periods):
        raise EngineError(
            "compute.no_date",
            f"{', '.join(undated)} no dice(n) su fecha («on»): sólo hay total de todo el tiempo.",
            f"{', '.join(undated)} has/have no date (“on”): only an all-time total exists.",
            codes=tuple(undated),
        )
