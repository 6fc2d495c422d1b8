"""Results chains: what is accepted is a story forward, what is found is what anyone would find."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.systems import chains, graphs, reviewing, versions
from digna_engines.systems.chains import LEVELS, Arrow, Box, ResultsChain

TODAY = date(2021, 12, 31)


def coffee() -> ResultsChain:
    """A whole chain in which nothing is wrong."""
    boxes = (
        Box("train", "activity"),
        Box("trained", "output", ("people",), ("holds",)),
        Box("advise", "behaviour", ("visits",)),
        Box("waste less", "enterprise", ("waste",)),
        Box("earn more", "impact", ("income",)),
    )
    names = [box.name for box in boxes]
    arrows = [
        Arrow(a, b, ("study 2019",), "because they learn by doing") for a, b in pairwise(names)
    ]
    return ResultsChain(boxes, tuple(arrows))


def looked_at(chain: ResultsChain, **given: object) -> reviewing.Review:
    settings: dict[str, object] = {"today": TODAY, "reviewed_on": date(2021, 10, 1), **given}
    return reviewing.review(chain, **settings)  # type: ignore[arg-type]


def codes(chain: ResultsChain, **given: object) -> list[str]:
    return [fault.code.removeprefix("systems.") for fault in looked_at(chain, **given).faults]


def test_a_whole_chain_has_nothing_to_mend() -> None:
    found = looked_at(coffee())
    assert found.faults == ()
    assert (found.coverage.with_indicator, found.coverage.boxes, found.age_months) == (4, 4, 2)


def with_box(old: str, **new: object) -> ResultsChain:
    chain = coffee()
    boxes = [Box(**{**vars(b), **new}) if b.name == old else b for b in chain.boxes]
    return ResultsChain(tuple(boxes), chain.arrows)


def test_each_weakness_is_named_where_it_is() -> None:
    assert codes(with_box("trained", assumptions=("holds", "broken"))) == ["broken"]
    assert codes(with_box("trained", assumptions=("at_risk", "unknown"))) == ["at_risk"]
    assert codes(with_box("earn more", indicators=())) == ["no_indicator"]
    assert codes(coffee(), without_figure={"income"}) == ["no_figure"]
    silent = Arrow("train", "trained", ("study",), " ")
    assert codes(ResultsChain(coffee().boxes, (silent, *coffee().arrows[1:]))) == ["no_claim"]


def test_a_break_in_the_middle_starves_the_impact_and_ends_the_activity() -> None:
    chain = coffee()
    broken = ResultsChain(chain.boxes, (*chain.arrows[:1], *chain.arrows[2:]))
    assert sorted(codes(broken)) == ["dead_end", "orphan", "orphan", "unfed"]
    assert codes(broken)[0] == "unfed"


@pytest.mark.parametrize(
    ("reviewed_on", "expected"),
    [
        (date(2020, 12, 31), []),  # twelve months to the day are still good
        (date(2020, 11, 30), ["stale"]),
        (None, ["never_reviewed"]),
    ],
)
def test_age_counts_whole_months(reviewed_on: date | None, expected: list[str]) -> None:
    assert codes(coffee(), reviewed_on=reviewed_on) == expected


NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=8)


@st.composite
def attempts(draw: st.DrawFn) -> tuple[tuple[Box, ...], list[tuple[str, str]]]:
    names = draw(NAMES)
    boxes = tuple(Box(name, draw(st.sampled_from(LEVELS))) for name in names)
    pick = st.sampled_from(names)
    return boxes, draw(st.lists(st.tuples(pick, pick), max_size=25))


@given(attempts())
def test_whatever_is_accepted_has_no_loop_and_never_goes_back(
    attempt: tuple[tuple[Box, ...], list[tuple[str, str]]],
) -> None:
    boxes, tries = attempt
    chain, level = ResultsChain(boxes, ()), {box.name: LEVELS.index(box.level) for box in boxes}
    for source, target in tries:
        reaches_back = source in reviewing._reached(chain.names, chain.arcs, [target])
        is_taken = (source, target) in chain.arcs
        try:
            chain = chains.accept(chain, Arrow(source, target))
        except EngineError:
            assert reaches_back or is_taken or level[target] < level[source]
        else:
            assert not reaches_back
            assert not is_taken
    assert graphs.find_cycle(chain.names, chain.arcs) == ()
    assert not {"systems.cycle", "systems.backwards"} & {f.code for f in chains.check(chain)}


PARTS = st.dictionaries(
    st.sampled_from("abcde"), st.dictionaries(st.sampled_from("xy"), st.integers(0, 2)), max_size=5
)


@given(PARTS, PARTS)
def test_changes_take_one_state_to_the_other(
    before: dict[str, dict[str, int]], after: dict[str, dict[str, int]]
) -> None:
    found = versions.compare(before, after)
    rebuilt = {k: v for k, v in before.items() if k not in found.gone}
    rebuilt |= {one.key: dict(one.after) for one in found.altered}
    rebuilt |= {key: after[key] for key in found.added}
    assert rebuilt == after
    assert bool(found) == (before != after)
