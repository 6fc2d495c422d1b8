"""Conditions as a person writes them, one a line: «role = participant», «hours >= 4». Pure.

What is written is what is stored, both ways: `read(write(conditions))` gives them back.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from digna_engines.indicators import FactSchema

SIGNS = {
    "eq": "=", "ne": "!=", "ge": ">=", "gt": ">", "le": "<=", "lt": "<",
    "in": "en", "not_in": "no en", "is_missing": "sin dato", "is_present": "con dato",
}  # fmt: skip
_BY_SIGN = {sign: op for op, sign in SIGNS.items()}
_LINE = re.compile(
    r"(?P<column>\w+)\s*(?P<sign>!=|>=|<=|=|>|<|no en\b|en\b|sin dato\b|con dato\b)\s*(?P<value>.*)"
)
_BOOLEANS = {"sí": True, "si": True, "true": True, "no": False, "false": False}
_BARE = frozenset({"is_missing", "is_present"})
_LISTS = frozenset({"in", "not_in"})


class UnreadableCondition(ValueError):
    """A line that is no condition; `args[0]` is the line."""


def read(text: str, schema: FactSchema | None) -> list[dict[str, Any]]:
    """Read conditions, one a line; values take the type of their column.

    >>> read("role = participant\\nhours >= 4", None)[0]
    {'column': 'role', 'op': 'eq', 'value': 'participant'}
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [_read(line, schema) for line in lines]


def write(conditions: Sequence[Mapping[str, Any]]) -> str:
    """Write conditions as `read` reads them."""
    return "\n".join(_write(one) for one in conditions)


def _read(line: str, schema: FactSchema | None) -> dict[str, Any]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise UnreadableCondition(line)
    column, op, written = found["column"], _BY_SIGN[found["sign"]], found["value"].strip()
    if op in _BARE:
        return {"column": column, "op": op}
    kind = schema.type_of(column) if schema is not None else None
    if op in _LISTS:
        values = [_value(item.strip(), kind) for item in written.split(",") if item.strip()]
        return {"column": column, "op": op, "value": values}
    return {"column": column, "op": op, "value": _value(written, kind) if written else None}


def _value(written: str, kind: str | None) -> Any:
    if kind == "boolean":
        return _BOOLEANS.get(written.casefold(), written)
    if kind in {"integer", "number"}:
        return _number(written)
    return written


def _number(written: str) -> Any:
    try:
        number = Decimal(written.replace(",", "."))
    except InvalidOperation:
        return written
    return int(number) if number == number.to_integral_value() else float(number)


def _write(one: Mapping[str, Any]) -> str:
    sign = SIGNS[one["op"]]
    if one["op"] in _BARE:
        return f"{one['column']} {sign}"
    value = one.get("value")
    shown = [_shown(item) for item in value] if isinstance(value, list) else [_shown(value)]
    return f"{one['column']} {sign} {', '.join(shown)}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "sí" if value else "no"
    return str(value)
