"""What every timetable of a small round must be, against all timetables there are."""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from digna_engines.errors import DeclarationError
from digna_engines.rounds import Round, Timetable, solve
from engines.rounds import brute, small

PATIENT = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)


def drawn(data: st.DataObject) -> Round:
    """A round; those whose fixed appointment cannot be are left to the tests of faults."""
    try:
        round_ = data.draw(small.rounds())
    except DeclarationError:
        assume(False)
    return round_


def solved(round_: Round, **options: object) -> Timetable:
    try:
        return solve(round_, seconds=5, **options)  # type: ignore[arg-type]
    except DeclarationError:
        assume(False)
        raise


@PATIENT
@given(st.data())
def test_no_rule_is_broken_and_nothing_is_worth_more(data: st.DataObject) -> None:
    round_ = drawn(data)
    timetable = solved(round_)
    found = brute.placed(timetable)
    assert brute.broken(round_, found) == []
    best = max(brute.worth(round_, one) for one in brute.every_timetable(round_))
    assert brute.worth(round_, found) == best
    assert timetable.value == best[1] <= timetable.upper_bound


@PATIENT
@given(st.data())
def test_the_bound_holds_for_all_that_are_as_fair(data: st.DataObject) -> None:
    round_ = drawn(data)
    timetable = solved(round_)
    given_, _ = brute.worth(round_, brute.placed(timetable))
    as_fair = [
        points
        for promised, points in (brute.worth(round_, o) for o in brute.every_timetable(round_))
        if promised >= given_
    ]
    assert timetable.upper_bound >= max(as_fair)
    assert timetable.fairness.given == given_ <= timetable.fairness.most_possible


@PATIENT
@given(st.data())
def test_every_wish_is_met_or_explained_once(data: st.DataObject) -> None:
    round_ = drawn(data)
    timetable = solved(round_)
    met = set(brute.placed(timetable))
    told = [(u.buyer, u.seller) for u in timetable.unmet]
    assert len(told) == len(set(told))
    assert not met & set(told)
    wanted = {(w.buyer, w.seller) for w in round_.wishes if w.points} - met
    assert wanted <= set(told)
    for one in timetable.unmet:
        assert one.code != "outweighed"
        for language in ("es", "en"):
            assert one.sentence(language).endswith(".")
            assert "{" not in one.sentence(language)


@PATIENT
@given(st.data())
def test_tables_and_interpreters_are_nobodys_twice(data: st.DataObject) -> None:
    round_ = drawn(data)
    timetable = solved(round_)
    spoken = {i.key: i for i in round_.interpreters}
    parties = {p.key: p for p in round_.parties}
    places = [(m.slot, m.table) for m in timetable.meetings if m.mode != "virtual"]
    assert len(places) == len(set(places))
    assert all(m.table for m in timetable.meetings if m.mode != "virtual")
    helpers = [(m.slot, m.interpreter) for m in timetable.meetings if m.interpreter]
    assert len(helpers) == len(set(helpers))
    for m in timetable.meetings:
        both = parties[m.buyer], parties[m.seller]
        if m.interpreter:
            one = spoken[m.interpreter]
            assert all(one.languages & p.languages for p in both)
            assert one.slots is None or m.slot in one.slots
        elif not m.is_fixed:
            assert not brute.speechless(*both)


@PATIENT
@given(st.data())
def test_solving_again_changes_as_little_as_can_be(data: st.DataObject) -> None:
    round_ = drawn(data)
    before = solved(round_)
    upset = _upset(data, round_)
    after = solved(upset, keep=before)
    old, new = brute.placed(before), brute.placed(after)
    assert brute.broken(upset, new) == []
    most = max(brute.stays(old, one) for one in brute.every_timetable(upset))
    assert brute.stays(old, new) == most
    assert after.changes is not None
    assert len(after.changes.kept) == most
    assert len(old) == most + len(after.changes.moved) + len(after.changes.dropped)
    assert after.value <= after.upper_bound


def _upset(data: st.DataObject, round_: Round) -> Round:
    """A no-show, fewer tables, an interpreter who did not come, and wishes that came late."""
    absent = data.draw(st.sampled_from([p.key for p in round_.parties]))
    held = {key for f in round_.fixed for key in (f.buyer, f.seller)}
    parties = tuple(
        replace(p, slots=frozenset()) if p.key == absent and absent not in held else p
        for p in round_.parties
    )
    own = {p.table for p in round_.parties} - {""}
    tables = data.draw(st.integers(len(own), round_.tables))
    helpers = round_.interpreters[: data.draw(st.integers(0, len(round_.interpreters)))]
    return replace(round_, parties=parties, tables=tables, interpreters=helpers)


@PATIENT
@given(st.data())
def test_keeping_a_timetable_of_the_same_round_changes_nothing(data: st.DataObject) -> None:
    round_ = drawn(data)
    before = solved(round_)
    after = solved(round_, keep=before)
    assert after.changes is not None
    changes = after.changes
    assert (changes.moved, changes.dropped, changes.added) == ((), (), ())
    assert [replace(m, interpreter="") for m in after.meetings] == [
        replace(m, interpreter="") for m in before.meetings
    ]


@PATIENT
@given(st.data())
def test_the_same_again_gives_the_same(data: st.DataObject) -> None:
    round_ = drawn(data)
    assert solved(round_).to_plain() == solved(round_).to_plain()
    assert Round.from_plain(round_.to_plain()) == round_
