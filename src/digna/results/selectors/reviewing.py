"""What there is to review in a period: each indicator with what it says now, and its seal."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from digna.results.models import (
    Figure,
    Indicator,
    IndicatorReview,
    ReportedActual,
    ReportingPeriod,
)
from digna.results.selectors import shown
from digna.web import numbers


@dataclass(frozen=True, slots=True)
class Said:
    """What an indicator says in a period, in words, and a hash that moves with it."""

    text: str
    seal: str


def said(period: ReportingPeriod, indicators: Iterable[Indicator]) -> dict[int, Said]:
    """Return what each indicator says in a period; those with nothing to say are left out.

    Computed ones say their figure with the records behind it, reported ones what was stated for
    days inside the period.
    """
    by_key = {one.pk: one for one in indicators}
    figures = Figure.objects.filter(
        period=period, kind=Figure.Kind.CURRENT, indicator__in=by_key
    ).values("indicator_id", "numerator", "denominator", "value", "records_sha256")
    found = {row["indicator_id"]: _of_figure(by_key[row["indicator_id"]], row) for row in figures}
    stated = ReportedActual.objects.filter(
        indicator__in=by_key, starts_on__gte=period.starts_on, ends_on__lte=period.ends_on
    ).values_list("indicator_id", "subject", "as_written")
    by_indicator: dict[int, list[tuple[str, str]]] = {}
    for key, subject, written in stated:
        by_indicator.setdefault(key, []).append((subject, written))
    return found | {key: _of_stated(rows) for key, rows in by_indicator.items()}


def _of_figure(indicator: Indicator, row: Mapping[str, Any]) -> Said:
    plain = [str(row[name]) for name in ("numerator", "denominator", "value")]
    return Said(text_of(indicator, row), _seal([*plain, row["records_sha256"]]))


def text_of(indicator: Indicator, row: Mapping[str, Any]) -> str:
    """Return a figure as people read it: a share with its parts, the rest in its unit."""
    if shown.is_share(indicator):
        return numbers.share(row["numerator"], row["denominator"])
    value = shown.in_unit(indicator, row["value"])
    return numbers.number(value, shown.decimals_of(indicator, value))


def _of_stated(rows: list[tuple[str, str]]) -> Said:
    ordered = sorted(rows)
    text = "; ".join(
        f"{subject}: {written}" if subject else written for subject, written in ordered
    )
    return Said(text[:120] or _("sin dato"), _seal(ordered))


def _seal(plain: Any) -> str:
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def unapproved(period: ReportingPeriod) -> list[Indicator]:
    """Return the indicators with something to say in a period that nobody has approved."""
    rows = list(
        Indicator.objects.filter(programme=period.programme_id).order_by(
            "area__order", "order", "pk"
        )
    )
    now = said(period, rows)
    approved = {
        row.indicator_id: row.seal
        for row in IndicatorReview.objects.filter(
            period=period, state=IndicatorReview.State.APPROVED
        )
    }
    return [row for row in rows if row.pk in now and approved.get(row.pk) != now[row.pk].seal]


def is_under_review(period: ReportingPeriod) -> bool:
    """Whether somebody began to review a period, or set until when it has to be reviewed."""
    if period.review_due_on is not None:
        return True
    return IndicatorReview.objects.filter(period=period).exists()
