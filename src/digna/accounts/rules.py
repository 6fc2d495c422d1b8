"""Who may give which role, how far a membership reaches, when a card locks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LEAD, COORDINATOR = "lead", "coordinator"
GIVEN_BY_COORDINATOR = frozenset({"trainer", "mentor", "owner", "worker"})

FAILURES_TO_LOCK = 5
FAILURES_TO_REVOKE = 20
LOCKED_FOR = timedelta(minutes=15)

# Crockford's base 32: no letter that is read as a digit. Twelve of them are sixty bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
PIN_LENGTH = 6
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Scope:
    """One membership's limits; an empty set means no limit."""

    partner: str = ""
    departments: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        return not (self.partner or self.departments or self.programmes)


def is_within(inner: Scope, outer: Scope) -> bool:
    """Whether `inner` reaches nowhere that `outer` does not.

    >>> is_within(Scope("cainco"), Scope()), is_within(Scope(), Scope("cainco"))
    (True, False)
    """
    return (
        outer.partner in ("", inner.partner)
        and _is_part(inner.departments, outer.departments)
        and _is_part(inner.programmes, outer.programmes)
    )


def _is_part(inner: frozenset[str], outer: frozenset[str]) -> bool:
    return not outer or (bool(inner) and inner <= outer)


def may_give(held: Iterable[tuple[str, Scope]], role: str, scope: Scope) -> bool:
    """Whether who holds these roles may give (or take) `role` within `scope`.

    A lead gives any role, a coordinator those of their partner's field people, and nobody gives
    further than they reach themselves.
    """
    return any(_gives(own, own_scope, role, scope) for own, own_scope in held)


def _gives(own: str, own_scope: Scope, role: str, scope: Scope) -> bool:
    if own == LEAD:
        return is_within(scope, own_scope)
    is_coordinator = own == COORDINATOR and own_scope.partner != ""
    return is_coordinator and role in GIVEN_BY_COORDINATOR and is_within(scope, own_scope)


@dataclass(frozen=True, slots=True)
class AfterFailure:
    """What a wrong PIN does to a card."""

    failed_count: int
    locked_until: datetime | None
    is_revoked: bool


def after_failure(failed_count: int, at: datetime) -> AfterFailure:
    """Return what follows when one more PIN was wrong: a lock each five, the end at twenty."""
    count = failed_count + 1
    is_locked = count % FAILURES_TO_LOCK == 0
    return AfterFailure(count, at + LOCKED_FOR if is_locked else None, count >= FAILURES_TO_REVOKE)


def code_from(text: str) -> str:
    """Return a card's code as it was printed, however it was typed.

    >>> code_from(" 7qk2-xm4d 9tbo ")
    '7QK2XM4D9TB0'
    """
    kept = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
    return kept.translate(_READ_AS)


def printed(code: str) -> str:
    """Return a code in groups of four, as people read it.

    >>> printed("7QK2XM4D9TB0")
    '7QK2-XM4D-9TB0'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
