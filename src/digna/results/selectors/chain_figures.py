"""The newest figure of each indicator of a chain, as it is shown elsewhere, and which lack one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from digna.programmes.models import Programme
from digna.results.models import Indicator, ReportedActual, ReportingPeriod
from digna.results.selectors import overview, shown
from digna.results.selectors.shown import Card
from digna.web import numbers


@dataclass(frozen=True, slots=True)
class Newest:
    """An indicator's newest figure in one line, and where it is defended."""

    indicator: Indicator
    text: str
    is_missing: bool
    is_without_last: bool
    url: str


def newest(programme: Programme, rows: Iterable[Indicator], today: date) -> dict[int, Newest]:
    """Return the newest figure of indicators by their key, in a fixed number of queries."""
    found = overview.book(programme, rows)
    last = last_period(found.periods, today)
    reported: dict[int, list[ReportedActual]] = {}
    for row in ReportedActual.objects.filter(indicator__in=found.indicators).order_by("ends_on"):
        reported.setdefault(row.indicator_id, []).append(row)
    return {
        row.pk: _reported(programme, row, reported.get(row.pk, []), last)
        if row.is_reported
        else _computed(programme, row, found, last)
        for row in found.indicators
    }


def last_period(periods: Sequence[ReportingPeriod], today: date) -> ReportingPeriod | None:
    """Return the last period that has begun; None while there is none."""
    begun = [period for period in periods if period.starts_on <= today]
    return max(begun, key=lambda period: (period.ends_on, period.starts_on), default=None)


def _computed(
    programme: Programme, row: Indicator, found: overview.Book, last: ReportingPeriod | None
) -> Newest:
    figures = found.figures(row, None)
    card = shown.card(row, figures, (), programme, None, may_open_records=False)
    of_last = found.figures(row, last).shown
    return Newest(
        row,
        line(card),
        card.value is None,
        of_last is None or of_last.value is None,
        card.url,
    )


def line(card: Card) -> str:
    """Return a card as one line: value with unit, its parts, n of N.

    A share never goes without its parts; whoever is missing from a cohort is said.
    """
    if card.value is None:
        return _("sin dato")
    told = f"{numbers.number(card.value, card.decimals)} {card.unit}".strip()
    if card.unit == "%" and card.whole is not None:
        told = numbers.share(card.part, card.whole)
    if card.expected is not None:
        told += " · " + _("n = %(n)s de %(total)s") % {
            "n": numbers.number(card.known),
            "total": numbers.number(card.expected),
        }
    return f"{told} · {card.period}"


def _reported(
    programme: Programme,
    row: Indicator,
    actuals: Sequence[ReportedActual],
    last: ReportingPeriod | None,
) -> Newest:
    told = [one for one in actuals if one.kind != "missing"]
    url = shown.card(
        row, shown.Figures(None, None), (), programme, None, may_open_records=False
    ).url
    text = f"{told[-1].as_written} · {told[-1].ends_on.year}" if told else _("sin dato")
    since = last.starts_on if last is not None else None
    lacks = not told or (since is not None and told[-1].ends_on < since)
    return Newest(row, text, not told, lacks, url)
