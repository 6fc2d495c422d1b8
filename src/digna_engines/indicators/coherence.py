"""Whether a declaration makes sense: by itself, and against the fact tables it reads."""

from collections.abc import Collection, Iterator, Mapping

from digna_engines.errors import Fault, UnreadableError
from digna_engines.indicators.declaration import (
    ORDERED,
    STATISTICS_OF,
    WITHOUT_VALUE,
    Condition,
    Indicator,
)
from digna_engines.indicators.schema import NUMERIC, FactSchema, coerce

_NEEDS = {
    "unique": ("of",),
    "count": (),
    "sum": ("value",),
    "share": ("meets",),
    "ratio": ("value", "per"),
    "mean": ("value",),
    "median": ("value",),
    "matched_change": ("of", "on", "value", "statistic"),
    "adoption": ("of", "on", "meets", "statistic"),
    "fte": ("hours", "months"),
}
_MAY: Mapping[str, tuple[str, ...]] = {
    "sum": ("gate",),
    "mean": ("gate",),
    "median": ("gate",),
    "matched_change": ("before", "after", "window", "gate"),
    "adoption": ("before", "after"),
    "fte": ("heads",),
}
_MEASURE_FIELDS = (
    "value", "per", "meets", "statistic", "before", "after", "window", "hours", "months", "heads",
    "gate",
)  # fmt: skip


def faults_of(indicator: Indicator) -> tuple[Fault, ...]:
    """What is wrong with a declaration by itself: fields its measure needs, lacks or ignores.

    Edge case: a field that the measure would silently ignore is a fault, because whoever wrote
    it expected it to count.

    >>> [fault.path for fault in faults_of(Indicator("a", "visits", "sum", "horas"))]
    ['value']
    """
    return tuple(_by_itself(indicator))


def check(indicator: Indicator, schemas: Mapping[str, FactSchema]) -> tuple[Fault, ...]:
    """What is wrong with a declaration against the tables it reads, all faults at once.

    Symbols: ``schemas`` maps the names of fact tables to their shape.
    Finds: an unknown table or column, a sum of something that is no number, a unique of something
    that is no key, a date column that is no date, a condition whose value does not fit its
    column, a split by a column that is not a dimension.

    >>> from digna_engines.indicators.schema import Column
    >>> table = FactSchema("visits", "one visit", ("visit",), {"visit": Column("integer")})
    >>> faults = check(Indicator("a", "visits", "sum", "h", value="visit"), {"visits": table})
    >>> faults
    ()
    """
    faults = list(_by_itself(indicator))
    source = schemas.get(indicator.source)
    if source is None:
        faults.append(_no_table("source", indicator.source))
    else:
        faults.extend(_against_source(indicator, source))
    if indicator.cohort is not None:
        faults.extend(_cohort(indicator, schemas))
    return tuple(faults)


def _by_itself(indicator: Indicator) -> Iterator[Fault]:
    needed = _NEEDS[indicator.measure]
    for name in needed:
        if not getattr(indicator, name):
            yield Fault(
                name,
                "declaration.missing",
                f"La medida «{indicator.measure}» necesita «{name}».",
                f"The measure “{indicator.measure}” needs “{name}”.",
            )
    used = (*needed, *_MAY.get(indicator.measure, ()))
    for name in _MEASURE_FIELDS:
        if getattr(indicator, name) and name not in used:
            yield _unused(name, indicator.measure)
    yield from _statistic(indicator)
    yield from _time(indicator)


def _statistic(indicator: Indicator) -> Iterator[Fault]:
    offered = STATISTICS_OF.get(indicator.measure)
    if offered and indicator.statistic and indicator.statistic not in offered:
        choices = ", ".join(offered)
        yield Fault(
            "statistic",
            "declaration.not_a_choice",
            f"«{indicator.measure}» no da «{indicator.statistic}»; elija entre {choices}.",
            f"“{indicator.measure}” gives no “{indicator.statistic}”; choose one of {choices}.",
        )


def _time(indicator: Indicator) -> Iterator[Fault]:
    snapshot = indicator.semantics == "snapshot"
    if snapshot and indicator.counts_pairs:
        yield Fault(
            "semantics",
            "declaration.pairs_have_two_moments",
            "Un cambio tiene dos momentos y una foto uno: use «incremental» o «cumulative».",
            "A change has two moments and a snapshot one: use “incremental” or “cumulative”.",
        )
    if snapshot and not (indicator.of and indicator.on):
        yield Fault(
            "semantics",
            "declaration.snapshot",
            "Una foto necesita «of» (de quién) y «on» (cuándo): toma la última fila de cada uno.",
            "A snapshot needs “of” (whose) and “on” (when): it takes the last row of each one.",
        )
    if not snapshot and indicator.among:
        yield _unused("among", indicator.semantics)
    uses_unit = indicator.counts_pairs or indicator.measure in {"unique", "share"}
    if not snapshot and indicator.of and not uses_unit:
        yield _unused("of", indicator.measure)


