"""Unions instead of sums, and what changed since a figure was frozen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.indicators import (
    Frozen,
    RecordSet,
    compare,
    difference,
    intersection,
    overlap,
    union,
)

IDS = st.frozensets(st.integers(1, 30))


def people(*keys: int) -> RecordSet:
    return RecordSet.of("person", keys)


def frozen(*keys: int) -> Frozen:
    return Frozen(len(keys), None, len(keys), people(*keys))


def test_three_programmes_that_share_people_reach_215_not_270() -> None:
    # 120, 90 and 60 people; 30, 20 and 15 in two of them, 10 in all three.
    shared = range(10)
    ab, ac, bc = range(10, 30), range(30, 40), range(40, 45)
    a = people(*shared, *ab, *ac, *range(1000, 1080))
    b = people(*shared, *ab, *bc, *range(2000, 2055))
    c = people(*shared, *ac, *bc, *range(3000, 3035))
    assert (len(a), len(b), len(c)) == (120, 90, 60)
    assert (len(a & b), len(a & c), len(b & c), len(intersection(a, b, c))) == (30, 20, 15, 10)
    found = overlap({"A": a, "B": b, "C": c})
    assert (found.total, found.added, found.repeated) == (215, 270, 55)


@given(IDS, IDS)
def test_set_operations_are_those_of_sets(a: frozenset[int], b: frozenset[int]) -> None:
    first, second = people(*a), people(*b)
    assert len(union(first, second)) == len(a) + len(b) - len(a & b)
    assert set(difference(first, second).keys) == a - b
    assert union(first, second).hash == union(second, first).hash


def test_people_and_enterprises_do_not_join() -> None:
    with pytest.raises(EngineError, match="different"):
        union(people(1), RecordSet.of("enterprise", [1]))
    with pytest.raises(EngineError, match="none"):
        union()


def test_hash_tells_numbers_from_texts_and_columns_apart() -> None:
    sets = [people(1), RecordSet.of("person", ["1"]), RecordSet.of("firm", [1])]
    assert len({one.hash for one in sets}) == 3
    assert RecordSet.of("person", ["b", 2, "a", 1]).keys == (1, 2, "a", "b")


def test_a_late_edit_is_told_and_not_applied() -> None:
    found = compare(frozen(*range(41)), frozen(*range(42)))
    assert found.message_es == "cambiaría de 41 a 42"
    assert (found.added, found.removed, found.is_same) == ((41,), (), False)


def test_the_same_count_of_other_people_is_a_change() -> None:
    found = compare(frozen(1, 2), frozen(2, 3))
    assert (found.is_same, found.added, found.removed) == (False, (3,), (1,))
    assert found.message_en == "would stay at 2, on other records"
    assert compare(frozen(1, 2), frozen(1, 2)).is_same


def test_missing_is_not_said_as_zero() -> None:
    found = compare(Frozen(None, 0, None, None), Frozen(0, 5, 0, None))
    assert found.message_es == "cambiaría de sin dato a 0"
