"""A figure as a page shows it: in the unit people read, with everything that makes it honest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.programmes.models import Programme, StrategicArea
from digna.registry.models import LegalForm, Organisation, Place, Sector
from digna.results import aims, declarations, parts, wording
from digna.results.models import Figure, Indicator, ReportingPeriod, Target
from digna_engines.indicators import Slice

Names = Mapping[str, Mapping[str, str]]
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Card:
    """An indicator in a period: what the `number` component writes."""

    code: str
    label: str
    value: Decimal | None
    decimals: int
    unit: str
    period: str
    part: Decimal | None
    whole: Decimal | None
    part_label: str
    known: int | None
    expected: int | None
    of_what: str
    target: Decimal | None
    target_note: str
    is_frozen: bool
    would_be: Decimal | None
    url: str
    records_url: str
    is_public: bool
    has_figure: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One category of a dimension: its words, its length, what is written beside it."""

    label: str
    value: Decimal | None
    text: str
    is_unknown: bool
    url: str


@dataclass(frozen=True, slots=True)
class Split:
    """A figure by one dimension; `whole` is the longest bar there could be."""

    name: str
    title: str
    bars: tuple[Bar, ...]
    whole: Decimal
    is_additive: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of one indicator in one period: current, and frozen where it is."""

    current: Figure | None
    frozen: Figure | None

    @property
    def shown(self) -> Figure | None:
        """The frozen one where there is one: it is what was published."""
        return self.frozen or self.current


def is_share(indicator: Indicator) -> bool:
    """Whether it is read in hundredths."""
    return bool(indicator.declaration.get("measure") == "share")


def in_unit(indicator: Indicator, value: Decimal | None) -> Decimal | None:
    """Return a value in the unit it is shown in: shares in hundredths."""
    if value is None:
        return None
    return value * HUNDRED if is_share(indicator) else value


def decimals_of(indicator: Indicator, value: Decimal | None) -> int:
    """Return how many decimals to write: none for what is counted, one for what is measured."""
    counted = indicator.declaration.get("measure") in {"unique", "count", "share"}
    is_whole = value is None or value == value.to_integral_value()
    return 0 if counted or is_whole else 1


def _decimals(indicator: Indicator, value: Decimal | None, would_be: Decimal | None) -> int:
    """Return the decimals of a card: one more where «60 → 60» would say nothing."""
    moved = would_be is not None and value is not None and round(value) == round(would_be)
    return 1 if moved else decimals_of(indicator, value)


def card(
    indicator: Indicator,
    figures: Figures,
    targets: Sequence[Target],
    programme: Programme,
    period: ReportingPeriod | None,
    *,
    may_open_records: bool,
) -> Card:
    """Return an indicator's card."""
    figure = figures.shown
    value = in_unit(indicator, figure.value) if figure is not None else None
    is_cumulative = indicator.declaration.get("semantics") == "cumulative"
    target = aims.target_for(targets, period, is_cumulative=is_cumulative)
    part, whole, part_label = _share_in(indicator, figure)
    records_url = ""
    if may_open_records and figure is not None and figure.record_count > 0:
        records_url = reverse("results:records", args=[programme.code, figure.pk])
    return Card(
        code=indicator.code,
        label=indicator.name,
        value=value,
        decimals=_decimals(indicator, value, _would_be(indicator, figures)),
        unit="%" if is_share(indicator) else wording.unit(indicator.unit),
        period=period.label if period is not None else _("a la fecha"),
        part=part,
        whole=whole,
        part_label=part_label,
        known=figure.n if figure is not None else None,
        expected=_expected(figure),
        of_what=wording.unit(indicator.unit),
        target=aims.aimed_at(target),
        target_note=_why_undefined(indicator, target, value),
        is_frozen=figures.frozen is not None,
        would_be=_would_be(indicator, figures),
        url=reverse("results:indicator", args=[programme.code, indicator.code]),
        records_url=records_url,
        is_public=indicator.is_public,
        has_figure=figure is not None,
    )


def _why_undefined(indicator: Indicator, target: Target | None, value: Decimal | None) -> str:
    if target is None or value is None:
        return ""
    found = aims.reached(target, value, indicator.direction)
    return declarations.sentence(found) if found.share is None else ""


