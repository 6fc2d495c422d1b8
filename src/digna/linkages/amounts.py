"""Sums of money that keep their currencies and their measures apart. Pure.

Intended and realised are two measures. `Tally` adds amounts of one measure, per currency; adding
two of different measures is an error, not a number. Amounts of different currencies are added
only where each carries a rate to the same currency, with its day and its source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

CENT = Decimal("0.01")


class Measure(StrEnum):
    """What an amount says."""

    INTENDED = "intended"
    ORDERED = "ordered"
    REALISED = "realised"


class MixedMeasuresError(ValueError):
    """Intentions, orders and realised sales were about to be added to one another."""


class UnconvertedError(ValueError):
    """A total in one currency was asked for, and some amount has no rate to it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many `currency` one unit of the amount's own currency was, when, and who says so."""

    value: Decimal
    currency: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of one measure, perhaps with a rate to another currency."""

    measure: Measure
    value: Decimal
    currency: str
    rate: Rate | None = None

    def in_currency(self, currency: str) -> Decimal | None:
        """Return the value in a currency, rounded to cents; None where no rate leads there."""
        if self.currency == currency:
            return self.value
        if self.rate is None or self.rate.currency != currency:
            return None
        return (self.value * self.rate.value).quantize(CENT, ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Tally:
    """What amounts of one measure come to, per currency.

    >>> one = Tally.of(Measure.REALISED, [Amount(Measure.REALISED, Decimal(70), "USD")])
    >>> other = Tally.of(Measure.REALISED, [Amount(Measure.REALISED, Decimal(5), "BOB")])
    >>> (one + other).by_currency
    {'BOB': Decimal('5'), 'USD': Decimal('70')}
    """

    measure: Measure
    by_currency: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, measure: Measure, amounts: Iterable[Amount]) -> "Tally":
        """Add amounts of one measure.

        Raises:
            MixedMeasuresError: an amount of another measure is among them.
        """
        totals: dict[str, Decimal] = {}
        for one in amounts:
            _refuse_other(measure, one.measure)
            totals[one.currency] = totals.get(one.currency, Decimal(0)) + one.value
        return cls(measure, dict(sorted(totals.items())))

    def __add__(self, other: "Tally") -> "Tally":
        """Add two tallies of one measure.

        Raises:
            MixedMeasuresError: they measure different things.
        """
        _refuse_other(self.measure, other.measure)
        found = set(self.by_currency) | set(other.by_currency)
        zero = Decimal(0)
        totals = {
            code: self.by_currency.get(code, zero) + other.by_currency.get(code, zero)
            for code in sorted(found)
        }
        return Tally(self.measure, totals)

    def __bool__(self) -> bool:
        return bool(self.by_currency)


def _refuse_other(one: Measure, other: Measure) -> None:
    if one is not other:
        raise MixedMeasuresError(f"{one} and {other} are different measures: show them apart")


def total_in(currency: str, measure: Measure, amounts: Iterable[Amount]) -> Decimal:
    """Return one total in one currency, converted by each amount's own rate.

    Raises:
        MixedMeasuresError: an amount of another measure is among them.
        UnconvertedError: an amount is in another currency and has no rate to this one.
    """
    total = Decimal(0)
    for one in amounts:
        _refuse_other(measure, one.measure)
        value = one.in_currency(currency)
        if value is None:
            raise UnconvertedError(f"{one.value} {one.currency} has no rate to {currency}")
        total += value
    return total


@dataclass(frozen=True, slots=True)
class Followed:
    """Realised of intended, and how many of how many were followed up: what is said of a round.

    `pairs` are (currency, realised or None, intended or None): a currency in which nothing was
    paid has None, for nobody knows that it is nought.
    """

    pairs: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    followed: int
    of: int


def followed(intended: Tally, realised: Tally, *, followed_up: int, of: int) -> Followed:
    """Lay realised beside intended, per currency, without ever adding one to the other.

    Raises:
        MixedMeasuresError: the tallies are not of intentions and of realised sales, in this order.
        ValueError: more were followed up than there are.

    >>> said = followed(
    ...     Tally(Measure.INTENDED, {"USD": Decimal(900)}),
    ...     Tally(Measure.REALISED, {"BOB": Decimal(50), "USD": Decimal(200)}),
    ...     followed_up=2, of=3)
    >>> said.pairs
    (('BOB', Decimal('50'), None), ('USD', Decimal('200'), Decimal('900')))
    """
    _refuse_other(Measure.INTENDED, intended.measure)
    _refuse_other(Measure.REALISED, realised.measure)
    if not 0 <= followed_up <= of:
        raise ValueError(f"{followed_up} followed up of {of}")
    codes = sorted(set(intended.by_currency) | set(realised.by_currency))
    pairs = tuple(
        (code, realised.by_currency.get(code), intended.by_currency.get(code)) for code in codes
    )
    return Followed(pairs, followed_up, of)
