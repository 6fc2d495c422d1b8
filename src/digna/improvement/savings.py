"""Savings, payback and jobs: sums that count nothing twice. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LEAST = Decimal(50)
MOST_OF_SALES = Decimal("0.30")
MONTHS = Decimal(12)


@dataclass(frozen=True, slots=True)
class Saving:
    """What the sums must know of a project."""

    amount: Decimal | None
    currency: str
    is_recurring: bool
    running_cost: Decimal | None
    since: date | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Total:
    """A sum in one currency and how many projects it comes from."""

    amount: Decimal | None
    count: int


def doubts(amount: Decimal | None, currency: str, annual_sales: Decimal | None) -> tuple[str, ...]:
    """Return what makes a saving doubtful: too small to matter, or a large part of all sales.

    >>> doubts(Decimal("21.50"), "BOB", None)  # US$ 3.12 a firm, as one evaluation printed
    ('saving_small',)
    >>> doubts(Decimal(40000), "BOB", Decimal(100000)), doubts(None, "BOB", None)
    (('saving_large',), ())
    """
    if amount is None or currency != "BOB":
        return ()
    if amount < LEAST:
        return ("saving_small",)
    if annual_sales is not None and annual_sales > 0 and amount > annual_sales * MOST_OF_SALES:
        return ("saving_large",)
    return ()


def net_year(saving: Saving) -> Decimal | None:
    """Return a year's saving less what keeping it up costs; None where the saving is unknown."""
    if saving.amount is None:
        return None
    return saving.amount - (saving.running_cost or 0) if saving.is_recurring else saving.amount


def recurring(savings: Iterable[Saving], currency: str) -> Total:
    """Return what all projects save each year, less their running cost."""
    counted = [s for s in savings if s.counts and s.is_recurring and s.currency == currency]
    return _total(counted)


def one_off(savings: Iterable[Saving], currency: str) -> Total:
    """Return what was saved once."""
    counted = [s for s in savings if s.counts and not s.is_recurring and s.currency == currency]
    return _total(counted)


def in_year(savings: Iterable[Saving], currency: str, on: date) -> Total:
    """Return what was saved in the year of `on`, up to that day.

    A recurring saving counts by the days since it was reached, or since the first of January; one
    of a single time counts in the year it was reached.
    """
    parts = [
        part
        for s in savings
        if s.counts and s.currency == currency and (part := _part_of(s, on)) is not None
    ]
    return Total(sum(parts, Decimal(0)).quantize(Decimal("0.01")) if parts else None, len(parts))


def _part_of(saving: Saving, on: date) -> Decimal | None:
    net = net_year(saving)
    if net is None or saving.since is None or saving.since > on:
        return None
    if not saving.is_recurring:
        return net if saving.since.year == on.year else None
    first = date(on.year, 1, 1)
    days = (on - max(saving.since, first)).days
    return net * days / (date(on.year + 1, 1, 1) - first).days


def _total(counted: list[Saving]) -> Total:
    nets = [net for s in counted if (net := net_year(s)) is not None]
    return Total(sum(nets, Decimal(0)) if nets else None, len(nets))


@dataclass(frozen=True, slots=True)
class Payback:
    """In how many months a fee comes back: what the firm paid, and the full fee."""

    with_subsidy: Decimal | None
    without_subsidy: Decimal | None


def payback(fee: Decimal | None, subsidy: Decimal | None, annual_saving: Decimal | None) -> Payback:
    """Return months = fee ÷ (annual saving ÷ 12), with the subsidy taken off and without.

    `fee` is the full price; `subsidy` what somebody else pays of it. A missing fee, subsidy or
    saving leaves the month count missing; so does a saving of zero or less.

    >>> payback(Decimal(2400), Decimal(1200), Decimal(4800))
    Payback(with_subsidy=Decimal('3'), without_subsidy=Decimal('6'))
    >>> payback(Decimal(2400), None, Decimal(4800))
    Payback(with_subsidy=None, without_subsidy=Decimal('6'))
    """
    if fee is None or annual_saving is None or annual_saving <= 0:
        return Payback(None, None)
    monthly = annual_saving / MONTHS
    paid = None if subsidy is None else max(fee - subsidy, Decimal(0))
    return Payback(None if paid is None else paid / monthly, fee / monthly)


MOST_TIME = {"hours": 168, "months": 12}
"""Hours that a week has, months that a year has."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """Jobs between two headcounts: kept, created, lost; net is created less lost."""

    retained: int
    created: int
    lost: int

    @property
    def net(self) -> int:
        return self.created - self.lost


def jobs(before: int | None, after: int | None) -> Jobs | None:
    """Return what became of the jobs of one group; None where a headcount is not known.

    >>> jobs(10, 14), jobs(10, 7), jobs(None, 7)
    (Jobs(retained=10, created=4, lost=0), Jobs(retained=7, created=0, lost=3), None)
    """
    if before is None or after is None:
        return None
    return Jobs(min(before, after), max(after - before, 0), max(before - after, 0))


def all_jobs(parts: Iterable[Jobs | None]) -> Jobs:
    """Add up groups and firms; created and lost are added apart, so that the net can be told."""
    known = [part for part in parts if part is not None]
    return Jobs(
        sum(p.retained for p in known), sum(p.created for p in known), sum(p.lost for p in known)
    )