def _expected(figure: Figure | None) -> int | None:
    """Return N where somebody is missing from it: «263 de 263» says nothing."""
    if figure is None or figure.cohort is None or figure.cohort == figure.n:
        return None
    return figure.cohort


def _share_in(
    indicator: Indicator, figure: Figure | None
) -> tuple[Decimal | None, Decimal | None, str]:
    """Return «158 de 263» of a card: the share itself, or how many of those counted are women."""
    if figure is None:
        return None, None, ""
    if is_share(indicator):
        if figure.denominator == 0:
            return None, None, ""  # of nobody, nothing is a share
        return figure.numerator, figure.denominator, wording.unit(indicator.unit)
    by_sex = parts.read(figure.parts).get("sex", ())
    women = next((p.numerator for p in by_sex if p.category == "female"), None)
    if women is None or indicator.declaration.get("measure") != "unique":
        return None, None, ""
    return Decimal(women), figure.value, wording.category("sex", "female")


def _would_be(indicator: Indicator, figures: Figures) -> Decimal | None:
    """Return what a frozen value would be now, where that is another number."""
    if figures.frozen is None or figures.current is None:
        return None
    now = figures.current.value
    return in_unit(indicator, now) if now != figures.frozen.value else None


def splits(
    figure: Figure, names: Names, *, records_url: str = "", only: str = ""
) -> tuple[Split, ...]:
    """Return a figure by each of its dimensions, parts first, «varios» and «sin dato» last."""
    found = parts.read(figure.parts)
    return tuple(
        _split(figure, name, of_dimension, names, records_url)
        for name, of_dimension in found.items()
        if only in {"", name} and of_dimension
    )


def _split(
    figure: Figure, name: str, found: Sequence[Slice], names: Names, records_url: str
) -> Split:
    share = figure.declaration.get("measure") == "share"
    values = [_length(part, is_share=share) for part in found]
    additive = figure.declaration.get("measure") not in {"mean", "median"}
    total = figure.value if additive and not share else None
    bars = [
        Bar(
            label=wording.category(name, part.category, dict(names.get(name, {}))),
            value=value,
            text=_text(part, total, is_share=share),
            is_unknown=part.category is None,
            url=f"{records_url}?por={name}&es={part.category or ''}"
            if records_url and part.numerator
            else "",
        )
        for part, value in zip(found, values, strict=True)
    ]
    longest = max((value for value in values if value is not None), default=Decimal(0))
    return Split(
        name, wording.dimension(name), tuple(bars), HUNDRED if share else longest, additive
    )


def _length(part: Slice, *, is_share: bool) -> Decimal | None:
    if part.value is None:
        return None
    return Decimal(part.value) * HUNDRED if is_share else Decimal(part.value)


def _text(part: Slice, total: Decimal | None, *, is_share: bool) -> str:
    """Return what is written beside a bar: a share never without its parts."""
    from digna.web import numbers

    if is_share:
        return numbers.share(part.numerator, part.denominator)
    shown = numbers.number(part.value, 0 if _is_whole(part.value) else 1)
    if total is None or total == 0 or part.value is None:
        return shown
    return f"{shown} ({numbers.percent(part.value, total)})"


def _is_whole(value: object) -> bool:
    return value is None or Decimal(str(value)) % 1 == 0


def names_of(dimensions: set[str]) -> dict[str, dict[str, str]]:
    """Return the words of the categories that live in the database, for the dimensions asked."""
    found: dict[str, dict[str, str]] = {}
    if "department" in dimensions:
        places = Place.objects.filter(kind=Place.Kind.DEPARTMENT)
        found["department"] = dict(places.values_list("code", "name"))
    if "sector" in dimensions:
        found["sector"] = {row.code: row.name for row in Sector.objects.all()}
    if "legal_form" in dimensions:
        found["legal_form"] = {row.code: row.name for row in LegalForm.objects.all()}
    if "partner" in dimensions:
        partners = Organisation.objects.filter(is_partner=True)
        found["partner"] = {row.code: str(row) for row in partners}
    if "area" in dimensions:
        found["area"] = {row.code: row.name for row in StrategicArea.objects.all()}
    return found
