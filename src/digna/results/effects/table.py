"""Units measured at two times or more, as plain rows that a JSON column holds. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit measured before and after; `traits` are what arms are balanced by."""

    unit: str
    is_treated: bool
    before: float | None
    after: float | None
    cluster: str | None = None
    traits: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moment:
    """One unit at one time; `entered` is when it began to take part, None for never."""

    unit: str
    period: int
    value: float | None
    entered: int | None
    cluster: str | None = None


Rows = list[dict[str, Any]]


def written(found: Iterable[Unit | Moment]) -> Rows:
    """Return units as plain rows.

    >>> units(written([Unit("a", True, 1.0, None)]))[0].after is None
    True
    """
    return [asdict(one) for one in found]


def units(rows: Iterable[Mapping[str, Any]]) -> list[Unit]:
    """Return what `written` wrote of units measured twice."""
    return [Unit(**row) for row in rows]


def moments(rows: Iterable[Mapping[str, Any]]) -> list[Moment]:
    """Return what `written` wrote of units measured many times."""
    return [Moment(**row) for row in rows]


def sealed(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a SHA-256 of the rows in order of their contents: the same inputs, the same hash.

    >>> a, b = {"unit": "a"}, {"unit": "b"}
    >>> sealed([a, b]) == sealed([b, a])
    True
    """
    lines = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
