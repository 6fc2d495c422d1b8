"""The units an indicator speaks about: the N of «n of N»."""

from dataclasses import dataclass
from typing import Any

from digna_engines.indicators.declaration import Indicator
from digna_engines.indicators.tables import FactTable
from digna_engines.indicators.workbench import all_of, clean


@dataclass(frozen=True)
class CohortUnits:
    """The distinct units of a cohort, in the column ``_member``, and how many they are."""

    units: Any
    size: int


def cohort_of(one: Indicator, table: FactTable) -> CohortUnits:
    """The units that the indicator's declared cohort holds, whatever their dates."""
    assert one.cohort is not None  # noqa: S101  (asked only for indicators with a cohort)
    cohort = one.cohort
    table.require_columns(table.rows.columns)
    needed = sorted({cohort.of, *(condition.column for condition in cohort.where)})
    rows = table.rows.select(**clean(table, needed))
    if cohort.where:
        rows = rows.filter(all_of(cohort.where, rows, table.schema))
    units = rows.filter(rows[cohort.of].notnull()).select(_member=rows[cohort.of]).distinct()
    size = table.rows.get_backend().to_pyarrow(units.count()).as_py()
    return CohortUnits(units, int(size))
