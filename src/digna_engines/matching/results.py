"""What an assignment answers with; frozen, and the same for the same input."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from digna_engines.matching.pool import Reason


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentee and a mentor, their fit from 0 to 1, and the reasons for it."""

    mentee: str
    mentor: str
    score: float
    reasons: tuple[Reason, ...]
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A mentee left over, and why."""

    mentee: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One mentor and the mentees who share a slot and a language with them and each other."""

    mentor: str
    mentees: tuple[str, ...]
    slot: str
    language: str


@dataclass(frozen=True, slots=True)
class Matching:
    """An assignment.

    ``value`` is what the method maximised after the number of people: for ``optimal`` the sum of
    fits with the spread, for the others the sum of fits. ``changes`` counts kept pairs that did not
    stay; ``free`` holds the seats left by mentor. ``warnings`` are codes with values.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    method: str
    version: str
    value: float
    changes: int = 0
    groups: tuple[Group, ...] = ()
    free: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[Reason, ...] = ()
    workings: Mapping[str, float] = field(default_factory=dict)

    @property
    def mentor_of(self) -> Mapping[str, str]:
        """Mentor by mentee."""
        return {pair.mentee: pair.mentor for pair in self.pairs}
