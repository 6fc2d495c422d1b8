"""The few queries that answer many indicators: cells, medians, cohorts, records, leftovers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from digna_engines.indicators import populations
from digna_engines.indicators.cohorts import CohortUnits
from digna_engines.indicators.declaration import Indicator
from digna_engines.indicators.figures import SEVERAL
from digna_engines.indicators.populations import Layer, Population
from digna_engines.indicators.records import RecordSet
from digna_engines.indicators.workbench import SEVERAL_CODE, Workbench, all_of
from digna_engines.values import Number

TOTAL = ""
Place = tuple[int, str, str | None]
"""Where a cell is: the period's place in its layer, the dimension column, the category."""


@dataclass(frozen=True)
class Cell:
    """What one pass found for one indicator in one place."""

    rows: int = 0
    known: int = 0
    numerator: Number | None = None
    denominator: Number | None = None
    held: int = 0
    compared: int = 0


@dataclass
class Found:
    """Everything the passes over one layer found for one indicator."""

    cells: dict[Place, Cell] = field(default_factory=dict)
    medians: dict[Place, float] = field(default_factory=dict)
    inside: dict[int, tuple[int, int]] = field(default_factory=dict)
    records: dict[int, RecordSet] | None = None


class Pass:
    """One layer of periods over one population, for all the indicators that share it."""

    def __init__(
        self,
        bench: Workbench,
        population: Population,
        members: Sequence[Indicator],
        layer: Layer,
        since: date | None = None,
    ) -> None:
        self.bench = bench
        self.population = population
        self.members = members
        self.layer = layer
        self._rows = populations.rows_of(bench, population, layer, since)
        self._detail = populations.detail(bench, population, members, self._rows)

    def run(self, cohorts: Mapping[str, CohortUnits], *, records: bool) -> list[Found]:
        """What every member of this pass needs, in the order of the members."""
        found = [Found() for _ in self.members]
        self._fill_cells(found)
        for j, one in enumerate(self.members):
            if one.shape == "median":
                found[j].medians = self._medians(one)
            if one.cohort is not None:
                found[j].inside = self._inside(j, one, cohorts[one.code].units)
            if records:
                found[j].records = self._records(j, one)
        return found

    def _columns(self) -> list[str]:
        return sorted({column for one in self.members for column in one.disaggregate.values()})

    def cells(self) -> Any:
        """The query behind every cell of this pass, as an Ibis expression."""
        names = [f"_{part}{j}" for j in range(len(self.members)) for part in "kab"]
        names += [name for name in ("_h", "_c") if name in self._detail.columns]
        return _marginals(self.bench, self._detail, self._columns(), names)

    def _fill_cells(self, found: list[Found]) -> None:
        for row in self._fetch(self.cells()):
            place = self._place_of(row)
            for j, one in enumerate(self.members):
                if place[1] == TOTAL or place[1] in one.disaggregate.values():
                    found[j].cells[place] = Cell(
                        row["_rows"],
                        row[f"_k{j}"] or 0,
                        row[f"_a{j}"],
                        row[f"_b{j}"],
                        row.get("_h") or 0,
                        row.get("_c") or 0,
                    )

    def _medians(self, one: Indicator) -> dict[Place, float]:
        value = populations.value_of(one, self._rows)
        exact = self._rows.mutate(_value=value.cast("float64"))
        exact = exact.filter(exact["_value"].notnull())
        parts = []
        for column in (TOTAL, *sorted(set(one.disaggregate.values()))):
            keys = _keys(self.bench, exact, column)
            parts.append(exact.group_by(**keys).agg(_median=exact["_value"].quantile(0.5)))
        return {self._place_of(row): row["_median"] for row in self._fetch(_stacked(parts))}

    def _inside(self, j: int, one: Indicator, cohort: Any) -> dict[int, tuple[int, int]]:
        import ibis

        units = self._valued_units(j, one)
        joined = units.left_join(cohort, units["_unit"] == cohort["_member"])
        inside = ibis.ifelse(joined["_member"].notnull(), 1, 0)
        counted = joined.group_by("_p").agg(_inside=inside.sum(), _all=joined.count())
        found = self.bench.backend.to_pyarrow(counted).to_pylist()
        return {row["_p"]: (row["_inside"], row["_all"] - row["_inside"]) for row in found}

    def _valued_units(self, j: int, one: Indicator) -> Any:
        if self.population.counted is not None:
            return self._detail.filter(self._detail[f"_k{j}"] == 1).select("_p", "_unit")
        assert one.cohort is not None  # noqa: S101  (asked only for members with a cohort)
        known, _, _ = populations.parts_of(one, self._rows, self.bench)
        unit = self._rows[one.cohort.of]
        return self._rows.filter(known & unit.notnull()).select("_p", _unit=unit).distinct()

    def _records(self, j: int, one: Indicator) -> dict[int, RecordSet]:
        columns, rows = self._numerator_rows(j, one)
        table = self.bench.backend.to_pyarrow(rows)
        places = table.column("_p").to_pylist()
        keys: Iterable[Any] = zip(*(table.column(c).to_pylist() for c in columns), strict=True)
        sets: dict[int, list[Any]] = {place: [] for place in range(len(self.layer))}
        for place, key in zip(places, keys, strict=True):
            sets[place].append(key[0] if len(columns) == 1 else key)
        named = columns if self.population.counted is None else (self.population.counted,)
        return {place: RecordSet.of(named, found) for place, found in sets.items()}

    def _numerator_rows(self, j: int, one: Indicator) -> tuple[tuple[str, ...], Any]:
        if self.population.counted is not None:
            met = self._detail.filter(self._detail[f"_a{j}"] == 1)
            return ("_unit",), met.select("_p", "_unit")
        known, numerator, _ = populations.parts_of(one, self._rows, self.bench)
        kept = self._rows.filter(numerator == 1 if one.shape == "share" else known)
        if one.counts_pairs and one.of is not None:
            return (one.of,), kept.select("_p", one.of)
        return self.bench.schema.keys, kept.select("_p", *self.bench.schema.keys)

    def _fetch(self, cells: Any) -> list[dict[str, Any]]:
        ordered = cells.order_by("_column", "_p", "_code")
        return list(self.bench.backend.to_pyarrow(ordered).to_pylist())

    def _place_of(self, row: dict[str, Any]) -> Place:
        column, code = row["_column"], row["_code"]
        if code is None:
            return row["_p"], column, None
        category = SEVERAL if code == SEVERAL_CODE else self.bench.category(column, code)
        return row["_p"], column, category


