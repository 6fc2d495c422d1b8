"""Costs and lengths in words; what is not known says so."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.web.numbers import number
from digna_engines.pathways import Cost, Price, Span

SIGNS = {"BOB": "Bs"}


def money(amount: Decimal, currency: str) -> str:
    """An amount as it is said: `Bs 130`, `USD 0,20`."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    return f"{SIGNS.get(currency, currency)} {number(amount, decimals)}"


def plain(value: Decimal) -> str:
    """A number without decimals that say nothing: `12`, `12,5`."""
    return number(value, 0 if value == value.to_integral_value() else 1)


def typed(value: Decimal) -> str:
    """A number as somebody would type it in a form: `1450,5`."""
    return f"{value.normalize():f}".replace(".", ",")


def price(one: Price, tongue: str) -> str:
    """One price: free, an amount, an amount for each of something, or not known."""
    if one.amount is None:
        return _("no se sabe")
    if not one.amount and not one.per:
        return _("gratis")
    said = money(one.amount, one.currency)
    per = one.per.get(tongue) or one.per.get("es")
    return _("%(amount)s por %(unit)s") % {"amount": said, "unit": per} if per else said


def cost(found: Cost, tongue: str) -> str:
    """What a step costs a firm, in one line."""
    if found.undecided:
        amounts = [p for p in (*found.prices, *found.undecided) if p.amount is not None]
        told = [price(one, tongue) for one in amounts]
        return _("depende: %(prices)s") % {"prices": " · ".join(told)} if told else _("no se sabe")
    if found.prices:
        return " + ".join(price(one, tongue) for one in found.prices)
    if found.expired is not None and found.expired.valid.until is not None:
        return _("hoy no se sabe; hasta el %(day)s era %(price)s") % {
            "day": date_format(found.expired.valid.until, "SHORT_DATE_FORMAT"),
            "price": price(found.expired, tongue),
        }
    return _("no se sabe")


def sums(by_currency: Mapping[str, Decimal]) -> str:
    """Sums side by side: currencies are never added together."""
    return " + ".join(money(amount, currency) for currency, amount in by_currency.items())


def span(one: Span | None) -> str:
    """A length of time in words; nothing when it is not known."""
    if one is None or one.amount is None:
        return ""
    count = int(one.amount)
    words = {
        "hours": ngettext("%(n)s hora", "%(n)s horas", count),
        "days": ngettext("%(n)s día", "%(n)s días", count),
        "working_days": ngettext("%(n)s día hábil", "%(n)s días hábiles", count),
        "months": ngettext("%(n)s mes", "%(n)s meses", count),
        "years": ngettext("%(n)s año", "%(n)s años", count),
    }
    return words[one.unit] % {"n": number(one.amount, 0)}


def recurrence(one: Span | None) -> str:
    """How often a step comes back, in words; nothing when it does not."""
    said = span(one)
    return _("se repite cada %(time)s") % {"time": said} if said else ""
