"""A table of targets and actuals, pasted or uploaded: read cell by cell, every fault at once. Pure.

Columns, in any order and with their Spanish or English titles: indicator, of (country, partner),
period, target, value; or target and value in one cell («35 (60%F)/36 (56%F)»).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from digna.registry import sheets
from digna.results import stated
from digna_engines.errors import UnreadableError
from digna_engines.indicators import TypedValue
from digna_engines.indicators.typed import parse, parse_pair
from digna_engines.values import Period

TITLES = {
    "indicador": "indicator", "indicator": "indicator", "codigo": "indicator",
    "de": "subject", "pais": "subject", "socio": "subject", "pais/socio": "subject",
    "of": "subject", "country": "subject", "partner": "subject",
    "periodo": "period", "period": "period",
    "meta": "target", "target": "target",
    "valor": "actual", "alcanzado": "actual", "actual": "actual", "value": "actual",
    "meta/valor": "pair", "meta/alcanzado": "pair", "target/actual": "pair",
}  # fmt: skip
HEADER_WITHIN = 15


@dataclass(frozen=True, slots=True)
class Known:
    """What the table needs to know of an indicator it names."""

    unit: str
    takes_actuals: bool


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell, by its address; `details` fill the sentence."""

    cell: str
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row that was understood."""

    number: int
    indicator: str
    subject: str
    period: Period | None
    target: TypedValue | None
    actual: TypedValue | None
    faults: tuple[CellFault, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its lines, and every fault there is."""

    lines: tuple[Line, ...]
    faults: tuple[CellFault, ...]

    @property
    def good(self) -> tuple[Line, ...]:
        """The lines without any fault."""
        return tuple(line for line in self.lines if not line.faults)


def folded(text: str) -> str:
    """Return a title without accents, case or spaces around its slashes.

    >>> folded(" País / Socio ")
    'pais/socio'
    """
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"\s*/\s*", "/", " ".join(bare.split()))


def read(rows: Sequence[Sequence[str]], find: Callable[[str], Known | None]) -> Table:
    """Read a table; `find` gives what is known of an indicator by its title, None for no such."""
    at, columns = _header(rows)
    if at is None:
        return Table((), (CellFault("A1", "no_header"),))
    lines = [
        _line(number, row, columns, find)
        for number, row in enumerate(rows[at + 1 :], start=at + 2)
        if not sheets.blank(row)
    ]
    once = _repeated(lines, columns)
    return Table(tuple(once), tuple(fault for line in once for fault in line.faults))


def _header(rows: Sequence[Sequence[str]]) -> tuple[int | None, dict[str, int]]:
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        named = [(TITLES.get(folded(cell)), column) for column, cell in enumerate(row)]
        columns: dict[str, int] = {}
        for name, column in named:
            if name is not None:
                columns.setdefault(name, column)
        if "indicator" in columns and columns.keys() & {"target", "actual", "pair"}:
            return at, columns
    return None, {}


def _line(
    number: int,
    row: Sequence[str],
    columns: Mapping[str, int],
    find: Callable[[str], Known | None],
) -> Line:
    faults: list[CellFault] = []

    def cell(name: str) -> str:
        at = columns.get(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    def note(name: str, code: str) -> None:
        at = columns.get(name, 0)
        faults.append(CellFault(sheets.address(at, number), code, cell(name)))

    known = find(cell("indicator")) if cell("indicator") else None
    if known is None:
        note("indicator", "unknown_indicator" if cell("indicator") else "no_indicator")
    period = _period(cell("period"))
    if period is None:
        note("period", "unreadable_period" if cell("period") else "no_period")
    target, actual = _values(cell, note, known.unit if known is not None else "")
    if actual is not None and known is not None and not known.takes_actuals:
        note("actual" if "actual" in columns else "pair", "computed")
    if target is None and actual is None and not faults:
        note("target" if "target" in columns else "actual", "no_value")
    return Line(number, cell("indicator"), cell("subject"), period, target, actual, tuple(faults))


def _values(
    cell: Callable[[str], str],
    note: Callable[[str, str], None],
    unit: str,
) -> tuple[TypedValue | None, TypedValue | None]:
    marked = stated.unit_of(unit)
    if cell("pair"):
        try:
            pair = parse_pair(cell("pair"), unit=marked)
        except UnreadableError:
            note("pair", "not_a_pair")
            return None, None
        if "text" in {one.kind for one in pair}:
            note("pair", "unreadable_value")
        return pair
    return _value("target", cell, note, marked), _value("actual", cell, note, marked)


def _value(
    name: str,
    cell: Callable[[str], str],
    note: Callable[[str, str], None],
    unit: Literal["", "%"],
) -> TypedValue | None:
    if not cell(name):
        return None
    typed = parse(cell(name), unit=unit)
    if typed.kind == "text":
        note(name, "unreadable_value")
    return typed


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except UnreadableError:
        return None


def _repeated(lines: Sequence[Line], columns: Mapping[str, int]) -> list[Line]:
    """Blame a line that says again what an earlier one said of the same thing and time."""
    seen: set[tuple[str, str, Period]] = set()
    kept = []
    for line in lines:
        if line.period is not None and not line.faults:
            key = (line.indicator, line.subject, line.period)
            if key in seen:
                cell = sheets.address(columns["indicator"], line.number)
                fault = CellFault(cell, "repeated", line.indicator)
                line = replace(line, faults=(fault,))  # noqa: PLW2901
            seen.add(key)
        kept.append(line)
    return kept
