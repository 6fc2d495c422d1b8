"""A file of an evaluator: units, groups and values, every fault with its line and column. Pure."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from digna.results.effects.table import Moment, Unit

TWICE = ("unit", "group", "before", "after")
MANY = ("unit", "period", "value", "entry")
NAMES = {
    "unidad": "unit", "empresa": "unit", "unit": "unit", "firm": "unit",
    "grupo": "group", "group": "group", "antes": "before", "before": "before",
    "después": "after", "despues": "after", "after": "after",
    "conglomerado": "cluster", "cluster": "cluster", "período": "period", "periodo": "period",
    "period": "period", "valor": "value", "value": "value", "entrada": "entry", "entry": "entry",
}  # fmt: skip
TREATED = {"1", "t", "sí", "si", "yes", "programa", "tratamiento", "treated"}
CONTROL = {"0", "c", "no", "comparación", "comparacion", "control"}
MOST_ROWS = 20_000
MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Read:
    """The units of a file, or every fault that kept it from being read."""

    units: tuple[Unit, ...]
    moments: tuple[Moment, ...]
    faults: tuple[Fault, ...]


def read(text: str, *, is_staggered: bool) -> Read:
    """Read a table with titles, separated by commas, semicolons or tabs.

    Twice measured: unit, group, before, after[, cluster]. Rolling entry: unit, period, value,
    entry[, cluster]. An empty value is missing; 0 is zero.
    """
    titles, lines = _lines(text)
    wanted = MANY if is_staggered else TWICE
    lacking = [name for name in wanted if name not in titles]
    if lacking:
        said = _("Falta la columna «%s».")
        return Read((), (), tuple(Fault(1, name, said % name) for name in lacking))
    if len(lines) > MOST_ROWS:
        return Read((), (), (Fault(MOST_ROWS + 1, "", _("El archivo tiene demasiadas filas.")),))
    reader = _Reader(titles)
    return reader.moments(lines) if is_staggered else reader.units(lines)


def _lines(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    plain = text.lstrip("\ufeff")
    first = plain.partition("\n")[0]
    mark = max((";", "\t", ","), key=first.count)
    rows = list(csv.reader(io.StringIO(plain), delimiter=mark))
    titles = [NAMES.get(cell.strip().casefold(), cell.strip()) for cell in rows[0]] if rows else []
    kept = [(at, row) for at, row in enumerate(rows[1:], start=2) if any(c.strip() for c in row)]
    return titles, kept


class _Reader:
    def __init__(self, titles: Sequence[str]) -> None:
        self._titles = titles
        self._faults: list[Fault] = []

    def units(self, lines: Sequence[tuple[int, list[str]]]) -> Read:
        found, seen = [], set[str]()
        for at, cells in lines:
            row = self._row(cells)
            name = self._name(at, row)
            if name in seen:
                self._fault(at, "unit", _("«%s» está dos veces.") % name)
            seen.add(name)
            found.append(
                Unit(
                    name,
                    self._group(at, row),
                    self._number(at, "before", row),
                    self._number(at, "after", row),
                    row.get("cluster") or None,
                )
            )
        return self._read(tuple(found), ())

    def moments(self, lines: Sequence[tuple[int, list[str]]]) -> Read:
        found = []
        for at, cells in lines:
            row = self._row(cells)
            period = self._whole(at, "period", row)
            if period is None:
                self._fault(at, "period", _("Falta el período: un número entero, como 2021."))
            found.append(
                Moment(
                    self._name(at, row),
                    period or 0,
                    self._number(at, "value", row),
                    self._whole(at, "entry", row),
                    row.get("cluster") or None,
                )
            )
        return self._read((), tuple(found))

    def _read(self, units: tuple[Unit, ...], moments: tuple[Moment, ...]) -> Read:
        if self._faults:
            return Read((), (), tuple(self._faults[:MOST_FAULTS]))
        return Read(units, moments, ())

    def _row(self, cells: Sequence[str]) -> Mapping[str, str]:
        return dict(zip(self._titles, (cell.strip() for cell in cells), strict=False))

    def _fault(self, at: int, column: str, sentence: str) -> None:
        self._faults.append(Fault(at, column, sentence))

    def _name(self, at: int, row: Mapping[str, str]) -> str:
        name = row.get("unit", "")
        if not name:
            self._fault(at, "unit", _("Falta la unidad."))
        return name

    def _group(self, at: int, row: Mapping[str, str]) -> bool:
        said = row.get("group", "").casefold()
        if said not in TREATED | CONTROL:
            self._fault(
                at,
                "group",
                _("«%s» no es un grupo: escriba 1 (programa) o 0 (comparación).") % said,
            )
        return said in TREATED

    def _number(self, at: int, column: str, row: Mapping[str, str]) -> float | None:
        said = row.get(column, "")
        if not said:
            return None
        plain = said.replace(",", ".") if said.count(",") == 1 and "." not in said else said
        try:
            value = float(plain)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self._fault(at, column, _("«%s» no es un número.") % said)
            return None
        return value

    def _whole(self, at: int, column: str, row: Mapping[str, str]) -> int | None:
        said = row.get(column, "")
        if not said:
            return None
        if not said.lstrip("-").isdecimal():
            self._fault(at, column, _("«%s» no es un número entero.") % said)
            return None
        return int(said)
