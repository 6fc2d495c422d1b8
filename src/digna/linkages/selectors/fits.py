"""Offers before demands: each pair with its fit, its reasons and its gaps in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from digna.linkages import fit as fitting
from digna.linkages import sentences
from digna.linkages.fit import Asked, Fit, Need, Offered, Point, Standing
from digna.linkages.models import Demand, Requirement
from digna.linkages.showing import Facts


@dataclass(frozen=True, slots=True)
class Fitted:
    """An offer (or a demand) with its fit, in words."""

    subject: Facts | Demand
    fit: Fit
    word: str
    mark: str
    reasons: tuple[str, ...]
    gaps: tuple[str, ...]
    unknown: tuple[str, ...]


def asked_of(demand: Demand) -> Asked:
    """Return a demand as the rules read it."""
    return Asked(
        words=f"{demand.product_es} {demand.product_en}",
        hs_code=demand.hs_code,
        quantity=demand.quantity_per_month,
        unit=demand.unit,
        price=demand.price_wanted,
        currency=demand.currency,
        price_unit=demand.price_unit,
        needs=tuple(Need(one["code"], one["level"] == "must") for one in demand.requirements),
        languages=frozenset(demand.languages),
        months=frozenset(demand.months),
    )


def offered_of(facts: Facts) -> Offered:
    """Return what is known (or may be known) of an offer as the rules read it."""
    papers = None
    if facts.papers is not None:
        papers = {paper.code: paper.valid_until for paper in facts.papers}
    return Offered(
        words=facts.words,
        hs_code=facts.hs_code,
        capacity=facts.capacity,
        unit=facts.unit,
        price=facts.price_low if facts.price_low is not None else facts.price_high,
        currency=facts.currency,
        price_unit=facts.price_unit,
        papers=papers,
        languages=frozenset(facts.languages),
        months=frozenset(facts.months),
    )


def names() -> dict[str, str]:
    """Return what requirements are called, in the language in use."""
    return {row.code: str(row) for row in Requirement.objects.all()}


def for_demand(demand: Demand, offers: Iterable[Facts], on: date) -> list[Fitted]:
    """Return the offers of the product asked for, the best fit first."""
    asked, called = asked_of(demand), names()
    rows = [_fitted(one, fitting.fit(offered_of(one), asked, on), called) for one in offers]
    return _sorted(rows)


def for_offer(facts: Facts, demands: Iterable[Demand], on: date) -> list[Fitted]:
    """Return the demands that ask for the product of an offer, the best fit first."""
    offered, called = offered_of(facts), names()
    rows = [_fitted(one, fitting.fit(offered, asked_of(one), on), called) for one in demands]
    return _sorted(rows)


def _sorted(rows: Iterable[Fitted]) -> list[Fitted]:
    kept = [row for row in rows if row.fit.standing is not Standing.OTHER]
    return sorted(kept, key=lambda row: row.fit.rank)


def _fitted(subject: Facts | Demand, found: Fit, called: dict[str, str]) -> Fitted:
    def told(points: Iterable[Point]) -> tuple[str, ...]:
        return tuple(sentences.point(one, called) for one in points)

    return Fitted(
        subject=subject,
        fit=found,
        word=sentences.standing(found),
        mark=sentences.STANDINGS[found.standing],
        reasons=told(found.met),
        gaps=told(found.gaps),
        unknown=told(found.unknown),
    )
