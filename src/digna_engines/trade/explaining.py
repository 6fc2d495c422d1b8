"""Where every number of a market sheet comes from: formula, inputs, years, source, release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number of a record and what it was made of.

    ``inputs`` are the labels of the formula and either a value or the path of another number.
    """

    path: str
    value: float | int | None
    unit: str
    formula: str
    text_es: str
    text_en: str
    inputs: Mapping[str, Any]
    years: tuple[int, ...]
    source: str
    release: str
    caveats: tuple[str, ...]


def explained(record: Mapping[str, Any], path: str) -> Explanation:
    """The explanation of the number at ``path``, as ``markets.DEU.potential``."""
    raise NotImplementedError
