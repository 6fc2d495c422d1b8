"""The ledger on screen: letters of all, checks of one, what fails, what was corrected."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.programmes.models import Programme
from digna.results import access, packing
from digna.results.models import (
    Figure,
    Indicator,
    QualityCheck,
    QualityGrade,
    QualityRun,
    ReportingPeriod,
    VerificationSample,
)
from digna.results.quality import words
from digna.results.quality.found import Looked
from digna.results.selectors import causes, grades, overview, records, samples
from digna.results.selectors.causes import Cause, Sought
from digna.results.selectors.overview import Chip
from digna.results.selectors.records import RecordRow
from digna.web import numbers

SHOWN = 500
"""Failing records named on one page: more of them are a task for a spreadsheet."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One indicator in the ledger: its letter and one mark a dimension."""

    indicator: Indicator
    letter: str
    sentence: str
    marks: tuple[tuple[str, str, str], ...]
    url: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The ledger of a programme in a period."""

    programme: Programme
    period: ReportingPeriod | None
    periods: tuple[Chip, ...]
    run: QualityRun | None
    is_under_way: bool
    problem: str
    dimensions: tuple[str, ...]
    rows: tuple[LedgerRow, ...]
    may_check: bool


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One rule as it came out."""

    title: str
    dimension: str
    word: str
    kind: str
    counted: str
    why: str
    version: int
    url: str


@dataclass(frozen=True, slots=True)
class FigureLedger:
    """The ledger of one indicator in a period."""

    programme: Programme
    indicator: Indicator
    period: ReportingPeriod | None
    run: QualityRun | None
    letter: str
    sentence: str
    checks: tuple[CheckRow, ...]
    samples: tuple[tuple[VerificationSample, Looked, str], ...]
    corrections: tuple[Cause, ...]
    corrections_cut: bool
    may_draw: bool
    may_read_journal: bool
    period_key: str


@dataclass(frozen=True, slots=True)
class FailingPage:
    """The records that fail one rule, those this person may see."""

    programme: Programme
    check: QualityCheck
    title: str
    rows: tuple[RecordRow, ...]
    total: int
    hidden: int
    left_out: int


def ledger(request: HttpRequest, programme: Programme) -> LedgerPage:
    """Return the ledger of the period that the address asks for."""
    periods = tuple(ReportingPeriod.objects.filter(programme=programme))
    period = overview.chosen(periods, request.GET.get("periodo", ""))
    latest = QualityRun.objects.filter(programme=programme, period=period).first()
    run = grades.newest_run(programme.pk, period.pk if period is not None else None)
    failed = latest is not None and latest.state == QualityRun.State.FAILED
    return LedgerPage(
        programme=programme,
        period=period,
        periods=overview.period_chips(request, periods, period),
        run=run,
        is_under_way=latest is not None and latest.state == QualityRun.State.QUEUED,
        problem=latest.problem if latest is not None and failed else "",
        dimensions=tuple(str(word) for word in words.DIMENSIONS.values()),
        rows=_ledger_rows(programme, run, period) if run is not None else (),
        may_check=rights.may(request.user, access.CHECK),
    )


def _ledger_rows(
    programme: Programme, run: QualityRun, period: ReportingPeriod | None
) -> tuple[LedgerRow, ...]:
    worst: dict[tuple[int, str], str] = {}
    rank = ["n/a", "not run", "good", "fair", "poor"]
    for key, dimension, outcome in run.checks.values_list("indicator_id", "dimension", "outcome"):
        place = (key, dimension)
        worst[place] = max(worst.get(place, "n/a"), outcome, key=rank.index)
    rows = run.grades.select_related("indicator__area").order_by(
        "indicator__area__order", "indicator__order", "indicator_id"
    )
    return tuple(_ledger_row(programme, row, worst, period) for row in rows)


def _ledger_row(
    programme: Programme,
    row: QualityGrade,
    worst: dict[tuple[int, str], str],
    period: ReportingPeriod | None,
) -> LedgerRow:
    outcomes = [
        (str(label), worst.get((row.indicator_id, name), "n/a"))
        for name, label in words.DIMENSIONS.items()
    ]
    return LedgerRow(
        indicator=row.indicator,
        letter=row.grade,
        sentence=words.sentence(row.grade, row.weak, row.unjudged),
        marks=tuple(
            (label, str(words.OUTCOMES[found]), words.KINDS[found]) for label, found in outcomes
        ),
        url=of_figure_url(programme, row.indicator, period),
    )


