"""The rows an indicator counts, period by period, as Ibis expressions; nothing runs here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from digna_engines.indicators import gates, pairs
from digna_engines.indicators.declaration import Condition, Indicator, Semantics
from digna_engines.indicators.gates import Gate
from digna_engines.indicators.jobs import FULL_YEAR, WEEK
from digna_engines.indicators.pairs import Pairing
from digna_engines.indicators.workbench import SEVERAL_CODE, Workbench, all_of
from digna_engines.values import Period

Layer = tuple[Period | None, ...]


@dataclass(frozen=True)
class Population:
    """What indicators must have in common to be computed in one pass over the rows."""

    counted: str | None
    of: str | None
    on: str | None
    semantics: Semantics
    where: tuple[Condition, ...]
    among: tuple[Condition, ...]
    pairing: Pairing | None = None
    gate: Gate | None = None

    @classmethod
    def of_indicator(cls, one: Indicator) -> "Population":
        """The population of one indicator; ``counted`` is the unit, ``None`` for rows."""
        counted = one.of if one.counts_units else None
        return cls(
            counted, one.of, one.on, one.semantics, one.where, one.among,
            pairs.pairing_of(one), gates.gate_of(one),
        )  # fmt: skip

    @property
    def shares_layers(self) -> bool:
        """Whether disjoint periods go in one pass: rows of a period only, each in one period."""
        return self.semantics == "incremental" and self.pairing is None


def layers(periods: Sequence[Period | None], *, share: bool) -> list[list[int]]:
    """Positions of periods in groups that one pass serves: disjoint ones share, nested ones not.

    >>> years = [Period.year(2020), Period.year(2021)]
    >>> layers([*years, Period.quarter(2021, 1)], share=True)
    [[0, 1], [2]]
    """
    found: list[list[int]] = []
    for at, period in enumerate(periods):
        room = None
        if share and period is not None:
            others = ([periods[other] for other in layer] for layer in found)
            fits = (n for n, layer in enumerate(others) if _has_room(layer, period))
            room = next(fits, None)
        if room is None:
            found.append([at])
        else:
            found[room].append(at)
    return found


def _has_room(layer: list[Period | None], period: Period) -> bool:
    return all(one is not None and not one.overlaps(period) for one in layer)


def rows_of(bench: Workbench, population: Population, layer: Layer, since: date | None) -> Any:
    """The rows of a population in the periods of one layer, with the period's place in ``_p``."""
    import ibis

    rows = bench.rows
    if population.pairing is not None:
        rows = pairs.rows_of(
            bench, population.pairing, population.where, population.semantics, layer[0], since
        )
    elif population.semantics == "snapshot":
        rows = _last_rows(bench, population, layer[0])
        rows = rows.mutate(_p=ibis.literal(0, "int32"))
    else:
        place = _place(rows, population, layer, since)
        rows = rows.mutate(_p=place).filter(lambda kept: kept["_p"].notnull())
    if population.where and population.pairing is None:
        rows = rows.filter(all_of(population.where, rows, bench.schema))
    return rows if population.gate is None else gates.marked(rows, population.gate)


def _place(rows: Any, population: Population, layer: Layer, since: date | None) -> Any:
    import ibis

    branches = []
    for place, period in enumerate(layer):
        if period is None:
            return ibis.literal(0, "int32")
        starts_on = period.starts_on if population.semantics == "incremental" else since
        inside = rows[population.on] <= period.ends_on
        if starts_on is not None:
            inside = inside & (rows[population.on] >= starts_on)
        branches.append((inside, ibis.literal(place, "int32")))
    return ibis.cases(*branches, else_=ibis.null("int32"))


def _last_rows(bench: Workbench, population: Population, period: Period | None) -> Any:
    import ibis

    of, on = population.of, population.on
    rows = bench.rows.filter(bench.rows[of].notnull(), bench.rows[on].notnull())
    if period is not None:
        rows = rows.filter(rows[on] <= period.ends_on)
    if population.among:
        rows = rows.filter(all_of(population.among, rows, bench.schema))
    keys = [key for key in bench.schema.keys if key in rows.columns]
    latest = ibis.window(
        group_by=rows[of], order_by=[rows[on].desc(), *(rows[key].desc() for key in keys)]
    )
    ranked = rows.mutate(_rank=ibis.row_number().over(latest))
    return ranked.filter(ranked["_rank"] == 0).drop("_rank")


