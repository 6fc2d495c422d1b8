"""Readiness: an unknown answer is an interval, never a no; the weakest block is the one to mend."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import DeclarationError
from digna_engines.pathways import Block, Item, read_blocks, readiness_of
from digna_engines.pathways import readiness as module
from digna_engines.pathways import steps as step_module


def block(key: str, *items: str) -> Block:
    found = (Item(key=k, asks={"es": k}, evidence={}, lesson={}) for k in items)
    return Block(key=key, name={"es": key}, items=tuple(found))


BLOCKS = (block("a", "a1", "a2"), block("b", "b1", "b2", "b3"))
replies = st.dictionaries(
    st.sampled_from(["a1", "a2", "b1", "b2", "b3"]),
    st.sampled_from(["yes", "partly", "no", "unknown"]),
)


def test_the_examples_of_the_pages_hold() -> None:
    for one in (module, step_module):
        assert doctest.testmod(one).failed == 0


def test_a_score_by_hand() -> None:
    found = readiness_of(BLOCKS, {"a1": "yes", "a2": "partly", "b1": "no", "b2": "unknown"})
    assert (found.whole.worst, found.whole.best) == (Decimal("1.5"), Decimal("3.5"))
    assert (found.whole.answered, found.whole.most) == (3, 5)
    assert found.weakest == "b"
    assert found.lacking == ("b1", "b2", "b3", "a2")


def test_nothing_is_weak_when_all_is_there() -> None:
    found = readiness_of(BLOCKS, dict.fromkeys(["a1", "a2", "b1", "b2", "b3"], "yes"))
    assert found.weakest is None
    assert found.lacking == ()


@given(replies)
def test_the_bounds_hold_whatever_the_unknown_turn_out_to_be(told: dict[str, str]) -> None:
    found = readiness_of(BLOCKS, told)
    unknown = [
        item.key for b in BLOCKS for item in b.items if told.get(item.key, "unknown") == "unknown"
    ]
    for answer, bound in (("no", found.whole.worst), ("yes", found.whole.best)):
        settled = readiness_of(BLOCKS, told | dict.fromkeys(unknown, answer))
        assert settled.whole.worst == settled.whole.best == bound
    assert 0 <= found.whole.worst <= found.whole.best <= found.whole.most


def test_an_item_twice_is_a_fault() -> None:
    item = {"code": "a1", "asks_es": "¿?", "lesson_es": "x", "evidence_es": "x"}
    rows = [{"code": "a", "name_es": "A", "items": [item]}] * 2
    with pytest.raises(DeclarationError):
        read_blocks(rows)