def _keys(bench: Workbench, rows: Any, column: str) -> dict[str, Any]:
    import ibis

    code = ibis.null("int32") if column == TOTAL else rows[bench.code_of(column)]
    return {"_column": ibis.literal(column), "_p": rows["_p"], "_code": code}


def _marginals(bench: Workbench, detail: Any, columns: list[str], names: list[str]) -> Any:
    """One row per period and category of each dimension, plus one per period for the total.

    Rows are first summed over all dimensions at once, so that each dimension is then read from
    the few combinations that exist and not from the rows again.
    """
    summed = ["_rows", *names]
    codes = [bench.code_of(column) for column in columns]
    cube = detail.group_by("_p", *codes).agg(**{name: detail[name].sum() for name in summed})
    parts = [
        cube.group_by(**_keys(bench, cube, column)).agg(
            **{name: cube[name].sum() for name in summed}
        )
        for column in (TOTAL, *columns)
    ]
    return _stacked(parts)


def _stacked(parts: list[Any]) -> Any:
    import ibis

    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def left_out(bench: Workbench, wanted: Sequence[Population]) -> list[tuple[int, int]]:
    """Rows that qualify but have no date, and rows that have no unit, per population."""
    import ibis

    sums: dict[str, Any] = {}
    for i, population in enumerate(wanted):
        qualifies = all_of(population.where + population.among, bench.rows, bench.schema)
        paired = None if population.pairing is None else population.pairing.of
        for kind, column in (("date", population.on), ("unit", population.counted or paired)):
            if column is not None:
                absent = qualifies & bench.rows[column].isnull()
                sums[f"{kind}{i}"] = ibis.ifelse(absent, 1, 0).sum()
    if not sums:
        return [(0, 0) for _ in wanted]
    row = bench.backend.to_pyarrow(bench.rows.aggregate(**sums)).to_pylist()[0]
    return [(row.get(f"date{i}") or 0, row.get(f"unit{i}") or 0) for i in range(len(wanted))]
