"""What a rule is given, and what it gives back. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from digna_engines.indicators import FactSchema, Indicator
from digna_engines.verification import Limits, mark

NOT_APPLICABLE, NOT_RUN = "n/a", "not run"
USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Looked:
    """The newest verification sample of a figure: with a result, wrong among them, both sums."""

    drawn: int
    looked_for: int
    wrong: int
    recounted: Decimal | None
    reported: Decimal | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind one figure as columns, and what the journal and the register say of them.

    `recorded` gives the day each row was first written, by the text of its key; None where the
    journal cannot say. `corrections` gives, for each row that was changed, whether each change
    had a reason. `doubtful` are the people or firms in an open pair of the register.
    """

    declared: Indicator
    schema: FactSchema
    columns: Mapping[str, Sequence[Any]]
    count: int
    today: date
    n: int | None = None
    cohort: int | None = None
    total: Decimal | None = None
    parts: Mapping[str, Sequence[Decimal | None]] = field(default_factory=dict)
    recorded: Mapping[str, date] | None = None
    corrections: Mapping[str, Sequence[bool]] | None = None
    doubtful: Mapping[str, frozenset[int]] = field(default_factory=dict)
    sample: Looked | None = None

    @property
    def key(self) -> str:
        """The column that names a row."""
        return self.schema.keys[0]

    def column(self, name: str | None) -> Sequence[Any] | None:
        """Return a column, or None where there is none."""
        return self.columns.get(name) if name is not None else None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: how many it looked at, at which places the failing rows are."""

    outcome: str
    checked: int = 0
    failing: int = 0
    places: tuple[int, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


def not_applicable() -> Found:
    """The rule has nothing to say about figures of this shape."""
    return Found(NOT_APPLICABLE)


def not_run(why: str) -> Found:
    """The rule should say something and could not; `why` is a word that the page puts in words."""
    return Found(NOT_RUN, details={"why": why})


def judged(places: Sequence[int], checked: int, limits: Limits = USUAL, **details: Any) -> Found:
    """The rule looked at `checked` rows, of which those at `places` fail."""
    return counted(len(places), checked, limits, places=tuple(places), **details)


def counted(
    failing: int,
    checked: int,
    limits: Limits = USUAL,
    *,
    places: tuple[int, ...] = (),
    **details: Any,
) -> Found:
    """The rule looked at `checked` of something, of which `failing` fail."""
    outcome = mark(failing, checked, limits)
    if outcome is None:
        return not_run("nothing")
    return Found(outcome, checked, failing, places, details)
