"""Size of a firm by a dated rule of a kit: the highest band that any of its variables reaches.

Pure. The thresholds come from the kit with their source; missing variables are left out, and a
firm with none known has no band.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

BANDS = ("micro", "small", "medium", "large")
MONEY = frozenset({"annual_sales", "assets", "exports"})


class Dated(Protocol):
    """A rule with a validity."""

    valid_from: date | None
    valid_until: date | None
    decides: str


RuleT = TypeVar("RuleT", bound=Dated)


def rule_in_force(rules: Sequence[RuleT], on: date) -> RuleT | None:
    """Return the rule that decides on a day: the one that began last among those valid."""
    valid = [
        rule
        for rule in rules
        if rule.decides == "highest"
        and (rule.valid_from is None or rule.valid_from <= on)
        and (rule.valid_until is None or on <= rule.valid_until)
    ]
    return max(valid, key=lambda rule: rule.valid_from or date.min, default=None)


def variables(numbers: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return the variables that rules name, from the kinds of fact: workers are women + men,
    when both are known. Rules in another unit name it (`annual_sales_ufv`) and are not met here.
    """
    known = dict(numbers)
    women, men = known.pop("workers_women", None), known.pop("workers_men", None)
    if women is not None and men is not None:
        known["workers"] = women + men
    return known


def band(thresholds: Mapping[str, Mapping[str, Any]], values: Mapping[str, Decimal]) -> str | None:
    """Return the highest band over the variables known; None when none is.

    `thresholds[variable][band]` is `[low, high]`; `high` null is open. The upper limit is
    inclusive, and a value between two bands belongs to the next.

    >>> bands = {"micro": [1, 9], "small": [10, 19], "medium": [20, 49], "large": [50, None]}
    >>> [band({"workers": bands}, {"workers": Decimal(n)}) for n in (9, 10, 50)]
    ['micro', 'small', 'large']
    >>> band({"workers": bands}, {}) is None
    True
    """
    reached = [
        _band_of(thresholds[variable], value)
        for variable, value in values.items()
        if variable in thresholds
    ]
    return BANDS[max(reached)] if reached else None


def _band_of(limits: Mapping[str, Any], value: Decimal) -> int:
    for rank, name in enumerate(BANDS):
        high = limits[name][1]
        if high is None or value <= Decimal(str(high)):
            return rank
    return len(BANDS) - 1
