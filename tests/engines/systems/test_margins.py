"""Margins add up, the difference is named, and nothing missing is taken for zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.systems import ChainLink, MarginTable, margins

D = Decimal
PRICES = st.none() | st.decimals(0, 1000, places=2)


def link(name: str, low: int | None, high: int | None, **values: object) -> ChainLink:
    money = [None if price is None else D(price) for price in (low, high)]
    return ChainLink(name, *money, **({"currency": "BOB", "unit": "kg"} | values))  # type: ignore[arg-type]


def test_a_table_that_adds_up() -> None:
    told = margins(MarginTable(D(18), (link("a", 18, 22, costs=D(1)), link("b", 22, 48)), D(48)))
    assert [m.gross for m in told.margins] == [4, 26]
    assert told.margins[0].net == 3
    assert told.margins[1].net is None
    assert (told.total, told.difference, told.adds_up, told.jumps) == (30, 0, True, ())


def test_the_difference_is_named_by_the_hands_between_which_it_lies() -> None:
    told = margins(MarginTable(D(18), (link("a", 18, 22), link("b", 25, 48)), D(50)))
    assert told.difference == 5
    assert [(j.start, j.end, j.amount) for j in told.jumps] == [("a", "b", 3), ("b", "consumer", 2)]
    assert told.adds_up is False


def test_two_jumps_that_cancel_out_do_not_add_up() -> None:
    told = margins(MarginTable(D(10), (link("a", 12, 20),), D(18)))
    assert (told.difference, told.adds_up) == (0, False)


def test_a_missing_price_is_a_gap_and_an_interval_never_zero() -> None:
    told = margins(MarginTable(D(10), (link("a", 10, None), link("b", None, 40)), D(40)))
    assert [(m.gross, m.least, m.most) for m in told.margins] == [(None, 0, 30)] * 2
    assert (told.total, told.difference, told.adds_up) == (None, None, None)
    (gap,) = told.gaps
    assert (gap.amount, gap.links) == (30, ("a", "b"))


def test_a_gap_that_ends_at_a_buying_price_does_not_reach_its_buyer() -> None:
    told = margins(MarginTable(D(10), (link("a", 10, None), link("b", 25, 40)), D(40)))
    assert [(m.gross, m.most) for m in told.margins] == [(None, 15), (15, 15)]
    assert told.gaps[0].links == ("a",)


def test_without_taking_over_a_missing_buying_price_stays_missing() -> None:
    told = margins(MarginTable(D(10), (link("a", None, 15),), D(15)), take_over=False)
    assert told.margins[0].gross is None
    assert told.taken_over == ()


@pytest.mark.parametrize(
    ("links", "code"),
    [
        ((), "systems.no_links"),
        ((link("a", 1, 2), link("b", 2, 3, currency="USD")), "systems.currencies"),
        ((link("a", 1, 2), link("b", 2, 3, unit="qq")), "systems.units"),
        ((link("a", -1, 2),), "systems.negative_price"),
    ],
)
def test_what_cannot_be_added_is_refused(links: tuple[ChainLink, ...], code: str) -> None:
    with pytest.raises(EngineError) as error:
        MarginTable(D(1), links, None)
    assert error.value.code == code
    assert error.value.message_es != error.value.message_en


@given(PRICES, st.lists(st.tuples(PRICES, PRICES), min_size=1, max_size=6), PRICES, st.booleans())
def test_whatever_is_missing_the_stretches_cover_all_that_is_known(
    farm: Decimal | None,
    prices: list[tuple[Decimal | None, Decimal | None]],
    consumer: Decimal | None,
    take_over: bool,
) -> None:
    links = tuple(ChainLink(str(i), a, b, "BOB", "kg") for i, (a, b) in enumerate(prices))
    told = margins(MarginTable(farm, links, consumer), take_over=take_over)
    known = [p for p in [farm, *(p for pair in prices for p in pair), consumer] if p is not None]
    reach = known[-1] - known[0] if known else D(0)
    assert sum((s.amount for s in told.stretches), D(0)) == reach
    if told.difference is not None:
        assert told.difference == sum((j.amount for j in told.jumps), D(0))
