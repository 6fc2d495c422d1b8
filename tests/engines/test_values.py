"""Periods, shares and money."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError, NotAddableError, UnreadableError
from digna_engines.values import Money, Period, Share, is_gapless, quotient, tidy

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("text", "starts_on", "ends_on"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-S1", date(2021, 1, 1), date(2021, 6, 30)),
        ("2021-h2", date(2021, 7, 1), date(2021, 12, 31)),
        ("2021-T3", date(2021, 7, 1), date(2021, 9, 30)),
        ("2021-Q4", date(2021, 10, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-10-01/2021-12-31", date(2019, 10, 1), date(2021, 12, 31)),
    ],
)
def test_periods_as_people_write_them(text: str, starts_on: date, ends_on: date) -> None:
    period = Period.parse(text)
    assert (period.starts_on, period.ends_on) == (starts_on, ends_on)
    assert Period.parse(period.label) == period


@pytest.mark.parametrize("text", ["", "2021-T5", "2021-13", "21", "2021-T", "a/b", "2021-02-30/x"])
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="unreadable"):
        Period.parse(text)


@given(DAYS, st.integers(0, 400), DAYS)
def test_a_period_contains_its_ends_and_nothing_outside(first: date, days: int, any_: date) -> None:
    last = first + timedelta(days=days)
    period = Period.span(first, last)
    assert period.contains(first)
    assert period.contains(last)
    assert period.contains(any_) == (first <= any_ <= last)
    assert not period.contains(None)


def test_quarters_follow_each_other_and_make_the_year() -> None:
    quarters = [Period.quarter(2021, n) for n in (1, 2, 3, 4)]
    assert is_gapless(quarters)
    assert not is_gapless([quarters[0], quarters[2]])
    assert all(Period.year(2021).covers(one) for one in quarters)
    assert not any(a.overlaps(b) for a in quarters for b in quarters if a != b)
    assert Period.span(date(2021, 1, 1), date(2021, 12, 31), "gestión") == Period.year(2021)


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(EngineError, match="reversed"):
        Period.span(date(2021, 1, 2), date(2021, 1, 1))


@given(*[st.integers(0, 1000)] * 4)
def test_shares_add_by_their_parts(a: int, b: int, c: int, d: int) -> None:
    total = Share(a, b) + Share(c, d)
    assert (total.numerator, total.denominator) == (a + c, b + d)
    assert (total.value is None) == (b + d == 0)


def test_a_zero_share_is_not_missing() -> None:
    assert Share(0, 9).value == 0
    assert Share(0, 9).pct == 0
    assert quotient(None, 9) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-1e9, max_value=1e9))
def test_tidy_changes_the_writing_not_the_number(number: Decimal) -> None:
    assert tidy(number) == number
    assert "E" not in str(tidy(Decimal(int(number))))


def test_money_of_two_currencies_does_not_mix() -> None:
    with pytest.raises(NotAddableError) as caught:
        Money(Decimal(1), "BOB") + Money(Decimal(1), "USD")
    assert caught.value.message("es") != caught.value.message("en")
    assert Money(Decimal(3), "BOB") - Money(Decimal(1), "BOB") < Money(Decimal("2.5"), "BOB")
    assert Money(Decimal("1.50"), "BOB") * 3 == Money(Decimal("4.50"), "BOB")


@pytest.mark.parametrize(("amount", "currency"), [(1.5, "BOB"), (Decimal("NaN"), "BOB")])
def test_money_is_an_exact_number(amount: Decimal, currency: str) -> None:
    with pytest.raises(EngineError, match="not_decimal"):
        Money(amount, currency)
    with pytest.raises(EngineError, match="currency"):
        Money(Decimal(1), "bs")
