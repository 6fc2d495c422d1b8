"""Steps, prices, agencies and pathways as they are declared; dated, sourced, with certainty."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from digna_engines.pathways.conditions import ALWAYS, Condition

Certainty = Literal["high", "medium", "low"]
Phase = Literal["preparation", "shipment", "afterwards"]
Unit = Literal["hours", "days", "working_days", "months", "years"]
Words = Mapping[str, str]
"""A text by language: ``es`` always, ``en`` besides."""


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` to ``until``, both included; None leaves an end open."""

    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        return not self.is_before(day) and (self.since is None or self.since <= day)

    def is_before(self, day: date) -> bool:
        """Whether it has ended by then."""
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; ``amount`` None: nobody has published it."""

    amount: Decimal | None
    unit: Unit

    def after(self, day: date) -> date | None:
        """The day on which it ends when it begins on ``day``; None when the length is not known.

        Hours end on the same day; working days count seven for five; a month that is too short
        gives its last day.

        >>> Span(Decimal(1), "years").after(date(2024, 2, 29))
        datetime.date(2025, 2, 28)
        >>> Span(None, "years").after(date(2024, 2, 29)) is None
        True
        """
        if self.amount is None:
            return None
        if self.unit in ("months", "years"):
            return _months_after(day, int(self.amount * (12 if self.unit == "years" else 1)))
        days = {"hours": Decimal(0), "days": self.amount, "working_days": self.amount * 7 / 5}
        return day + timedelta(days=int(days[self.unit].to_integral_value(ROUND_CEILING)))


def _months_after(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a step costs.

    Symbols: ``amount`` None is *not known*, never free; ``when`` limits it (a legal form, a value
    of the shipment); ``per`` names the unit when it grows with something («60 kg netos»).
    """

    amount: Decimal | None
    currency: str
    when: Condition = ALWAYS
    per: Words = field(default_factory=dict)
    valid: Period = Period()
    certainty: Certainty = "medium"
    sources: tuple[str, ...] = ()
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What is different where ``when`` holds: a municipality, a department."""

    when: Condition
    documents: tuple[Words, ...] = ()
    prices: tuple[Price, ...] = ()
    duration: Span | None = None
    url: str = ""
    law: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Who need not do a step by one rule, and the steps whose office asks for it all the same."""

    when: Condition
    by: str
    asked_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do.

    Symbols: ``when``: for whom; ``requires`` must be done before; ``usually_after`` is the order
    people follow, which nothing proves: it orders the list and blocks nothing; ``recurs`` how often
    it comes back; ``valid_for`` how long its result lasts; ``is_milestone``: a decision of the
    firm's, no procedure; ``checked_on``: day on which the sources were read.
    """

    key: str
    name: Words
    phase: Phase = "preparation"
    agency: str = ""
    agency_text: Words = field(default_factory=dict)
    when: Condition = ALWAYS
    requires: tuple[str, ...] = ()
    usually_after: tuple[str, ...] = ()
    documents: tuple[Words, ...] = ()
    result: Words = field(default_factory=dict)
    prices: tuple[Price, ...] = ()
    duration: Span | None = None
    valid_for: Span | None = None
    recurs: Span | None = None
    exemption: Exemption | None = None
    variants: tuple[Variant, ...] = ()
    modes: tuple[str, ...] = ()
    url: str = ""
    law: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    source_on: str = ""
    checked_on: date | None = None
    certainty: Certainty = "medium"
    warnings: tuple[Words, ...] = ()
    is_optional: bool = False
    is_milestone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An office: its name changes, it is succeeded by another; ``succeeds`` are keys."""

    key: str
    name: Words
    valid: Period = Period()
    succeeds: tuple[str, ...] = ()
    web: str = ""
    phone: str = ""
    certainty: Certainty = "medium"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """What closes a whole pathway to a firm."""

    when: Condition
    says: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """Steps towards one aim, by key; steps of other pathways that they require are drawn in."""

    key: str
    name: Words
    steps: tuple[str, ...]
    barriers: tuple[Barrier, ...] = ()
    warning: Words = field(default_factory=dict)
    certainty: Certainty = "medium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to be known of a firm.

    Symbols: ``kind`` is ``choice``, ``yes_no`` or ``number``; ``options`` are answers with words;
    ``register`` names the field of the register that answers it ("": it must be asked).
    """

    key: str
    asks: Words
    kind: Literal["choice", "yes_no", "number"]
    options: Mapping[str, Words] = field(default_factory=dict)
    register: str = ""
    help: Words = field(default_factory=dict)


def in_force(agencies: Mapping[str, Agency], key: str, day: date) -> Agency | None:
    """The office that has the task of ``key`` on a day: itself, or who came before or after it.

    >>> old = Agency(key="A", name={"es": "A"}, valid=Period(until=date(2022, 3, 31)))
    >>> since = Period(since=date(2022, 4, 1))
    >>> new = Agency(key="B", name={"es": "B"}, valid=since, succeeds=("A",))
    >>> in_force({"A": old, "B": new}, "A", date(2023, 1, 1)).key
    'B'
    >>> in_force({"A": old, "B": new}, "B", date(2020, 1, 1)).key
    'A'
    """
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        at = waiting.pop(0)
        one = agencies.get(at)
        if one is None or at in seen:
            continue
        if one.valid.covers(day):
            return one
        seen.add(at)
        waiting += [*one.succeeds, *_after(agencies.values(), at)]
    return None


def _after(agencies: Iterable[Agency], key: str) -> list[str]:
    return [one.key for one in agencies if key in one.succeeds]
