"""Nobody can be picked out of a published table."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.indicators import HIDDEN, Slice, suppress
from digna_engines.values import quotient

CELLS = st.lists(st.integers(0, 12), min_size=1, max_size=5)


def counts(*numbers: int) -> list[Slice]:
    return [Slice(str(at), n, None, n, n) for at, n in enumerate(numbers)]


def share(category: str, met: int, of: int) -> Slice:
    return Slice(category, met, of, quotient(met, of), of)


def hidden(*numbers: int) -> list[int]:
    return [at for at, part in enumerate(suppress(counts(*numbers)).slices) if part.is_hidden]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((40, 9, 2), [1, 2]),
        ((40, 9, 0), []),
        ((40, 3, 2), [1, 2]),
        ((40, 1, 1), [0, 1, 2]),
        ((40, 30, 4, 4), [1, 2, 3]),
        ((40, 5), []),
    ],
)
def test_worked_examples(numbers: tuple[int, ...], expected: list[int]) -> None:
    assert hidden(*numbers) == expected


@given(CELLS)
def test_what_is_small_is_hidden_and_what_is_shown_is_true(numbers: list[int]) -> None:
    for n, part in zip(numbers, suppress(counts(*numbers)).slices, strict=True):
        assert part.is_hidden or part.value == n
        assert part.is_hidden or n not in range(1, 5)


@given(CELLS)
def test_no_hidden_cell_can_be_worked_out_from_the_total(numbers: list[int]) -> None:
    public = suppress(counts(*numbers))
    behind = [n for n, part in zip(numbers, public.slices, strict=True) if part.is_hidden]
    if not behind or public.is_total_hidden:
        return
    total, small = sum(behind), range(1, 5)
    # Whoever knows the threshold knows that a hidden cell is small or protects one that is.
    possible = [
        guess
        for guess in product(range(total + 1), repeat=len(behind))
        if sum(guess) == total and any(n in small for n in guess)
    ]
    for at in range(len(behind)):
        assert len({guess[at] for guess in possible}) > 1


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=5))
def test_both_sides_of_a_share_are_people(pairs: list[tuple[int, int]]) -> None:
    parts = [share(str(at), met, met + not_met) for at, (met, not_met) in enumerate(pairs)]
    for (met, not_met), part in zip(pairs, suppress(parts).slices, strict=True):
        small = met in range(1, 5) or not_met in range(1, 5)
        assert part.is_hidden or not small


def test_hidden_is_neither_missing_nor_zero() -> None:
    part = suppress(counts(2, 9)).slices[0]
    assert part.value is HIDDEN
    assert part.value is not None
    assert part.value != 0
    with pytest.raises(TypeError, match="neither"):
        bool(HIDDEN)


def test_a_small_total_is_hidden_with_its_only_cell() -> None:
    assert suppress(counts(3)).is_total_hidden
    assert suppress(counts(3, 0)).is_total_hidden
    assert not suppress(counts(9)).is_total_hidden


def test_a_threshold_that_hides_nothing_is_refused() -> None:
    with pytest.raises(EngineError, match="threshold"):
        suppress(counts(1), under=1)
