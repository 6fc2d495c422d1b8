"""What adds up equals a recount; what does not is refused with what to do instead."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from digna_engines.errors import NotAddableError
from digna_engines.indicators import Figure, Indicator, compute, roll_up
from digna_engines.indicators.typed import parse
from digna_engines.values import Period, Share
from engines.indicators import attendance
from engines.indicators.test_parity import declared

QUARTERS = [Period.quarter(2021, n) for n in (1, 2, 3, 4)]
KNOWN_SEX = [{"column": "sex", "op": "is_present"}]
ADDITIVE = [
    declared("attendances", "count"),
    declared("hours", "sum", value="hours"),
    declared("fee_per_hour", "ratio", value="fee", per="hours"),
    declared("women", "share", meets=[{"column": "sex", "op": "eq", "value": "mujer"}]),
]


def ratio(period: Period, numerator: int, denominator: int, **how: Any) -> Figure:
    one = Indicator("r", "t", "ratio", "%", value="a", per="b", on="on", **how)
    value = Share(numerator, denominator).value
    return Figure(one, period, numerator, denominator, value, denominator, denominator)


@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(rows=attendance.ROWS)
def test_quarters_added_up_are_the_year_recounted(rows: list[Any]) -> None:
    tables = {"attendance": attendance.table(rows)}
    periods = [*QUARTERS, Period.year(2021)]
    figures = compute(ADDITIVE, tables, periods=periods, records=True)
    for at in range(0, len(figures), 5):
        *quarters, year = figures[at : at + 5]
        rolled = roll_up(quarters)
        assert rolled.period == year.period
        assert rolled.n == year.n
        assert rolled.records == year.records
        # A year with rows but no value is missing; quarters without rows add a true zero.
        if year.numerator is not None:
            found = (rolled.numerator, rolled.denominator, rolled.value, rolled.slices)
            assert found == (year.numerator, year.denominator, year.value, year.slices)


def test_a_share_is_never_averaged() -> None:
    rolled = roll_up([ratio(QUARTERS[0], 30, 50), ratio(QUARTERS[1], 10, 90)])
    assert (rolled.numerator, rolled.denominator) == (40, 140)
    assert round(Decimal(str(rolled.value)) * 100, 1) == Decimal("28.6")


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 99)), min_size=1, max_size=4))
def test_a_rolled_up_share_stays_between_its_parts(parts: list[tuple[int, int]]) -> None:
    figures = [ratio(period, *part) for period, part in zip(QUARTERS, parts, strict=False)]
    values = [Share(*part).value for part in parts]
    total = Share(sum(part[0] for part in parts), sum(part[1] for part in parts))
    rolled = roll_up(figures)
    assert rolled.value == total.value
    assert min(values) <= rolled.value <= max(values)  # type: ignore[type-var,operator]


@pytest.mark.parametrize(
    ("measure", "more", "code"),
    [
        ("unique", {"of": "person"}, "rollup.units"),
        (
            "share",
            {"of": "person", "meets": [{"column": "sex", "op": "is_present"}]},
            "rollup.units",
        ),
        ("mean", {"value": "hours"}, "rollup.average"),
        ("median", {"value": "hours"}, "rollup.average"),
        ("count", {"semantics": "cumulative"}, "rollup.not_incremental"),
    ],
)
def test_what_does_not_add_up_is_refused(measure: str, more: dict[str, Any], code: str) -> None:
    one = declared("x", measure, **more)
    figures = [Figure(one, period, 1, None, 1, 1, 1) for period in QUARTERS[:2]]
    with pytest.raises(NotAddableError) as caught:
        roll_up(figures)
    assert caught.value.code == code
    assert caught.value.message_es != caught.value.message_en


def test_periods_that_overlap_and_gaps_between_them() -> None:
    with pytest.raises(NotAddableError, match="overlap"):
        roll_up([ratio(QUARTERS[0], 1, 2), ratio(Period.year(2021), 1, 2)])
    apart = roll_up([ratio(QUARTERS[3], 1, 2), ratio(QUARTERS[0], 1, 2)])
    assert [told.code for told in apart.warnings] == ["rollup.gap"]
    assert apart.period is not None
    assert apart.period.ends_on - apart.period.starts_on == timedelta(days=364)


def test_nothing_and_mixtures_are_refused() -> None:
    with pytest.raises(NotAddableError, match="nothing"):
        roll_up([])
    with pytest.raises(NotAddableError, match="mixed"):
        roll_up([ratio(QUARTERS[0], 1, 2), ratio(QUARTERS[1], 1, 2, direction="descending")])


def test_cost_recovery_in_percent_cannot_be_summed() -> None:
    with pytest.raises(NotAddableError, match=r"typed\.percent"):
        roll_up([parse("40", unit="%"), parse("70", unit="%")])
    assert roll_up([parse("3"), parse("sin dato"), parse("4")]).amount == 7
