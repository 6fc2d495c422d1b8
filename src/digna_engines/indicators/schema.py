"""What a fact table holds: its grain, its keys, its columns and the ways it may be split."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from digna_engines.errors import UnreadableError

ColumnType = Literal["text", "integer", "number", "boolean", "date"]
COLUMN_TYPES: tuple[ColumnType, ...] = get_args(ColumnType)
NUMERIC: frozenset[ColumnType] = frozenset({"integer", "number"})
Scalar = str | int | Decimal | bool | date


@dataclass(frozen=True)
class Column:
    """One column of a fact table. ``number`` is an exact decimal with six places."""

    type: ColumnType
    nullable: bool = True
    label: str = ""


@dataclass(frozen=True)
class FactSchema:
    """The published shape of a fact table.

    Symbols: ``grain`` says in words what one row is; ``keys`` are the columns that identify a row
    and, each alone, the units that may be counted once; ``dimensions`` are the columns by which
    its figures may be split.

    >>> schema = FactSchema("attendance", "one person in one session", ("person", "session"),
    ...     {"person": Column("integer"), "session": Column("integer"), "sex": Column("text")},
    ...     dimensions=("sex",))
    >>> schema.type_of("sex"), schema.type_of("age") is None
    ('text', True)
    """

    name: str
    grain: str
    keys: tuple[str, ...]
    columns: Mapping[str, Column]
    dimensions: tuple[str, ...] = ()

    def type_of(self, column: str) -> ColumnType | None:
        """The type of ``column``, or ``None`` when the table has no such column."""
        found = self.columns.get(column)
        return None if found is None else found.type


def coerce(value: object, kind: ColumnType) -> Scalar:
    """Read a declared value as a column's type: ``"2021-01-31"`` as a date, ``2.5`` as a decimal.

    Edge case: a float becomes the decimal people see written, not its binary expansion.
    Error: ``value.wrong_type`` when it cannot be read without guessing.

    >>> coerce("2021-01-31", "date"), coerce(2.5, "number"), coerce("mujer", "text")
    (datetime.date(2021, 1, 31), Decimal('2.5'), 'mujer')
    """
    try:
        found = _READERS[kind](value)
    except ValueError:
        found = None
    if found is None:
        raise UnreadableError(
            "value.wrong_type",
            f"«{value}» no es un valor de tipo {_SPANISH[kind]}.",
            f"“{value}” is not a {kind} value.",
            value=value,
            expected=kind,
        )
    return found


def _text(value: object) -> Scalar | None:
    return value if isinstance(value, str) else None


def _boolean(value: object) -> Scalar | None:
    return value if isinstance(value, bool) else None


def _integer(value: object) -> Scalar | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: object) -> Scalar | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


def _date(value: object) -> Scalar | None:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None


_READERS = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
_SPANISH: dict[ColumnType, str] = {
    "text": "texto",
    "integer": "número entero",
    "number": "número",
    "boolean": "sí o no",
    "date": "fecha",
}
