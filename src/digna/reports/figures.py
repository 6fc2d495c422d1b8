"""Figures of results as a report cites them: from inside, whole; for the public, made safe."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.programmes.models import Programme
from digna.reports.notes import Notes
from digna.reports.paper import Cited, Definition, Mark
from digna.results import publishing, wording
from digna.results.models import Figure, Indicator
from digna.results.selectors import definition, grades, shown
from digna.results.selectors.published import Published
from digna.results.selectors.shown import Figures
from digna.web import days, numbers
from digna_engines.indicators import PublicSlice


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a figure or a part of it says; None is missing."""

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    n: int | None = None
    of: int | None = None
    is_hidden: bool = False


NOTHING = Numbers(None, None, None)


def defined(indicator: Indicator, url: str) -> Definition:
    """Return an indicator's definition as the end of a report says it."""
    lines = [(fact.label, fact.value) for fact in definition.in_words(indicator)]
    if indicator.so_what:
        lines.append((_("Para qué sirve"), indicator.so_what))
    return Definition(0, indicator.code, indicator.name, tuple(lines), source_of(indicator), url)


def source_of(indicator: Indicator) -> str:
    """Return where an indicator's records are kept, in words."""
    found = definition.in_words(indicator)
    source = next((f for f in found if f.label in (_("Fuente"), _("De dónde sale"))), None)
    return source.value if source is not None else _("sin dato")


def cited(
    indicator: Indicator,
    said: Numbers,
    *,
    period: str,
    mark: Mark,
    note: int,
    url: str,
    code: str = "",
    label: str = "",
    quality: str = "",
) -> Cited:
    """Return numbers of an indicator in the unit people read, a share never without its parts."""
    value = shown.in_unit(indicator, said.value)
    decimals = shown.decimals_of(indicator, value)
    return Cited(
        code=code or indicator.code,
        label=label or indicator.name,
        text=_text(indicator, said, value, decimals),
        value=value,
        unit="%" if shown.is_percent(indicator) else wording.unit(indicator.unit),
        decimals=decimals,
        numerator=said.numerator,
        denominator=said.denominator,
        n=said.n,
        of=said.of,
        period=period,
        mark=_mark(said, mark),
        url=url,
        note=note,
        quality="" if said.is_hidden or value is None else quality,
    )


def letter(notes: Notes, programme: Programme, figure: Figure | None) -> str:
    """Return the grade of quality of a stored figure; empty where nobody has checked it."""
    if figure is None:
        return ""
    if figure.period_id not in notes.letters:
        notes.letters[figure.period_id] = grades.of_period(programme.pk, figure.period_id)
    found = notes.letters[figure.period_id].get(figure.indicator_id)
    return found.letter if found is not None else ""


def _mark(said: Numbers, mark: Mark) -> Mark:
    if said.is_hidden:
        return "hidden"
    return "missing" if said.value is None else mark


def _text(indicator: Indicator, said: Numbers, value: Decimal | None, decimals: int) -> str:
    if said.is_hidden:
        return _("reservado")
    if value is None:
        return _("sin dato")
    if shown.is_share(indicator) and said.denominator is not None:
        return numbers.share(said.numerator, said.denominator)
    written = numbers.number(value, decimals)
    return f"{written} %" if shown.is_percent(indicator) else written


def of_figure(figure: Figure | None) -> Numbers:
    """Return what a stored figure says."""
    if figure is None:
        return NOTHING
    return Numbers(figure.value, figure.numerator, figure.denominator, figure.n, figure.cohort)


def inside(
    notes: Notes, programme: Programme, indicator: Indicator, figures: Figures, period: str
) -> Cited:
    """Return an indicator's figure for who works here: the frozen one where there is one."""
    url = reverse("results:indicator", args=[programme.code, indicator.code])
    mark: Mark = "frozen" if figures.frozen is not None else "current"
    note = notes.number(defined(indicator, url))
    grade = letter(notes, programme, figures.shown)
    said = of_figure(figures.shown)
    return cited(indicator, said, period=period, mark=mark, note=note, url=url, quality=grade)


def outside(notes: Notes, programme: Programme, row: Published, period: str, frozen: bool) -> Cited:
    """Return an indicator's figure for anybody: small cells kept in, its public definition."""
    url = reverse("portal:definition", args=[programme.code, row.indicator.code])
    mark: Mark = "frozen" if frozen else "current"
    note = notes.number(defined(row.indicator, url))
    grade = letter(notes, programme, row.figure)
    return cited(
        row.indicator, of_public(row), period=period, mark=mark, note=note, url=url, quality=grade
    )


def of_public(row: Published) -> Numbers:
    """Return what a safe figure says; what is kept in is told apart from what is missing."""
    public = row.public
    if public is None:
        return NOTHING
    number = publishing.number
    count = [
        None if number(one) is None else int(number(one) or 0) for one in (public.n, public.cohort)
    ]
    return Numbers(
        number(public.value), number(public.numerator), number(public.denominator),
        count[0], count[1], public.is_hidden,
    )  # fmt: skip


def of_slice(part: PublicSlice) -> Numbers:
    """Return what one part of a safe figure says."""
    number = publishing.number
    return Numbers(
        number(part.value), number(part.numerator), number(part.denominator),
        is_hidden=part.is_hidden,
    )  # fmt: skip


def as_of(moments: Sequence[Figure]) -> str:
    """Return the day on which the newest of some figures was computed."""
    newest = max((figure.computed_at for figure in moments), default=None)
    return days.moment(newest)
