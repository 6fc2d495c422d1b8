"""What a pathway adds up to: offices, papers, money and days, each with n of N."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from statistics import median

from digna_engines.pathways.planning import Plan, Planned, in_days

LEAST_PEOPLE = 3
"""Medians of what firms really spent are told from this many firms on."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the steps to do.

    Symbols: ``steps`` N; ``money`` by currency, over the ``priced`` steps whose price is known (n);
    prices that grow with something are left out and counted in ``per_unit``; ``days`` in whole
    calendar days over the ``timed`` steps, one after the other; ``offices`` and ``laws`` are names,
    each once; ``documents`` counted once each.
    """

    steps: int
    money: Mapping[str, Decimal]
    priced: int
    per_unit: int
    days: int
    timed: int
    offices: tuple[str, ...]
    laws: tuple[str, ...]
    documents: int
    to_confirm: int


def total(plan: Plan) -> Totals:
    """Add up a plan; milestones of the firm's own count neither as steps nor as free."""
    own = [p for p in plan.steps if p.is_to_do and not p.step.is_milestone]
    money: dict[str, Decimal] = {}
    for one in own:
        for price in one.cost.known:
            if not price.per and price.amount is not None:
                money[price.currency] = money.get(price.currency, Decimal(0)) + price.amount
    lengths = [days for one in own if (days := in_days(one.step.duration)) is not None]
    return Totals(
        steps=len(own),
        money=money,
        priced=sum(bool(p.cost.known) and not _grows(p) for p in own),
        per_unit=sum(_grows(p) for p in own),
        days=int(sum(lengths, Decimal(0)).to_integral_value(ROUND_CEILING)),
        timed=len(lengths),
        offices=_once(_office(one) for one in own),
        laws=_once(law for one in own for law in one.step.law),
        documents=len({d["es"] for one in own for d in one.step.documents}),
        to_confirm=sum(one.step.certainty == "low" for one in own),
    )


def _grows(one: Planned) -> bool:
    return any(price.per for price in one.cost.known)


def _office(one: Planned) -> str:
    if one.agency is not None:
        return one.agency.name["es"]
    return one.step.agency_text.get("es", "")


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class Spent:
    """What firms really spent on a step: medians over ``n`` firms; None below the least number."""

    n: int
    median: Decimal | None


def really(values: Iterable[Decimal]) -> Spent:
    """The median of what was really spent, held back while so few firms told it.

    >>> really([Decimal(130), Decimal(200)])
    Spent(n=2, median=None)
    >>> really([Decimal(130), Decimal(200), Decimal(150)])
    Spent(n=3, median=Decimal('150'))
    """
    told = sorted(values)
    return Spent(len(told), median(told) if len(told) >= LEAST_PEOPLE else None)
