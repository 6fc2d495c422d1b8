"""Indicators by sex or by department, with unknown as a category and the total beside."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from digna.reports import figures
from digna.reports.notes import plain
from digna.reports.paper import Cell, Cited, Column, Row, Table
from digna.results import parts, wording
from digna.results.models import Figure, Indicator, ReportingPeriod
from digna.results.selectors import naming, shown
from digna.results.selectors.overview import Book
from digna_engines.indicators import Slice


def split_table(
    book: Book, members: Sequence[Indicator], period: ReportingPeriod | None, name: str
) -> Table | None:
    """Return the indicators that are split by a dimension, a column each category."""
    found = [
        (one, figure, parts.read(figure.parts)[name])
        for one in members
        if (figure := book.figures(one, period).shown) is not None and figure.parts.get(name)
    ]
    if not found:
        return None
    words = naming.names_of({name}).get(name, {})
    codes = _categories([part for _one, _figure, some in found for part in some])
    heads = [Column(_capital(wording.category(name, code, words)), True) for code in codes]
    return Table(
        _("Desglose: %(dimension)s") % {"dimension": wording.dimension(name).lower()},
        (Column(_("Indicador")), *heads, Column(_("Total"), True)),
        tuple(_row(one, figure, some, codes) for one, figure, some in found),
        _("En lo que se cuenta, las partes con «sin dato» y «varios» dan el total. Los "
          "porcentajes y "
          "las medianas de las partes no se suman."),
    )  # fmt: skip


def _capital(word: str) -> str:
    """Return a word with a capital first, its others as they are: «La Paz»."""
    return word[:1].upper() + word[1:]


def _categories(found: Sequence[Slice]) -> list[str | None]:
    """Return the categories that any indicator has, in the order found, unknown last."""
    seen = dict.fromkeys(part.category for part in found)
    return [*(code for code in seen if code is not None), *([None] if None in seen else [])]


def _row(
    indicator: Indicator, figure: Figure, found: Sequence[Slice], codes: Sequence[str | None]
) -> Row:
    by_code = {part.category: part for part in found}
    cells = tuple(_cell(indicator, by_code.get(code)) for code in codes)
    return Row(indicator.name, (*cells, _whole(indicator, figure)))


def _cell(indicator: Indicator, part: Slice | None) -> Cell:
    if part is None:
        return "—"
    said = figures.Numbers(
        _exact(part.value), _exact(part.numerator), _exact(part.denominator), part.n
    )
    return _number(indicator, said)


def _whole(indicator: Indicator, figure: Figure) -> Cited:
    return _number(indicator, figures.of_figure(figure))


def _number(indicator: Indicator, said: figures.Numbers) -> Cited:
    value = shown.in_unit(indicator, said.value)
    if shown.is_share(indicator):
        whole = figures.cited(indicator, said, period="", mark="current", note=0, url="")
        return Cited("", "", whole.text, value, "%", numerator=said.numerator,
                     denominator=said.denominator)  # fmt: skip
    return plain(value, 0 if value is None or value == value.to_integral_value() else 1)


def _exact(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
