"""The parts of a figure as they are kept: exact decimals as text, missing as null. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from digna_engines.indicators import Slice
from digna_engines.values import Number

PLACES = Decimal("0.000001")
Stored = dict[str, list[dict[str, Any]]]


def stored(value: Number | None) -> Decimal | None:
    """Return a number as a column of six places holds it."""
    return None if value is None else Decimal(value).quantize(PLACES)


def write(slices: Mapping[str, Sequence[Slice]]) -> Stored:
    """Return dimension → categories, ready for a JSON column."""
    return {dimension: [_written(part) for part in parts] for dimension, parts in slices.items()}


def read(kept: Mapping[str, Any]) -> dict[str, tuple[Slice, ...]]:
    """Return what `write` wrote.

    >>> parts = {"sex": (Slice("female", 158, None, 158, 158), Slice(None, 0, None, 0, 0))}
    >>> read(write(parts)) == parts
    True
    """
    return {dimension: tuple(map(_read, parts)) for dimension, parts in kept.items()}


def _written(part: Slice) -> dict[str, Any]:
    return {
        "category": part.category,
        "numerator": _text(part.numerator),
        "denominator": _text(part.denominator),
        "value": _text(part.value),
        "n": part.n,
    }


def _read(kept: Mapping[str, Any]) -> Slice:
    return Slice(
        kept["category"],
        _number(kept["numerator"]),
        _number(kept["denominator"]),
        _number(kept["value"]),
        kept["n"],
    )


def _text(value: Number | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
