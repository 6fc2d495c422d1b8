"""Deals as they stand: what was intended, ordered and paid, each apart; lists, what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from digna.linkages import amounts, dealing, following
from digna.linkages.amounts import Followed, Measure, Rate, Tally
from digna.linkages.following import Due, News
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
    is_settled: bool
    steps: Sequence[DealStep]

    @property
    def last_evidence(self) -> DealStep | None:
        """The latest standing step behind which something stands besides words."""
        return next((step for step in reversed(self.steps) if step.has_evidence), None)

    @property
    def is_followed_up(self) -> bool:
        """Whether anything is known after the intention: a step, a loss, an answer."""
        return any(one.is_known for one in self.news)

    @property
    def news(self) -> list[News]:
        """What was heard after the intention, and when somebody asked and heard nothing."""
        steps = [News(s.on) for s in self.steps if s.kind != DealStep.Kind.INTENTION]
        asked = [News(f.on, f.next_on, f.was_answered) for f in self.deal.follow_ups.all()]
        return [*steps, *asked]

    @property
    def due(self) -> Due | None:
        """When to ask after it; None where nothing is left to ask."""
        if self.is_settled:
            return None
        return following.next_due(self.deal.opened_on, self.news)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return state_label(self.state)


def state_label(state: str) -> str:
    """Return what a deal's state is called."""
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
    ).prefetch_related(Prefetch("steps", queryset=steps), "follow_ups")


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
        is_settled=found.is_settled,
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


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of deals was asked for."""

    q: str = ""
    state: str = ""
    kind: str = ""
    programme: str = ""
    buyer: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything is filtered."""
        return any((self.q, self.state, self.kind, self.programme, self.buyer))


def with_rank(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """Return deals with the rank of the farthest step that stands; None without steps."""
    ranked = Case(*(When(kind=kind, then=Value(rank)) for kind, rank in dealing.RANKS.items()))
    steps = DealStep.objects.filter(
        deal=OuterRef("pk"), withdrawn_at__isnull=True, replaced_by__isnull=True
    )
    farthest = steps.annotate(rank=ranked).order_by("-rank").values("rank")[:1]
    return deals.annotate(rank=Subquery(farthest))


def found(deals: QuerySet[Deal], filters: Filters) -> QuerySet[Deal]:
    """Return the deals that pass the filters, the latest opened first."""
    rows = with_rank(deals)
    if filters.q:
        rows = rows.filter(
            Q(product__icontains=filters.q)
            | Q(enterprise__name__icontains=filters.q)
            | Q(buyer_name__icontains=filters.q)
            | Q(buyer__organisation__name__icontains=filters.q)
        )
    if filters.programme:
        rows = rows.filter(programme__code=filters.programme)
    if filters.buyer:
        rows = rows.filter(buyer__public_id=filters.buyer)
    kinds = {
        "exportacion": Q(is_export=True),
        "proveedores": Q(is_supplier_programme=True),
        "nacional": Q(is_export=False),
    }
    rows = rows.filter(kinds.get(filters.kind, Q()))
    if filters.state:
        rows = rows.filter(_of_state(filters.state))
    return rows.order_by("-opened_on", "-pk")


def _of_state(state: str) -> Q:
    if state == "open":
        return Q(rank=None)
    return Q(rank=dealing.RANKS.get(state, -1))


def state_counts(deals: QuerySet[Deal]) -> dict[str, int]:
    """Return how many deals stand at each state; "" is all of them."""
    counted = with_rank(deals).order_by().values_list("rank").annotate(n=Count("pk"))  # type: ignore[misc]
    by_rank = dict(counted)
    counts = {kind: by_rank.get(rank, 0) for kind, rank in dealing.RANKS.items()}
    return counts | {"open": by_rank.get(None, 0), "": sum(by_rank.values())}


@dataclass(frozen=True, slots=True)
class Summary:
    """What some deals come to: realised beside intended, never one sum; how many are known."""

    followed: Followed
    ordered: Tally
    waiting: Tally


def summary(rows: Sequence[DealStanding]) -> Summary:
    """Return what deals come to together."""
    intended, ordered = Tally(Measure.INTENDED), Tally(Measure.ORDERED)
    realised = waiting = Tally(Measure.REALISED)
    for row in rows:
        intended, ordered = intended + row.intended, ordered + row.ordered
        realised, waiting = realised + row.realised, waiting + row.waiting
    known = sum(row.is_followed_up for row in rows)
    told = amounts.followed(intended, realised, followed_up=known, of=len(rows))
    return Summary(told, ordered, waiting)


def chase(rows: Iterable[DealStanding], until: date) -> list[tuple[Due, DealStanding]]:
    """Return the deals to ask after by a day, the longest overdue first."""
    due = [(when, row) for row in rows if (when := row.due) is not None and when.on <= until]
    return sorted(due, key=lambda pair: (pair[0].on, pair[1].deal.pk))
