"""What each number of a reading is called, in which unit, and how it is written for a person.

One table for screens, papers, spreadsheets and citations, so that a number is told alike in all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.web import numbers

Number = float | int | None
MILLION, THOUSAND = 1_000_000, 1_000


def usd(value: Number) -> str:
    """Return `USD 12,3 millones`, `USD 45.600`, `USD 310`; missing is «sin dato»."""
    if value is None:
        return _("sin dato")
    if abs(value) >= MILLION:
        return _("USD %(n)s millones") % {"n": numbers.number(value / MILLION, 1)}
    if abs(value) >= 10 * THOUSAND:
        return _("USD %(n)s mil") % {"n": numbers.number(value / THOUSAND)}
    return _("USD %(n)s") % {"n": numbers.number(value)}


def tonnes(value: Number) -> str:
    """Return kilograms as `1.234 t`, or `560 kg` under ten tonnes."""
    if value is None:
        return _("sin dato")
    if abs(value) >= 10 * THOUSAND:
        return _("%(n)s t") % {"n": numbers.number(value / THOUSAND)}
    return _("%(n)s kg") % {"n": numbers.number(value)}


def price(value: Number) -> str:
    """Return `USD 4,24 por kg`."""
    if value is None:
        return _("sin dato")
    return _("USD %(n)s por kg") % {"n": numbers.number(value, 2)}


def growth(value: Number) -> str:
    """Return `+5,2 % al año`; the sign is always there."""
    if value is None:
        return _("sin dato")
    return _("%(n)s al año") % {"n": signed(value)}


def signed(value: Number) -> str:
    """Return `+5,2 %` or `−3,0 %`, with a true minus."""
    if value is None:
        return _("sin dato")
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{numbers.number(abs(value) * 100, 1)} %"


def km(value: Number) -> str:
    """Return `10.450 km`."""
    if value is None:
        return _("sin dato")
    return _("%(n)s km") % {"n": numbers.number(value)}


def hundredths(value: Number) -> str:
    """Return a fraction as `12,3 %`: only where its parts stand beside it."""
    if value is None:
        return _("sin dato")
    return f"{numbers.number(value * 100, 1)} %"


def count(value: Number) -> str:
    return numbers.number(value)


def index(value: Number) -> str:
    return numbers.number(value, 2)


def short_usd(value: Number) -> str:
    """Return `10,3 M`, `872 mil`, `310`: for a table whose heading says USD."""
    if value is None:
        return _("sin dato")
    if abs(value) >= MILLION:
        return _("%(n)s M") % {"n": numbers.number(value / MILLION, 1)}
    if abs(value) >= 10 * THOUSAND:
        return _("%(n)s mil") % {"n": numbers.number(value / THOUSAND)}
    return numbers.number(value)


SHORT: dict[Callable[[Number], str], tuple[str, Callable[[Number], str]]] = {
    usd: ("USD", short_usd),
    price: ("USD/kg", lambda value: numbers.number(value, 2)),
    growth: ("", signed),
    km: ("km", numbers.number),
}
"""How a number is written in a narrow column, and the unit its heading then says."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a market, of the world or of the exporter.

    `key` is its name in a reading, `word` how a citation asks for it, `unit` what a spreadsheet's
    heading says.
    """

    key: str
    word: str
    name: Any
    unit: Any
    write: Callable[[Number], str]

    def cell(self, value: Number) -> str:
        """Write a number for a narrow column."""
        return SHORT.get(self.write, ("", self.write))[1](value)

    @property
    def heading(self) -> str:
        """Its name with the unit that a narrow column leaves out."""
        unit = SHORT.get(self.write, ("", self.write))[0]
        return f"{self.name} ({unit})" if unit else str(self.name)


_USD, _KG, _RATE = "USD", "kg", gettext_lazy("fracción por año")
OF_MARKET = tuple(
    Measure(*row)
    for row in (
        ("value", "importa", gettext_lazy("Importa"), _USD, usd),
        ("quantity", "cantidad", gettext_lazy("Cantidad que importa"), _KG, tonnes),
        ("unit_value", "precio", gettext_lazy("Precio medio que paga"), "USD/kg", price),
        ("growth", "crece", gettext_lazy("Crece en valor"), _RATE, growth),
        ("growth_cagr", "crece_extremos", gettext_lazy("Crece, entre el primer y el último año"),
         _RATE, growth),
        ("growth_quantity", "crece_cantidad", gettext_lazy("Crece en cantidad"), _RATE, growth),
        ("growth_last", "ultimo_año", gettext_lazy("Cambio del último año"), _RATE, signed),
        ("world_share", "cuota_mundial", gettext_lazy("Parte de lo que compra el mundo"),
         gettext_lazy("fracción"), hundredths),
        ("suppliers", "proveedores", gettext_lazy("Países que le venden"), "", count),
        ("concentration", "concentracion", gettext_lazy("Concentración de quienes le venden"),
         gettext_lazy("0 a 1"), index),
        ("supplier_km", "distancia_proveedores",
         gettext_lazy("Distancia media de quienes le venden"), "km", km),
        ("distance_km", "distancia", gettext_lazy("Distancia"), "km", km),
        ("tariff", "arancel", gettext_lazy("Arancel que paga el producto"),
         gettext_lazy("fracción"), hundredths),
        ("tariff_mean", "arancel_medio", gettext_lazy("Arancel medio que pagan los demás"),
         gettext_lazy("fracción"), hundredths),
        ("exporter_value", "vendido", gettext_lazy("Vendido a ese mercado el último año"), _USD,
         usd),
        ("exporter_unit_value", "precio_vendido", gettext_lazy("Precio al que se le vendió"),
         "USD/kg", price),
        ("exporter_share", "cuota", gettext_lazy("Parte de lo que compra ese mercado"),
         gettext_lazy("fracción"), hundredths),
        ("share_of_exporter", "peso", gettext_lazy("Parte de lo que se exporta del producto"),
         gettext_lazy("fracción"), hundredths),
        ("actual", "actual", gettext_lazy("Vendido, media de los años"), _USD, usd),
        ("potential", "potencial", gettext_lazy("Potencial"), _USD, usd),
        ("unrealised", "sin_usar", gettext_lazy("Potencial sin usar"), _USD, usd),
        ("score", "puntaje", gettext_lazy("Puntaje con sus pesos"), gettext_lazy("0 a 1"), index),
    )
)  # fmt: skip
OF_WORLD = tuple(
    Measure(*row)
    for row in (
        ("value", "importa", gettext_lazy("El mundo importa"), _USD, usd),
        ("quantity", "cantidad", gettext_lazy("Cantidad"), _KG, tonnes),
        ("unit_value", "precio", gettext_lazy("Precio medio"), "USD/kg", price),
        ("growth", "crece", gettext_lazy("Crece en valor"), _RATE, growth),
        ("growth_last", "ultimo_año", gettext_lazy("Cambio del último año"), _RATE, signed),
        ("suppliers", "proveedores", gettext_lazy("Países que venden"), "", count),
        ("concentration", "concentracion", gettext_lazy("Concentración de quienes venden"),
         gettext_lazy("0 a 1"), index),
    )
)  # fmt: skip
OF_EXPORTER = tuple(
    Measure(*row)
    for row in (
        ("value", "exporta", gettext_lazy("Exporta"), _USD, usd),
        ("quantity", "cantidad", gettext_lazy("Cantidad que exporta"), _KG, tonnes),
        ("unit_value", "precio", gettext_lazy("Precio medio al que vende"), "USD/kg", price),
        ("growth", "crece", gettext_lazy("Crece en valor"), _RATE, growth),
        ("world_share", "cuota_mundial", gettext_lazy("Parte de lo que vende el mundo"),
         gettext_lazy("fracción"), hundredths),
        ("rank", "puesto", gettext_lazy("Puesto entre los países que venden"), "", count),
        ("rca", "ventaja", gettext_lazy("Ventaja comparativa revelada (RCA)"), "", index),
    )
)  # fmt: skip


def by_key(measures: tuple[Measure, ...]) -> Mapping[str, Measure]:
    return {one.key: one for one in measures}


MARKET = by_key(OF_MARKET)
WORLD = by_key(OF_WORLD)
EXPORTER = by_key(OF_EXPORTER)
