"""Pure rules: value, change, doubts, savings, payback, jobs, scales, the pulse; golden numbers."""

import doctest
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from digna.improvement import facts, kpis, pulses, savings, scales

DEF = kpis.Kpi("DEF", 100, "down", True, True, True, False, False, frozenset({"coffee"}), False)
COMP = kpis.Kpi("COMP", 1000, "down", True, False, True, False, False, frozenset(), True)
SALE = kpis.Kpi("SALE", 1, "up", False, False, False, True, True, frozenset(), False)
GRV = kpis.Kpi("GRV", 100, "context", True, False, False, False, False, frozenset(), False)
TODAY = date(2021, 12, 31)


def reading(n: Any, d: Any = None, year: int = 2021, month: int = 1, **values: Any) -> kpis.Reading:
    parts = [None if part is None else Decimal(str(part)) for part in (n, d)]
    return kpis.Reading(date(year, month, 1), date(year, month, 28), *parts, **values)


def test_the_examples_in_the_docstrings_hold() -> None:
    for module in (kpis, savings, scales, pulses, facts):
        assert doctest.testmod(module).failed == 0


def test_change_is_signed_by_what_is_better() -> None:
    found = kpis.change(DEF, reading(20, 100), reading(10, 100, month=2))
    assert (found.difference, found.share, found.is_better) == (-10, Decimal("-0.5"), True)
    assert kpis.change(DEF, reading(10, 100), reading(20, 100, month=2)).is_better is False
    assert kpis.change(DEF, reading(10, 100), reading(10, 100, month=2)).is_better is None
    assert kpis.change(GRV, reading(10, 100), reading(20, 100, month=2)).is_better is None


@pytest.mark.parametrize(
    ("before", "now", "share", "why"),
    [
        (reading(0, 100), reading(10, 100), None, "zero_base"),
        (reading(4, 100), reading(10, 100), None, "small_count"),
        (reading(10, 100), reading(4, 100), None, "small_count"),
        (reading(5, 100), reading(10, 100), Decimal(1), ""),
    ],
)
def test_no_percentage_on_a_zero_base_or_a_small_count(
    before: Any, now: Any, share: Any, why: str
) -> None:
    found = kpis.change(DEF, before, now)
    assert (found.share, found.why) == (share, why)
    assert found.difference is not None
    assert found.is_comparable


def test_missing_is_not_zero() -> None:
    assert kpis.change(DEF, None, reading(1, 10)).why == "no_base"
    assert kpis.change(DEF, reading(1, None), reading(1, 10)).why == "no_base"
    assert kpis.value(DEF, reading(None, 10)) is None
    assert kpis.value(DEF, reading(3, 0)) is None
    assert kpis.value(DEF, reading(0, 10)) == 0


def test_a_season_compares_with_the_same_months_of_another_year_only() -> None:
    june, december = reading(10, 100, month=6), reading(5, 100, month=12)
    assert kpis.change(DEF, june, december, "coffee").why == "season"
    assert kpis.change(DEF, june, december, "manufacturing").is_comparable
    again = reading(5, 100, year=2022, month=6)
    assert kpis.change(DEF, june, again, "coffee").share == Decimal("-0.5")
    assert kpis.change(SALE, reading(10), reading(12, month=2)).why == "season"
    assert kpis.change(SALE, reading(10, currency="BOB"), reading(12, year=2022)).why == "currency"


def test_a_new_register_is_flagged_and_not_a_failure() -> None:
    before, now = reading(6, 100), reading(12, 100, month=2, is_new_register=True)
    found = kpis.change(COMP, before, now)
    assert (found.why, found.is_better) == ("new_register", None)
    from_memory = reading(6, 100, is_record=False)
    assert kpis.change(COMP, from_memory, reading(12, 100, month=2)).why == "new_register"


def test_what_makes_a_reading_doubtful() -> None:
    before = reading(50, 100)
    ask = lambda now, first=before: kpis.doubts(DEF, first, now, today=TODAY)  # noqa: E731
    assert ask(reading(10, 100)) == ()  # exactly 80 %
    assert ask(reading(9, 100)) == ("big_change",)
    assert ask(reading(1, 0)) == ("zero_denominator",)
    assert "part_over_whole" in ask(reading(101, 100), None)
    assert ask(reading(50, 100, year=2022)) == ("future",)
    assert ask(reading(4, 100), reading(1, 100)) == ()  # counts too small to speak of a jump


