"""Lists of offers and buyers, for who works with them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from digna.linkages.models import Buyer, Demand, Interest, MarketConsent, Offer
from digna.linkages.selectors import fits


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of offers was asked for."""

    q: str = ""
    state: str = ""
    lacking: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything is filtered."""
        return any((self.q, self.state, self.lacking))


LACKS = {
    "fotos": Q(photos=None),
    "papeles": Q(papers_stated_on=None),
    "capacidad": Q(capacity_per_month=None),
    "ingles": Q(name_en=""),
}
"""What an offer may lack that buyers look for."""


def found(offers: QuerySet[Offer], filters: Filters) -> QuerySet[Offer]:
    """Return the offers that pass the filters, with what their firm agreed to today."""
    heard = MarketConsent.objects.filter(enterprise=OuterRef("enterprise")).order_by("-on", "-pk")
    rows = offers.annotate(audience=Subquery(heard.values("audience")[:1]))
    if filters.q:
        code = "".join(sign for sign in filters.q if sign.isdigit())
        asked = (
            Q(name_es__icontains=filters.q)
            | Q(name_en__icontains=filters.q)
            | Q(common_name__icontains=filters.q)
            | Q(enterprise__name__icontains=filters.q)
        )
        rows = rows.filter(asked | Q(hs_code__startswith=code) if code else asked)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.lacking in LACKS:
        rows = rows.filter(LACKS[filters.lacking])
    return rows.order_by("name_es", "pk")


def state_counts(offers: QuerySet[Offer]) -> dict[str, int]:
    """Return how many offers are in each state; "" is all of them."""
    by_state = dict(offers.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    return {"": sum(by_state.values())} | by_state


@dataclass(frozen=True, slots=True)
class BuyerFilters:
    """What a list of buyers was asked for."""

    q: str = ""
    kind: str = ""


def buyers(rows: QuerySet[Buyer], filters: BuyerFilters, today: date) -> QuerySet[Buyer]:
    """Return buyers with how many demands they have open and how many deals."""
    if filters.q:
        rows = rows.filter(
            Q(organisation__name__icontains=filters.q)
            | Q(city__icontains=filters.q)
            | Q(country__iexact=filters.q)
            | Q(seeks_es__icontains=filters.q)
        )
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    is_open = Q(demands__is_published=True, demands__valid_from__lte=today) & (
        Q(demands__valid_until=None) | Q(demands__valid_until__gte=today)
    )
    return rows.annotate(
        demand_count=Count("demands", filter=is_open, distinct=True),
        deal_count=Count("deals", distinct=True),
    ).order_by("organisation__name", "pk")


def kind_counts(rows: QuerySet[Buyer]) -> dict[str, int]:
    """Return how many buyers are of each kind; "" is all of them."""
    by_kind = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    return {"": sum(by_kind.values())} | by_kind


def open_demands(today: date) -> QuerySet[Demand]:
    """Return the demands that can be answered on a day."""
    ends = Q(valid_until=None) | Q(valid_until__gte=today)
    rows = Demand.objects.filter(ends, is_published=True, valid_from__lte=today)
    return rows.filter(buyer__is_active=True).select_related("buyer__organisation")


def waiting_interests(offers: QuerySet[Offer]) -> QuerySet[Interest]:
    """Return what buyers asked of some offers and nobody answered yet, the oldest first."""
    rows = Interest.objects.filter(offer__in=offers.order_by().values("pk"), answered_at=None)
    return rows.select_related("offer__enterprise", "buyer__organisation").order_by("at", "pk")


def requirement_rows(demand: Demand) -> list[tuple[str, bool]]:
    """Return what a demand requires, by name, and whether each is a must."""
    called = fits.names()
    return [(called.get(r["code"], r["code"]), r["level"] == "must") for r in demand.requirements]
