"""The formulas behind the numbers of a market sheet, in words, each with its unit and its inputs.

Inputs are paths in the record: from the number's own place (``value``), from one place up
(``../value``), or from the top (``/world.value``). ``span`` says which years a number is of: the
last one, all of them, the one of its row, or none.
"""

from dataclasses import dataclass
from typing import Literal

Span = Literal["last", "all", "row", "none"]


@dataclass(frozen=True, slots=True)
class Formula:
    """What a number is, as it can be said to a person."""

    id: str
    unit: str
    es: str
    en: str
    inputs: tuple[str, ...] = ()
    span: Span = "last"
    source: str = ""


_POTENTIAL = "Decreux & Spies 2016"
_TRADE_MAP = "ITC Trade Map"
_LS = "UNCTAD"
_GROWTH_ES = "Crecimiento por año: exp(b) - 1, con ln y = a + b·t por mínimos cuadrados"
_GROWTH_EN = "Growth per year: exp(b) - 1, with ln y = a + b·t by least squares"
_N_ES = "Años con dato mayor que 0 en que se apoya el crecimiento; con menos de 3 no se calcula"
_N_EN = "Years with a figure above 0 behind the growth; below 3 it is not worked out"

FORMULAS = {
    one.id: one
    for one in (
        Formula("label", "", "Etiqueta del dato: no se calcula", "A label: nothing is worked out",
                span="none"),
        Formula("choice", "", "Elección de quien hace la ficha o del método, no un dato",
                "A choice of who makes the sheet or of the method, not data", span="none"),
        Formula("value", "USD", "Suma del comercio del producto, libre a bordo",
                "Sum of the trade of the product, free on board"),
        Formula("value.year", "USD", "Suma del comercio del producto en el año",
                "Sum of the trade of the product in the year", span="row"),
        Formula("quantity", "kg", "Suma de las cantidades que se conocen",
                "Sum of the quantities that are known"),
        Formula("quantity.year", "kg", "Suma de las cantidades que se conocen en el año",
                "Sum of the quantities that are known in the year", span="row"),
        Formula("unit_value", "USD/kg",
                "Valor ÷ cantidad, solo de los flujos cuya cantidad se conoce",
                "Value ÷ quantity, only of the flows whose quantity is known",
                ("value", "quantity"), source=_TRADE_MAP),
        Formula("unit_value.year", "USD/kg",
                "Valor ÷ cantidad del año, solo de los flujos cuya cantidad se conoce",
                "Value ÷ quantity of the year, only of the flows whose quantity is known",
                ("value", "quantity"), "row", _TRADE_MAP),
        Formula("exporter_unit_value", "USD/kg", "Valor ÷ cantidad de lo que vende el exportador",
                "Value ÷ quantity of what the exporter sells", ("exporter_value",
                "exporter_quantity")),
        Formula("growth", "1/year", _GROWTH_ES, _GROWTH_EN, ("series", "growth_n"), "all", _LS),
        Formula("exporter_growth", "1/year", _GROWTH_ES, _GROWTH_EN, ("exporter_growth_n",), "all",
                _LS),
        Formula("growth_quantity", "1/year", _GROWTH_ES + " (cantidades)",
                _GROWTH_EN + " (quantities)", ("series", "growth_quantity_n"), "all", _LS),
        Formula("growth_n", "years", _N_ES, _N_EN, span="all"),
        Formula("growth_cagr", "1/year", "Tasa compuesta: (último ÷ primero)^(1 ÷ años) - 1",
                "Compound rate: (last ÷ first)^(1 ÷ years) - 1", ("series",), "all"),
        Formula("growth_last", "1", "Último año ÷ el anterior - 1",
                "Last year ÷ the one before - 1", ("series",)),
        Formula("share.world", "1", "Valor ÷ valor del mundo", "Value ÷ value of the world",
                ("value", "/world.value"), source=_TRADE_MAP),
        Formula("share.market", "1", "Valor del proveedor ÷ importaciones del mercado",
                "Value of the supplier ÷ imports of the market", ("value", "../value")),
        Formula("exporter_share", "1", "Lo que vende el exportador ÷ importaciones del mercado",
                "What the exporter sells ÷ imports of the market", ("exporter_value", "value")),
        Formula("share_of_exporter", "1", "Lo que vende aquí ÷ todo lo que vende del producto",
                "What it sells here ÷ all that it sells of the product",
                ("exporter_value", "/exporter.value")),
        Formula("rank", "", "Lugar por valor, el mayor es 1", "Place by value, the greatest is 1",
                ("value",)),
        Formula("rca", "1",
                "Ventaja comparativa revelada: (x_ik ÷ x_i) ÷ (x_k ÷ x); 1 es lo propio del mundo",
                "Revealed comparative advantage: (x_ik ÷ x_i) ÷ (x_k ÷ x); 1 is the world's own",
                ("value", "/world.value"), source="Balassa 1965"),
        Formula("own_imports", "USD", "Lo que el exportador compra del mismo producto",
                "What the exporter buys of the same product"),
        Formula("re_export_ratio", "1", "Compras propias ÷ ventas del mismo producto",
                "Own purchases ÷ sales of the same product", ("own_imports", "value")),
        Formula("suppliers", "countries", "Países que venden el producto en el último año",
                "Countries that sell the product in the last year"),
        Formula("markets", "countries", "Mercados de la ficha de los que se trata",
                "Markets of the sheet that this is about"),
        Formula("concentration", "1", "Herfindahl-Hirschman: Σ s², s parte de cada proveedor",
                "Herfindahl-Hirschman: Σ s², s the share of each supplier", ("suppliers",),
                source=_TRADE_MAP),
        Formula("concentration_normalised", "1", "(√Σs² - √(1/n)) ÷ (1 - √(1/n))",
                "(√Σs² - √(1/n)) ÷ (1 - √(1/n))", ("concentration", "suppliers"), source=_LS),
        Formula("balance", "USD", "Lo que el mercado vende - lo que compra del producto",
                "What the market sells - what it buys of the product", ("own_exports", "value"),
                source=_TRADE_MAP),
        Formula("own_exports", "USD", "Lo que el propio mercado vende del producto",
                "What the market itself sells of the product"),
        Formula("supplier_km", "km", "Distancia media de los proveedores: Σ s·d",
                "Mean distance of the suppliers: Σ s·d", ("suppliers",), source=_TRADE_MAP),
        Formula("distance_km", "km", "Distancia entre el exportador y el mercado",
                "Distance between the exporter and the market", ("distance_how",), "none"),
        Formula("tariff", "1", "Arancel que paga el exportador, fracción del valor",
                "Tariff that the exporter pays, a fraction of the value", span="none"),
        Formula("tariff_mean", "1", "Arancel medio de los proveedores, ponderado por valor",
                "Mean tariff of the suppliers, weighted by value", source=_TRADE_MAP),
        Formula("tariff_top", "1", "Arancel medio de los cinco mayores proveedores competidores",
                "Mean tariff of the five largest competing suppliers"),
        Formula("actual", "USD/year", "Media por año de lo que se vendió; un año sin ventas es 0",
                "Mean per year of what was sold; a year without sales is 0", span="all"),
        Formula("potential", "USD/year", "Oferta × facilidad × demanda (× cercanía × arancel)",
                "Supply × ease × demand (× nearness × tariff)",
                ("terms.supply", "terms.ease", "terms.demand", "terms.nearness", "terms.tariff"),
                "all", _POTENTIAL),
        Formula("unrealised", "USD/year", "El mayor de (potencial - actual) y 0",
                "The greater of (potential - actual) and 0", ("potential", "actual"), "all",
                _POTENTIAL),
        Formula("potential_growth_part", "USD/year",
                "De lo no realizado, lo que espera a que crezcan las economías",
                "Of what is unrealised, what waits for economies to grow",
                ("unrealised", "potential"), "all", _POTENTIAL),
        Formula("potential_friction_part", "USD/year",
                "De lo no realizado, lo que podría venderse hoy: no realizado - parte por crecer",
                "Of what is unrealised, what could be sold today: unrealised - growth part",
                ("unrealised", "potential_growth_part"), "all", _POTENTIAL),
        Formula("supply", "1",
                "Parte del exportador en las ventas mundiales, corregida por reexportación",
                "The exporter's share of world sales, corrected for re-exports",
                ("/exporter.series", "/exporter.own_imports"), "all", _POTENTIAL),
        Formula("ease", "1", "Lo que el par comercia ÷ lo que sus productos harían esperar",
                "What the pair trades ÷ what its products would make one expect", (), "all",
                _POTENTIAL),
        Formula("demand", "USD/year", "Importaciones medias del mercado, proyectadas si se sabe",
                "Mean imports of the market, projected where that is known", ("../series",), "all",
                _POTENTIAL),
        Formula("nearness", "1", "El menor de (D ÷ d) y (d ÷ D): D la distancia media de sus "
                "proveedores, d la propia",
                "The lesser of (D ÷ d) and (d ÷ D): D the mean "
                "distance of its suppliers, d one's own",
                ("../supplier_km", "../distance_km"), "all", _POTENTIAL),
        Formula("tariff_term", "1", "((1 + arancel medio) ÷ (1 + arancel propio))^elasticidad",
                "((1 + mean tariff) ÷ (1 + own tariff))^elasticity",
                ("../tariff_mean", "../tariff", "/assumptions.price_elasticity"), "all",
                _POTENTIAL),
        Formula("exporter_value", "USD", "Lo que el exportador vende en el mercado",
                "What the exporter sells in the market"),
        Formula("exporter_quantity", "kg", "Lo que el exportador vende en el mercado, en peso",
                "What the exporter sells in the market, by weight"),
        Formula("score", "1", "Σ peso × lugar (1 el mejor, 0 el último) ÷ Σ pesos de lo conocido",
                "Σ weight × place (1 the best, 0 the last) ÷ Σ weights of what is known",
                ("/weights",), "all"),
        Formula("rank_by_potential", "", "Lugar por potencial no realizado en USD",
                "Place by unrealised potential in USD", ("unrealised", "potential"), "all"),
        Formula("rank_by_score", "", "Lugar por puntaje", "Place by score", ("score",), "all"),
        Formula("exporter_reports", "USD", "Lo que declara la aduana del exportador",
                "What the exporter's customs report", span="row"),
        Formula("partners_report", "USD", "Lo que dice la tabla mundial del mismo comercio",
                "What the world table says of the same trade", span="row"),
        Formula("gap", "1", "(exportador - socios) ÷ socios", "(exporter - partners) ÷ partners",
                ("exporter_reports", "partners_report"), "row"),
        Formula("published", "", "Cifra publicada por la fuente que se nombra",
                "A figure published by the source that is named", ("source",), "none"),
        Formula("ours", "", "La cifra propia, junto a las publicadas",
                "Our own figure, beside the published ones", span="none"),
    )
}  # fmt: skip
"""Every formula by its id."""

YEARLY = {"value": "value.year", "quantity": "quantity.year", "unit_value": "unit_value.year"}
RENAMED = {"world_share": "share.world", "world_rank": "rank", "growth_quantity_n": "growth_n",
           "exporter_growth_n": "growth_n", "year": "label"}  # fmt: skip
