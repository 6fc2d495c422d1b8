"""Cells of real logframes, and the achievement of each target of SCORE Phase II (June 2015)."""

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import NotAddableError, UnreadableError
from digna_engines.indicators import achievement
from digna_engines.indicators.typed import add_up, parse, parse_pair, read_number

# Country, target/actual as published, achievement in % (None: undefined).
INSTITUTIONS = [("CN", "4/4", 100), ("CO", "5/5", 100), ("IN", "3/3", 100)]
INSTITUTIONS += [("ID", "2/3", 150), ("ZA", "1/1", 100), ("VN", "3/3", 100)]
COST_RECOVERY = [("CN", "40/50", 125), ("CO", "70/33", "47.14"), ("IN", "30/33", 110)]
COST_RECOVERY += [("ZA", "20/21", 105), ("VN", "35/26", "74.29")]
SPONSORS = [("CN", "7/7", 100), ("CO", "1/1", 100), ("GH", "1/0", 0), ("IN", "5/5", 100)]
SPONSORS += [("ID", "1/2", 200), ("ZA", "0/2", None), ("VN", "1/2", 200)]
REPRESENTATIVES = [
    ("CN", "35 (60%F)/36 (56%F)", "102.86"),
    ("CO", "11 (30%)/11 (50%)", 100),
    ("GH", "12 (30%F)/16 (31%F)", "133.33"),
    ("IN", "22 (10%F)/24 (13%F)", "109.09"),
    ("VN", "50 (33%F)/54 (31%F)", 108),
]
FIXTURE = [
    *((*row, "") for row in INSTITUTIONS + SPONSORS + REPRESENTATIVES),
    *((*row, "%") for row in COST_RECOVERY),
]


@pytest.mark.parametrize(("country", "cell", "expected", "unit"), FIXTURE)
def test_every_published_cell_and_its_achievement(
    country: str, cell: str, expected: object, unit: Literal["", "%"]
) -> None:
    target, actual = parse_pair(cell, unit=unit)
    assert target.kind == actual.kind == ("percent" if unit else "count")
    found = achievement(None, target.amount, actual.amount, "ascending")
    if expected is None:
        assert (found.value, found.reason) == (None, "target_zero")
    else:
        assert found.share is not None
        assert found.share.pct is not None
        assert round(found.share.pct, 2) == Decimal(str(expected))


def test_a_share_of_women_stays_as_written() -> None:
    target, actual = parse_pair("35 (60%F)/36 (56%F)")
    assert (target.amount, target.share_female_pct) == (35, 60)
    assert (actual.amount, actual.share_female_pct, actual.as_written) == (36, 56, "36 (56%F)")
    unsaid = parse("11 (30%)")
    assert (unsaid.share_pct, unsaid.share_of, unsaid.share_female_pct) == (30, None, None)


@pytest.mark.parametrize(
    ("written", "of"), [("9 (40% mujeres)", "F"), ("9 (40% hombres)", "M"), ("9 (40%M)", None)]
)
def test_of_whom_the_share_is(written: str, of: str | None) -> None:
    assert parse(written).share_of == of


@pytest.mark.parametrize(
    ("written", "kind", "amount"),
    [
        ("0", "count", 0),
        (0, "count", 0),
        ("35", "count", 35),
        ("1.234,5", "number", "1234.5"),
        ("12,5%", "percent", "12.5"),
        ("4/4", "ratio", 1),
        ("4/0", "ratio", None),
        ("USD 1.200", "money", 1200),
        ("1.200,50 Bs", "money", "1200.50"),
        ("$us 300", "money", 300),
        ("sin dato", "missing", None),
        ("-", "missing", None),
        (None, "missing", None),
        (float("nan"), "missing", None),
        ("en curso", "text", None),
        ("01/02/2021", "text", None),
        ("1.23.4", "text", None),
    ],
)
def test_kinds_and_amounts(written: str | float | None, kind: str, amount: object) -> None:
    found = parse(written)
    assert found.kind == kind
    assert found.amount == (None if amount is None else Decimal(str(amount)))


def test_several_percentages_in_one_cell_are_not_one_number() -> None:
    found = parse("50% for M1, 0% for M2-5")
    assert (found.kind, found.amount) == ("percent", None)
    assert [(part.label, part.amount) for part in found.parts] == [("M1", 50), ("M2-5", 0)]
    assert achievement(None, found.amount, 50, "ascending").reason == "target_missing"


def test_money_keeps_its_currency_and_does_not_mix() -> None:
    total = add_up([parse("USD 1.200"), parse("US$ 300")])
    assert (total.amount, total.currency) == (1500, "USD")
    with pytest.raises(NotAddableError, match="mixed"):
        add_up([parse("USD 1"), parse("Bs 7")])
    with pytest.raises(NotAddableError, match=r"typed\.text"):
        add_up([parse("en curso")])
    assert add_up([parse("-"), parse("sin dato")]).kind == "missing"


def test_a_pair_has_one_slash() -> None:
    with pytest.raises(UnreadableError, match="not_a_pair"):
        parse_pair("1/2/3")


@given(st.text(max_size=20))
def test_any_text_is_taken_and_kept(written: str) -> None:
    assert parse(written).as_written == written.strip()


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_numbers_written_in_bolivia_are_read_back(whole: int, cents: int) -> None:
    written = f"{whole:,}".replace(",", ".") + f",{cents:02d}"
    assert read_number(written) == Decimal(f"{whole}.{cents:02d}")
