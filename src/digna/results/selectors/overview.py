"""The results of a programme on one page: headlines, all indicators by area, one split."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.programmes.models import Programme
from digna.results import access, wording
from digna.results.models import Figure, Indicator, ReportingPeriod
from digna.results.selectors import grades, naming, shown
from digna.results.selectors.freshness import Freshness
from digna.results.selectors.shown import Card, Figures, Split
from digna.web import svg

HEADLINES = 12
"""More than these on the first page, and none of them is the headline."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice: what it says, where it leads, whether it is on."""

    label: str
    count: int | None
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A strategic area and its indicators."""

    name: str
    description: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ShownSplit:
    """An indicator by the dimension that was chosen."""

    label: str
    url: str
    split: Split


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything the page of a programme's results shows."""

    programme: Programme
    fresh: Freshness
    period: ReportingPeriod | None
    periods: tuple[Chip, ...]
    dimensions: tuple[Chip, ...]
    first: Card | None
    trend: svg.Trend | None
    headlines: tuple[Card, ...]
    areas: tuple[Area, ...]
    splits: tuple[ShownSplit, ...]
    may_edit: bool
    may_freeze: bool
    too_many_headlines: bool
    progress_url: str


@dataclass(frozen=True, slots=True)
class Book:
    """The figures of a programme, read once: by indicator and period, without their records."""

    indicators: tuple[Indicator, ...]
    periods: tuple[ReportingPeriod, ...]
    by_place: dict[tuple[int, int | None], dict[str, Figure]]

    def figures(self, indicator: Indicator, period: ReportingPeriod | None) -> Figures:
        """Return the figures of an indicator in a period (None: to date)."""
        kinds = self.by_place.get((indicator.pk, period.pk if period is not None else None), {})
        return Figures(kinds.get("current"), kinds.get("frozen"))


def book(programme: Programme, indicators: Iterable[Indicator]) -> Book:
    """Read the current and frozen figures of indicators in two queries."""
    kept = tuple(indicators)
    periods = tuple(ReportingPeriod.objects.filter(programme=programme))
    rows = Figure.objects.filter(
        indicator__in=[row.pk for row in kept],
        kind__in=(Figure.Kind.CURRENT, Figure.Kind.FROZEN),
    ).defer("records", "workings", "warnings")
    by_place: dict[tuple[int, int | None], dict[str, Figure]] = {}
    for figure in rows:
        place = (figure.indicator_id, figure.period_id)
        by_place.setdefault(place, {})[figure.kind] = figure
    return Book(kept, periods, by_place)


def results_page(request: HttpRequest, programme: Programme, fresh: Freshness) -> ResultsPage:
    """Return the page that the address asks for: a period, a dimension."""
    rows = (
        Indicator.objects.filter(programme=programme)
        .select_related("area")
        .prefetch_related("targets")
        .order_by("area__order", "order", "pk")
    )
    found = book(programme, rows)
    period = chosen(found.periods, request.GET.get("periodo", ""))
    opens = rights.may(request.user, access.RECORDS)
    letters = grades.of_period(programme.pk, period.pk if period is not None else None)
    cards = {
        row.pk: shown.card(
            row,
            found.figures(row, period),
            list(row.targets.all()),
            programme,
            period,
            may_open_records=opens,
            grade=letters.get(row.pk),
        )
        for row in found.indicators
    }
    headline_rows = _first_aimed([row for row in found.indicators if row.is_headline], cards)
    headlines = [cards[row.pk] for row in headline_rows]
    dimension = request.GET.get("por", "")
    return ResultsPage(
        programme=programme,
        fresh=fresh,
        period=period,
        periods=period_chips(request, found.periods, period),
        dimensions=_dimension_chips(request, found, period, dimension),
        first=headlines[0] if headlines else None,
        trend=trend(found, headline_rows[0], headlines[0].target) if headlines else None,
        headlines=tuple(headlines[1:]),
        areas=_areas(found.indicators, cards),
        splits=_splits(found, period, dimension, cards),
        may_edit=rights.may(request.user, access.EDIT),
        may_freeze=rights.may(request.user, access.FREEZE),
        too_many_headlines=len(headlines) > HEADLINES,
        progress_url=reverse("results:progress", args=[programme.code]),
    )


