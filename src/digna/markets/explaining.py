"""How one number of a reading was made, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import NotVisible
from digna.markets import measures, naming, remarks, sheet_pages
from digna.web import numbers
from digna_engines.errors import EngineError


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a formula: its label, its value, and where it is explained in turn."""

    label: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A number with what it was made of."""

    name: str
    of: str
    text: str
    unit: str
    formula: str
    words: str
    inputs: tuple[Input, ...]
    years: str
    source: str
    caveats: tuple[str, ...]
    method: str
    path: str


def explained(record: Mapping[str, Any], path: str) -> Explained:
    """Return the workings of the number at `path`.

    Raises:
        NotVisible: `markets.figure.unknown`.
    """
    from digna_engines.trade.explaining import explained as told_of

    try:
        told = told_of(record, path)
    except EngineError as wrong:
        raise NotVisible(
            "markets.figure.unknown", _("Esa cifra no está en esta lectura.")
        ) from wrong
    name, of, text = _named(path, told.value, told.unit)
    english = naming.tongue() == "en"
    return Explained(
        name=name, of=of, text=text, unit=told.unit, formula=told.formula,
        words=told.text_en if english else told.text_es,
        inputs=tuple(_input(label, value) for label, value in told.inputs.items()),
        years=", ".join(str(year) for year in told.years),
        source=sheet_pages.release_name(record),
        caveats=tuple(
            remarks.CAVEATS[one["code"]](one["values"])
            for one in record["caveats"]
            if any(code.split(":")[0] == one["code"] for code in told.caveats)
        ),
        method=told.method,
        path=path,
    )  # fmt: skip


def _named(path: str, value: Any, unit: str) -> tuple[str, str, str]:
    """What a number is called, of whom it is, and how it is written."""
    words = path.split(".")
    table, of = _TABLES.get(words[0], ({}, ""))
    if len(words) > 2 and len(words[1]) in (3, 7) and words[0] in ("markets", "suppliers"):
        of = naming.country(words[1])
    measure = table.get(words[-1])
    if measure is None or "series" in words or "suppliers_top" in words:
        return _of_row(words), of, _plain(value, unit)
    return str(measure.name), of, measure.write(value)


def _of_row(words: list[str]) -> str:
    """Name a number that has no measure: a term, a year of a series, one supplier's part."""
    name = str(TERMS.get(words[-1]) or NAMES.get(words[-1]) or words[-1])
    if "series" in words:
        return f"{name}, {words[-2]}"
    if "suppliers_top" in words:
        return f"{name}, {naming.country(words[-2])}"
    return name


def _plain(value: Any, unit: str) -> str:
    if value is None:
        return _("sin dato")
    if isinstance(value, list):
        return _("%(n)s filas") % {"n": len(value)}
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(one, '')}" for key, one in value.items())
    if isinstance(value, float):
        return f"{numbers.number(value, 0 if abs(value) >= 1000 else 4)} {unit}".strip()
    return f"{value} {unit}".strip()


TERMS = {
    "supply": gettext_lazy("Oferta: su parte de lo que vende el mundo"),
    "ease": gettext_lazy("Facilidad: cuánto comercian los dos países, comparado con lo esperado"),
    "demand": gettext_lazy("Demanda: lo que importa el mercado"),
    "nearness": gettext_lazy("Cercanía frente a quienes le venden"),
    "tariff_term": gettext_lazy("Arancel frente a quienes le venden"),
}
NAMES = {
    "value": gettext_lazy("Valor"), "quantity": gettext_lazy("Cantidad"),
    "unit_value": gettext_lazy("Precio"), "share": gettext_lazy("Parte"),
    "series": gettext_lazy("Valores por año"), "growth": gettext_lazy("Crecimiento"),
    "growth_n": gettext_lazy("Años con dato"), "growth_quantity_n": gettext_lazy("Años con dato"),
    "exporter_growth_n": gettext_lazy("Años con dato"), "rank": gettext_lazy("Puesto"),
    "world_rank": gettext_lazy("Puesto en el mundo"), "balance": gettext_lazy("Saldo comercial"),
    "own_exports": gettext_lazy("Lo que el mercado exporta"),
    "own_imports": gettext_lazy("Lo que el país importa"),
    "re_export_ratio": gettext_lazy("Lo que importa entre lo que exporta"),
    "suppliers_top": gettext_lazy("Quienes más le venden"),
    "suppliers": gettext_lazy("Quienes venden"),
    "markets": gettext_lazy("Los mercados"), "weights": gettext_lazy("Los pesos"),
    "terms": gettext_lazy("Los términos"), "year": gettext_lazy("Año"),
    "exporter_quantity": gettext_lazy("Cantidad vendida a ese mercado"),
    "exporter_growth": gettext_lazy("Cómo crece lo que se le vende"),
    "potential_growth_part": gettext_lazy("Parte del potencial que viene de crecer"),
    "potential_friction_part": gettext_lazy("Parte del potencial que frena el comercio"),
    "rank_by_potential": gettext_lazy("Puesto por potencial"),
    "rank_by_score": gettext_lazy("Puesto por puntaje"), "gap": gettext_lazy("Diferencia"),
    "concentration_normalised": gettext_lazy("Concentración normalizada"),
    "tariff_top": gettext_lazy("Arancel de los cinco mayores"),
}  # fmt: skip
_TABLES: dict[str, tuple[Mapping[str, measures.Measure], str]] = {
    "markets": (measures.MARKET, ""),
    "world": (measures.WORLD, ""),
    "exporter": (measures.EXPORTER, ""),
}


def _input(path: str, value: Any) -> Input:
    """An input is a number, told by its name and explained in turn; or rows, which are counted."""
    name, of, text = _named(path, value, "")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return Input(f"{name} · {of}" if of else name, text, path if is_number else "")
