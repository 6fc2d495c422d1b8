"""What comes out: a figure with everything needed to defend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from digna_engines.indicators.declaration import Indicator
from digna_engines.indicators.records import RecordSet
from digna_engines.values import Number, Period

VERSION: Final = "1"
SEVERAL: Final = "several"
"""The category of a unit that had more than one value of a dimension within the period."""
ADDITIVE: Final = frozenset({"units", "rows", "sum", "share", "ratio"})
"""Shapes whose parts add up to the total, numerators and denominators apart."""


@dataclass(frozen=True)
class Notice:
    """Something the reader of a figure should know, with a stable code and both sentences."""

    code: str
    message_es: str
    message_en: str
    count: int | None = None


@dataclass(frozen=True)
class Slice:
    """One category of a dimension. ``category`` ``None`` is «unknown»; ``n`` is what is behind it.

    ``value`` is ``numerator / denominator`` where there is a denominator, else the numerator.
    """

    category: str | None
    numerator: Number | None
    denominator: Number | None
    value: Number | None
    n: int


@dataclass(frozen=True)
class Figure:
    """One indicator in one period.

    Symbols
        ``numerator``, ``denominator``: in the indicator's unit; no denominator for ``unique``,
        ``count`` and ``sum``; for ``median`` there is no numerator. ``value``: ``None`` when
        missing or on a zero base. ``n``: rows or units with a value. ``cohort``: the N of
        «n of N», from the declared cohort or, without one, all rows or units that qualify.
        ``slices``: dimension → parts, unknown (``None``) and ``SEVERAL`` last. ``is_additive``:
        whether parts add up to the total. ``records``: what stands behind the numerator, when
        asked for. ``workings``: named counts. ``period`` ``None`` is all time.
    """

    indicator: Indicator
    period: Period | None
    numerator: Number | None
    denominator: Number | None
    value: Number | None
    n: int
    cohort: int | None
    slices: Mapping[str, tuple[Slice, ...]] = field(default_factory=dict, hash=False)
    records: RecordSet | None = None
    workings: Mapping[str, object] = field(default_factory=dict, hash=False)
    warnings: tuple[Notice, ...] = ()
    method: str = ""
    version: str = VERSION

    @property
    def is_additive(self) -> bool:
        """Whether the slices of every dimension add up to the total."""
        return self.indicator.shape in ADDITIVE


def in_order(slices: list[Slice]) -> tuple[Slice, ...]:
    """Slices by category, then ``SEVERAL``, then unknown: the order in which people read them.

    >>> parts = in_order([Slice(name, 1, None, 1, 1) for name in (None, SEVERAL, "x")])
    >>> [part.category for part in parts]
    ['x', 'several', None]
    """

    def rank(part: Slice) -> tuple[bool, bool, str]:
        return (part.category is None, part.category == SEVERAL, part.category or "")

    return tuple(sorted(slices, key=rank))
