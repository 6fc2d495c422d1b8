"""How numbers are written: rounded by hand, missing said, never a share without its parts."""

from decimal import Decimal, localcontext

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from digna.web import numbers

amounts = st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False)
counts = st.integers(0, 10**7)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234567.5, 1, "1.234.567,5"),
        (0, 0, "0"),
        (Decimal("0.125"), 2, "0,13"),
        (0.129, 2, "0,13"),  # Django's own formatter cuts this to 0,12
        (-0.004, 2, "0,00"),
        (Decimal("-2.5"), 0, "-3"),
        (999999, 0, "999.999"),
        (None, 0, "sin dato"),
        ("", 0, "sin dato"),
    ],
)
def test_number(value, decimals, written):
    assert numbers.number(value, decimals) == written


def test_number_in_english_uses_its_separators():
    with translation.override("en"):
        assert numbers.number(1234567.5, 1) == "1,234,567.5"


def test_the_published_share():
    assert numbers.share(158, 263) == "158 de 263 (60 %)"


def test_a_share_of_nothing_has_no_percentage():
    assert numbers.share(0, 0) == "0 de 0"
    assert numbers.percent(0, 0) == "sin dato"
    assert numbers.share(None, 263) == "sin dato"
    assert numbers.share(3, None) == "sin dato"


def test_halves_round_up():
    assert numbers.percent(1, 200, 0) == "1 %"
    assert numbers.percent(1, 8, 0) == "13 %"
    assert numbers.percent(5, 8, 0) == "63 %"


def test_money_names_its_currency():
    assert numbers.money(Decimal("1234.5"), "BOB") == "Bs 1.234,50"
    assert numbers.money(Decimal("0.005"), "USD") == "USD 0,01"
    assert numbers.money(Decimal(0), "BOB") == "Bs 0,00"
    assert numbers.money(None, "BOB") == "sin dato"


@pytest.mark.parametrize(
    ("part", "whole", "css"),
    [(158, 263, "60.1%"), (300, 250, "100.0%"), (-1, 9, "0.0%"), (None, 9, "0%"), (3, 0, "0%")],
)
def test_width_is_css_and_stays_on_its_track(part, whole, css):
    assert numbers.width(part, whole) == css


@given(amounts, st.integers(0, 4))
def test_number_says_what_the_slow_way_says(value, decimals):
    """The reference: shift, add a half, cut; then put the separators by hand."""
    with localcontext() as context:
        context.prec = 60
        shifted = int(abs(value) * 10**decimals + Decimal("0.5"))
    digits = str(shifted).rjust(decimals + 1, "0")
    whole, rest = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    groups = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    sign = "-" if value < 0 and shifted != 0 else ""
    expected = sign + ".".join(groups) + (f",{rest}" if decimals else "")
    assert numbers.number(value, decimals) == expected


@given(counts, counts)
def test_a_share_always_shows_both_parts(part, whole):
    written = numbers.share(part, whole)
    assert written.startswith(f"{numbers.number(part)} de {numbers.number(whole)}")
    assert ("%" in written) == (whole != 0)


@given(st.one_of(st.none(), amounts), st.one_of(st.none(), amounts))
def test_a_width_is_never_outside_its_track(part, whole):
    css = numbers.width(part, whole)
    assert css.endswith("%")
    assert 0 <= float(css[:-1]) <= 100
