"""A figure as a page shows it: in the unit people read, with everything that makes it honest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.programmes.models import Programme
from digna.results import aims, declarations, parts, wording
from digna.results.models import Figure, Indicator, ReportingPeriod, Target
from digna.results.selectors.grades import Grade
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
    grade: str = ""
    grade_sentence: str = ""


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
    """Whether it is a part of a whole: a share, or a ratio of like to like."""
    return _is_share(indicator.declaration)


def _is_share(declaration: Mapping[str, Any]) -> bool:
    shape = declarations.shape_of(declaration)
    return shape == "share" or (shape == "ratio" and _is_proportion(declaration))


def _is_proportion(declaration: Mapping[str, Any]) -> bool:
    if declaration.get("statistic") == "relative":
        return True
    return str(declaration.get("unit", "")).startswith(wording.PROPORTION)


def is_percent(indicator: Indicator) -> bool:
    """Whether it is read in hundredths: shares, and sizes of change as parts of their base."""
    return is_share(indicator) or _is_proportion(indicator.declaration)


def in_unit(indicator: Indicator, value: Decimal | None) -> Decimal | None:
    """Return a value in the unit it is shown in: proportions in hundredths."""
    if value is None:
        return None
    return value * HUNDRED if is_percent(indicator) else value


def decimals_of(indicator: Indicator, value: Decimal | None) -> int:
    """Return how many decimals to write: none for what is counted, one for what is measured."""
    counted = declarations.shape_of(indicator.declaration) in {"units", "rows", "share"}
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
    grade: Grade | None = None,
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
        unit="%" if is_percent(indicator) else wording.unit(indicator.unit),
        period=period.label if period is not None else _("a la fecha"),
        part=part,
        whole=whole,
        part_label=part_label,
        known=figure.n if figure is not None else None,
        expected=_expected(figure),
        of_what=_counted(indicator),
        target=aims.aimed_at(target),
        target_note=_why_undefined(indicator, target, value),
        is_frozen=figures.frozen is not None,
        would_be=_would_be(indicator, figures),
        url=reverse("results:indicator", args=[programme.code, indicator.code]),
        records_url=records_url,
        is_public=indicator.is_public,
        has_figure=figure is not None,
        grade=grade.letter if grade is not None else "",
        grade_sentence=grade.sentence if grade is not None else "",
    )


def _counted(indicator: Indicator) -> str:
    """Return what n and N count: whose values, which is not always what the value is in."""
    declared = indicator.declaration
    unit = (declared.get("cohort") or {}).get("of") or declared.get("of")
    if unit in wording.WHOSE:
        return str(wording.WHOSE[unit])
    if declarations.shape_of(declared) in {"units", "rows", "share", ""}:
        return wording.unit(indicator.unit)
    return _("registros")


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
    share = _is_share(figure.declaration)
    is_in_hundredths = share or _is_proportion(figure.declaration)
    values = [_length(part, is_share=is_in_hundredths) for part in found]
    additive = declarations.shape_of(figure.declaration) not in {"mean", "median"}
    total = figure.value if additive and not share else None
    bars = [
        Bar(
            label=wording.category(name, part.category, dict(names.get(name, {}))),
            value=value,
            text=_text(part, total, is_share=share, is_in_hundredths=is_in_hundredths),
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


def _text(
    part: Slice, total: Decimal | None, *, is_share: bool, is_in_hundredths: bool = False
) -> str:
    """Return what is written beside a bar: a share never without its parts."""
    from digna.web import numbers

    if is_share:
        return numbers.share(part.numerator, part.denominator)
    if is_in_hundredths:
        return numbers.percent(part.value, 1, 1)
    shown = numbers.number(part.value, 0 if _is_whole(part.value) else 1)
    if total is None or total == 0 or part.value is None:
        return shown
    return f"{shown} ({numbers.percent(part.value, total)})"


def _is_whole(value: object) -> bool:
    return value is None or Decimal(str(value)) % 1 == 0
