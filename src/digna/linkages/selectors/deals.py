"""Deals as they stand: what was intended, ordered and paid, each apart; evidence; lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from digna.linkages import dealing
from digna.linkages.amounts import Rate, Tally
from digna.linkages.models import Deal, DealStep


@dataclass(frozen=True, slots=True)
class DealStanding:
    """One deal with what its standing steps come to. Measures are never added to one another."""

    deal: Deal
    state: str
    since: date | None
    intended: Tally
    ordered: Tally
    realised: Tally
    waiting: Tally
    steps: Sequence[DealStep]

    @property
    def last_evidence(self) -> DealStep | None:
        """The latest standing step behind which something stands besides words."""
        return next((step for step in reversed(self.steps) if step.has_evidence), None)

    @property
    def is_followed_up(self) -> bool:
        """Whether anything is known after the intention: a step forward, or that it was lost."""
        return any(step.kind != DealStep.Kind.INTENTION for step in self.steps)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return state_label(self.state)


def state_label(state: str) -> str:
    """Return what a deal's state is called."""
    from django.utils.translation import gettext as _

    return _("sin pasos") if state == "open" else str(DealStep.Kind(state).label)


def of_origin(origin: str) -> Deal | None:
    """Return the deal that came from one place («round-meeting:…»), where there is one."""
    return Deal.objects.filter(origin=origin).first() if origin else None


def standing_steps(deal: Deal) -> list[DealStep]:
    """Return the steps that stand: neither corrected by another nor withdrawn."""
    return [row for row in _with_corrections(deal) if _stands(row)]


def _with_corrections(deal: Deal) -> list[DealStep]:
    return list(deal.steps.select_related("replaced_by"))


def _stands(row: DealStep) -> bool:
    return row.withdrawn_at is None and not hasattr(row, "replaced_by")


def with_steps(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """Return deals with firm, buyer, and their steps, in a fixed number of queries."""
    steps = DealStep.objects.select_related("replaced_by", "recorded_by").order_by("on", "pk")
    return deals.select_related(
        "enterprise__place__parent", "buyer__organisation", "programme"
    ).prefetch_related(Prefetch("steps", queryset=steps))


def standings(deals: Iterable[Deal]) -> list[DealStanding]:
    """Return each deal as it stands; read them by `with_steps`."""
    return [standing(deal) for deal in deals]


def standing(deal: Deal) -> DealStanding:
    """Return one deal as it stands."""
    rows = sorted(
        (row for row in deal.steps.all() if _stands(row)),
        key=lambda row: (row.on, dealing.RANKS[row.kind], row.pk),
    )
    found = dealing.standing_of([plain(row) for row in rows])
    return DealStanding(
        deal=deal,
        state=found.state,
        since=found.since,
        intended=found.intended,
        ordered=found.ordered,
        realised=found.realised,
        waiting=found.waiting,
        steps=rows,
    )


def plain(row: DealStep) -> dealing.Step:
    """Return a step as the rules read it."""
    rate = None
    if row.rate is not None and row.rate_on is not None:
        rate = Rate(row.rate, row.rate_currency, row.rate_on, row.rate_source)
    return dealing.Step(
        kind=row.kind,
        on=row.on,
        amount=row.amount,
        currency=row.currency,
        rate=rate,
        is_waiting=row.review == DealStep.Review.WAITING,
    )
