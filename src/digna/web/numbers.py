"""How a number is written for a person: es-BO separators, n of N, «sin dato» for missing."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import gettext as _

Number = int | float | Decimal


def number(value: Number | None, decimals: int = 0) -> str:
    """Return `1.234.567,5`; missing is «sin dato», zero is `0`."""
    if value is None:
        return _("sin dato")
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def percent(numerator: Number | None, denominator: Number | None, decimals: int = 0) -> str:
    """Return `60 %`, or «sin dato» when a part is missing or the base is zero.

    Halves round up, as a reader does by hand; binary floats would round 0.125 down.
    """
    if numerator is None or not denominator:
        return _("sin dato")
    exact = Decimal(str(numerator)) * 100 / Decimal(str(denominator))
    step = Decimal(1).scaleb(-decimals)
    return f"{number(exact.quantize(step, ROUND_HALF_UP), decimals)} %"


def share(numerator: Number | None, denominator: Number | None) -> str:
    """Return `158 de 263 (60 %)`: a share never goes without its parts."""
    if numerator is None or denominator is None:
        return _("sin dato")
    parts = _("%(part)s de %(whole)s") % {"part": number(numerator), "whole": number(denominator)}
    return f"{parts} ({percent(numerator, denominator)})" if denominator else parts


def money(amount: Decimal | None, currency: str) -> str:
    """Return `Bs 1.234,50` or `USD 1.234,50`; the currency is always there."""
    if amount is None:
        return _("sin dato")
    sign = "Bs" if currency == "BOB" else currency
    return f"{sign} {number(amount, 2)}"
