"""What units, months and languages are called where they are chosen and read."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from digna.linkages.units import UNIT_CODES
from digna.web import numbers

UNIT_LABELS = {
    "kg": gettext_lazy("kg"),
    "g": gettext_lazy("g"),
    "t": gettext_lazy("t"),
    "qq": gettext_lazy("quintal (46 kg)"),
    "q": gettext_lazy("quintal métrico (100 kg)"),
    "arroba": gettext_lazy("arroba (11,5 kg)"),
    "lb": gettext_lazy("libra"),
    "unit": pgettext_lazy("unit of sale", "unidad"),
    "dozen": gettext_lazy("docena"),
    "pair": gettext_lazy("par"),
    "bag": gettext_lazy("bolsa"),
    "box": gettext_lazy("caja"),
    "jar": gettext_lazy("frasco"),
    "litre": gettext_lazy("litro"),
    "metre": gettext_lazy("metro"),
    "person": pgettext_lazy("unit of sale", "persona"),
    "night": gettext_lazy("noche"),
    "tour": gettext_lazy("recorrido"),
    "hour": gettext_lazy("hora"),
}
MANY = {
    "qq": gettext_lazy("quintales (46 kg)"),
    "q": gettext_lazy("quintales métricos (100 kg)"),
    "arroba": gettext_lazy("arrobas (11,5 kg)"),
    "lb": gettext_lazy("libras"),
    "unit": gettext_lazy("unidades"),
    "dozen": gettext_lazy("docenas"),
    "pair": gettext_lazy("pares"),
    "bag": gettext_lazy("bolsas"),
    "box": gettext_lazy("cajas"),
    "jar": gettext_lazy("frascos"),
    "litre": gettext_lazy("litros"),
    "metre": gettext_lazy("metros"),
    "person": gettext_lazy("personas"),
    "night": gettext_lazy("noches"),
    "tour": gettext_lazy("recorridos"),
    "hour": gettext_lazy("horas"),
}
"""What several of a unit are called, where it is not the same word."""
UNITS = [(code, UNIT_LABELS[code]) for code in UNIT_CODES]

LANGUAGES = [
    ("es", gettext_lazy("español")),
    ("en", gettext_lazy("inglés")),
    ("qu", gettext_lazy("quechua")),
    ("ay", gettext_lazy("aimara")),
    ("pt", gettext_lazy("portugués")),
    ("de", gettext_lazy("alemán")),
    ("fr", gettext_lazy("francés")),
    ("it", gettext_lazy("italiano")),
    ("zh", gettext_lazy("chino")),
]


def unit(code: str) -> str:
    """Return what a unit is called."""
    return str(UNIT_LABELS.get(code, code))


def languages(codes: Iterable[str]) -> str:
    """Return languages in words, in the order of the list; «sin dato» for none."""
    chosen = set(codes)
    return ", ".join(str(name) for code, name in LANGUAGES if code in chosen) or _("sin dato")


def months(given: Iterable[int]) -> str:
    """Return months in words; all of them are «todo el año», none is «sin dato»."""
    chosen = sorted(set(given))
    if len(chosen) == 12:
        return _("todo el año")
    return ", ".join(str(MONTHS[month]).lower() for month in chosen) or _("sin dato")


def quantity(value: Decimal | None, code: str) -> str:
    """Return `2.000 kg`; missing is «sin dato»."""
    if value is None:
        return _("sin dato")
    name = unit(code) if value == 1 else str(MANY.get(code, unit(code)))
    return f"{plain(value)} {name}".rstrip()


def prices(low: Decimal | None, high: Decimal | None, currency: str, code: str) -> str:
    """Return `USD 3,20 a 3,60 por kg`, with one number where there is one."""
    known = [plain(value, 2) for value in (low, high) if value is not None]
    if not known:
        return _("sin dato")
    sign = "Bs" if currency == "BOB" else currency
    told = known[0] if len(set(known)) == 1 else _("%(low)s a %(high)s") % {
        "low": known[0], "high": known[-1]
    }  # fmt: skip
    return _("%(sign)s %(prices)s por %(unit)s") % {
        "sign": sign, "prices": told, "unit": unit(code)
    }  # fmt: skip


def plain(value: Decimal, least: int = 0) -> str:
    """Return a number with no more decimals than it has, and at least so many."""
    exponent = value.normalize().as_tuple().exponent
    decimals = max(-exponent if isinstance(exponent, int) else 0, least)
    return numbers.number(value, decimals)
