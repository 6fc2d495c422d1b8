"""Value types every engine shares: periods, shares, money. Missing is ``None``, zero is ``0``."""

import itertools
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Context, Decimal
from typing import Self

from digna_engines.errors import EngineError, NotAddableError, UnreadableError

Number = int | Decimal

# Division is the only inexact step of the engines: one fixed context makes it repeatable.
_DIVISION = Context(prec=28)
_WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<kind>[TQSH])(?P<nth>\d)|(?P<month>\d{2})))?")


def quotient(numerator: Number | None, denominator: Number | None) -> Decimal | None:
    """Divide without surprises: ``value = numerator / denominator``.

    Symbols: both in any unit. Returns 28 significant digits, half-even.
    Edge cases: ``None`` when either side is missing or the denominator is 0 (no value on a zero
    base); a zero numerator gives 0, which is not missing.

    >>> quotient(1, 4), quotient(0, 4), quotient(4, 0), quotient(None, 4)
    (Decimal('0.25'), Decimal('0'), None, None)
    """
    if numerator is None or denominator is None or denominator == 0:
        return None
    return tidy(_DIVISION.divide(Decimal(numerator), Decimal(denominator)))


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent: ``30.000`` and ``3E+1`` become ``30``.

    >>> tidy(Decimal("30.000")), tidy(Decimal("1.50")), tidy(Decimal("3E+1"))
    (Decimal('30'), Decimal('1.5'), Decimal('30'))
    """
    if number == number.to_integral_value():
        return Decimal(int(number))
    return number.normalize(Context(prec=60))


@dataclass(frozen=True, order=True)
class Period:
    """A closed interval of days, ``starts_on ≤ day ≤ ends_on``, with the label people read.

    Periods sort by first day, then last. The label does not take part in comparisons: 2021 is
    2021 whatever it is called. Built by ``month``, ``quarter``, ``half``, ``year``, ``span`` or
    ``parse``. Error: ``period.reversed`` when it ends before it starts.

    >>> Period.quarter(2021, 3).contains(date(2021, 9, 30))
    True
    """

    starts_on: date
    ends_on: date
    label: str = field(compare=False)

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise EngineError(
                "period.reversed",
                f"El período termina ({self.ends_on}) antes de empezar ({self.starts_on}).",
                f"The period ends ({self.ends_on}) before it starts ({self.starts_on}).",
                starts_on=self.starts_on,
                ends_on=self.ends_on,
            )

    def __str__(self) -> str:
        return self.label

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """One calendar month: ``Period.month(2021, 3)`` is «2021-03»."""
        return cls._months(year, month, 1, f"{year:04d}-{month:02d}")

    @classmethod
    def quarter(cls, year: int, nth: int) -> Self:
        """One calendar quarter, 1 to 4: ``Period.quarter(2021, 3)`` is «2021-T3»."""
        return cls._months(year, 3 * nth - 2, 3, f"{year:04d}-T{nth}")

    @classmethod
    def half(cls, year: int, nth: int) -> Self:
        """One calendar half-year, 1 or 2: ``Period.half(2021, 1)`` is «2021-S1»."""
        return cls._months(year, 6 * nth - 5, 6, f"{year:04d}-S{nth}")

    @classmethod
    def year(cls, year: int) -> Self:
        """One calendar year: ``Period.year(2021)`` is «2021»."""
        return cls._months(year, 1, 12, f"{year:04d}")

    @classmethod
    def span(cls, starts_on: date, ends_on: date, label: str | None = None) -> Self:
        """Any stretch of days, both ends inside; unnamed, its label is «first/last»."""
        return cls(starts_on, ends_on, label or f"{starts_on}/{ends_on}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period as people write it.

        Reads ``2021``, ``2021-S1``, ``2021-T3``, ``2021-03`` and ``first/last`` in ISO dates;
        ``Q`` and ``H`` are taken for ``T`` and ``S``. Error: ``period.unreadable``.

        >>> Period.parse("2021-T3").ends_on
        datetime.date(2021, 9, 30)
        >>> Period.parse("2019-10-01/2021-12-31").label
        '2019-10-01/2021-12-31'
        """
        cleaned = text.strip().upper()
        try:
            if "/" in cleaned:
                first, last = cleaned.split("/")
                return cls.span(date.fromisoformat(first), date.fromisoformat(last))
            return cls._from_match(_WRITTEN.fullmatch(cleaned))
        except ValueError as error:
            raise UnreadableError(
                "period.unreadable",
                f"No se entiende el período «{text}». Escriba, por ejemplo, 2021-T3.",
                f"The period “{text}” cannot be read. Write, for example, 2021-T3.",
                text=text,
            ) from error

    def contains(self, day: date | None) -> bool:
        """Whether ``day`` falls inside, ends included; a missing day is in no period."""
        return day is not None and self.starts_on <= day <= self.ends_on

    def covers(self, other: "Period") -> bool:
        """Whether every day of ``other`` is a day of this one."""
        return self.starts_on <= other.starts_on and other.ends_on <= self.ends_on

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share at least one day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    @classmethod
    def _from_match(cls, match: re.Match[str] | None) -> Self:
        if match is None:
            raise ValueError("not a period")
        year = int(match["year"])
        if match["month"] is not None:
            return cls.month(year, int(match["month"]))
        if match["kind"] is None:
            return cls.year(year)
        maker = cls.quarter if match["kind"] in "TQ" else cls.half
        return maker(year, int(match["nth"]))

    @classmethod
    def _months(cls, year: int, first: int, count: int, label: str) -> Self:
        last = first + count - 1
        return cls(date(year, first, 1), date(year, last, monthrange(year, last)[1]), label)