def parts_of(one: Indicator, rows: Any, bench: Workbench) -> tuple[Any, Any, Any]:
    """Of each row: whether its value is known, its part of the numerator, of the denominator."""
    import ibis

    if one.measure in {"unique", "count"}:
        return ibis.literal(True), ibis.literal(1, "int64"), ibis.literal(0, "int64")
    if one.measure == "share":
        meets = all_of(one.meets, rows, bench.schema)
        return meets.notnull(), meets.cast("int64"), ibis.literal(0, "int64")
    if one.counts_pairs:
        return pairs.parts_of(one, rows)
    if one.measure == "fte":
        return _jobs(one, rows)
    value = rows[one.value]
    if one.measure != "ratio":
        known = gates.inside(rows, value.notnull())
        return known, ibis.ifelse(known, value, None), ibis.literal(0, "int64")
    per = rows[one.per]
    both = value.notnull() & per.notnull()
    return both, ibis.ifelse(both, value, None), ibis.ifelse(both, per, None)


def _jobs(one: Indicator, rows: Any) -> tuple[Any, Any, Any]:
    """Full-time equivalents: hours / 40 · months / 12, times the jobs a row stands for."""
    import ibis

    heads = ibis.literal(1, "int64") if one.heads is None else rows[one.heads].cast("int64")
    hours, months = _between(rows[one.hours], WEEK), _between(rows[one.months], FULL_YEAR)
    known = hours.notnull() & months.notnull() & heads.notnull()
    return known, hours * months * heads, ibis.literal(0, "int64")


def _between(column: Any, most: int) -> Any:
    """A column of hours or months small enough to multiply exactly; what cannot be is not known."""
    import ibis

    return ibis.ifelse(column.between(0, most), column, None).cast("decimal(9, 3)")


def value_of(one: Indicator, rows: Any) -> Any:
    """The column whose middle a median takes: a value, or the change of who is compared."""
    value = rows["_change"] if one.counts_pairs else rows[one.value]
    return value if "_held" not in rows.columns else _unless_held(rows, value)


def _unless_held(rows: Any, value: Any) -> Any:
    import ibis

    return ibis.ifelse(rows["_held"], None, value)


def detail(
    bench: Workbench, population: Population, members: Sequence[Indicator], rows: Any
) -> Any:
    """One row per counted thing (unit or row): period, categories, known, numerator, denominator.

    Member ``j`` has the columns ``_k{j}``, ``_a{j}``, ``_b{j}``; ``_rows`` is 1.
    """
    dimensions = sorted({column for one in members for column in one.disaggregate.values()})
    codes = [bench.code_of(column) for column in dimensions]
    if population.counted is None:
        return _row_detail(bench, members, rows, codes)
    return _unit_detail(bench, population.counted, members, rows, codes)


def _row_detail(
    bench: Workbench, members: Sequence[Indicator], rows: Any, codes: Sequence[str]
) -> Any:
    import ibis

    columns = {"_p": rows["_p"], "_rows": ibis.literal(1, "int64")}
    columns.update({code: rows[code] for code in codes})
    for j, one in enumerate(members):
        known, numerator, denominator = parts_of(one, rows, bench)
        columns[f"_k{j}"] = known.cast("int64")
        columns[f"_a{j}"] = numerator
        columns[f"_b{j}"] = denominator
    if "_held" in rows.columns:
        columns["_h"] = rows["_held"].cast("int64")
    if "_comparable" in rows.columns:
        columns["_c"] = gates.inside(rows, rows["_comparable"]).cast("int64")
    return rows.select(**columns)


def _unit_detail(
    bench: Workbench,
    counted: str,
    members: Sequence[Indicator],
    rows: Any,
    codes: Sequence[str],
) -> Any:
    """Units once each: a unit meets when any row does, is unknown when no row tells."""
    import ibis

    rows = rows.filter(rows[counted].notnull())
    found: dict[str, Any] = {}
    for code in codes:
        found[f"{code}_least"] = rows[code].min()
        found[f"{code}_greatest"] = rows[code].max()
    for j, one in enumerate(members):
        if one.measure == "share":
            found[f"_meets{j}"] = all_of(one.meets, rows, bench.schema).cast("int64").max()
    units = rows.group_by("_p", _unit=rows[counted]).agg(**found)
    columns = {"_p": units["_p"], "_unit": units["_unit"], "_rows": ibis.literal(1, "int64")}
    for code in codes:
        least, greatest = units[f"{code}_least"], units[f"{code}_greatest"]
        several = ibis.literal(SEVERAL_CODE, "int32")
        columns[code] = ibis.ifelse(least != greatest, several, least)
    for j, one in enumerate(members):
        met = units[f"_meets{j}"] if one.measure == "share" else ibis.literal(1, "int64")
        columns[f"_k{j}"] = met.notnull().cast("int64")
        columns[f"_a{j}"] = met
        columns[f"_b{j}"] = ibis.literal(0, "int64")
    return units.select(**columns)