def _unused(name: str, by: str) -> Fault:
    return Fault(
        name,
        "declaration.not_used",
        f"«{by}» no usa «{name}»: quítelo o elija otra medida.",
        f"“{by}” does not use “{name}”: remove it or choose another measure.",
    )


def _against_source(indicator: Indicator, schema: FactSchema) -> Iterator[Fault]:
    if indicator.of is not None:
        yield from _unit("of", indicator.of, schema)
    for name in ("value", "per", "hours", "months", "heads"):
        column = getattr(indicator, name)
        if column is not None:
            yield from _typed(name, column, schema, NUMERIC)
    if indicator.on is not None:
        yield from _typed("on", indicator.on, schema, ("date",))
    for n, column in enumerate(indicator.window):
        yield from _typed(f"window[{n}]", column, schema, ("date",))
    for name in ("where", "meets", "among", "before", "after"):
        yield from _conditions(name, getattr(indicator, name), schema)
    for dimension, column in indicator.disaggregate.items():
        yield from _dimension(dimension, column, schema)


def _cohort(indicator: Indicator, schemas: Mapping[str, FactSchema]) -> Iterator[Fault]:
    cohort = indicator.cohort
    assert cohort is not None  # noqa: S101  (the only caller has just asked)
    schema = schemas.get(cohort.source)
    if schema is None:
        yield _no_table("cohort.source", cohort.source)
    else:
        yield from _unit("cohort.of", cohort.of, schema)
        yield from _conditions("cohort.where", cohort.where, schema)
    own = schemas.get(indicator.source)
    if own is not None and own.type_of(cohort.of) is None:
        yield _no_column("cohort.of", cohort.of, own)
    if indicator.of is not None and indicator.of != cohort.of:
        yield Fault(
            "cohort.of",
            "declaration.cohort_unit",
            f"El universo cuenta «{cohort.of}» y el indicador «{indicator.of}»: no se comparan.",
            f"The cohort counts “{cohort.of}”, the indicator “{indicator.of}”: no comparison.",
        )


def _unit(path: str, column: str, schema: FactSchema) -> Iterator[Fault]:
    if schema.type_of(column) is None:
        yield _no_column(path, column, schema)
    elif column not in schema.keys:
        yield Fault(
            path,
            "declaration.not_a_key",
            f"«{column}» no identifica nada en «{schema.name}»; sus claves son "
            f"{', '.join(schema.keys)}.",
            f"“{column}” identifies nothing in “{schema.name}”; its keys are "
            f"{', '.join(schema.keys)}.",
        )


def _typed(
    path: str,
    column: str,
    schema: FactSchema,
    allowed: Collection[str],
) -> Iterator[Fault]:
    found = schema.type_of(column)
    if found is None:
        yield _no_column(path, column, schema)
    elif found not in allowed:
        yield Fault(
            path,
            "declaration.wrong_type",
            f"«{column}» de «{schema.name}» es {found}; se esperaba {', '.join(sorted(allowed))}.",
            f"“{column}” of “{schema.name}” is {found}; expected {', '.join(sorted(allowed))}.",
        )


def _dimension(dimension: str, column: str, schema: FactSchema) -> Iterator[Fault]:
    path = f"disaggregate.{dimension}"
    if schema.type_of(column) is None:
        yield _no_column(path, column, schema)
    elif column not in schema.dimensions:
        yield Fault(
            path,
            "declaration.not_a_dimension",
            f"«{schema.name}» no se desglosa por «{column}».",
            f"“{schema.name}” is not split by “{column}”.",
        )


def _conditions(
    path: str, conditions: tuple[Condition, ...], schema: FactSchema
) -> Iterator[Fault]:
    for n, condition in enumerate(conditions):
        at = f"{path}[{n}]"
        kind = schema.type_of(condition.column)
        if kind is None:
            yield _no_column(f"{at}.column", condition.column, schema)
            continue
        if condition.op in ORDERED and kind in {"text", "boolean"}:
            yield Fault(
                f"{at}.op",
                "declaration.no_order",
                f"«{condition.column}» no tiene orden: «{condition.op}» no se aplica.",
                f"“{condition.column}” has no order: “{condition.op}” does not apply.",
            )
        yield from _operands(f"{at}.value", condition, schema)


def _operands(path: str, condition: Condition, schema: FactSchema) -> Iterator[Fault]:
    kind = schema.columns[condition.column].type
    if condition.op in WITHOUT_VALUE:
        return
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    for value in values:
        try:
            coerce(value, kind)
        except UnreadableError as error:
            yield Fault(path, error.code, error.message_es, error.message_en)


def _no_table(path: str, name: str) -> Fault:
    return Fault(
        path,
        "declaration.unknown_table",
        f"No hay tabla de hechos «{name}».",
        f"There is no fact table “{name}”.",
    )


def _no_column(path: str, column: str, schema: FactSchema) -> Fault:
    return Fault(
        path,
        "declaration.unknown_column",
        f"«{schema.name}» no tiene la columna «{column}».",
        f"“{schema.name}” has no column “{column}”.",
    )