def is_gapless(periods: list[Period]) -> bool:
    """Whether sorted ``periods`` follow each other with no day missing between them.

    >>> is_gapless([Period.quarter(2021, 1), Period.quarter(2021, 2)])
    True
    """
    following = itertools.pairwise(periods)
    return all(b.starts_on <= a.ends_on + timedelta(days=1) for a, b in following)


@dataclass(frozen=True)
class Share:
    """A part of a whole that never forgets either: ``value = numerator / denominator`` (0 to 1).

    Adding two shares adds numerators and denominators; their mean is never taken.
    Edge case: ``value`` is ``None`` on a zero base.

    >>> (Share(30, 50) + Share(10, 90)).pct
    Decimal('28.57142857142857142857142857')
    >>> Share(0, 0).value is None
    True
    """

    numerator: Number
    denominator: Number

    @property
    def value(self) -> Decimal | None:
        """The quotient, or ``None`` on a zero base."""
        return quotient(self.numerator, self.denominator)

    @property
    def pct(self) -> Decimal | None:
        """The quotient in hundredths (0 to 100), or ``None`` on a zero base."""
        return quotient(100 * self.numerator, self.denominator)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True)
class Money:
    """An amount of one currency (ISO 4217 code). Amounts of different currencies do not add.

    Errors: ``money.not_decimal`` for a float or a text; ``money.currency`` for anything but three
    capital letters; ``money.mixed`` when adding or comparing two currencies.

    >>> Money(Decimal("10.50"), "BOB") + Money(Decimal(2), "BOB")
    Money(amount=Decimal('12.50'), currency='BOB')
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise EngineError(
                "money.not_decimal",
                "Un monto se guarda como decimal exacto y finito.",
                "An amount is kept as an exact, finite decimal.",
            )
        if not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise EngineError(
                "money.currency",
                f"«{self.currency}» no es un código de moneda de tres letras.",
                f"“{self.currency}” is not a three-letter currency code.",
            )

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __mul__(self, factor: Number) -> "Money":
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise NotAddableError(
                "money.mixed",
                f"No se mezclan {self.currency} y {other.currency}: convierta antes, "
                "con la fecha y la fuente del cambio.",
                f"{self.currency} and {other.currency} do not mix: convert first, "
                "with the date and source of the rate.",
                currencies=(self.currency, other.currency),
            )
        return other.amount
