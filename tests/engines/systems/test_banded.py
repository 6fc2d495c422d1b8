"""A drawn chain: no box on another, no way through a box, every way upwards."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.systems.banded import Banded, Place, banded, kept_apart

Graph = tuple[list[list[str]], list[tuple[str, str]], dict[str, float]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    bands = [[f"{level}{n}" for n in range(draw(st.integers(0, 5)))] for level in range(5)]
    names = [name for band in bands for name in band]
    forward = list(combinations(names, 2))
    arcs = draw(st.lists(st.sampled_from(forward), unique=True, max_size=14)) if forward else []
    return bands, arcs, {name: draw(st.sampled_from([40.0, 75.0, 120.0])) for name in names}


def touches(box: Place, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a straight piece goes through the inside of a box."""
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    inside_across = x0 < box.x + box.width - 0.2 and x1 > box.x + 0.2
    return inside_across and y0 < box.y + box.height - 0.2 and y1 > box.y + 0.2


def overlap(a: Place, b: Place) -> bool:
    return (
        a.x < b.x + b.width
        and b.x < a.x + a.width
        and a.y < b.y + b.height
        and b.y < a.y + a.height
    )


@settings(max_examples=80, deadline=None)
@given(graphs())
def test_no_box_lies_on_another_and_no_way_passes_through_one(graph: Graph) -> None:
    bands, arcs, heights = graph
    drawn: Banded = banded(bands, arcs, width=150, heights=heights)
    assert {place.name for place in drawn.places} == set(heights)
    assert not any(overlap(a, b) for a, b in combinations(drawn.places, 2))
    for place in drawn.places:
        assert place.height >= heights[place.name]
        assert 0 <= place.x <= place.x + place.width <= drawn.width + 0.1
        assert 0 <= place.y <= place.y + place.height <= drawn.height
    at = {place.name: place for place in drawn.places}
    for way in drawn.ways:
        assert way.points[0][1] == pytest.approx(at[way.tail].y)
        assert way.points[-1][1] == pytest.approx(at[way.head].y + at[way.head].height)
        for start, end in pairwise(way.points):
            assert start[1] >= end[1], "ways go up"
            assert start[0] == end[0] or start[1] == end[1], "ways are square"
            assert not any(touches(place, start, end) for place in drawn.places)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_bands_tile_the_drawing_and_hold_their_boxes(graph: Graph) -> None:
    bands, arcs, heights = graph
    drawn = banded(bands, arcs, width=150, heights=heights)
    edges = sorted((band.y, band.y + band.height, band.number) for band in drawn.bands)
    assert [number for _, _, number in edges] == [4, 3, 2, 1, 0]
    assert edges[0][0] == 0
    assert edges[-1][1] == pytest.approx(drawn.height)
    assert all(a[1] == pytest.approx(b[0]) for a, b in pairwise(edges))
    span = {number: (top, foot) for top, foot, number in edges}
    for place in drawn.places:
        top, foot = span[int(place.name[0])]
        assert top <= place.y
        assert place.y + place.height <= foot


def test_the_same_chain_is_always_drawn_the_same() -> None:
    bands, arcs = [["a", "b"], ["c"], ["d"]], [("a", "c"), ("b", "d"), ("c", "d")]
    heights = dict.fromkeys("abcd", 50.0)
    first = banded(bands, arcs, width=100, heights=heights)
    assert first == banded(bands, arcs, width=100, heights=heights)
    assert first.crossings == 0


def test_a_chain_that_goes_back_is_not_drawn() -> None:
    with pytest.raises(EngineError, match="backwards"):
        banded([["a"], ["b"]], [("b", "a")], width=10, heights={"a": 1, "b": 1})
    with pytest.raises(EngineError, match="cycle"):
        banded([["a", "b"]], [("a", "b"), ("b", "a")], width=10, heights={"a": 1, "b": 1})


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=8), st.integers(1, 20))
def test_places_kept_apart_are_as_near_as_can_be(wanted: list[int], step: int) -> None:
    found = kept_apart(wanted, [step] * (len(wanted) - 1))
    assert all(b - a >= step - 1e-9 for a, b in pairwise(found))

    def cost(xs: list[float]) -> float:
        return sum((x - w) ** 2 for x, w in zip(xs, wanted, strict=True))

    for at in range(len(found)):  # moving any tail or head of them a little never helps
        for shift in (-0.01, 0.01):
            for part in (range(at + 1), range(at, len(found))):
                moved = [x + shift if n in part else x for n, x in enumerate(found)]
                if all(b - a >= step - 1e-9 for a, b in pairwise(moved)):
                    assert cost(moved) >= cost(found) - 1e-9
