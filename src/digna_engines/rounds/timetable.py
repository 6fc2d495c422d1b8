"""What solving a round gives: meetings, worth and bound, what was not met and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from digna_engines.rounds.problem import VERSION

Held = Literal["on_site", "hybrid", "virtual"]


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """A buyer and a seller in a slot.

    Symbols: ``table`` is a key of the venue («1», «2», … or somebody's own) or "" in a video call;
    ``mode`` is ``hybrid`` when one side sits at a table and the other is on the screen;
    ``points`` is what the pair's wishes are worth; ``is_fixed``: agreed beforehand.
    """

    slot: str
    buyer: str
    seller: str
    table: str = ""
    interpreter: str = ""
    mode: Held = "on_site"
    points: int = 0
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that is not in the timetable, and why.

    Symbols: ``code`` is one of ``refused``, ``kept_apart``, ``delegation``, ``language``,
    ``never_together``, ``buyer_full``, ``seller_full``, ``no_common_free``, ``no_table``,
    ``no_room``, ``no_interpreter``, ``outweighed``; ``details`` are the plain values behind it.
    """

    buyer: str
    seller: str
    points: int
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, language: str = "es") -> str:
        """The reason as a sentence for people; English for ``en…``, Spanish for anything else."""
        from digna_engines.rounds.reasons import sentence

        return sentence(self.code, self.details, language)


@dataclass(frozen=True, slots=True)
class Share:
    """What a party with a promised least number of meetings got.

    Symbols: ``least`` promised; ``possible`` the most it could have had of them alone, by its own
    wishes, times and limit; ``got`` meetings in the timetable.
    """

    party: str
    least: int
    possible: int
    got: int

    @property
    def is_honoured(self) -> bool:
        """Whether it has what was promised, or all that its own wishes allowed."""
        return self.got >= min(self.least, self.possible)


@dataclass(frozen=True, slots=True)
class Fairness:
    """How meetings are spread.

    Symbols: ``shares`` of the parties with a promise; ``given`` are promised meetings given,
    counted together, and ``most_possible`` a proven upper bound on that count for all at once;
    ``fewest`` and ``median`` meetings of the sellers who have a wish that could be met.
    """

    shares: tuple[Share, ...]
    given: int
    most_possible: int
    fewest: int
    median: float

    @property
    def is_honoured(self) -> bool:
        """Whether as many promised meetings were given as could be given at all."""
        return self.given >= self.most_possible


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the timetable that was to be kept.

    Symbols: ``kept`` meetings stay where they were; ``moved`` pairs meet in another slot;
    ``dropped`` pairs no longer meet; ``added`` pairs are new. A table's number is no change.
    """

    kept: tuple[Meeting, ...] = ()
    moved: tuple[tuple[Meeting, Meeting], ...] = ()
    dropped: tuple[Meeting, ...] = ()
    added: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Meetings with their worth and the proven bound.

    Symbols: ``value`` is the sum of the points of the meetings; ``upper_bound`` is a number that
    no timetable at least as fair can pass (proven; with ``keep``, none that keeps as much);
    ``gaps`` are idle slots of parties between their first and last meeting, in which they were
    there, breaks not counted; ``workings`` tell the steps, tries and seconds' budget.
    """

    meetings: tuple[Meeting, ...]
    value: int
    upper_bound: int
    unmet: tuple[Unmet, ...]
    fairness: Fairness
    gaps: int
    changes: Changes | None = None
    warnings: tuple[str, ...] = ()
    workings: Mapping[str, Any] = field(default_factory=dict)
    method: str = "assignment, chains and re-matching"
    version: str = VERSION

    @property
    def share_of_bound(self) -> float | None:
        """``value`` over ``upper_bound``; None when nothing at all could be met."""
        return self.value / self.upper_bound if self.upper_bound else None

    def of_party(self, key: str) -> tuple[Meeting, ...]:
        """The meetings of one party, in the order of the slots."""
        return tuple(m for m in self.meetings if key in (m.buyer, m.seller))

    def to_plain(self) -> dict[str, Any]:
        """Give what JSON can hold, unmet wishes with their sentences in both languages."""
        from digna_engines.rounds.plain import write_timetable

        return write_timetable(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Timetable":
        """Read the meetings of a timetable back, to keep them; other fields as they were."""
        from digna_engines.rounds.plain import read_timetable

        return read_timetable(plain)
