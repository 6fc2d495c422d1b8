"""One indicator whole: its number, its definition, every split, what stands behind and beside."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.programmes.models import Programme
from digna.results import access, declarations, stated
from digna.results.models import Figure, Indicator, ReportedActual, ReportingPeriod, Target
from digna.results.selectors import definition, grades, naming, overview, shown
from digna.results.selectors.definition import Fact
from digna.results.selectors.freshness import Freshness
from digna.results.selectors.overview import Chip
from digna.results.selectors.shown import Card, Split
from digna.web import numbers, svg
from digna_engines.indicators import TypedValue, achievement

WORKINGS = (
    "rows_or_units", "with_value", "without_value", "compared", "seen_once", "held_out",
    "without_date", "without_unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """What one country or partner promised and stated, for one period."""

    subject: str
    period: str
    target: str
    actual: str
    reached: str
    why: str


@dataclass(frozen=True, slots=True)
class ReportedTable:
    """Stated values side by side, their sum, or why there is none."""

    rows: tuple[ReportedRow, ...]
    total_target: str
    total_actual: str
    refusal: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """Everything the page of an indicator shows."""

    programme: Programme
    indicator: Indicator
    fresh: Freshness
    card: Card
    period: ReportingPeriod | None
    periods: tuple[Chip, ...]
    trend: svg.Trend | None
    splits: tuple[Split, ...]
    definition: tuple[Fact, ...]
    workings: tuple[Fact, ...]
    warnings: tuple[str, ...]
    faults: tuple[str, ...]
    targets: tuple[Target, ...]
    reported: ReportedTable | None
    may_edit: bool
    progress_url: str


def indicator_page(
    request: HttpRequest, programme: Programme, indicator: Indicator, fresh: Freshness
) -> IndicatorPage:
    """Return the page of an indicator in the period that the address asks for."""
    found = overview.book(programme, [indicator])
    period = overview.chosen(found.periods, request.GET.get("periodo", ""))
    targets = tuple(indicator.targets.all())
    figures = found.figures(indicator, period)
    opens = rights.may(request.user, access.RECORDS)
    letters = grades.of_period(programme.pk, period.pk if period is not None else None)
    card = shown.card(
        indicator,
        figures,
        targets,
        programme,
        period,
        may_open_records=opens,
        grade=letters.get(indicator.pk),
    )
    figure = _whole(figures.shown)
    names = naming.names_of(set(figure.parts) if figure is not None else set())
    parts_url = "" if card.is_frozen else card.records_url
    return IndicatorPage(
        programme=programme,
        indicator=indicator,
        fresh=fresh,
        card=card,
        period=period,
        periods=overview.period_chips(request, found.periods, period),
        trend=overview.trend(found, indicator, card.target),
        splits=shown.splits(figure, names, records_url=parts_url) if figure is not None else (),
        definition=definition.in_words(indicator),
        workings=_workings(figure),
        warnings=_warnings(figure),
        faults=_faults(indicator),
        targets=targets,
        reported=reported_table(indicator, targets) if indicator.is_reported else None,
        may_edit=rights.may(request.user, access.EDIT),
        progress_url=reverse("results:progress", args=[programme.code]),
    )


def _whole(figure: Figure | None) -> Figure | None:
    """Return the figure with what the list leaves unread, save its records."""
    if figure is None:
        return None
    return Figure.objects.defer("records").get(pk=figure.pk)


def _workings(figure: Figure | None) -> tuple[Fact, ...]:
    if figure is None:
        return ()
    words = {
        "rows_or_units": _("Registros o unidades que entran"),
        "with_value": _("Con dato"),
        "without_value": _("Sin dato"),
        "compared": _("Vistos dos veces"),
        "seen_once": _("Vistos una sola vez"),
        "held_out": _("Apartados por lejanos o de otra temporada"),
        "without_date": _("Sin fecha"),
        "without_unit": _("Sin identificar de quién son"),
    }
    lines = [
        Fact(words[name], numbers.number(figure.workings[name]))
        for name in WORKINGS
        if figure.workings.get(name) is not None
    ]
    lines.append(Fact(_("Método"), figure.engine))
    lines.append(Fact(_("Huella de los registros"), figure.records_sha256[:16]))
    return tuple(lines)


def _warnings(figure: Figure | None) -> tuple[str, ...]:
    if figure is None:
        return ()
    language = "en" if (get_language() or "").startswith("en") else "es"
    return tuple(warning[language] for warning in figure.warnings)


def _faults(indicator: Indicator) -> tuple[str, ...]:
    """Return what keeps an indicator from being computed."""
    if indicator.is_reported:
        return ()
    found = declarations.read({**indicator.declaration, "code": indicator.code})
    return tuple(declarations.sentence(fault) for fault in found.faults)


def reported_table(indicator: Indicator, targets: tuple[Target, ...]) -> ReportedTable:
    """Return targets and stated actuals side by side, with their sum where they have one."""
    promised = {(t.subject, t.starts_on, t.ends_on): t for t in targets}
    stated_rows = ReportedActual.objects.filter(indicator=indicator)
    actual = {(a.subject, a.starts_on, a.ends_on): a for a in stated_rows}
    keys = sorted(promised.keys() | actual.keys(), key=lambda key: (key[1], key[2], key[0]))
    rows = [_reported(indicator, key, promised.get(key), actual.get(key)) for key in keys]
    targets_sum, no_target = _total(indicator, [promised[key] for key in keys if key in promised])
    actuals_sum, no_actual = _total(indicator, [actual[key] for key in keys if key in actual])
    refusal = no_actual or no_target
    return ReportedTable(tuple(rows), targets_sum, actuals_sum, refusal)


def _reported(indicator: Indicator, key: Any, target: Any, actual: Any) -> ReportedRow:
    subject, starts_on, ends_on = key
    promised = stated.typed(target, indicator.unit) if target is not None else None
    reached = stated.typed(actual, indicator.unit) if actual is not None else None
    towards: Any = indicator.direction
    found = achievement(None, stated.comparable(promised), stated.comparable(reached), towards)
    share = found.share
    return ReportedRow(
        subject=subject,
        period=f"{starts_on:%d/%m/%Y} – {ends_on:%d/%m/%Y}",
        target=_written(promised),
        actual=_written(reached),
        reached=numbers.percent(share.numerator, share.denominator) if share is not None else "",
        why=declarations.sentence(found) if share is None else "",
    )


def _written(typed: TypedValue | None) -> str:
    return typed.as_written if typed is not None and typed.kind != "missing" else ""


def _total(indicator: Indicator, rows: list[Any]) -> tuple[str, str]:
    if not rows:
        return "", ""
    total, refusal = stated.total([stated.typed(row, indicator.unit) for row in rows])
    if refusal is not None:
        return "", declarations.sentence_of(refusal)
    return _written(total), ""
