"""The expressions are those of Ibis, not of DuckDB: Spark's dialect can write them too."""

import ibis
import pytest

from digna_engines.indicators import Indicator
from digna_engines.indicators.passes import Pass
from digna_engines.indicators.populations import Population
from digna_engines.indicators.workbench import Workbench
from digna_engines.values import Period
from engines.indicators import attendance
from engines.indicators.test_parity import CUMULATIVE, INCREMENTAL, SINCE, SNAPSHOT


@pytest.mark.parametrize("one", [INCREMENTAL[0], INCREMENTAL[6], CUMULATIVE[1], SNAPSHOT[2]])
def test_cells_can_be_written_for_spark(one: Indicator) -> None:
    table = attendance.table(attendance.at_random(seed=1, size=5))
    with Workbench(table, [one], records=False) as bench:
        layer = (Period.year(2021),)
        cells = Pass(bench, Population.of_indicator(one), [one], layer, SINCE).cells()
        written = str(ibis.to_sql(cells, dialect="pyspark"))
    assert "GROUP BY" in written
    assert "APPROX" not in written.upper()