def of_figure_url(
    programme: Programme, indicator: Indicator, period: ReportingPeriod | None
) -> str:
    """Return where the ledger of a figure opens."""
    url = reverse("results:quality_one", args=[programme.code, indicator.code])
    return f"{url}?periodo={period.pk}" if period is not None else url


def figure_ledger(request: HttpRequest, programme: Programme, indicator: Indicator) -> FigureLedger:
    """Return the ledger of one indicator in the period that the address asks for."""
    periods = tuple(ReportingPeriod.objects.filter(programme=programme))
    period = overview.chosen(periods, request.GET.get("periodo", ""))
    run = grades.newest_run(programme.pk, period.pk if period is not None else None)
    row = run.grades.filter(indicator=indicator).first() if run is not None else None
    fixed, is_cut = _corrections(indicator, period)
    return FigureLedger(
        programme=programme,
        indicator=indicator,
        period=period,
        run=run,
        letter=row.grade if row is not None else "",
        sentence=words.sentence(row.grade, row.weak, row.unjudged) if row is not None else "",
        checks=_checks(programme, run, indicator) if run is not None else (),
        samples=tuple(
            (one, found, numbers.share(found.wrong, found.looked_for) if found.looked_for else "")
            for one, found in samples.of_figure(indicator, period)
        ),
        corrections=fixed,
        corrections_cut=is_cut,
        may_draw=rights.may(request.user, access.CHECK),
        may_read_journal="journal.search" in rights.codes_of(request.user),
        period_key=str(period.pk) if period is not None else "",
    )


def _checks(programme: Programme, run: QualityRun, indicator: Indicator) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(
            title=str(words.RULES.get(row.rule, row.rule)),
            dimension=str(words.DIMENSIONS.get(row.dimension, row.dimension)),
            word=str(words.OUTCOMES[row.outcome]),
            kind=words.KINDS[row.outcome],
            counted=_counted(row),
            why=str(words.WHY.get(row.details.get("why", ""), "")),
            version=row.version,
            url=reverse("results:quality_failing", args=[programme.code, row.pk])
            if row.record_kind
            else "",
        )
        for row in run.checks.filter(indicator=indicator).defer("records").order_by("pk")
    )


def _counted(row: QualityCheck) -> str:
    if row.outcome in {"n/a", "not run"}:
        return ""
    return _("fallan %(failing)s de %(checked)s") % {
        "failing": numbers.number(row.failing),
        "checked": numbers.number(row.checked),
    }


def _corrections(
    indicator: Indicator, period: ReportingPeriod | None
) -> tuple[tuple[Cause, ...], bool]:
    """Return the corrections that touched the records behind a figure, the latest first."""
    figure = Figure.objects.filter(
        indicator=indicator, period=period, kind=Figure.Kind.CURRENT
    ).first()
    if figure is None:
        return (), False
    source = str(figure.declaration.get("source", ""))
    keys = frozenset(str(key) for key in packing.unpack(figure.records))
    changes = causes.corrections_of(source)
    found = causes.of(Sought(source, figure.record_kind, keys, 0), changes)
    return found.lines[:30], found.is_cut or len(found.lines) > 30


def failing_page(user: object, programme: Programme, check: QualityCheck) -> FailingPage:
    """Return the records that fail a rule, as this person may see them."""
    keys = packing.unpack(check.records)
    named = records.named(user, check.record_kind, keys[:SHOWN])
    rows = tuple(sorted(named.values(), key=lambda row: row.label.casefold()))
    return FailingPage(
        programme=programme,
        check=check,
        title=str(words.RULES.get(check.rule, check.rule)),
        rows=rows,
        total=len(keys),
        hidden=len(keys[:SHOWN]) - len(rows),
        left_out=max(len(keys) - SHOWN, 0),
    )


def exported(run: QualityRun) -> Iterable[list[Any]]:
    """Yield the ledger as lines of a table, the first of them its titles."""
    yield ["indicator", "dimension", "rule", "version", "outcome", "checked", "failing", "why"]
    rows = run.checks.select_related("indicator").defer("records").order_by("indicator_id", "pk")
    for row in rows:
        why = row.details.get("why", "")
        yield [
            row.indicator.code, row.dimension, row.rule, row.version, row.outcome,
            row.checked, row.failing, why,
        ]  # fmt: skip
