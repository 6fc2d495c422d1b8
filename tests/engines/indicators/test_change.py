"""Matched change, practices, jobs and claims: published numbers, and what must hold."""

from datetime import date
from decimal import Decimal
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.indicators import (
    Donor,
    IncomeGroup,
    Job,
    Pair,
    Practised,
    RecordSet,
    adoption,
    by_donor,
    claims,
    count_jobs,
    full_time_equivalent,
    matched_change,
    net_attributable_income,
)
from digna_engines.indicators.jobs import days_as_jobs
from digna_engines.values import Period, Share

VALUES = st.none() | st.integers(-1000, 1000)
PAIRS = st.lists(st.tuples(VALUES, VALUES), max_size=12)


@given(PAIRS)
def test_a_change_is_of_the_same_firms_only(pairs: list[tuple[int | None, int | None]]) -> None:
    found = matched_change(Pair(*one) for one in pairs)
    changes = [b - a for a, b in pairs if a is not None and b is not None]
    assert found.pairs == len(changes)
    assert found.pairs + found.unmatched == found.cohort == len(pairs)
    ways = (found.improved, found.worsened, found.unchanged)
    assert sum(way.numerator for way in ways) == len(changes)
    if changes:
        assert float(found.mean or 0) == pytest.approx(mean(changes))
        assert float(found.median or 0) == median(changes)
    else:
        assert found.mean is None
        assert found.median is None


@given(PAIRS)
def test_falling_is_improving_where_less_is_better(
    pairs: list[tuple[int | None, int | None]],
) -> None:
    up = matched_change((Pair(*one) for one in pairs), direction="ascending")
    down = matched_change((Pair(*one) for one in pairs), direction="descending")
    assert (up.improved, up.worsened) == (down.worsened, down.improved)
    assert up.mean == down.mean


def test_a_relative_change_is_of_the_totals_never_a_mean_of_percentages() -> None:
    found = matched_change([Pair(10, 20), Pair(990, 980)])
    assert found.relative == Share(Decimal(0), Decimal(1000))
    assert matched_change([Pair(0, 5)]).relative.value is None


def test_a_seasonal_trade_is_compared_with_its_own_season() -> None:
    december, june = Period.month(2020, 12), Period.month(2021, 6)
    pairs = [
        Pair(100, 120, december, Period.month(2021, 12)),
        Pair(50, 200, Period.month(2020, 6), december),
        Pair(50, 60, june, None),
    ]
    found = matched_change(pairs, window="same_season")
    assert (found.pairs, found.other_window, found.mean) == (1, 2, Decimal(20))
    assert matched_change(pairs).pairs == 3


def test_a_february_is_a_february_in_a_leap_year_too() -> None:
    pair = Pair(1, 2, Period.month(2020, 2), Period.month(2021, 2))
    assert matched_change([pair], window="same_season").pairs == 1
    long = Period.span(date(2019, 12, 1), date(2020, 1, 31))
    again = Period.span(date(2020, 12, 1), date(2021, 1, 31))
    assert matched_change([Pair(1, 2, long, again)], window="same_season").pairs == 1


@given(st.lists(st.builds(Practised, st.none() | st.booleans(), st.none() | st.booleans())))
def test_practices_taken_up_and_dropped_add_up(firms: list[Practised]) -> None:
    found = adoption(firms)
    assert found.after.numerator - found.before.numerator == found.net
    assert found.adopted.numerator - found.back_slid.numerator == found.net
    assert found.adopted.denominator + found.back_slid.denominator == found.before.denominator
    assert found.before.denominator + found.unknown == len(firms)


def test_indikit_full_time_equivalents() -> None:
    assert full_time_equivalent(20, 12) == Decimal("0.5")
    assert full_time_equivalent(40, 3) == Decimal("0.25")
    assert full_time_equivalent(20, 3) == Decimal("0.125")
    assert full_time_equivalent(60, 12) == Decimal("1.5")
    assert full_time_equivalent(60, 12, at_most=1) == 1
    assert days_as_jobs(240) == 1


def test_two_part_timers_are_one_only_where_hours_are_not_known() -> None:
    jobs = [Job("created", None, None, True)] * 2
    assert count_jobs(jobs).created.equivalents == 0
    assert count_jobs(jobs).created.unknown == 2
    by_rule = count_jobs(jobs, part_time_as=Decimal("0.5")).created
    assert (by_rule.equivalents, by_rule.unknown, by_rule.estimated) == (1, 0, 2)


def test_created_retained_and_lost_are_told_apart() -> None:
    jobs = [Job("created", 40, 12), Job("retained", 40, 12), Job("lost", 20, 12)]
    found = count_jobs(jobs)
    assert (found.net, found.net_heads) == (Decimal("0.5"), 0)
    assert found.retained.equivalents == 1


@pytest.mark.parametrize(("hours", "months"), [(-1, 12), (169, 12), (40, 13), (40, -1)])
def test_hours_and_months_of_no_year_are_refused(hours: int, months: int) -> None:
    with pytest.raises(EngineError, match=r"^jobs\.outside"):
        full_time_equivalent(hours, months)


def test_dced_net_attributable_income() -> None:
    firms = [IncomeGroup(200, 1000, 2500, 1000, 1400)]
    tenth, twentieth = Decimal("0.1"), Decimal("0.05")
    assert net_attributable_income(firms) == 220_000
    assert net_attributable_income(firms, displacement=tenth) == 198_000
    assert net_attributable_income(firms, displacement=tenth, overlap=twentieth) == 188_100
    with pytest.raises(EngineError, match=r"^contributions\.parts"):
        net_attributable_income(firms, overlap=2)


SETS = st.dictionaries(
    st.sampled_from("ABCD"), st.lists(st.integers(0, 20), max_size=15), min_size=1
)


@given(SETS, st.sampled_from(["split", "first"]))
def test_what_is_attributed_adds_up_to_the_union(sets: dict[str, list[int]], rule: str) -> None:
    named = {name: RecordSet.of("firm", keys) for name, keys in sets.items()}
    found = claims(named, rule=rule)  # type: ignore[arg-type]
    assert found.total == len({key for keys in sets.values() for key in keys})
    added = sum((one.attributed for one in found.by.values()), Decimal(0))
    assert added == pytest.approx(Decimal(found.total), abs=Decimal("1e-20"))
    assert all(one.attributed <= one.gross for one in found.by.values())


def test_firms_and_people_are_never_added() -> None:
    mixed = {"a": RecordSet.of("firm", [1]), "b": RecordSet.of("person", [1])}
    with pytest.raises(EngineError, match=r"^records\.different"):
        claims(mixed)


def test_donors_claim_no_more_than_there_is() -> None:
    halves = [Donor("SECO", Decimal("0.5")), Donor("OIT", Decimal("0.4"))]
    assert sum(by_donor(100, halves).values()) == 90
    with pytest.raises(EngineError, match=r"^contributions\.shares"):
        by_donor(100, [*halves, Donor("X", Decimal("0.2"))])
