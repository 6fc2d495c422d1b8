"""Causes without loops, their roots and weights; results chains; elements; where things stand."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.systems import (
    Arrow,
    Box,
    CauseGraph,
    CauseLink,
    Element,
    ResultsChain,
    chains,
    elements,
    graphs,
    influence,
    layered,
    rings,
)

NODES = tuple("abcdefgh")
PAIRS = st.tuples(st.sampled_from(range(8)), st.sampled_from(range(8)), st.sampled_from([1, 2, 3]))
FORWARD = st.lists(PAIRS.filter(lambda p: p[0] < p[1]), unique_by=lambda p: p[:2], max_size=20)


def graph_of(pairs: list[tuple[int, int, int]]) -> CauseGraph:
    return CauseGraph(NODES, tuple(CauseLink(NODES[a], NODES[b], s) for a, b, s in pairs))


@given(FORWARD)
def test_the_influences_of_the_roots_add_up_to_the_symptoms(
    pairs: list[tuple[int, int, int]],
) -> None:
    graph = graph_of(pairs)
    assert sum(influence(graph).values(), Fraction(0)) == len(graph.symptoms)
    kinds = [graph.kind(name) for name in NODES]
    assert len(graph.roots) + len(graph.symptoms) + len(graph.loose) == 8 - kinds.count("proximate")


@given(st.lists(PAIRS, unique_by=lambda p: p[:2], max_size=20))
def test_a_cycle_is_named_by_its_members_and_an_order_keeps_every_arrow(
    pairs: list[tuple[int, int, int]],
) -> None:
    arcs = [(NODES[a], NODES[b]) for a, b, _ in pairs]
    cycle = graphs.find_cycle(NODES, arcs)
    if cycle:
        assert all(step in arcs for step in pairwise((*cycle, cycle[0])))
        with pytest.raises(EngineError, match="leads back") as error:
            graphs.ordered(NODES, arcs)
        assert error.value.details["members"] == cycle
    else:
        order = graphs.ordered(NODES, arcs)
        assert all(order.index(tail) < order.index(head) for tail, head in arcs)


@given(FORWARD)
def test_a_drawing_has_every_box_once_and_arrows_that_rise(
    pairs: list[tuple[int, int, int]],
) -> None:
    arcs = graph_of(pairs).arcs
    drawn = layered.layered(NODES, arcs)
    assert len({(spot.x, spot.y) for spot in drawn.spots}) == len(NODES)
    for way in drawn.ways:
        assert all(one[1] > other[1] for one, other in pairwise(way.points))
    for spot in drawn.spots:
        assert 0 < spot.x < drawn.width
        assert 0 < spot.y < drawn.height


def test_crossings_that_can_be_avoided_are() -> None:
    drawn = layered.layered(list("abcd"), [("c", "b"), ("d", "a")])
    assert drawn.crossings == 0


@given(st.integers(1, 14), st.booleans(), st.integers(10, 60))
def test_labels_of_a_ring_never_overlap(count: int, upper: bool, size: int) -> None:
    ring = rings.half_ring(
        [str(i) for i in range(count)], upper=upper, radii=(60, 100), sizes=[size] * count
    )
    assert all((segment.label_y < 0) == upper for segment in ring)
    for side in (True, False):
        lines = sorted(s.label_y for s in ring if s.is_left == side)
        assert all(other - one >= size - 1e-9 for one, other in pairwise(lines))


def test_faults_of_a_graph_of_causes() -> None:
    for links, code in (
        ((CauseLink("a", "z"),), "systems.unknown"),
        ((CauseLink("a", "b"), CauseLink("a", "b")), "systems.repeated"),
        ((CauseLink("a", "a"),), "systems.cycle"),
        ((CauseLink("a", "b", 4),), "systems.strength"),
    ):
        with pytest.raises(EngineError) as error:
            CauseGraph(("a", "b"), links)
        assert error.value.code == code
    with pytest.raises(EngineError, match="same name"):
        CauseGraph(("a", "a"))


def test_a_whole_results_chain_has_no_faults_and_each_fault_is_found() -> None:
    whole = [Box(level, level, () if level == "activity" else ("i",)) for level in chains.LEVELS]
    arrows = tuple(Arrow(*pair, ("E1",)) for pair in pairwise(chains.LEVELS))
    assert chains.check(ResultsChain(tuple(whole), arrows)) == ()
    back = (*arrows, Arrow("impact", "output", ("E2",)))
    codes = {f.code for f in chains.check(ResultsChain(tuple(whole), back))}
    assert codes == {"systems.cycle", "systems.backwards"}
    poor = ResultsChain((Box("x", "dream"), Box("y", "output")), (Arrow("x", "y"),))
    assert [f.code for f in chains.check(poor)] == [
        "systems.no_evidence", "systems.level", "systems.no_indicator", "systems.orphan",
        "systems.no_indicator", "systems.orphan",
    ]  # fmt: skip


def test_elements_name_performer_action_and_resource_or_are_told() -> None:
    whole = Element("credit", "function", "bank", "lends", "its own funds", "firm")
    assert elements.check(["bank", "firm"], [whole]) == ()
    codes = [f.code for f in elements.check(["idle"], [whole, whole, Element("x", "y")])]
    assert codes == [
        "systems.unknown_actor", "systems.unknown_actor",
        "systems.unknown_actor", "systems.unknown_actor", "systems.repeated_element",
        "systems.kind", "systems.incomplete", "systems.unpaid", "systems.idle_actor",
    ]  # fmt: skip
    both = Element("x", "rule", performer="bank", payer="bank")
    assert elements.matrix(["bank"], [both]) == {"bank": ("both",)}
    (shift,) = elements.who_does_who_pays([both, Element("y", "core")])
    assert shift.is_open
