"""Drawings are plain geometry: every coordinate is a number as SVG reads it, whatever is drawn."""

import doctest
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from digna.studies import market_drawings as drawings

WORDS = st.text(alphabet="aeiou nrst", min_size=1, max_size=60)


def test_the_examples_hold() -> None:
    assert doctest.testmod(drawings).failed == 0


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["core", "function", "rule"]), WORDS, st.booleans()))
)
def test_a_doughnut_of_anything_stays_within_its_frame(
    told: list[tuple[str, str, str, bool]],
) -> None:
    picture = drawings.doughnut([drawings.Slice(*each) for each in told])
    width, height = float(picture.width), float(picture.height)
    for text in picture.texts:
        assert 0 <= float(text.x) <= width
        assert 0 <= float(text.y) <= height


@given(st.text(alphabet="abc d", max_size=200), st.integers(4, 30), st.integers(1, 4))
def test_wrapped_words_never_pass_their_lines(text: str, signs: int, lines: int) -> None:
    rows = drawings.wrapped(text, signs, lines)
    assert len(rows) <= lines
    assert all(len(row) <= signs for row in rows)


def test_a_fall_in_a_price_is_told_from_a_rise() -> None:
    bars = [
        drawings.Bar("a", Decimal(0), Decimal(20), "20", "margin"),
        drawings.Bar("b", Decimal(20), Decimal(15), "-5", "margin"),
    ]
    assert [box.kind for box in drawings.waterfall(bars).boxes] == ["margin", "fall"]
