"""The forms a rule can take: each knows what must hold, and yields the nodes where it does not.

A form knows nothing of what it is about. Paths are XPath 1.0; inside a rule that goes ``by``
vocabulary, ``$v`` is the vocabulary in turn.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Protocol

from digna_engines.iati.documents import find, holds, text_of
from digna_engines.iati.written import day_of, number_of

Culprit = tuple[Any, str]
"""A node that breaks a rule, and what it says («» when the sentence alone is clear)."""
AGENCIES: Final = "OrganisationRegistrationAgency"
"""The code list with the approved beginnings of organisation identifiers."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a rule may need beside the file.

    Symbols: ``as_of`` the day that counts as today, ``agencies`` the approved beginnings of
    organisation identifiers; ``None`` when not known. ``variables`` are those of XPath.
    """

    as_of: date | None = None
    agencies: Collection[str] | None = None
    variables: Mapping[str, str] = field(default_factory=dict)

    def find(self, path: str, element: Any) -> list[Any]:
        """The nodes of ``path`` from ``element``, with this rule's variables."""
        return find(path, element, **self.variables)

    def texts(self, path: str, element: Any) -> Iterator[Culprit]:
        """Those nodes, each with its text."""
        yield from ((node, text_of(node)) for node in self.find(path, element))

    def days(self, path: str, element: Any) -> list[tuple[Any, date]]:
        """Those nodes that say a day, each with it."""
        read = ((node, day_of(text)) for node, text in self.texts(path, element))
        return [(node, day) for node, day in read if day is not None]


class Form(Protocol):
    """What must hold at an element; ``needs`` names what of ``Given`` it cannot do without."""

    @property
    def needs(self) -> str: ...

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield what breaks the rule at ``element``."""
        ...


@dataclass(frozen=True, slots=True)
class Some:
    """At least one node of ``path``."""

    path: str
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield the element itself when there is none."""
        if not given.find(self.path, element):
            yield element, ""


@dataclass(frozen=True, slots=True)
class AtMostOne:
    """No more than one node of ``path``."""

    path: str
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield the second one."""
        found = given.find(self.path, element)
        if len(found) > 1:
            yield found[1], ""


@dataclass(frozen=True, slots=True)
class IfThen:
    """Where ``condition`` holds, ``then`` must hold; ``at`` says which nodes to show."""

    condition: str
    then: str
    at: str = "."
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield the first node of ``at``, or the element, when the second does not follow."""
        broken = holds(self.condition, element, **given.variables) and not holds(
            self.then, element, **given.variables
        )
        if broken:
            yield (*given.find(self.at, element), element)[0], ""


@dataclass(frozen=True, slots=True)
class Everywhere:
    """``unless`` is there, or every node of ``each`` has ``has``."""

    unless: str
    each: str
    has: str
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield every node of ``each`` that lacks it."""
        if not given.find(self.unless, element):
            for node in given.find(self.each, element):
                if not find(self.has, node):
                    yield node, ""


@dataclass(frozen=True, slots=True)
class Trimmed:
    """No blank at the beginning or end of the texts of ``path``."""

    path: str
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each text that has one."""
        for node, text in given.texts(self.path, element):
            if text != text.strip():
                yield node, text


@dataclass(frozen=True, slots=True)
class FreeOf:
    """None of ``symbols`` in the texts of ``path``."""

    path: str
    symbols: str = "/&|?"
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each text that has one."""
        for node, text in given.texts(self.path, element):
            if set(text) & set(self.symbols):
                yield node, text


@dataclass(frozen=True, slots=True)
class Distinct:
    """No two equal texts among those of ``path``."""

    path: str
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each node whose text was there before."""
        seen: set[str] = set()
        for node, text in given.texts(self.path, element):
            if text in seen:
                yield node, text
            seen.add(text)


@dataclass(frozen=True, slots=True)
class StartsWith:
    """Every text of ``path`` begins with a text of ``beginnings`` and ``separator``."""

    path: str
    beginnings: str
    separator: str = "-"
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each text that begins otherwise."""
        allowed = tuple(
            text_of(node) + self.separator for node in given.find(self.beginnings, element)
        )
        for node, text in given.texts(self.path, element):
            if not text.startswith(allowed):
                yield node, text


@dataclass(frozen=True, slots=True)
class FromAgency:
    """Every text of ``path`` begins with an approved agency: what stands before the second «-»."""

    path: str
    needs: str = "agencies"

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each text whose beginning is not approved."""
        for node, text in given.texts(self.path, element):
            if "-".join(text.split("-")[:2]) not in (given.agencies or ()):
                yield node, text


@dataclass(frozen=True, slots=True)
class Between:
    """Every text of ``path`` is a number from ``low`` to ``high``, both included."""

    path: str
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(100)
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each text that is no such number."""
        for node, text in given.texts(self.path, element):
            number = number_of(text)
            if number is None or not self.low <= number <= self.high:
                yield node, text


@dataclass(frozen=True, slots=True)
class AddsUpTo:
    """The texts of ``path``, as exact decimals, add up to ``total``."""

    path: str
    total: Decimal = Decimal(100)
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield the first node, with the sum; a text that is no number spoils it."""
        nodes = given.find(self.path, element)
        numbers = [number_of(text_of(node)) for node in nodes]
        known = [number for number in numbers if number is not None]
        found = sum(known, Decimal(0))
        if len(known) < len(numbers) or found != self.total:
            yield (*nodes, element)[0], f"{found.normalize():f}"


@dataclass(frozen=True, slots=True)
class NotAfterToday:
    """No date of ``path`` lies after the day that counts as today."""

    path: str
    needs: str = "as_of"

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each date that does."""
        for node, day in given.days(self.path, element):
            if given.as_of is not None and day > given.as_of:
                yield node, str(day)


@dataclass(frozen=True, slots=True)
class InOrder:
    """No date of ``first`` lies after a date of ``last``; the same day is in order."""

    first: str
    last: str
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each later date that comes too early."""
        latest = max((day for _, day in given.days(self.first, element)), default=date.min)
        for node, day in given.days(self.last, element):
            if latest > day:
                yield node, f"{latest} > {day}"


@dataclass(frozen=True, slots=True)
class WithinAYear:
    """From ``start`` to ``end`` there are no more than 365 days."""

    start: str
    end: str
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield the end when it is farther."""
        start = min((day for _, day in given.days(self.start, element)), default=date.max)
        for node, day in given.days(self.end, element):
            if day - start > timedelta(days=365):
                yield node, f"{start} – {day}"


@dataclass(frozen=True, slots=True)
class Inside:
    """Every date of ``path`` lies from ``start`` to ``end``, both included."""

    path: str
    start: str
    end: str
    needs: str = ""

    def culprits(self, element: Any, given: Given) -> Iterator[Culprit]:
        """Yield each date outside; a start or an end that is not written is open."""
        start = min((day for _, day in given.days(self.start, element)), default=date.min)
        end = max((day for _, day in given.days(self.end, element)), default=date.max)
        for node, day in given.days(self.path, element):
            if not start <= day <= end:
                yield node, str(day)


def in_vocabulary(name: str) -> str:
    """The path of the children ``name`` that are of the vocabulary in turn.

    >>> in_vocabulary("sector")
    "sector[@vocabulary = $v or ($v = '1' and string(@vocabulary) = '')]"
    """
    return f"{name}[@vocabulary = $v or ($v = '1' and string(@vocabulary) = '')]"
