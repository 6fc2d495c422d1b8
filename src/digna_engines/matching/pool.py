"""The people to be matched and what the fit is made of; checked once, when a pool is made."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

from digna_engines.errors import EngineError

NOBODY: frozenset[str] = frozenset()


class PoolError(EngineError):
    """A pool that cannot be matched: a key twice, a capacity below zero, no weight at all."""


@dataclass(frozen=True, slots=True)
class Mentee:
    """Somebody who asks for a mentor. Empty means "did not say", never "anything".

    ``languages`` and ``slots`` (weekly, any words of yours) must be shared with a mentor;
    ``wants_sex`` is a stated preference and binds; ``refuses`` are keys of mentors with whom there
    is a conflict of interest; ``ranking`` are keys of mentors, the most wanted first.
    """

    key: str
    languages: frozenset[str] = NOBODY
    slots: frozenset[str] = NOBODY
    needs: frozenset[str] = NOBODY
    sector: str = ""
    stage: str = ""
    department: str = ""
    organisations: frozenset[str] = NOBODY
    sex: str = ""
    wants_sex: str = ""
    ranking: tuple[str, ...] = ()
    refuses: frozenset[str] = NOBODY


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody who offers time to ``capacity`` mentees, of which ``taken`` are filled already."""

    key: str
    languages: frozenset[str] = NOBODY
    slots: frozenset[str] = NOBODY
    capacity: int = 1
    taken: int = 0
    expertise: frozenset[str] = NOBODY
    sectors: frozenset[str] = NOBODY
    stages: frozenset[str] = NOBODY
    department: str = ""
    organisations: frozenset[str] = NOBODY
    sex: str = ""
    wants_sex: str = ""
    refuses: frozenset[str] = NOBODY
    is_available: bool = True

    @property
    def free(self) -> int:
        """Seats that are left; none while not available."""
        return max(0, self.capacity - self.taken) if self.is_available else 0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the fit counts; only their proportions matter.

    The starting values are a choice of ours, to be argued with: what she needs first, then whom
    she asked for and the trade. ``balance`` spreads mentees over mentors.
    """

    needs: float = 0.40
    sector: float = 0.15
    stage: float = 0.10
    department: float = 0.05
    ranking: float = 0.20
    balance: float = 0.10

    @property
    def of_fit(self) -> Mapping[str, float]:
        """The weights of what two people have in common, without ``balance``."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "balance"}

    @property
    def share_of_balance(self) -> float:
        """What part of an assignment's value is the spread: between 0 and 1."""
        return self.balance / (self.balance + sum(self.of_fit.values()))


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for, against or decides: a stable ``code`` and plain ``values``.

    ``points`` is the part's value from 0 to 1, and None where nothing was measured.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    points: float | None = None


@dataclass(frozen=True)
class Pool:
    """Everybody to be matched, and the weights.

    Raises:
        PoolError: ``matching.key_twice``, ``matching.capacity``, ``matching.weights``,
            ``matching.ranking``.

    >>> Pool((Mentee("a"), Mentee("a")), ()).mentees
    Traceback (most recent call last):
    digna_engines.matching.pool.PoolError: matching.key_twice: “a” is in the pool twice.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        _refuse_twice(one.key for one in self.mentees)
        _refuse_twice(one.key for one in self.mentors)
        _refuse_capacities(self.mentors)
        _refuse_weights(self.weights)
        _refuse_rankings(self.mentees)

    @cached_property
    def mentee_places(self) -> Mapping[str, int]:
        """Row of each mentee's key."""
        return {one.key: place for place, one in enumerate(self.mentees)}

    @cached_property
    def mentor_places(self) -> Mapping[str, int]:
        """Column of each mentor's key."""
        return {one.key: place for place, one in enumerate(self.mentors)}

    def mentee(self, key: str) -> Mentee:
        """Return a mentee by key, or raise ``PoolError`` (``matching.unknown``)."""
        if key not in self.mentee_places:
            raise _unknown(key)
        return self.mentees[self.mentee_places[key]]

    def mentor(self, key: str) -> Mentor:
        """Return a mentor by key, or raise ``PoolError`` (``matching.unknown``)."""
        if key not in self.mentor_places:
            raise _unknown(key)
        return self.mentors[self.mentor_places[key]]


def _unknown(key: str) -> PoolError:
    return PoolError(
        "matching.unknown", f"No hay «{key}» en el grupo.", f"“{key}” is not in the pool.", key=key
    )


def _refuse_twice(keys: Iterable[str]) -> None:
    for key, count in Counter(keys).items():
        if count > 1:
            raise PoolError(
                "matching.key_twice",
                f"«{key}» está dos veces en el grupo.",
                f"“{key}” is in the pool twice.",
                key=key,
            )


def _refuse_capacities(mentors: Iterable[Mentor]) -> None:
    for one in mentors:
        if one.capacity < 0 or one.taken < 0:
            raise PoolError(
                "matching.capacity",
                f"La capacidad de «{one.key}» no puede ser menor que cero.",
                f"The capacity of “{one.key}” cannot be below zero.",
                key=one.key,
            )


def _refuse_weights(weights: Weights) -> None:
    told = [getattr(weights, f.name) for f in fields(weights)]
    if any(not weight >= 0 for weight in told) or not sum(weights.of_fit.values()) > 0:
        raise PoolError(
            "matching.weights",
            "Los pesos van de cero para arriba y al menos uno del encaje cuenta.",
            "Weights are zero or more, and at least one of the fit must count.",
        )


def _refuse_rankings(mentees: Iterable[Mentee]) -> None:
    for one in mentees:
        if len(set(one.ranking)) < len(one.ranking):
            raise PoolError(
                "matching.ranking",
                f"«{one.key}» ordenó dos veces a la misma persona.",
                f"“{one.key}” ranked the same person twice.",
                key=one.key,
            )
