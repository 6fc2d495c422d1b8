"""Figures and fits told in sentences: sold of intended, what is missing and why."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.linkages import labels
from digna.linkages.amounts import Followed, Tally
from digna.linkages.fit import Fit, Point, Standing, Verdict
from digna.web import days, numbers

STANDINGS = {
    Standing.FITS: "good",
    Standing.UNKNOWN: "info",
    Standing.GAPS: "warning",
    Standing.OTHER: "",
}


def tally(found: Tally) -> str:
    """Return sums per currency, one beside the other; «sin dato» for none."""
    told = [numbers.money(value, code) for code, value in found.by_currency.items()]
    return " · ".join(told) or _("sin dato")


def followed_lines(found: Followed) -> list[str]:
    """Return one sentence a currency: what was sold of what was intended."""
    return [_sold(code, sold, meant) for code, sold, meant in found.pairs]


def _sold(code: str, sold: Decimal | None, meant: Decimal | None) -> str:
    if sold is None:
        return _("sin ventas anotadas de %(meant)s de intención") % {
            "meant": numbers.money(meant, code)
        }
    if meant is None:
        return _("%(sold)s vendidos, sin intención anotada") % {"sold": numbers.money(sold, code)}
    return _("%(sold)s vendidos de %(meant)s de intención") % {
        "sold": numbers.money(sold, code),
        "meant": numbers.money(meant, code),
    }


def known(found: Followed) -> str:
    """Return how many of how many were followed up."""
    return _("%(n)s de %(all)s con seguimiento") % {
        "n": numbers.number(found.followed),
        "all": numbers.number(found.of),
    }


def followed(found: Followed) -> str:
    """Return it all in one sentence, as reports quote it."""
    return ", ".join([*(followed_lines(found) or [_("sin montos anotados")]), known(found)])


def standing(found: Fit) -> str:
    """Return the word for a fit."""
    gaps = len(found.gaps)
    words = {
        Standing.FITS: _("calza"),
        Standing.UNKNOWN: _("falta preguntar"),
        Standing.GAPS: ngettext("%(n)s brecha", "%(n)s brechas", gaps) % {"n": gaps},
        Standing.OTHER: _("es otro producto"),
    }
    return words[found.standing]


def point(one: Point, names: Mapping[str, str]) -> str:
    """Return one point of a fit in a sentence; `names` are the requirements by code."""
    told = {
        "product": _product, "capacity": _capacity, "price": _price, "languages": _languages,
        "months": _months,
    }  # fmt: skip
    if one.about == "requirement":
        return _requirement(one, names.get(one.code, one.code))
    return told[one.about](one)


def _product(one: Point) -> str:
    if one.verdict is Verdict.MET:
        return _("mismo código HS") if one.code == "hs6" else _("mismo producto por su nombre")
    if one.verdict is Verdict.SHORT:
        return _("producto parecido: misma partida HS, otra subpartida")
    return _("es otro producto") if one.verdict is Verdict.MISSING else _("producto sin código HS")


def _capacity(one: Point) -> str:
    want = labels.quantity(one.want, one.unit)
    if one.have is None:
        return _("no se sabe si alcanza para %(want)s al mes") % {"want": want}
    return _("capacidad %(have)s de %(want)s al mes") % {
        "have": labels.quantity(one.have, one.unit),
        "want": want,
    }


def _requirement(one: Point, name: str) -> str:
    if one.verdict is Verdict.MET:
        return _("tiene: %(name)s") % {"name": name}
    if one.verdict is Verdict.UNKNOWN:
        return _("no se preguntó: %(name)s") % {"name": name}
    if one.until is not None:
        return _("venció el %(day)s: %(name)s") % {"day": days.day(one.until), "name": name}
    if not one.is_must:
        return _("falta, es deseable: %(name)s") % {"name": name}
    return _("falta: %(name)s") % {"name": name}


def _price(one: Point) -> str:
    want = labels.prices(one.want, None, one.code, one.unit)
    if one.have is None:
        return _("los precios no se pueden comparar")
    have = labels.prices(one.have, None, one.code, one.unit)
    if one.verdict is Verdict.MET:
        return _("precio desde %(have)s, busca %(want)s") % {"have": have, "want": want}
    return _("precio desde %(have)s, más que los %(want)s que busca") % {"have": have, "want": want}


def _languages(one: Point) -> str:
    if one.verdict is Verdict.MET:
        return _("hablan un idioma en común")
    if one.verdict is Verdict.UNKNOWN:
        return _("no se sabe en qué idiomas atiende")
    return _("sin idioma en común: hará falta quien interprete")


def _months(one: Point) -> str:
    if one.verdict is Verdict.MET:
        return _("disponible en los meses que pide")
    if one.verdict is Verdict.UNKNOWN:
        return _("no se sabe en qué meses hay")
    return _("no hay en: %(months)s") % {"months": labels.months(one.months)}