def test_the_savings_printed_by_an_evaluation_are_stopped() -> None:
    """A mean saving of US$ 3.12 a firm (about Bs 21) would have been asked about."""
    assert savings.doubts(Decimal("21.72"), "BOB", None) == ("saving_small",)
    assert savings.doubts(Decimal(20), "BOB", None) == ("saving_small",)
    assert savings.doubts(Decimal(50), "BOB", None) == ()
    assert savings.doubts(Decimal(30001), "BOB", Decimal(100000)) == ("saving_large",)
    assert savings.doubts(Decimal(30000), "BOB", Decimal(100000)) == ()


def saving(amount: int | None, **values: Any) -> savings.Saving:
    found = {
        "currency": "BOB", "is_recurring": True, "running_cost": None,
        "since": date(2021, 7, 2), "counts": True,
    } | values  # fmt: skip
    return savings.Saving(amount=None if amount is None else Decimal(amount), **found)


def test_sums_keep_once_and_each_year_apart_and_count_nothing_twice() -> None:
    rows = [
        saving(1200, running_cost=Decimal(200)),
        saving(500, is_recurring=False),
        saving(900, counts=False),
        saving(None),
        saving(70, currency="USD"),
    ]
    assert savings.recurring(rows, "BOB") == savings.Total(Decimal(1000), 1)
    assert savings.one_off(rows, "BOB") == savings.Total(Decimal(500), 1)
    assert savings.recurring([], "BOB").amount is None
    year = savings.in_year(rows, "BOB", date(2021, 12, 31))
    assert year.amount == (Decimal(1000) * 182 / 365 + 500).quantize(Decimal("0.01"))
    assert savings.in_year(rows, "BOB", date(2021, 1, 1)).amount is None
    assert savings.in_year(rows[1:2], "BOB", date(2022, 3, 1)).amount is None


def test_payback_with_and_without_subsidy_and_missing_stays_missing() -> None:
    found = savings.payback(Decimal(3000), Decimal(2100), Decimal(1800))
    assert (found.with_subsidy, found.without_subsidy) == (6, 20)
    nothing = savings.Payback(None, None)
    assert savings.payback(None, None, Decimal(1800)) == nothing
    assert savings.payback(Decimal(1), Decimal(0), None) == nothing
    assert savings.payback(Decimal(1), Decimal(0), Decimal(0)) == nothing


def test_the_published_jobs_of_a_country() -> None:
    """Colombia: +530 and -144 permanent, +1248 and -13 casual; the two are never added."""
    permanent = savings.all_jobs([savings.jobs(0, 530), savings.jobs(144, 0)])
    casual = savings.all_jobs([savings.jobs(10, 1258), savings.jobs(13, 0), None])
    assert (permanent.created, permanent.lost, permanent.net) == (530, 144, 386)
    assert (casual.created, casual.lost, casual.net) == (1248, 13, 1235)


def test_a_plan_on_personal_equipment_alone_is_seen() -> None:
    assert scales.relies_on_ppe_alone(["ppe"])
    assert not scales.relies_on_ppe_alone(["ppe", "administrative"])
    assert not scales.relies_on_ppe_alone(["", ""])


def test_bands_of_risk() -> None:
    bands = [{"code": "low", "up_to": 33}, {"code": "high", "up_to": 100}]
    assert scales.band(bands, 3, 10)["code"] == "low"  # type: ignore[index]
    assert scales.band(bands, 4, 10)["code"] == "high"  # type: ignore[index]
    assert scales.band(bands, 0, 0) is None


def test_a_higher_score_of_risk_is_worse() -> None:
    scale = {"options": [{"value": "0", "is": "good", "score": 0},
                         {"value": "3", "is": "bad", "score": 3}]}  # fmt: skip
    assert scales.movement(scale, "0", "3") == "worse"


def test_signed_change_is_positive_where_better() -> None:
    found = kpis.change(DEF, reading(20, 100), reading(10, 100, month=2))
    assert facts.signed_change(DEF, found) == Decimal("0.5")
    assert facts.signed_change(GRV, kpis.change(GRV, reading(2, 9), reading(3, 9))) is None
