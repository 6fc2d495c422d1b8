"""A cell as somebody wrote it, in the columns of a target or a reported actual. Pure."""

from decimal import Decimal
from typing import Any, Literal, Protocol

from digna_engines.errors import NotAddableError
from digna_engines.indicators import TypedValue
from digna_engines.indicators.typed import add_up, parse

PERCENT: Literal["%"] = "%"


class Written(Protocol):
    """What is kept of a cell."""

    as_written: str


def unit_of(unit: str) -> Literal["", "%"]:
    """Return «%» for an indicator whose bare numbers are percentages."""
    return PERCENT if unit.strip() == PERCENT else ""


def columns(typed: TypedValue, source: str = "") -> dict[str, Any]:
    """Return the columns of a stated value.

    A ratio keeps its numerator as amount and its denominator as base, never the quotient alone.
    """
    amount, base = typed.amount, None
    if typed.kind == "ratio":
        amount, base = typed.parts[0].amount, typed.parts[1].amount
    return {
        "kind": typed.kind,
        "amount": amount,
        "base": base,
        "share_pct": typed.share_pct,
        "share_of": typed.share_of or "",
        "currency": typed.currency or "",
        "parts": [{"label": part.label, "amount": str(part.amount)} for part in typed.parts],
        "as_written": typed.as_written[:120],
        "source": source[:200],
    }


def typed(row: Written, unit: str = "") -> TypedValue:
    """Return the typed value that a row was made of.

    >>> class Row: as_written = "35 (60%F)"
    >>> typed(Row()).share_female_pct
    Decimal('60')
    """
    return parse(row.as_written, unit=unit_of(unit))


def total(values: list[TypedValue]) -> tuple[TypedValue | None, NotAddableError | None]:
    """Return the sum of several subjects' values, or why they have none."""
    try:
        return add_up(values), None
    except NotAddableError as refusal:
        return None, refusal


def comparable(target: TypedValue | None) -> Decimal | None:
    """Return the one number of a target that an actual can be held against; None without one."""
    if target is None or target.kind in {"text", "missing"}:
        return None
    return target.amount
