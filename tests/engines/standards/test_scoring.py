"""The score of a self-check: by hand, and against its properties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.standards import ControlPoint, Found, graded, score
from digna_engines.standards.scoring import KINDS, VERDICTS

POINTS = (
    ControlPoint("1.1", 1),
    ControlPoint("1.2", 1, "recommended"),
    ControlPoint("2.1", 2),
    ControlPoint("2.2", 2),
    ControlPoint("2.3", 2, "recommended"),
)


def test_by_hand() -> None:
    told = score(
        POINTS,
        [
            Found("1.1", "yes"),
            Found("1.2", "no"),
            Found("2.1", "partly"),
            Found("2.2", "not_applicable"),
        ],
    )
    one, two = told.elements
    assert (one.earned, one.applicable, one.n_applicable, one.failing) == (2, 3, 2, ("1.2",))
    assert (two.earned, two.applicable, two.n_applicable, two.n) == (1, 3, 2, 3)
    assert (two.unknown, two.failing) == (1, ("2.1", "2.3"))
    assert (told.whole.earned, told.whole.applicable) == (3, 6)
    assert told.whole.share == Fraction(1, 2)


def test_the_whole_is_not_the_mean_of_its_elements() -> None:
    told = score(POINTS, [Found("1.1", "yes"), Found("1.2", "yes")])
    assert [element.share for element in told.elements] == [1, 0]
    assert told.whole.share == Fraction(3, 8)


def test_what_nobody_can_tell_may_be_left_out_and_is_counted_apart() -> None:
    found = [Found("1.1", "yes"), Found("1.2", "yes")]
    told = score(POINTS, found, unknown_earns_nothing=False)
    assert told.whole.share == 1
    assert (told.whole.n_applicable, told.whole.n, told.whole.unknown) == (2, 5, 3)


def test_where_nothing_applies_there_is_no_share() -> None:
    told = score(POINTS[:1], [Found("1.1", "not_applicable")])
    assert told.whole.share is None
    assert told.whole.failing == ()


@pytest.mark.parametrize(
    ("points", "found", "code"),
    [
        ((POINTS[0], POINTS[0]), [], "standards.repeated"),
        (POINTS, [Found("9.9", "yes")], "standards.unknown"),
        (POINTS, [Found("1.1", "perhaps")], "standards.verdict"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_added_is_refused(
    points: tuple[ControlPoint, ...], found: list[Found], code: str
) -> None:
    with pytest.raises(EngineError) as raised:
        score(points, found)
    assert raised.value.code == code
    assert raised.value.message("es") != raised.value.message("en")


def test_a_part_above_its_whole_is_refused() -> None:
    with pytest.raises(EngineError, match=r"standards\.part"):
        graded(6, 5)


@st.composite
def checks(draw: st.DrawFn) -> tuple[list[ControlPoint], list[Found]]:
    size = draw(st.integers(1, 12))
    points = [
        ControlPoint(str(n), draw(st.integers(1, 7)), draw(st.sampled_from(KINDS)))
        for n in range(size)
    ]
    return points, [Found(p.code, draw(st.sampled_from(VERDICTS))) for p in points]


@given(checks())
def test_elements_add_up_to_the_whole_and_order_changes_nothing(
    check: tuple[list[ControlPoint], list[Found]],
) -> None:
    points, found = check
    told = score(points, found)
    assert sum(e.earned for e in told.elements) == told.whole.earned
    assert sum(e.applicable for e in told.elements) == told.whole.applicable
    assert sum(e.n for e in told.elements) == len(points)
    assert told.whole == score(points, found[::-1]).whole
    assert told.whole.share is None or 0 <= told.whole.share <= 1


@given(checks())
def test_a_better_verdict_never_lowers_the_score(
    check: tuple[list[ControlPoint], list[Found]],
) -> None:
    points, found = check
    before = score(points, found).whole.share
    better = {"no": "partly", "cannot_tell": "partly", "partly": "yes"}
    for at, one in enumerate(found):
        raised = [*found]
        raised[at] = Found(one.code, better.get(one.verdict, one.verdict))  # type: ignore[arg-type]
        after = score(points, raised).whole.share
        assert before is None or after is not None
        assert before is None or after >= before  # type: ignore[operator]


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_of_them_never_grades_lower(part: int, whole: int) -> None:
    order = ["no", "partly", "yes"]
    if part < whole:
        assert order.index(graded(part, whole)) <= order.index(graded(part + 1, whole))
    if part <= whole:
        assert (graded(part, whole) == "yes") == (5 * part >= 4 * whole)
