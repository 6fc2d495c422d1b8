"""Where a trend is drawn: from zero, gaps where nothing is known, coordinates as SVG reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna.web import svg

values = st.one_of(st.none(), st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6, width=32))


def test_columns_stand_on_zero_and_the_highest_fills_the_drawing():
    drawn = svg.trend([("2019", 50), ("2020", 100)])
    low, high = drawn.marks
    assert float(high.y) == svg.TOP
    assert float(high.y) + float(high.height) == pytest.approx(float(drawn.zero_y))
    assert float(low.height) == pytest.approx(float(high.height) / 2, abs=0.1)


def test_missing_is_a_gap_and_zero_is_not():
    drawn = svg.trend([("a", 3), ("b", None), ("c", 0), ("d", 2)], kind="line")
    assert [mark.is_missing for mark in drawn.marks] == [False, True, False, False]
    assert len(drawn.lines) == 2
    assert len(drawn.lines[1].split()) == 2
    assert drawn.marks[1].y == ""


def test_negative_values_hang_below_zero():
    drawn = svg.trend([("a", -5), ("b", 5)])
    assert float(drawn.marks[0].y) == pytest.approx(float(drawn.zero_y))
    assert float(drawn.marks[1].y) < float(drawn.zero_y)


def test_a_target_is_in_view_even_when_nothing_reaches_it():
    drawn = svg.trend([("a", 10)], target=100)
    assert float(drawn.target_y) == svg.TOP
    assert svg.trend([("a", 10)]).target_y == ""


def test_nothing_and_all_zero_can_be_drawn():
    assert svg.trend([]).marks == ()
    assert float(svg.trend([("a", 0)]).marks[0].height) == 0


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="pie"):
        svg.trend([("a", 1)], kind="pie")


@given(st.lists(values, max_size=24), st.one_of(st.none(), st.integers(-1000, 1000)))
def test_everything_is_inside_the_drawing(points, target):
    drawn = svg.trend([(str(n), value) for n, value in enumerate(points)], target=target)
    assert len(drawn.marks) == len(points)
    for mark in drawn.marks:
        if not mark.is_missing:
            assert float(mark.y) >= svg.TOP - 0.1
            assert float(mark.y) + float(mark.height) <= svg.HEIGHT - svg.BOTTOM + 0.2
        assert float(mark.x) >= 0
        assert float(mark.x) + float(mark.width) <= svg.WIDTH + 0.1


@given(st.lists(values, min_size=1, max_size=12))
def test_the_line_has_a_point_for_each_known_value(points):
    drawn = svg.trend([(str(n), value) for n, value in enumerate(points)], kind="line")
    known = [value for value in points if value is not None]
    assert sum(len(line.split()) for line in drawn.lines) == len(known)
