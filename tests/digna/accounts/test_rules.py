"""Pure rules: who gives which role, when a card locks, how codes and numbers are read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna.accounts import folding, phones, rules
from digna.accounts.models import Role
from digna.accounts.rules import Scope

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CODES = st.sets(st.sampled_from(["a", "b", "c"])).map(frozenset)
SCOPES = st.builds(
    Scope,
    partner=st.sampled_from(["", "cainco", "cadepia"]),
    departments=CODES,
    programmes=CODES,
)


def reaches(scope: Scope, partner: str, department: str, programme: str) -> bool:
    """The slow, obvious reference: does a membership reach one particular thing?"""
    return (
        scope.partner in ("", partner)
        and (not scope.departments or department in scope.departments)
        and (not scope.programmes or programme in scope.programmes)
    )


@given(inner=SCOPES, outer=SCOPES)
def test_within_is_reaching_nothing_more(inner: Scope, outer: Scope) -> None:
    things = [
        (p, d, g)
        for p in ("cainco", "cadepia", "other")
        for d in ("a", "b", "c", "d")
        for g in ("a", "b", "c", "d")
    ]
    nothing_more = all(reaches(outer, *t) for t in things if reaches(inner, *t))
    assert rules.is_within(inner, outer) == nothing_more


@pytest.mark.parametrize("role", Role.values)
def test_a_lead_gives_every_role(role: str) -> None:
    assert rules.may_give([("lead", Scope())], role, Scope("cainco"))


@pytest.mark.parametrize("role", Role.values)
def test_a_coordinator_gives_only_field_roles_of_the_own_partner(role: str) -> None:
    held = [("coordinator", Scope("cainco"))]
    is_field = role in {"trainer", "mentor", "owner", "worker"}
    assert rules.may_give(held, role, Scope("cainco")) == is_field
    assert not rules.may_give(held, role, Scope("cadepia"))
    assert not rules.may_give(held, role, Scope())


@pytest.mark.parametrize("own", [r for r in Role.values if r not in ("lead", "coordinator")])
def test_nobody_else_gives_anything(own: str) -> None:
    assert not any(rules.may_give([(own, Scope())], role, Scope()) for role in Role.values)


@given(held=SCOPES, asked=SCOPES)
def test_nobody_gives_further_than_they_reach(held: Scope, asked: Scope) -> None:
    for own in ("lead", "coordinator"):
        if rules.may_give([(own, held)], "trainer", asked):
            assert rules.is_within(asked, held)


def test_two_roles_do_not_add_up_to_a_third() -> None:
    held = [("coordinator", Scope("cainco")), ("trainer", Scope())]
    assert not rules.may_give(held, "trainer", Scope())


@pytest.mark.parametrize(
    ("failed_count", "is_locked", "is_revoked"),
    [(0, False, False), (3, False, False), (4, True, False), (5, False, False), (9, True, False),
     (18, False, False), (19, True, True)],
)  # fmt: skip
def test_a_card_locks_each_five_failures_and_ends_at_twenty(
    failed_count: int, is_locked: bool, is_revoked: bool
) -> None:
    after = rules.after_failure(failed_count, NOW)
    assert after.failed_count == failed_count + 1
    assert (after.locked_until == NOW + rules.LOCKED_FOR) == is_locked
    assert after.is_revoked == is_revoked


@given(st.text(alphabet=rules.ALPHABET, min_size=12, max_size=12))
def test_a_code_is_read_back_however_it_is_printed_or_typed(code: str) -> None:
    assert rules.code_from(rules.printed(code)) == code
    typed = rules.printed(code).lower().replace("0", "o").replace("1", "l")
    assert rules.code_from(f" {typed} ") == code


@pytest.mark.parametrize(
    ("written", "number"),
    [("71234567", "+59171234567"), ("591 712 34567", "+59171234567"),
     ("+51 987 654 321", "+51987654321"), ("2-2441234", "+59122441234"), ("  ", None)],
)  # fmt: skip
def test_phones_are_kept_in_one_form(written: str, number: str | None) -> None:
    assert phones.e164(written) == number


@pytest.mark.parametrize("written", ["123", "no tiene", "71234567 casa", "11111111", "++"])
def test_what_is_no_phone_is_refused(written: str) -> None:
    with pytest.raises(phones.Unreadable):
        phones.e164(written)


def test_search_text_forgives_accents() -> None:
    assert folding.sought("José Ñuñez", "A@B.c", None) == "jose nunez a@b.c"
