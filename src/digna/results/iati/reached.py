"""The results of an activity: what was aimed at and reached, by period, with parts that add up.

The value of a frozen period goes first; what may still change says so. Small cells are hidden as
on the portal, and a split goes out only whole: where a cell is hidden or the parts are not the
total, the total goes alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.programmes.models import Programme, StrategicArea
from digna.results import parts, publishing, stated
from digna.results.iati import lacks, written
from digna.results.iati.lacks import Lack
from digna.results.models import Baseline as BaselineRow
from digna.results.models import Figure, IatiProfile, Indicator, ResultType, StatedValue
from digna.results.publishing import PublicFigure
from digna.results.selectors import chains, overview, shown
from digna.results.selectors.overview import Book
from digna_engines.iati import model
from digna_engines.iati.model import Baseline, Dimension, Period, PeriodValue, Reference, Result
from digna_engines.iati.shapes import Words
from digna_engines.indicators import PublicSlice, Slice

UNIT, PERCENT = "1", "2"
OWN, SDG = "99", "9"
ADDABLE = frozenset({"count", "sum", "fte"})
SPLIT = frozenset({"unique", *ADDABLE})
PROVISIONAL = (
    "Provisional: puede cambiar mientras el período no se congele.",
    "Provisional: it may change until the period is frozen.",
)
RUNNING = ("Acumulado desde el inicio del programa.", "Cumulative since the programme began.")
Stretch = tuple[date, date]


@dataclass
class Sheet:
    """What is known of one indicator by period, while it is put together."""

    targets: dict[Stretch, list[PeriodValue]] = field(default_factory=dict)
    actuals: dict[Stretch, list[PeriodValue]] = field(default_factory=dict)

    @property
    def stretches(self) -> list[Stretch]:
        """The periods of which something is known, in order."""
        return sorted({*self.targets, *self.actuals})


@dataclass(frozen=True, slots=True)
class Reached:
    """The results, the codes of their indicators in the same order, places named, what lacks."""

    results: tuple[Result, ...]
    codes: tuple[tuple[str, ...], ...]
    places: frozenset[str]
    lacks: tuple[Lack, ...]


def results(programme: Programme, profile: IatiProfile, today: date) -> Reached:
    """Return the results of a programme: one for each strategic area with something to tell."""
    rows = (
        Indicator.objects.filter(programme=programme, is_public=True)
        .select_related("area", "baseline")
        .prefetch_related("targets", "reported")
        .order_by("area__order", "area_id", "order", "pk")
    )
    book = overview.book(programme, rows)
    by_area: dict[int | None, list[tuple[Indicator, model.Indicator]]] = {}
    hidden: list[Lack] = []
    for row in book.indicators:
        told = _told(programme, profile, book, row, today, hidden)
        if told is not None:
            by_area.setdefault(row.area_id, []).append((row, told))
    found, lacking = [], hidden
    levels = chains.levels_of(programme)
    for members in by_area.values():
        area = members[0][0].area
        kind = _type(profile, area, [levels.get(row.code) for row, _told in members])
        found.append(_result(kind, area, tuple(told for _row, told in members)))
        lacking += [] if kind else _typeless(programme, area)
    named = [row for members in by_area.values() for row, _told in members]
    return Reached(
        results=tuple(found),
        codes=tuple(tuple(row.code for row, _ in members) for members in by_area.values()),
        places=frozenset(_places(found)),
        lacks=(*lacking, *_without(programme, named)),
    )


def _type(
    profile: IatiProfile, area: StrategicArea | None, levels: Sequence[ResultType | None]
) -> str:
    """Return what the settings say of an area, else the one level its chains put it on."""
    said = profile.area_types.get(area.code) if area is not None else None
    placed = set(levels) - {None}
    only = placed.pop() if len(placed) == 1 else None
    return said or (only.value if only is not None else "")


def _result(
    kind: str, area: StrategicArea | None, indicators: tuple[model.Indicator, ...]
) -> Result:
    if area is None:
        title = written.words("Otros indicadores", "Other indicators")
        return Result(type=kind or ResultType.OTHER.value, title=title, indicators=indicators)
    return Result(
        type=kind or ResultType.OTHER.value,
        title=written.words(area.name_es, area.name_en),
        description=written.words(area.description_es, area.description_en),
        indicators=indicators,
    )


def _typeless(programme: Programme, area: StrategicArea | None) -> list[Lack]:
    if area is None:
        return []
    sentence = _("No se dice si «%(area)s» es producto, efecto o impacto: sale como «otro».")
    url = lacks.settings_url(programme, f"area_{area.code}")
    return [Lack(sentence % {"area": area.name}, url)]


def _without(programme: Programme, rows: Sequence[Indicator]) -> list[Lack]:
    bare = [row for row in rows if not hasattr(row, "baseline")]
    aimless = [row for row in rows if not row.targets.all()]
    found = []
    for kept, sentence in (
        (bare, _("%(n)s indicadores no tienen línea de base.")),
        (aimless, _("%(n)s indicadores no tienen meta.")),
    ):
        if kept:
            url = reverse("results:targets", args=[programme.code, kept[0].code])
            found.append(Lack(sentence % {"n": len(kept)}, url))
    return found


def _places(found: Sequence[Result]) -> Iterator[str]:
    for indicator in (one for result in found for one in result.indicators):
        for value in (v for period in indicator.periods for v in period.actuals):
            yield from (ref for ref in value.locations if ref)


# -- one indicator


def _told(
    programme: Programme,
    profile: IatiProfile,
    book: Book,
    row: Indicator,
    today: date,
    hidden: list[Lack],
) -> model.Indicator | None:
    """Return an indicator as the standard writes it; None where there is nothing to tell."""
    sheet = Sheet()
    for target in row.targets.all():
        _state(sheet.targets, row, target)
    for reported in row.reported.all() if row.is_reported else ():
        _state(sheet.actuals, row, reported)
    for stretch, figure in _figures(programme, book, row):
        if stretch[0] <= today:
            _count(sheet, row, stretch, figure, hidden)
    baseline = getattr(row, "baseline", None)
    if not sheet.stretches and baseline is None:
        return None
    measure = row.declaration.get("measure")
    return model.Indicator(
        measure=PERCENT if _is_percent(row) else UNIT,
        ascending="0" if row.direction == Indicator.Direction.DESCENDING else "1",
        aggregation_status="1" if measure in ADDABLE and not _is_percent(row) else "0",
        title=written.words(row.name_es, row.name_en),
        description=_description(row),
        references=_references(profile, row),
        baselines=() if baseline is None else (_baseline(baseline),),
        periods=tuple(
            Period(
                start=starts_on.isoformat(),
                end=ends_on.isoformat(),
                targets=tuple(sheet.targets.get((starts_on, ends_on), ())),
                actuals=tuple(sheet.actuals.get((starts_on, ends_on), ())),
            )
            for starts_on, ends_on in sheet.stretches
        ),
    )


def _is_percent(row: Indicator) -> bool:
    if row.is_reported:
        return stated.unit_of(row.unit) == stated.PERCENT
    return shown.is_percent(row)


def _description(row: Indicator) -> Words | None:
    unit = "" if _is_percent(row) or not row.unit else f"Unidad: {row.unit}."
    running = RUNNING if row.declaration.get("semantics") == "cumulative" else ("", "")
    es = " ".join(said for said in (row.so_what_es, unit, running[0]) if said)
    return written.words(es, row.so_what_en)


def _references(profile: IatiProfile, row: Indicator) -> tuple[Reference, ...]:
    """Return what it is elsewhere, its own code first: by it a file is known again."""
    others = [one for one in profile.references if one["indicator"] == row.code]
    return (
        Reference(vocabulary=OWN, code=row.code),
        *(Reference(vocabulary=one["vocabulary"], code=one["code"]) for one in others),
    )


def _baseline(row: BaselineRow) -> Baseline:
    return Baseline(
        year=str(row.year),
        iso_date=row.on.isoformat() if row.on is not None else None,
        value=None if row.amount is None else written.number(row.amount),
        comment=written.words(" · ".join(said for said in (row.comment, row.source) if said)),
    )


def _state(kept: dict[Stretch, list[PeriodValue]], row: Indicator, said: StatedValue) -> None:
    """Add a typed value of the whole programme; one of a country or a partner stays inside."""
    amount = _stated_amount(row, said)
    if said.subject or amount is None:
        return
    value = PeriodValue(value=written.number(amount), comment=written.words(said.source))
    kept.setdefault((said.starts_on, said.ends_on), []).append(value)


def _stated_amount(row: Indicator, said: StatedValue) -> Decimal | None:
    if said.kind in {StatedValue.Kind.TEXT, StatedValue.Kind.MISSING}:
        return None
    if said.kind != StatedValue.Kind.RATIO:
        return said.amount
    if said.amount is None or not said.base or not _is_percent(row):
        return None
    return said.amount * shown.HUNDRED / said.base


def _figures(programme: Programme, book: Book, row: Indicator) -> Iterator[tuple[Stretch, Figure]]:
    """Yield one figure a stretch: of a period before the one to date, frozen before current."""
    whole: Stretch = (programme.starts_on, programme.ends_on)
    seen: set[Stretch] = set()
    for period in (*book.periods, None):
        figure = book.figures(row, period).shown
        stretch = whole if period is None else (period.starts_on, period.ends_on)
        if figure is not None and stretch not in seen:
            seen.add(stretch)
            yield stretch, figure


def _count(
    sheet: Sheet, row: Indicator, stretch: Stretch, figure: Figure, hidden: list[Lack]
) -> None:
    """Add what was counted, with its parts; a hidden total is said, and left out."""
    whole = Slice(None, figure.numerator, figure.denominator, figure.value, figure.n or 0)
    safe = publishing.publish(whole, figure.cohort, parts.read(figure.parts), figure.record_kind)
    if safe.is_hidden:
        sentence = _("«%(name)s», %(period)s")
        url = reverse("results:indicator", args=[row.programme.code, row.code])
        label = figure.period.label if figure.period is not None else _("a la fecha")
        told = sentence % {"name": row.name, "period": label}
        hidden.append(Lack(told, url, is_reserved=True))
        return
    value = shown.in_unit(row, publishing.number(safe.value))
    if value is None:
        return
    comment = _comment(row, figure, safe)
    found = [PeriodValue(value=written.number(value), comment=comment), *_split(row, safe)]
    sheet.actuals.setdefault(stretch, []).extend(found)


def _comment(row: Indicator, figure: Figure, safe: PublicFigure) -> Words | None:
    es, en = [], []
    above, below = publishing.number(safe.numerator), publishing.number(safe.denominator)
    if shown.is_share(row) and above is not None and below is not None:
        es.append(f"{written.number(above)} de {written.number(below)}.")
        en.append(f"{written.number(above)} of {written.number(below)}.")
    count, cohort = publishing.number(safe.n), publishing.number(safe.cohort)
    if count is not None and cohort is not None and count != cohort:
        es.append(f"n = {count} de {cohort}.")
        en.append(f"n = {count} of {cohort}.")
    if figure.kind != Figure.Kind.FROZEN:
        es.append(PROVISIONAL[0])
        en.append(PROVISIONAL[1])
    return written.words(" ".join(es), " ".join(en))


def _split(row: Indicator, safe: PublicFigure) -> Iterator[PeriodValue]:
    total = publishing.number(safe.value)
    if row.declaration.get("measure") not in SPLIT or _is_percent(row) or total is None:
        return
    for name, found in safe.parts.items():
        values = [publishing.number(part.value) for part in found]
        if any(value is None for value in values) or sum(v or 0 for v in values) != total:
            continue
        yield from _parts(name, _worth_saying(found))


def _worth_saying(found: Sequence[PublicSlice]) -> list[PublicSlice]:
    """Leave out «unknown» and «several» where they are nobody: they are not categories."""
    return [
        part
        for part in found
        if part.category not in {None, "several"} or publishing.number(part.value) != 0
    ]


def _parts(name: str, found: Sequence[PublicSlice]) -> Iterator[PeriodValue]:
    """Yield the parts by place where every one is a department, else by dimension."""
    is_of_places = name == "department" and all(_is_place(part.category) for part in found)
    for part in found:
        value = written.number(publishing.number(part.value) or Decimal(0))
        if is_of_places:
            yield PeriodValue(value=value, locations=(part.category,))
        else:
            category = part.category if part.category is not None else "unknown"
            yield PeriodValue(value=value, dimensions=(Dimension(name=name, value=category),))


def _is_place(category: str | None) -> bool:
    return category is not None and category.startswith("BO-")
