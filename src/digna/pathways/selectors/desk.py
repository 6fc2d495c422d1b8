"""The library's desk: every step with its facts, how old they are, and what waits to be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.pathways import costs, overlay
from digna.pathways.forms import said
from digna.pathways.models import FactCorrection, StepReport
from digna.pathways.selectors import checklist
from digna.pathways.selectors.library import Shelf, shelf, spoken
from digna_engines.pathways import Price, Step, in_force
from digna_engines.pathways.conditions import Among, Condition, leaves
from digna_engines.pathways.planning import STALE_AFTER

KINDS = ("", "por-hacer", "vencidos", "viejos", "por-confirmar")


@dataclass(frozen=True, slots=True)
class Row:
    """One step on the desk; `doing` says what waits, in words."""

    key: str
    name: str
    kit: str
    office: str
    prices: tuple[str, ...]
    checked_on: date | None
    certainty: str
    is_expired: bool
    is_stale: bool
    is_low: bool
    reports: int

    @property
    def is_to_do(self) -> bool:
        return self.is_expired or self.is_stale or self.reports > 0


def rows(on: date) -> list[Row]:
    """Return every step of the library, in the order of the kits."""
    found, tongue, reports = shelf(), spoken(), checklist.open_reports()
    return [
        _row(found, step, tongue, on, reports.get(key, 0))
        for key, step in found.library.steps.items()
    ]


def is_in(row: Row, kind: str) -> bool:
    """Whether a step passes a filter of the list."""
    return {
        "": True,
        "por-hacer": row.is_to_do,
        "vencidos": row.is_expired,
        "viejos": row.is_stale,
        "por-confirmar": row.is_low,
    }.get(kind, True)


def _row(found: Shelf, step: Step, tongue: str, on: date, reports: int) -> Row:
    now = [p for p in step.prices if p.valid.covers(on)]
    gone = [p for p in step.prices if p.valid.is_before(on)]
    return Row(
        key=step.key,
        name=said(step.name, tongue),
        kit=found.kit_of[step.key],
        office=office(found, step, tongue, on),
        prices=tuple(costs.price(one, tongue) for one in now),
        checked_on=step.checked_on,
        certainty=_certainty(step.certainty),
        is_expired=bool(gone) and not now,
        is_stale=step.checked_on is not None and step.checked_on + STALE_AFTER < on,
        is_low=step.certainty == "low",
        reports=reports,
    )


def office(found: Shelf, step: Step, tongue: str, on: date) -> str:
    """Return the office in force for a step, in words."""
    one = in_force(found.library.agencies, step.agency, on) if step.agency else None
    return said(one.name, tongue) if one is not None else said(step.agency_text, tongue)


def _certainty(code: str) -> str:
    return {"high": _("alta"), "medium": _("media"), "low": _("por confirmar")}[code]


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price in the history of a place: from when to when, whether it holds today."""

    said: str
    note: str
    since: date | None
    until: date | None
    is_now: bool


@dataclass(frozen=True, slots=True)
class PricePlace:
    """A price of a step and all that it was."""

    place: str
    lines: tuple[PriceLine, ...]


@dataclass(frozen=True, slots=True)
class DeskStep:
    """A step whole, for who keeps its facts."""

    row: Row
    step: Step
    places: tuple[PricePlace, ...]
    new_place: str
    facts: tuple[tuple[str, str, str], ...]
    corrections: tuple[FactCorrection, ...]
    reports: tuple[StepReport, ...]
    sources: tuple[Mapping[str, Any], ...]


def step(key: str, on: date) -> DeskStep | None:
    """Return a step with the history of its prices; None where there is none."""
    found, tongue = shelf(), spoken()
    one = found.library.steps.get(key)
    if one is None:
        return None
    corrections = FactCorrection.objects.filter(step=key).select_related(
        "approved_by", "withdrawn_by"
    )
    reports = StepReport.objects.filter(step=key)
    return DeskStep(
        row=_row(found, one, tongue, on, sum(report.is_open for report in reports)),
        step=one,
        places=_places(found, one, tongue, on),
        new_place=overlay.new_place(found.rows[key]),
        facts=_facts(found, one, tongue, on),
        corrections=tuple(corrections.order_by("-approved_at", "-pk")),
        reports=tuple(reports[:20]),
        sources=tuple(found.sources[code] for code in one.sources),
    )


def _places(found: Shelf, one: Step, tongue: str, on: date) -> tuple[PricePlace, ...]:
    every: list[Price] = [*one.prices, *(p for v in one.variants for p in v.prices)]
    grouped: dict[str, list[Price]] = {}
    for (place, _plain), price in zip(overlay.placed(found.laid[one.key]), every, strict=True):
        grouped.setdefault(place, []).append(price)
    return tuple(
        PricePlace(place, tuple(_line(price, tongue, on) for price in _by_day(prices)))
        for place, prices in grouped.items()
    )


def _by_day(prices: Iterable[Price]) -> list[Price]:
    return sorted(prices, key=lambda price: price.valid.since or date.min, reverse=True)


def _line(price: Price, tongue: str, on: date) -> PriceLine:
    return PriceLine(
        said=costs.price(price, tongue),
        note=" · ".join(t for t in (whom(price.when, tongue), said(price.note, tongue)) if t),
        since=price.valid.since,
        until=price.valid.until,
        is_now=price.valid.covers(on),
    )


def whom(condition: Condition, tongue: str) -> str:
    """Say for whom a price is, from the answers it hangs on; "" when it is for everybody."""
    questions = shelf().library.questions
    told = []
    for leaf in leaves(condition):
        question = questions[leaf.field]
        if isinstance(leaf, Among):
            words = [said(question.options.get(str(v), {}), tongue) for v in leaf.values]
            told.append(", ".join(word for word in words if word) or said(question.asks, tongue))
        else:
            ends = [costs.plain(end) for end in (leaf.low, leaf.high) if end is not None]
            told.append(f"{said(question.asks, tongue)} {'–'.join(ends)}")
    return "; ".join(told)


def _facts(found: Shelf, one: Step, tongue: str, on: date) -> tuple[tuple[str, str, str], ...]:
    """Field, label and text of each fact that is corrected whole."""
    documents = "\n".join(said(text, tongue) for text in one.documents)
    return (
        ("agency", _("Entidad"), office(found, one, tongue, on)),
        ("duration", _("Plazo"), costs.span(one.duration)),
        ("valid_for", _("Vigencia"), costs.span(one.valid_for)),
        ("url", _("Dirección"), one.url),
        ("law", _("Norma"), "\n".join(one.law)),
        ("documents", _("Documentos"), documents),
    )
