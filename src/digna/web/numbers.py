"""How a number is written for a person: es-BO separators, n of N, «sin dato» for missing."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import gettext as _

Number = int | float | Decimal


def rounded(value: Number, decimals: int) -> Decimal:
    """Return `value` with `decimals` places, halves away from zero as a reader does by hand.

    Through `str`, because binary floats would round 0.125 down; and here, because Django's own
    formatter cuts what does not fit instead of rounding it.
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number(value: Number | None, decimals: int = 0) -> str:
    """Return `1.234.567,5`; missing is «sin dato», zero is `0`."""
    if value is None or _is_missing(value):
        return _("sin dato")
    exact = rounded(value, decimals)
    exact = abs(exact) if exact == 0 else exact  # never «-0»
    return formats.number_format(exact, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def percent(numerator: Number | None, denominator: Number | None, decimals: int = 0) -> str:
    """Return `60 %`, or «sin dato» when a part is missing or the base is zero."""
    part = _hundredths(numerator, denominator)
    return _("sin dato") if part is None else f"{number(part, decimals)} %"


def share(numerator: Number | None, denominator: Number | None) -> str:
    """Return `158 de 263 (60 %)`: a share never goes without its parts."""
    if _is_missing(numerator) or _is_missing(denominator):
        return _("sin dato")
    parts = _("%(part)s de %(whole)s") % {"part": number(numerator), "whole": number(denominator)}
    return f"{parts} ({percent(numerator, denominator)})" if denominator != 0 else parts


def money(amount: Decimal | None, currency: str) -> str:
    """Return `Bs 1.234,50` or `USD 1.234,50`; the currency is always there."""
    if amount is None:
        return _("sin dato")
    sign = "Bs" if currency == "BOB" else currency
    return f"{sign} {number(amount, 2)}"


def width(part: Number | None, whole: Number | None) -> str:
    """Return the width of a bar as CSS, `60.1%`: from zero, never past its track."""
    exact = _hundredths(part, whole)
    if exact is None:
        return "0%"
    held = min(max(exact, Decimal(0)), Decimal(100))
    return f"{rounded(held, 1)}%"


def _hundredths(part: Number | None, whole: Number | None) -> Decimal | None:
    if part is None or whole is None or _is_missing(part) or _is_missing(whole) or whole == 0:
        return None
    return Decimal(str(part)) * 100 / Decimal(str(whole))


def _is_missing(value: object) -> bool:
    """Missing is None; a template gives "" for a name it does not know."""
    return value is None or value == ""
