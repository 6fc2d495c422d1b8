"""Figures of several interventions taken together: a union, never a sum, and who may claim what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from digna.programmes.models import Funder, Programme
from digna.results import access, packing, wording
from digna.results.models import Figure
from digna_engines.indicators import Donor, RecordSet, by_donor, claims, intersection, overlap

Rule = Literal["split", "first"]
UNITS = ("person_id", "enterprise_id")
ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure that may be taken together with others of its unit."""

    figure: Figure
    is_chosen: bool

    @property
    def name(self) -> str:
        """The figure with its programme: the same indicator may be of several."""
        return f"{self.figure.indicator.programme.name} · {self.figure.indicator.name}"


@dataclass(frozen=True, slots=True)
class UnitOffers:
    """Figures that count the same kind of thing."""

    unit: str
    label: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one funder may claim of an intervention's part."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """One intervention: what it reached, what of it is attributed to it, and to whom it goes."""

    name: str
    figure: Figure
    gross: int
    attributed: Decimal
    only_here: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """Two interventions and how many units are in both."""

    first: str
    second: str
    count: int


@dataclass(frozen=True, slots=True)
class Together:
    """The union of the chosen figures."""

    total: int
    added: int
    repeated: int
    what: str
    parts: tuple[Part, ...]
    both: tuple[Both, ...]


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """What may be chosen, what was, and what came of it."""

    offers: tuple[UnitOffers, ...]
    rule: Rule
    found: Together | None
    is_mixed: bool
    chosen_count: int


def together_page(user: object, keys: Sequence[int], rule: str) -> TogetherPage:
    """Return the page for the figures chosen by key; units of two kinds are not joined."""
    chosen = set(keys)
    offers = tuple(_offers(user, chosen))
    picked = [one.figure for group in offers for one in group.offers if one.is_chosen]
    units = {figure.record_kind for figure in picked}
    asked: Rule = "first" if rule == "first" else "split"
    found = None
    if len(picked) >= ENOUGH and len(units) == 1:
        found = _together(picked, asked)
    return TogetherPage(offers, asked, found, len(units) > 1, len(picked))


def _offers(user: object, chosen: set[int]) -> list[UnitOffers]:
    """Return the figures to date of what `user` may see, by what they count."""
    programmes = access.visible_programmes(user)
    rows = (
        Figure.objects.filter(
            indicator__programme__in=programmes, kind=Figure.Kind.CURRENT, period=None,
            record_kind__in=UNITS, record_count__gt=0,
        )
        .select_related("indicator__programme")
        .defer("records", "parts", "workings", "warnings", "declaration")
        .order_by("indicator__programme__name", "indicator__order", "pk")
    )  # fmt: skip
    groups: dict[str, list[Offer]] = {}
    for row in rows:
        groups.setdefault(row.record_kind, []).append(Offer(row, row.pk in chosen))
    return [UnitOffers(u, str(wording.WHOSE[u]), tuple(groups[u])) for u in UNITS if u in groups]


def _together(figures: Sequence[Figure], rule: Rule) -> Together:
    packed = dict(
        Figure.objects.filter(pk__in=[one.pk for one in figures]).values_list("pk", "records")
    )
    unit = figures[0].record_kind
    sets = {str(one.pk): RecordSet.of(unit, packing.unpack(packed[one.pk])) for one in figures}
    names = {str(one.pk): Offer(one, is_chosen=True).name for one in figures}
    joined, claimed = overlap(sets), claims(sets, rule=rule)
    funders = _funders({one.indicator.programme_id for one in figures})
    return Together(
        total=joined.total,
        added=joined.added,
        repeated=joined.repeated,
        what=str(wording.WHOSE[unit]),
        parts=tuple(
            Part(
                name=names[str(one.pk)],
                figure=one,
                gross=claimed.by[str(one.pk)].gross,
                attributed=claimed.by[str(one.pk)].attributed,
                only_here=_only(sets, str(one.pk)),
                shares=_shares(
                    claimed.by[str(one.pk)].attributed, funders[one.indicator.programme_id]
                ),
            )
            for one in figures
        ),
        both=tuple(
            Both(names[a], names[b], len(intersection(sets[a], sets[b])))
            for a, b in combinations(sets, 2)
        ),
    )


def _only(sets: Mapping[str, RecordSet], key: str) -> int:
    others = {item for name, one in sets.items() if name != key for item in one.keys}
    return sum(item not in others for item in sets[key].keys)


def _funders(programmes: set[int]) -> dict[int, tuple[Donor, ...]]:
    """Return each programme's funders by their part of the money, where all amounts are known."""
    found: dict[int, tuple[Donor, ...]] = {}
    for programme in Programme.objects.filter(pk__in=programmes):
        rows = list(Funder.objects.filter(programme=programme).select_related("organisation"))
        amounts = [row.amount for row in rows]
        currencies = {row.currency for row in rows}
        total = sum((amount or 0 for amount in amounts), Decimal(0))
        if None in amounts or len(currencies) != 1 or not total:
            found[programme.pk] = ()
            continue
        found[programme.pk] = tuple(
            Donor(str(row), Decimal(row.amount or 0) / total) for row in rows
        )
    return found


def _shares(amount: Decimal, donors: Sequence[Donor]) -> tuple[Share, ...]:
    # The last takes what rounding leaves, so that parts of the money are exactly one.
    exact = [*donors[:-1]]
    if donors:
        rest = 1 - sum((one.share for one in exact), Decimal(0))
        exact.append(Donor(donors[-1].name, rest))
    return tuple(Share(name, part) for name, part in by_donor(amount, exact).items())
