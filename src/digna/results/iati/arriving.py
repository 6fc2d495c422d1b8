"""A file that somebody else published, as what a programme could take over from it. Pure.

Totals arrive: baselines, targets and actuals without dimension or place. Parts stay behind and are
listed, because nothing in a file says whether they add up to the total; where a file has parts
alone no total is invented. What an activity says beyond its results is shown, not taken over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from digna_engines.iati import model
from digna_engines.iati.shapes import Words

PERCENT = "2"
NUMBERS = frozenset({"1", PERCENT})
OWN = "99"


@dataclass(frozen=True, slots=True)
class Said:
    """A number of a period, as the file wrote it."""

    starts_on: date
    ends_on: date
    written: str
    value: Decimal

    @property
    def period(self) -> str:
        """The period as services read it."""
        return f"{self.starts_on.isoformat()}/{self.ends_on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Base:
    """Where an indicator stood before; without a value the comment tells why."""

    year: int
    on: date | None
    value: Decimal | None
    comment: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """One indicator of a file, with what of it can be taken over and what is left behind."""

    code: str
    name_es: str
    name_en: str
    result: str
    is_percent: bool
    is_descending: bool
    baseline: Base | None
    targets: tuple[Said, ...]
    actuals: tuple[Said, ...]
    left: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it can be taken over."""
        return self.baseline is None and not self.targets and not self.actuals


def arrived(activity: model.Activity) -> tuple[Arrived, ...]:
    """Return the indicators of an activity, in the order of the file."""
    language = activity.language or "en"
    return tuple(
        _indicator(one, in_words(result.title, "es", language), language)
        for result in activity.results
        for one in result.indicators
    )


def in_words(words: Words | None, wanted: str, default: str) -> str:
    """Return a text in a language; that of the file where there is no other."""
    said = words.narratives if words is not None else ()
    by_language = {one.language or default: one.text for one in said}
    return by_language.get(wanted) or next(iter(by_language.values()), "")


def _indicator(one: model.Indicator, result: str, language: str) -> Arrived:
    left: list[str] = []
    targets, actuals = (list(_values(one, side, left)) for side in ("targets", "actuals"))
    if one.measure not in NUMBERS:
        left.append(_("No mide con números (medida %(m)s).") % {"m": one.measure or "—"})
        targets, actuals = [], []
    own = next((r.code for r in one.references if r.vocabulary == OWN and r.code), "")
    spanish, english = (in_words(one.title, lang, language) for lang in ("es", "en"))
    return Arrived(
        code=own or "",
        name_es=spanish,
        name_en=english if english != spanish else "",
        result=result,
        is_percent=one.measure == PERCENT,
        is_descending=one.ascending in {"0", "false"},
        baseline=_baseline(one, language, left),
        targets=tuple(targets),
        actuals=tuple(actuals),
        left=tuple(dict.fromkeys(left)),
    )


def _values(one: model.Indicator, side: str, left: list[str]) -> Iterator[Said]:
    for period in one.periods:
        found: tuple[model.PeriodValue, ...] = getattr(period, side)
        whole = [value for value in found if not value.dimensions and not value.locations]
        if len(found) > len(whole):
            left.append(
                _("%(n)s partes (por dimensión o lugar) de %(period)s: no se suman ni se toman.")
                % {"n": len(found) - len(whole), "period": _stretch(period)}
            )
        if len(whole) > 1:
            left.append(
                _("Varios totales de un mismo período (%(period)s): no se sabe cuál vale.")
                % {"period": _stretch(period)}
            )
            continue
        for value in whole:
            said = _said(period, value, left)
            if said is not None:
                yield said


def _said(period: model.Period, value: model.PeriodValue, left: list[str]) -> Said | None:
    starts_on, ends_on = _day(period.start), _day(period.end)
    if starts_on is None or ends_on is None or ends_on < starts_on:
        left.append(_("Un período sin fechas que se entiendan: %(p)s.") % {"p": _stretch(period)})
        return None
    if value.value is None:
        return None  # missing is missing: there is nothing to leave behind
    number = _number(value.value)
    if number is None:
        left.append(_("«%(value)s» no es un número.") % {"value": value.value})
        return None
    return Said(starts_on, ends_on, value.value.strip(), number)


def _baseline(one: model.Indicator, language: str, left: list[str]) -> Base | None:
    whole = [base for base in one.baselines if not base.dimensions and not base.locations]
    if len(one.baselines) > len(whole):
        left.append(_("La línea de base trae partes: se toma solo su total."))
    if len(whole) > 1:
        left.append(_("Hay varias líneas de base: no se sabe cuál vale."))
        return None
    for base in whole:
        number = _number(base.value) if base.value is not None else None
        on = _day(base.iso_date)
        year = int(base.year) if base.year and base.year.isdigit() else on.year if on else None
        comment = in_words(base.comment, "es", language)
        if year is not None and (number is not None or comment):
            return Base(year, on, number, comment)
        left.append(_("La línea de base no tiene año, o no tiene ni valor ni comentario."))
    return None


def _number(written: str) -> Decimal | None:
    try:
        found = Decimal(written.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _stretch(period: model.Period) -> str:
    return f"{period.start or '?'} – {period.end or '?'}"
