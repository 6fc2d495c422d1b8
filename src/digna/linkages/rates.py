"""A rate of exchange as somebody states it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RateValues:
    """The rate by which an amount is turned into another currency, and where it was read."""

    value: Decimal
    currency: str
    on: date
    source: str
