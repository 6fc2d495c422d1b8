"""Definitions collected while a report is written: each numbered once, when it is first cited."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from digna.reports.paper import Cited, Definition, Mark
from digna.results.selectors.grades import Grade
from digna.web import numbers


@dataclass
class Notes:
    """The definitions of a report so far, in the order in which they were asked for."""

    found: dict[str, Definition] = field(default_factory=dict)
    letters: dict[int | None, Mapping[int, Grade]] = field(default_factory=dict)
    """Grades of quality already read, by period: a report asks for the same ones many times."""

    def number(self, definition: Definition) -> int:
        """Return the number under which a definition stands at the end of the report."""
        if definition.code not in self.found:
            numbered = replace(definition, number=len(self.found) + 1)
            self.found[definition.code] = numbered
        return self.found[definition.code].number

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """All of them, in order."""
        return tuple(self.found.values())


@dataclass(frozen=True, slots=True)
class What:
    """A number that a report counts for itself: what enters, and where its records are seen."""

    code: str
    name: str
    counted: str
    source: str
    unit: str = ""
    url: str = ""

    def definition(self) -> Definition:
        """Return it as the end of the report says it."""
        lines = [(_("Cómo se cuenta"), self.counted.rstrip("."))]
        if self.unit:
            lines.insert(0, (_("Unidad"), self.unit))
        return Definition(0, self.code, self.name, tuple(lines), self.source, self.url)


@dataclass
class Counter:
    """Writes the numbers that a report counts for itself, over one stretch of days."""

    notes: Notes
    period: str

    def count(
        self,
        what: What,
        value: int | Decimal | None,
        *,
        n: int | None = None,
        of: int | None = None,
        decimals: int = 0,
        detail: str = "",
        period: str = "",
    ) -> Cited:
        """Return a count or a sum; None is «sin dato»."""
        exact = None if value is None else Decimal(value)
        return self._cited(
            what, exact, numbers.number(exact, decimals), unit=what.unit, decimals=decimals,
            n=n, of=of, detail=detail, period=period,
        )  # fmt: skip

    def share(
        self,
        what: What,
        part: int | Decimal | None,
        whole: int | Decimal | None,
        *,
        n: int | None = None,
        of: int | None = None,
        detail: str = "",
        period: str = "",
    ) -> Cited:
        """Return «3 de 5 (60 %)»; a share of nothing is missing."""
        value, text = None, _("sin dato")
        if part is not None and whole is not None and whole != 0:
            value, text = 100 * Decimal(part) / Decimal(whole), numbers.share(part, whole)
        return self._cited(
            what, value, text, unit="%", n=n, of=of, detail=detail, period=period,
            numerator=_exact(part), denominator=_exact(whole),
        )  # fmt: skip

    def change(self, what: What, value: Decimal | None, *, n: int, of: int | None) -> Cited:
        """Return a median change in hundredths of the base, with its sign and its n of N."""
        shown = None if value is None else 100 * value
        text = _("sin dato") if shown is None else f"{signed(shown)} %"
        return self._cited(what, shown, text, unit="%", decimals=1, n=n, of=of)

    def _cited(
        self, what: What, value: Decimal | None, text: str, *, unit: str, decimals: int = 0,
        n: int | None = None, of: int | None = None, detail: str = "", period: str = "",
        numerator: Decimal | None = None, denominator: Decimal | None = None,
    ) -> Cited:  # fmt: skip
        mark: Mark = "missing" if value is None else "records"
        return Cited(
            code=what.code, label=what.name, text=text, value=value, unit=unit, decimals=decimals,
            numerator=numerator, denominator=denominator, n=n, of=of,
            period=period or self.period, mark=mark, url=what.url,
            note=self.notes.number(what.definition()), detail=detail,
        )  # fmt: skip


def plain(value: int | Decimal | None, decimals: int = 0) -> Cited:
    """Return a number of a table that stands for itself: no definition, no place to cite it."""
    exact = _exact(value)
    return Cited("", "", numbers.number(exact, decimals), exact, decimals=decimals)


def part_of(part: int | Decimal | None, whole: int | Decimal | None, unit: str = "") -> Cited:
    """Return «41 de 60» as a number of a table, its parts kept; `unit` "%" writes «68 %»."""
    value, text = None, _("sin dato")
    if part is not None and whole is not None and whole != 0:
        value = 100 * Decimal(part) / Decimal(whole)
        text = (
            numbers.percent(part, whole)
            if unit
            else f"{numbers.number(part)} {_('de')} {numbers.number(whole)}"
        )
    elif part is not None and whole is not None and not unit:
        text = f"{numbers.number(part)} {_('de')} {numbers.number(whole)}"
    return Cited("", "", text, value, "%", numerator=_exact(part), denominator=_exact(whole))


def signed(value: Decimal) -> str:
    """Return a number with one decimal and its sign, as changes are written."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{numbers.number(abs(value), 1)}"


def n_of(n: int | None, of: int | None, what: str = "") -> str:
    """Return «n = 41 de 60 empresas»; with nothing known of n, nothing."""
    if n is None:
        return ""
    whole = f" {_('de')} {numbers.number(of)}" if of is not None else ""
    return f"n = {numbers.number(n)}{whole}{f' {what}' if what else ''}"


def _exact(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
