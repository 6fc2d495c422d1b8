"""The order of a deal's steps and what they come to. Pure.

intention → sample → order → paid, each perhaps left out, none backwards; lost from anywhere (what
was paid stays paid). Samples and payments may repeat; an intention and an order stand once, and are
corrected.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from digna.linkages.amounts import Amount, Measure, Rate, Tally

RANKS = {"intention": 0, "sample": 1, "order": 2, "paid": 3, "lost": 4}
REPEATS = frozenset({"sample", "paid"})
MEASURES = {
    "intention": Measure.INTENDED,
    "order": Measure.ORDERED,
    "paid": Measure.REALISED,
}


@dataclass(frozen=True, slots=True)
class Step:
    """A standing step: not corrected by another, not withdrawn."""

    kind: str
    on: date
    amount: Decimal | None = None
    currency: str = ""
    rate: Rate | None = None
    is_waiting: bool = False

    def said(self) -> Amount | None:
        """The amount as one of its measure; None for a step without one."""
        measure = MEASURES.get(self.kind)
        if measure is None or self.amount is None:
            return None
        return Amount(measure, self.amount, self.currency, self.rate)


def ordered(steps: Sequence[Step]) -> list[Step]:
    """Return steps by day, and on one day by their place on the way."""
    return sorted(steps, key=lambda step: (step.on, RANKS[step.kind]))


def objection(standing: Sequence[Step], new: Step) -> str:
    """Return why `new` does not fit among the standing steps; "" where it does.

    `closed` (lost already), `repeated`, `backwards` (a later kind stands), `date_backwards` (a
    step before it in kind has a later day).

    >>> objection([Step("order", date(2024, 5, 1))], Step("paid", date(2024, 4, 1)))
    'date_backwards'
    """
    if any(step.kind == "lost" for step in standing):
        return "closed"
    if new.kind not in REPEATS and any(step.kind == new.kind for step in standing):
        return "repeated"
    if any(RANKS[step.kind] > RANKS[new.kind] for step in standing):
        return "backwards"
    if any(step.on > new.on for step in standing if RANKS[step.kind] < RANKS[new.kind]):
        return "date_backwards"
    return ""


def misfit(steps: Sequence[Step]) -> str:
    """Return what is wrong with a whole row of steps, as after a correction; "" for nothing."""
    for kind in RANKS:
        if kind not in REPEATS and sum(step.kind == kind for step in steps) > 1:
            return "repeated"
    by_rank = sorted(steps, key=lambda step: (RANKS[step.kind], step.on))
    for before, after in itertools.pairwise(by_rank):
        if before.on > after.on:
            return "date_backwards"
    return ""


def doubts(standing: Sequence[Step], new: Step) -> list[str]:
    """Return what makes a payment doubtful: `above_order`, `other_currency`, `no_order_large`.

    A payment above what was ordered may be right (a price that rose, freight), so it is asked
    about and kept for review; it is not refused. In another currency without a rate nobody can
    tell, and that too is asked.

    >>> order = Step("order", date(2024, 5, 1), Decimal(100), "USD")
    >>> doubts([order], Step("paid", date(2024, 6, 1), Decimal(101), "USD"))
    ['above_order']
    """
    if new.kind != "paid" or new.amount is None:
        return []
    agreed = next((step for step in standing if step.kind == "order"), None)
    if agreed is None or agreed.amount is None:
        return []
    paid = [step for step in (*standing, new) if step.kind == "paid"]
    amounts = [said.in_currency(agreed.currency) for step in paid if (said := step.said())]
    known = [value for value in amounts if value is not None]
    if sum(known, Decimal(0)) > agreed.amount:
        return ["above_order"]
    own = new.said()
    return ["other_currency"] if own and own.in_currency(agreed.currency) is None else []


@dataclass(frozen=True, slots=True)
class Standing:
    """What a deal has come to; each measure apart, `waiting` are payments still in doubt."""

    state: str
    since: date | None
    intended: Tally
    ordered: Tally
    realised: Tally
    waiting: Tally

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be asked: lost, or paid whole as far as can be told."""
        if self.state != "paid":
            return self.state == "lost"
        paid = self.realised.by_currency
        return all(paid.get(code, -1) >= value for code, value in self.ordered.by_currency.items())


def standing_of(steps: Sequence[Step]) -> Standing:
    """Return what the standing steps of one deal come to.

    >>> came = standing_of([Step("intention", date(2024, 1, 1), Decimal(9), "USD"),
    ...                     Step("paid", date(2024, 3, 1), Decimal(5), "USD")])
    >>> came.state, came.intended.by_currency, came.realised.by_currency
    ('paid', {'USD': Decimal('9')}, {'USD': Decimal('5')})
    """
    last = max(steps, key=lambda step: (RANKS[step.kind], step.on), default=None)
    sure = [said for step in steps if not step.is_waiting and (said := step.said())]
    unsure = [said for step in steps if step.is_waiting and (said := step.said())]

    def tally(measure: Measure, among: Sequence[Amount]) -> Tally:
        return Tally.of(measure, [one for one in among if one.measure is measure])

    return Standing(
        state=last.kind if last is not None else "open",
        since=last.on if last is not None else None,
        intended=tally(Measure.INTENDED, sure),
        ordered=tally(Measure.ORDERED, sure),
        realised=tally(Measure.REALISED, sure),
        waiting=tally(Measure.REALISED, unsure),
    )