def _first_aimed(rows: list[Indicator], cards: dict[int, Card]) -> list[Indicator]:
    """Put the first headline that has a target before the others: the one number of the screen."""
    first = next((row for row in rows if cards[row.pk].target is not None), None)
    return rows if first is None else [first, *(row for row in rows if row is not first)]


def chosen(periods: Sequence[ReportingPeriod], asked: str) -> ReportingPeriod | None:
    """Return the period that an address names; None is to date."""
    return next((period for period in periods if str(period.pk) == asked), None)


def _address(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"?{query.urlencode()}"


def period_chips(
    request: HttpRequest, periods: Sequence[ReportingPeriod], chosen: ReportingPeriod | None
) -> tuple[Chip, ...]:
    """Return the choice of periods; nothing to choose while there is none."""
    chips = [Chip(_("A la fecha"), None, _address(request, periodo=""), chosen is None)]
    for period in periods:
        is_frozen = period.state == ReportingPeriod.State.FROZEN
        label = f"{period.label} · {_('congelado')}" if is_frozen else period.label
        url = _address(request, periodo=str(period.pk))
        chips.append(Chip(label, None, url, period == chosen))
    return tuple(chips) if periods else ()


def _dimension_chips(
    request: HttpRequest, found: Book, period: ReportingPeriod | None, chosen: str
) -> tuple[Chip, ...]:
    counts: dict[str, int] = {}
    for row in found.indicators:
        figure = found.figures(row, period).shown
        for name in figure.parts if figure is not None else ():
            counts[name] = counts.get(name, 0) + 1
    return tuple(
        Chip(
            wording.dimension(name),
            counts[name],
            _address(request, por="" if name == chosen else name),
            name == chosen,
        )
        for name in sorted(counts, key=lambda name: -counts[name])
    )


def _splits(
    found: Book, period: ReportingPeriod | None, dimension: str, cards: dict[int, Card]
) -> tuple[ShownSplit, ...]:
    if not dimension:
        return ()
    names = naming.names_of({dimension})
    splits = []
    for row in found.indicators:
        figure = found.figures(row, period).shown
        if figure is None:
            continue
        card = cards[row.pk]
        url = "" if found.figures(row, period).frozen is not None else card.records_url
        parts = shown.splits(figure, names, only=dimension, records_url=url)
        splits += [ShownSplit(card.label, card.url, split) for split in parts]
    return tuple(splits)


def _areas(rows: Sequence[Indicator], cards: dict[int, Card]) -> tuple[Area, ...]:
    groups: dict[int | None, list[Indicator]] = {}
    for row in rows:
        groups.setdefault(row.area_id, []).append(row)
    return tuple(
        Area(
            name=members[0].area.name if members[0].area is not None else _("Otros indicadores"),
            description=members[0].area.description if members[0].area is not None else "",
            cards=tuple(cards[row.pk] for row in members),
        )
        for members in groups.values()
    )


def trend(found: Book, indicator: Indicator, target: Decimal | None) -> svg.Trend | None:
    """Return an indicator over its periods; None with fewer than two."""
    points = []
    for period in found.periods:
        figure = found.figures(indicator, period).shown
        value = shown.in_unit(indicator, figure.value) if figure is not None else None
        points.append((period.label, value))
    is_running = indicator.declaration.get("semantics") != "incremental"
    kind = "line" if is_running and len(points) > 6 else "columns"
    return svg.trend(points, kind=kind, target=target) if len(points) > 1 else None


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme in the list of results."""

    programme: Programme
    url: str
    indicator_count: int
    frozen_count: int
    computed_at: Any


def programmes_list(user: object) -> tuple[ProgrammeRow, ...]:
    """Return the programmes whose results a user may see."""
    frozen = Q(periods__state=ReportingPeriod.State.FROZEN)
    rows = (
        access.visible_programmes(user)
        .select_related("computation")
        .annotate(
            indicator_count=Count("indicators", distinct=True),
            frozen_count=Count("periods", filter=frozen, distinct=True),
        )
    )
    return tuple(
        ProgrammeRow(
            programme=row,
            url=reverse("results:programme", args=[row.code]),
            indicator_count=row.indicator_count,
            frozen_count=row.frozen_count,
            computed_at=getattr(getattr(row, "computation", None), "computed_at", None),
        )
        for row in rows
    )
