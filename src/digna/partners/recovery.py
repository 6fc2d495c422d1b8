"""Cost recovery: what part of the full cost of delivery was not paid by the donor. Pure.

Formula: ``recovery = (firm fees + partner cash + buyer or sponsor + public subsidy) / full cost``,
as numerator and denominator, the firm-paid share apart. Only cycles whose money is complete enter,
on both sides, and every result says how many of how many they are. See docs/methods/cost-recovery.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
FIRM, PARTNER, BUYER, PUBLIC, DONOR = "firm", "partner", "buyer", "public", "donor"
COVERING = (FIRM, PARTNER, BUYER, PUBLIC)
"""Sources that recover cost; money of the donor does not, however much there is."""


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Add up; one missing amount makes the sum missing, and so does having none.

    >>> total([Decimal(3), Decimal(4)]), total([Decimal(3), None]), total([])
    (Decimal('7'), None, None)
    """
    known = list(amounts)
    if not known or any(amount is None for amount in known):
        return None
    return sum((amount for amount in known if amount is not None), ZERO)


@dataclass(frozen=True, slots=True)
class CycleMoney:
    """The money of one cycle, in one currency. `cost` None: not complete, so not counted.

    An income of a source that nobody wrote down is 0 only in a cycle stated complete.
    """

    cycle: int
    cost: Decimal | None
    income: dict[str, Decimal] = field(default_factory=dict)
    partner: str = ""
    module: str = ""
    group: str = "other"
    year: int = 0
    label: str = ""

    def of(self, *sources: str) -> Decimal:
        """What came from these sources."""
        return sum((self.income.get(source, ZERO) for source in sources), ZERO)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Numerator and denominator, the firms' part of the numerator, and n of N cycles."""

    cost: Decimal | None
    covered: Decimal | None
    firm_paid: Decimal | None
    complete: int
    cycles: int

    @property
    def share(self) -> Decimal | None:
        """Covered ÷ cost; None where the cost is missing or 0."""
        return _quotient(self.covered, self.cost)

    @property
    def firm_share(self) -> Decimal | None:
        """Firm-paid ÷ cost."""
        return _quotient(self.firm_paid, self.cost)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say."""
        return self.share is not None


def recovery(cycles: Iterable[CycleMoney]) -> Recovery:
    """Roll cycles up: sums over sums, never an average of shares.

    >>> one = CycleMoney(1, Decimal(1000), {"firm": Decimal(300), "donor": Decimal(700)})
    >>> two = CycleMoney(2, Decimal(500), {"partner": Decimal(300)})
    >>> three = CycleMoney(3, None, {"firm": Decimal(900)})
    >>> all_three = recovery([one, two, three])
    >>> all_three.covered, all_three.cost, all_three.complete, all_three.cycles
    (Decimal('600'), Decimal('1500'), 2, 3)
    >>> all_three.share, all_three.firm_share
    (Decimal('0.4'), Decimal('0.2'))
    >>> recovery([three]).share is None
    True
    """
    known = list(cycles)
    complete = [cycle for cycle in known if cycle.cost is not None]
    if not complete:
        return Recovery(None, None, None, 0, len(known))
    return Recovery(
        cost=sum((cycle.cost for cycle in complete if cycle.cost is not None), ZERO),
        covered=sum((cycle.of(*COVERING) for cycle in complete), ZERO),
        firm_paid=sum((cycle.of(FIRM) for cycle in complete), ZERO),
        complete=len(complete),
        cycles=len(known),
    )


def by(cycles: Sequence[CycleMoney], key: Callable[[CycleMoney], str]) -> dict[str, Recovery]:
    """Roll up apart by any key: module, group of modules, partner, year.

    >>> cycles = [CycleMoney(1, Decimal(10), {"firm": Decimal(5)}, group="first"),
    ...           CycleMoney(2, Decimal(10), {"firm": Decimal(2)}, group="later")]
    >>> {group: found.share for group, found in by(cycles, lambda c: c.group).items()}
    {'first': Decimal('0.5'), 'later': Decimal('0.2')}
    """
    keys = dict.fromkeys(key(cycle) for cycle in cycles)
    return {name: recovery(c for c in cycles if key(c) == name) for name in keys}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A target beside what happened. `is_reached` None: nothing to reach, or nothing known."""

    label: str
    target: Decimal | None
    actual: Recovery
    is_reached: bool | None
    why_not_told: str = ""


def compare(label: str, target: Decimal | None, actual: Recovery) -> Comparison:
    """Say whether a target share was reached. A target of 0 asks for nothing.

    >>> half = recovery([CycleMoney(1, Decimal(100), {"firm": Decimal(50)})])
    >>> compare("China", Decimal("0.4"), half).is_reached
    True
    >>> compare("Indonesia", Decimal(0), half).why_not_told
    'target_zero'
    >>> compare("Perú", Decimal("0.4"), recovery([])).why_not_told
    'actual_missing'
    """
    if target is None:
        return Comparison(label, target, actual, None, "target_missing")
    if actual.share is None:
        return Comparison(label, target, actual, None, "actual_missing")
    if target == 0:
        return Comparison(label, target, actual, None, "target_zero")
    return Comparison(label, target, actual, actual.share >= target)


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment as it stands: what of it was paid, what is owed, whether it is late."""

    due_on: date
    amount: Decimal
    paid: Decimal
    is_late: bool

    @property
    def owed(self) -> Decimal:
        """What is still to be paid."""
        return self.amount - self.paid


def instalments(due: Sequence[tuple[date, Decimal]], paid: Decimal, today: date) -> tuple[Due, ...]:
    """Lay what was paid on the instalments, the oldest first.

    >>> plan = [(date(2021, 3, 1), Decimal(100)), (date(2021, 6, 1), Decimal(100))]
    >>> [(d.paid, d.owed, d.is_late) for d in instalments(plan, Decimal(130), date(2021, 7, 1))]
    [(Decimal('100'), Decimal('0'), False), (Decimal('30'), Decimal('70'), True)]
    """
    left, laid = max(paid, ZERO), []
    for day, amount in sorted(due):
        covered = min(left, amount)
        left -= covered
        laid.append(Due(day, amount, covered, covered < amount and day < today))
    return tuple(laid)


def _quotient(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    if numerator is None or denominator is None or denominator == 0:
        return None
    return numerator / denominator
