"""Pure rules: what fits, what may be shown, when to ask, sums that never mix."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna.linkages import amounts, dealing, fit, following, showing, units
from digna.linkages.amounts import (
    Amount,
    Measure,
    MixedMeasuresError,
    Rate,
    Tally,
    UnconvertedError,
)
from digna.linkages.fit import Asked, Need, Offered, Standing, Verdict
from digna.linkages.following import News
from digna.linkages.showing import Consent, Facts, Paper

DAY = date(2024, 3, 4)
FULL = Facts(
    key="1", name="Quinua", words="quinua", firm_name="Jiwra", place="Uyuni", phone="+5917",
    email="a@b.example", price_low=Decimal(3), price_high=Decimal(4), currency="USD",
    price_unit="kg", incoterm="FOB", capacity=Decimal(800), minimum_order=Decimal(50), unit="kg",
    papers=(Paper("organic", "Orgánico"),), photos=(7,),
)  # fmt: skip


# --- what may be shown


@given(st.fixed_dictionaries({group: st.booleans() for group in showing.GROUPS}))
def test_exactly_what_was_agreed_to_is_shown(shows: dict[str, bool]) -> None:
    seen = showing.consented(FULL, Consent("buyers", shows))
    for group, names in showing.GROUPS.items():
        for name in names:
            wanted = getattr(FULL, name) if shows[group] else showing.EMPTY[name]
            assert getattr(seen, name) == wanted, name
        assert (group in seen.hidden) is not shows[group]
    assert (seen.key, seen.name) == (FULL.key, FULL.name)


def test_every_fact_beyond_the_product_belongs_to_a_box_to_tick() -> None:
    ticked = {name for names in showing.GROUPS.values() for name in names}
    product = {
        "key", "name", "common_name", "words", "description", "hs_code", "languages", "months",
        "sector", "hidden",
    }  # fmt: skip
    assert ticked | product == set(Facts.__dataclass_fields__)
    assert set(showing.EMPTY) == ticked


@pytest.mark.parametrize(
    ("agreed", "to_buyers", "to_all"),
    [("nobody", False, False), ("buyers", True, False), ("public", True, True)],
)
def test_who_is_shown_anything(agreed: str, to_buyers: bool, to_all: bool) -> None:
    assert showing.is_shown(Consent(agreed), "buyers") is to_buyers
    assert showing.is_shown(Consent(agreed), "public") is to_all


# --- what fits

OFFERED = Offered(
    words="Quinua real", hs_code="100850", capacity=Decimal(2500), unit="kg", price=Decimal(3),
    currency="USD", price_unit="kg", papers={"organic": None, "nit": date(2024, 1, 1)},
    languages=frozenset({"es"}), months=frozenset({4}),
)  # fmt: skip


def one(asked: Asked, offered: Offered = OFFERED) -> fit.Point:
    """The point after the product."""
    return fit.fit(offered, asked, DAY).points[-1]


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (Asked(hs_code="10085090"), Verdict.MET),
        (Asked(hs_code="100810"), Verdict.SHORT),
        (Asked(hs_code="090111"), Verdict.MISSING),
        (Asked(words="Quinuas"), Verdict.MET),
        (Asked(words="Café"), Verdict.MISSING),
        (Asked(), Verdict.UNKNOWN),
        (Asked(quantity=Decimal(2), unit="t"), Verdict.MET),
        (Asked(quantity=Decimal(60), unit="qq"), Verdict.SHORT),
        (Asked(quantity=Decimal(60), unit="bag"), Verdict.UNKNOWN),
        (Asked(needs=(Need("organic"),)), Verdict.MET),
        (Asked(needs=(Need("nit"),)), Verdict.MISSING),
        (Asked(needs=(Need("fair_trade"),)), Verdict.MISSING),
        (Asked(price=Decimal(3000), currency="USD", price_unit="t"), Verdict.MET),
        (Asked(price=Decimal(2), currency="USD", price_unit="kg"), Verdict.SHORT),
        (Asked(price=Decimal(20), currency="BOB", price_unit="kg"), Verdict.UNKNOWN),
        (Asked(languages=frozenset({"es", "en"})), Verdict.MET),
        (Asked(languages=frozenset({"de"})), Verdict.MISSING),
        (Asked(months=frozenset({4})), Verdict.MET),
        (Asked(months=frozenset({4, 5})), Verdict.SHORT),
    ],
)
def test_each_point_by_itself(asked: Asked, verdict: Verdict) -> None:
    assert one(asked).verdict is verdict


def test_a_lapsed_paper_says_since_when() -> None:
    assert one(Asked(needs=(Need("nit"),))).until == date(2024, 1, 1)


def test_what_nobody_asked_is_unknown_and_not_missing() -> None:
    asked = Asked(
        hs_code="100850", quantity=Decimal(1), unit="kg", price=Decimal(1), currency="USD",
        price_unit="kg", needs=(Need("organic"),), languages=frozenset({"es"}),
        months=frozenset({1}),
    )  # fmt: skip
    found = fit.fit(Offered(hs_code="100850"), asked, DAY)
    assert not found.gaps
    assert len(found.unknown) == 5
    assert (found.known, len(found.points)) == (1, 6)
    assert found.standing is Standing.UNKNOWN


def test_a_wish_never_decides() -> None:
    wish = fit.fit(OFFERED, Asked(hs_code="100850", needs=(Need("x", is_must=False),)), DAY)
    must = fit.fit(OFFERED, Asked(hs_code="100850", needs=(Need("x"),)), DAY)
    assert (wish.standing, must.standing) == (Standing.FITS, Standing.GAPS)
    assert wish.rank < must.rank


QUANTITIES = st.none() | st.decimals(min_value=1, max_value=10_000, places=2)
CODES = st.sampled_from(("", "100850", "100810", "090111"))


@given(QUANTITIES, QUANTITIES, CODES, CODES, st.sampled_from(("kg", "t", "bag")))
def test_every_point_is_counted_once(
    have: Decimal | None, want: Decimal | None, mine: str, theirs: str, unit: str
) -> None:
    offered = Offered(hs_code=mine, capacity=have, unit="kg")
    asked = Asked(hs_code=theirs, quantity=want, unit=unit, needs=(Need("a"),))
    found = fit.fit(offered, asked, DAY)
    assert len(found.met) + len(found.gaps) + len(found.unknown) == len(found.points)
    if have is None and want is not None:
        assert "capacity" in {point.about for point in found.unknown}


@given(
    st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from(sorted(units.KILOGRAMS))
)
def test_units_go_there_and_back(value: Decimal, code: str) -> None:
    there = units.converted(value, "kg", code)
    assert there is not None
    back = units.converted(there, code, "kg")
    assert back is not None
    assert abs(back - value) < Decimal("1e-15")


# --- the order of steps

STEPS = st.lists(st.tuples(st.sampled_from(sorted(dealing.RANKS)), st.integers(0, 30)), max_size=9)


@given(STEPS)
def test_steps_taken_one_by_one_stand_in_order(told: list[tuple[str, int]]) -> None:
    """What `objection` lets in never leaves a row that `misfit` finds wrong."""
    standing: list[dealing.Step] = []
    for kind, days in told:
        step = dealing.Step(kind, DAY + timedelta(days=days))
        if not dealing.objection(standing, step):
            standing.append(step)
    assert dealing.misfit(standing) == ""
    came = dealing.standing_of(standing)
    assert came.state == (standing[-1].kind if standing else "open")


@given(STEPS)
def test_a_correction_is_judged_by_the_whole_row(told: list[tuple[str, int]]) -> None:
    steps = [dealing.Step(kind, DAY + timedelta(days=days)) for kind, days in told]
    alone = [kind for kind in dealing.RANKS if kind not in dealing.REPEATS]
    is_double = any(sum(step.kind == kind for step in steps) > 1 for kind in alone)
    is_mixed = any(
        a.on > b.on for a in steps for b in steps if dealing.RANKS[a.kind] < dealing.RANKS[b.kind]
    )
    assert bool(dealing.misfit(steps)) is (is_double or is_mixed)


# --- when to ask


def test_three_six_and_twelve_months() -> None:
    opened = date(2024, 1, 31)
    first = following.next_due(opened, [])
    assert first == following.Due(date(2024, 4, 30), 3)
    second = following.next_due(opened, [News(date(2024, 4, 2))])
    assert second is not None
    assert second.months == 6
    assert following.next_due(opened, [News(date(2025, 1, 2))]) is None


def test_a_call_nobody_took_leaves_it_due_unless_a_day_is_agreed() -> None:
    opened, call = date(2024, 1, 10), date(2024, 4, 12)
    silent = following.next_due(opened, [News(call, is_known=False)])
    assert silent == following.Due(date(2024, 4, 10), 3)
    again = following.next_due(opened, [News(call, date(2024, 4, 20), is_known=False)])
    assert again == following.Due(date(2024, 4, 20), None)


@given(st.lists(st.integers(0, 500), max_size=5))
def test_news_only_ever_put_the_next_checkpoint_off(days: list[int]) -> None:
    opened = date(2024, 1, 10)
    found = following.next_due(opened, [News(opened + timedelta(days=n)) for n in days])
    before = following.next_due(opened, [])
    assert before is not None
    assert found is None or found.on >= before.on


# --- sums


def money(
    value: str, currency: str = "USD", measure: Measure = Measure.REALISED, **more: Any
) -> Any:
    return Amount(measure, Decimal(value), currency, **more)


def test_currencies_stay_apart_and_measures_are_never_added() -> None:
    paid = Tally.of(Measure.REALISED, [money("70"), money("30"), money("5", "BOB")])
    assert paid.by_currency == {"BOB": Decimal(5), "USD": Decimal(100)}
    meant = Tally.of(Measure.INTENDED, [money("9", measure=Measure.INTENDED)])
    with pytest.raises(MixedMeasuresError):
        _ = paid + meant
    with pytest.raises(MixedMeasuresError):
        Tally.of(Measure.REALISED, [money("9", measure=Measure.INTENDED)])
    with pytest.raises(MixedMeasuresError):
        amounts.followed(paid, meant, followed_up=0, of=0)


def test_one_total_needs_every_rate() -> None:
    rate = Rate(Decimal("0.1437"), "USD", DAY, "Banco Central")
    rows = [money("100"), money("700", "BOB", rate=rate)]
    assert amounts.total_in("USD", Measure.REALISED, rows) == Decimal("200.59")
    with pytest.raises(UnconvertedError):
        amounts.total_in("USD", Measure.REALISED, [money("1", "EUR")])


def test_what_was_not_paid_is_not_nought() -> None:
    told = amounts.followed(
        Tally(Measure.INTENDED, {"USD": Decimal(900)}), Tally(Measure.REALISED), followed_up=0, of=2
    )
    assert told.pairs == (("USD", None, Decimal(900)),)
    with pytest.raises(ValueError, match="3 followed up of 2"):
        amounts.followed(Tally(Measure.INTENDED), Tally(Measure.REALISED), followed_up=3, of=2)
