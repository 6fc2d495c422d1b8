"""How an offer fits a demand: what is met, falls short, is missing, or is not known. Pure.

Each thing asked for becomes one point. Unknown is unknown: it is neither met nor missing, and it is
counted apart («4 de 6 puntos se conocen»). Quantities are compared in the unit that was asked for,
prices per the unit that was asked for and only in one currency.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from digna.linkages import units


class Verdict(StrEnum):
    """How one point stands."""

    MET = "met"
    SHORT = "short"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """How an offer stands before a demand."""

    FITS = "fits"
    UNKNOWN = "unknown"
    GAPS = "gaps"
    OTHER = "other"


ORDER = {Standing.FITS: 0, Standing.UNKNOWN: 1, Standing.GAPS: 2, Standing.OTHER: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a firm offers. `papers` maps codes to their last day; None: nobody said which it has."""

    words: str = ""
    hs_code: str = ""
    capacity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    currency: str = ""
    price_unit: str = ""
    papers: Mapping[str, date | None] | None = None
    languages: frozenset[str] = frozenset()
    months: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement of a buyer: without it nothing is bought, or it is a wish."""

    code: str
    is_must: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a buyer asks for; what is empty is not asked."""

    words: str = ""
    hs_code: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    currency: str = ""
    price_unit: str = ""
    needs: tuple[Need, ...] = ()
    languages: frozenset[str] = frozenset()
    months: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Point:
    """One thing asked for and how it stands; `have` and `want` in `unit`, `until` a lapsed day."""

    about: str
    verdict: Verdict
    is_must: bool = True
    code: str = ""
    have: Decimal | None = None
    want: Decimal | None = None
    unit: str = ""
    until: date | None = None
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """Every point of a demand as an offer meets it."""

    points: tuple[Point, ...]

    @property
    def met(self) -> tuple[Point, ...]:
        """What is met: the reasons."""
        return tuple(point for point in self.points if point.verdict is Verdict.MET)

    @property
    def gaps(self) -> tuple[Point, ...]:
        """What falls short or is missing, what must be first."""
        found = [p for p in self.points if p.verdict in (Verdict.SHORT, Verdict.MISSING)]
        return tuple(sorted(found, key=lambda point: not point.is_must))

    @property
    def unknown(self) -> tuple[Point, ...]:
        """What nobody knows yet: to be asked."""
        return tuple(point for point in self.points if point.verdict is Verdict.UNKNOWN)

    @property
    def known(self) -> int:
        """Of how many points something is known."""
        return len(self.points) - len(self.unknown)

    @property
    def standing(self) -> Standing:
        """The word for it all: what must be decides; wishes never do."""
        first = self.points[0]
        if first.about == "product" and first.verdict is Verdict.MISSING:
            return Standing.OTHER
        musts = [point for point in self.points if point.is_must]
        if any(point.verdict in (Verdict.SHORT, Verdict.MISSING) for point in musts):
            return Standing.GAPS
        if any(point.verdict is Verdict.UNKNOWN for point in musts):
            return Standing.UNKNOWN
        return Standing.FITS

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sort key, the best first: standing, then fewer gaps, then more met."""
        return (ORDER[self.standing], len(self.gaps), -len(self.met))


def fit(offered: Offered, asked: Asked, on: date) -> Fit:
    """Return how an offer meets a demand on a day.

    >>> from decimal import Decimal as D
    >>> found = fit(
    ...     Offered(hs_code="100850", capacity=D(800), unit="kg", papers={}),
    ...     Asked(hs_code="100850", quantity=D(2), unit="t", needs=(Need("senasag"),)),
    ...     date(2024, 3, 1))
    >>> [(p.about, p.verdict.value, p.have, p.want, p.unit, p.code) for p in found.gaps]
    [('capacity', 'short', Decimal('0.800'), Decimal('2'), 't', ''), \
('requirement', 'missing', None, None, '', 'senasag')]
    >>> found.standing.value, found.known
    ('gaps', 3)
    """
    points = [_product(offered, asked)]
    if asked.quantity is not None:
        points.append(_capacity(offered, asked))
    points += [_need(offered, need, on) for need in asked.needs]
    if asked.price is not None:
        points.append(_price(offered, asked))
    if asked.languages:
        points.append(_languages(offered, asked))
    if asked.months:
        points.append(_months(offered, asked))
    return Fit(tuple(points))


def _product(offered: Offered, asked: Asked) -> Point:
    if offered.hs_code and asked.hs_code:
        if offered.hs_code[:6] == asked.hs_code[:6]:
            return Point("product", Verdict.MET, code="hs6")
        near = offered.hs_code[:4] == asked.hs_code[:4]
        return Point("product", Verdict.SHORT if near else Verdict.MISSING, code="hs4" * near)
    shared = words(offered.words) & words(asked.words)
    if shared:
        return Point("product", Verdict.MET, code="words")
    return Point("product", Verdict.UNKNOWN if _is_unsaid(offered, asked) else Verdict.MISSING)


def _is_unsaid(offered: Offered, asked: Asked) -> bool:
    """Whether one of the two says nothing by which they could be compared."""
    return not (words(offered.words) and words(asked.words))


def words(text: str) -> frozenset[str]:
    """Return the words of a name that tell something, without accents or plural.

    >>> sorted(words("Quinuas reales orgánicas de Uyuni"))
    ['organica', 'quinua', 'reale', 'uyuni']
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(sign if sign.isalnum() else " " for sign in plain if sign.isascii())
    return frozenset(word.removesuffix("s") for word in letters.split() if len(word) > 3)


def _capacity(offered: Offered, asked: Asked) -> Point:
    have = units.converted(offered.capacity, offered.unit, asked.unit)
    if have is None or asked.quantity is None:
        return Point("capacity", Verdict.UNKNOWN, want=asked.quantity, unit=asked.unit)
    verdict = Verdict.MET if have >= asked.quantity else Verdict.SHORT
    return Point("capacity", verdict, have=have, want=asked.quantity, unit=asked.unit)


def _need(offered: Offered, need: Need, on: date) -> Point:
    if offered.papers is None:
        return Point("requirement", Verdict.UNKNOWN, need.is_must, need.code)
    if need.code not in offered.papers:
        return Point("requirement", Verdict.MISSING, need.is_must, need.code)
    until = offered.papers[need.code]
    if until is not None and until < on:
        return Point("requirement", Verdict.MISSING, need.is_must, need.code, until=until)
    return Point("requirement", Verdict.MET, need.is_must, need.code)


def _price(offered: Offered, asked: Asked) -> Point:
    have = units.price_per(offered.price, offered.price_unit, asked.price_unit)
    if have is None or asked.price is None or offered.currency != asked.currency:
        return Point("price", Verdict.UNKNOWN, False, want=asked.price, unit=asked.price_unit)
    verdict = Verdict.MET if have <= asked.price else Verdict.SHORT
    return Point(
        "price", verdict, False, asked.currency, have=have, want=asked.price, unit=asked.price_unit
    )


def _languages(offered: Offered, asked: Asked) -> Point:
    if not offered.languages:
        return Point("languages", Verdict.UNKNOWN, False)
    is_met = bool(offered.languages & asked.languages)
    return Point("languages", Verdict.MET if is_met else Verdict.MISSING, False)


def _months(offered: Offered, asked: Asked) -> Point:
    if not offered.months:
        return Point("months", Verdict.UNKNOWN, False)
    lacking = tuple(sorted(asked.months - offered.months))
    verdict = Verdict.SHORT if lacking else Verdict.MET
    return Point("months", verdict, False, months=lacking)
