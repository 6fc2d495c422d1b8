"""Reporting periods: their state, and what would change in those that are frozen."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from digna.programmes.models import Programme
from digna.results import packing
from digna.results.models import Figure, Indicator, ReportingPeriod
from digna.results.selectors import shown
from digna.web import numbers
from digna_engines.indicators import Frozen, RecordSet, compare

Blob = bytes | memoryview | None


@dataclass(frozen=True, slots=True)
class WouldChange:
    """What a frozen figure would become: the sentence, and how many records came and went."""

    indicator: Indicator
    figure: Figure
    before: Decimal | None
    after: Decimal | None
    sentence: str
    added: tuple[object, ...]
    removed: tuple[object, ...]

    @property
    def added_count(self) -> int:
        """How many records would be new."""
        return len(self.added)

    @property
    def removed_count(self) -> int:
        """How many records would no longer be there."""
        return len(self.removed)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period, and what would change in it were it frozen today."""

    period: ReportingPeriod
    figure_count: int
    changes: tuple[WouldChange, ...]


def periods_list(programme: Programme) -> tuple[PeriodRow, ...]:
    """Return the periods of a programme with what would change in each frozen one."""
    rows = Figure.objects.filter(
        indicator__programme=programme,
        period__isnull=False,
        kind__in=(Figure.Kind.CURRENT, Figure.Kind.FROZEN),
    ).defer("records", "workings", "warnings")
    by_period: dict[int, dict[int, dict[str, Figure]]] = {}
    for figure in rows.select_related("indicator"):
        of_period = by_period.setdefault(figure.period_id or 0, {})
        of_period.setdefault(figure.indicator_id, {})[figure.kind] = figure
    return tuple(
        PeriodRow(period, len(by_period.get(period.pk, {})), _changes(by_period, period))
        for period in ReportingPeriod.objects.filter(programme=programme).select_related(
            "frozen_by"
        )
    )


def _changes(
    by_period: dict[int, dict[int, dict[str, Figure]]], period: ReportingPeriod
) -> tuple[WouldChange, ...]:
    pairs = [
        (kinds["frozen"], kinds.get("current"))
        for kinds in by_period.get(period.pk, {}).values()
        if "frozen" in kinds
    ]
    moved = [(old, new) for old, new in pairs if new is not None and _differs(old, new)]
    keys = [figure.pk for pair in moved for figure in pair]
    packed = dict(Figure.objects.filter(pk__in=keys).values_list("pk", "records"))
    return tuple(_compared(old, new, packed[old.pk], packed[new.pk]) for old, new in moved)


def _differs(frozen: Figure, current: Figure) -> bool:
    named = ("numerator", "denominator", "value", "records_sha256")
    return any(getattr(frozen, name) != getattr(current, name) for name in named)


def changes_of(period: ReportingPeriod) -> tuple[WouldChange, ...]:
    """Return what would change in one frozen period were it frozen today."""
    rows = (
        Figure.objects.filter(period=period, kind__in=(Figure.Kind.CURRENT, Figure.Kind.FROZEN))
        .defer("records", "workings", "warnings")
        .select_related("indicator")
    )
    of_period: dict[int, dict[str, Figure]] = {}
    for figure in rows:
        of_period.setdefault(figure.indicator_id, {})[figure.kind] = figure
    return _changes({period.pk: of_period}, period)


def would_change(frozen: Figure) -> WouldChange | None:
    """Return what a frozen figure would become today; None while it would stay as it is."""
    current = Figure.objects.filter(
        indicator=frozen.indicator_id, period=frozen.period_id, kind=Figure.Kind.CURRENT
    ).first()
    if current is None or not _differs(frozen, current):
        return None
    return _compared(frozen, current, frozen.records, current.records)


def _compared(frozen: Figure, current: Figure, before: Blob, after: Blob) -> WouldChange:
    old = _published(frozen, before)
    found = compare(old, _published(current, after))
    return WouldChange(
        indicator=frozen.indicator,
        figure=frozen,
        before=old.value if isinstance(old.value, Decimal) else None,
        after=Decimal(found.after) if found.after is not None else None,
        sentence=_sentence(frozen, current),
        added=found.added,
        removed=found.removed,
    )


def _published(figure: Figure, packed: Blob) -> Frozen:
    """Return a figure as the engine compares it, in the unit it is shown in."""
    value = shown.in_unit(figure.indicator, figure.value)
    written = None if value is None else _plain(value)
    records = RecordSet.of(figure.record_kind, packing.unpack(packed))
    return Frozen(figure.numerator, figure.denominator, written, records)


def _plain(value: Decimal) -> Decimal:
    """Return a value without the zeros of its column, as people write it."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _sentence(frozen: Figure, current: Figure) -> str:
    """Return «cambiaría de 263 a 264», shares with their parts, in the reader's separators."""
    before, after = _said(frozen), _said(current)
    if frozen.value == current.value:
        return _("seguiría en %(before)s, con otros registros") % {"before": before}
    return _("cambiaría de %(before)s a %(after)s") % {"before": before, "after": after}


def _said(figure: Figure) -> str:
    if shown.is_share(figure.indicator):
        return numbers.share(figure.numerator, figure.denominator)
    return numbers.number(figure.value, shown.decimals_of(figure.indicator, figure.value))
