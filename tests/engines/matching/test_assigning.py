"""What assignments promise: most people first, no barrier crossed, no better one left out."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.matching import Matching, Mentee, Mentor, Pool, Weights, assign, tables
from digna_engines.matching.assigning import MethodError, preferences
from digna_engines.matching.pool import PoolError
from engines.matching.pools import every_way, pools, worth

ES, MON = frozenset({"es"}), frozenset({"mon"})
METHODS = ("optimal", "stable", "groups")


def columns(pool: Pool, found: Matching) -> tuple[int, ...]:
    places = pool.mentor_places
    return tuple(
        places[found.mentor_of[m.key]] if m.key in found.mentor_of else -1 for m in pool.mentees
    )


@given(pools())
def test_optimal_equals_the_best_of_all_assignments(pool: Pool) -> None:
    found = assign(pool)
    people, value = worth(pool, columns(pool, found))
    best_people, best_value = max(worth(pool, way) for way in every_way(pool))
    assert people == best_people == len(found.pairs)
    assert value == pytest.approx(best_value)
    assert found.value == pytest.approx(value)


@given(pools(), st.sampled_from(METHODS))
def test_no_pair_crosses_a_barrier_or_a_capacity(pool: Pool, method: str) -> None:
    found = assign(pool, method=method)
    told = tables(pool)
    for pair in found.pairs:
        row, column = pool.mentee_places[pair.mentee], pool.mentor_places[pair.mentor]
        assert told.mask[row, column] == 0
        assert 0 <= pair.score <= 1
    counts = Counter(pair.mentor for pair in found.pairs)
    assert all(counts[one.key] <= one.free for one in pool.mentors)
    assert {p.mentee for p in found.pairs} | {u.mentee for u in found.unmatched} == set(
        pool.mentee_places
    )
    assert len(found.pairs) + len(found.unmatched) == len(pool.mentees)
    assert all(found.free[one.key] == one.free - counts[one.key] for one in pool.mentors)


@given(pools())
def test_stable_leaves_no_two_who_would_rather_have_each_other(pool: Pool) -> None:
    found = columns(pool, assign(pool, method="stable"))
    orders, ranks = preferences(pool, tables(pool))
    for i, order in enumerate(orders):
        better = order[: order.index(found[i])] if found[i] >= 0 else order
        for j in better:
            held = [k for k, at in enumerate(found) if at == j]
            assert len(held) == pool.mentors[j].free
            assert all(ranks[k, j] < ranks[i, j] for k in held)


@given(pools(most=4), st.integers(1, 3))
def test_groups_meet_in_one_slot_and_language_and_reach_the_most_people(
    pool: Pool, size: int
) -> None:
    found = assign(pool, method="groups", size=size)
    assert {m for g in found.groups for m in g.mentees} == {p.mentee for p in found.pairs}
    for group in found.groups:
        assert 0 < len(group.mentees) <= size
        people: list[Mentee | Mentor] = [pool.mentee(key) for key in group.mentees]
        for one in (*people, pool.mentor(group.mentor)):
            assert group.slot in one.slots
            assert group.language in one.languages
    assert len(found.pairs) == max(
        sum(j >= 0 for j in way) for way in every_way(pool) if _can_meet(pool, way, size)
    )


def _can_meet(pool: Pool, way: tuple[int, ...], size: int) -> bool:
    for j, one in enumerate(pool.mentors):
        members = [m for m, at in zip(pool.mentees, way, strict=True) if at == j]
        if members:
            slots = one.slots.intersection(*(m.slots for m in members))
            languages = one.languages.intersection(*(m.languages for m in members))
            if len(members) > size or not slots or not languages:
                return False
    return True


@given(pools(), st.sampled_from(METHODS))
def test_the_same_pool_has_the_same_answer(pool: Pool, method: str) -> None:
    assert assign(pool, method=method) == assign(pool, method=method)


@given(pools(), st.data())
def test_kept_pairs_stay_and_only_the_left_overs_are_matched(
    pool: Pool, data: st.DataObject
) -> None:
    before = [(p.mentee, p.mentor) for p in assign(pool).pairs]
    keys = data.draw(st.lists(st.sampled_from(before), unique=True)) if before else []
    after = assign(pool, keep=keys)
    assert {(p.mentee, p.mentor) for p in after.pairs if p.is_kept} == set(keys)
    assert after.changes == 0


@given(pools(most=4), st.data())
def test_preferring_kept_pairs_changes_as_few_as_can_be(pool: Pool, data: st.DataObject) -> None:
    ways = every_way(pool)
    old = data.draw(st.sampled_from(ways))
    keep = [(pool.mentees[i].key, pool.mentors[j].key) for i, j in enumerate(old) if j >= 0]
    found = assign(pool, keep=keep, keeping="prefer")
    most = max(worth(pool, way)[0] for way in ways)
    fewest = min(
        sum(a >= 0 and a != b for a, b in zip(old, way, strict=True))
        for way in ways
        if worth(pool, way)[0] == most
    )
    assert len(found.pairs) == most
    assert found.changes == fewest


def test_more_people_come_before_more_fit() -> None:
    sales = frozenset({"sales"})
    mentees = (Mentee("ana", ES, MON, sales), Mentee("eva", ES, frozenset({"mon", "tue"})))
    mentors = (
        Mentor("luz", ES, frozenset({"mon", "tue"}), expertise=sales),
        Mentor("sol", ES, frozenset({"tue"})),
    )
    found = assign(Pool((mentees[0], mentees[1]), mentors))
    assert found.mentor_of == {"ana": "luz", "eva": "sol"}


def test_balance_spreads_people_over_mentors_of_the_same_fit() -> None:
    mentees = tuple(Mentee(f"e{i}", ES, MON) for i in range(4))
    mentors = tuple(Mentor(f"m{j}", ES, MON, capacity=4) for j in range(4))
    found = assign(Pool(mentees, mentors))
    assert len(set(found.mentor_of.values())) == 4


def test_a_kept_pair_that_a_barrier_forbids_is_released_and_told() -> None:
    pool = Pool((Mentee("ana", ES, MON),), (Mentor("luz", ES, MON, is_available=False),))
    found = assign(pool, keep=[("ana", "luz"), ("ana", "nobody")])
    assert [one.code for one in found.warnings][:2] == ["kept_released", "kept_unknown"]
    assert found.changes == 2
    assert [one.reasons[0].code for one in found.unmatched] == ["nobody_possible"]


def test_a_standing_group_grows_only_to_its_size_and_in_its_slot() -> None:
    both = frozenset({"mon", "tue"})
    mentees = (
        Mentee("ana", ES, MON),
        Mentee("eva", ES, both),
        Mentee("flor", ES, frozenset({"tue"})),
        Mentee("gabi", ES, both),
    )
    pool = Pool(mentees, (Mentor("luz", ES, both, capacity=5),))
    found = assign(pool, method="groups", size=2, keep=[("ana", "luz")])
    assert [(g.slot, g.mentees) for g in found.groups] == [("mon", ("ana", "eva"))]
    assert {one.mentee for one in found.unmatched} == {"flor", "gabi"}


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "magic"},
        {"keeping": "magic"},
        {"method": "stable", "keeping": "prefer"},
        {"method": "groups", "size": 0},
    ],
)
def test_a_method_that_there_is_not_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(MethodError):
        assign(Pool((), ()), **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("matching.key_twice", lambda: Pool((), (Mentor("a"), Mentor("a")))),
        ("matching.capacity", lambda: Pool((), (Mentor("a", capacity=-1),))),
        ("matching.weights", lambda: Pool((), (), Weights(0, 0, 0, 0, 0, 1))),
        ("matching.weights", lambda: Pool((), (), Weights(needs=float("nan")))),
        ("matching.ranking", lambda: Pool((Mentee("a", ranking=("m", "m")),), ())),
        ("matching.unknown", lambda: Pool((), ()).mentor("a")),
        ("matching.unknown", lambda: Pool((), ()).mentee("a")),
    ],
)
def test_a_pool_that_cannot_be_is_refused(code: str, made) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PoolError) as told:
        made()
    assert told.value.code == code


def test_nobody_is_matched_where_there_is_nobody() -> None:
    for method in METHODS:
        assert assign(Pool((), ()), method=method).pairs == ()
        left = assign(Pool((Mentee("ana", ES, MON),), ()), method=method).unmatched
        assert [one.reasons[0].code for one in left] == ["no_mentors"]


def test_many_groups_are_matched_though_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digna_engines.matching.grouping.LARGEST", 0)
    mentees = tuple(Mentee(f"e{i}", ES, MON) for i in range(4))
    found = assign(Pool(mentees, (Mentor("m", ES, MON, capacity=3),)), method="groups")
    assert len(found.pairs) == 3
    assert "not_proven" in [one.code for one in found.warnings]
