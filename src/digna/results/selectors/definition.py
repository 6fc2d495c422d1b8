"""A declaration in words: what is counted, of whom, when; nobody has to read its code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.results import sources, wording
from digna.results.models import Indicator
from digna.web import numbers
from digna_engines.indicators import Condition, FactSchema


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the definition, as the `fields` component writes it."""

    label: str
    value: str
    url: str = ""
    note: str = ""


def in_words(indicator: Indicator) -> tuple[Fact, ...]:
    """Return the definition of an indicator, line by line."""
    declared: Mapping[str, Any] = indicator.declaration
    lines = [Fact(_("Unidad"), wording.unit(indicator.unit))]
    if indicator.is_reported:
        lines.append(Fact(_("De dónde sale"), _("lo informa cada socio: no se calcula")))
    else:
        lines += _computed(declared)
    lines.append(Fact(_("Sentido"), str(indicator.get_direction_display())))
    if declared.get("disaggregate"):
        named = [wording.dimension(name) for name in _dimensions(declared["disaggregate"])]
        lines.append(Fact(_("Se desglosa por"), ", ".join(named)))
    lines.append(Fact(_("Versión de la definición"), str(indicator.version)))
    return tuple(lines)


def _computed(declared: Mapping[str, Any]) -> list[Fact]:
    schema = sources.schemas().get(declared.get("source", ""))
    grain = wording.column(schema.grain) if schema is not None else ""
    lines = [
        Fact(
            _("Fuente"),
            _source(declared.get("source", "")),
            note=grain,
        ),
        Fact(_("Cómo se cuenta"), _measure(declared, schema)),
        Fact(_("Qué entra"), conditions(declared.get("where", ()), schema) or _("todo")),
    ]
    if declared.get("meets"):
        lines.append(Fact(_("Qué cumple la parte"), conditions(declared["meets"], schema)))
    lines += _pairs(declared, schema)
    if declared.get("on"):
        lines.append(Fact(_("Fecha que lo pone en un período"), _column(declared["on"], schema)))
    semantics = wording.SEMANTICS[declared.get("semantics", "incremental")]
    lines.append(Fact(_("Qué abarca un período"), str(semantics)))
    if declared.get("cohort"):
        universe = conditions(declared["cohort"].get("where", ()), schema) or _("todo")
        lines.append(Fact(_("Universo (la N)"), universe))
    return lines


def _source(name: str) -> str:
    source = sources.SOURCES.get(name)
    return str(source.label) if source is not None else name


def _measure(declared: Mapping[str, Any], schema: FactSchema | None) -> str:
    word = str(wording.MEASURES.get(declared.get("measure", ""), ""))
    keys = ("of", "value", "per", "hours", "months", "heads")
    named = [declared.get(key) for key in keys if declared.get(key)]
    columns = ", ".join(_column(str(name), schema) for name in named)
    return f"{word}: {columns}" if columns else word


def _pairs(declared: Mapping[str, Any], schema: FactSchema | None) -> list[Fact]:
    """What is told of who was seen twice, and which of their records are compared."""
    lines = []
    if declared.get("statistic"):
        told = wording.STATISTICS.get(declared["statistic"], "")
        lines.append(Fact(_("Qué se dice del cambio"), str(told)))
        first = conditions(declared.get("before", ()), schema) or _("lo primero que se supo")
        last = conditions(declared.get("after", ()), schema) or _("lo último que se supo")
        lines += [Fact(_("Antes"), first), Fact(_("Después"), last)]
    if declared.get("window"):
        season = ", ".join(_column(str(name), schema) for name in declared["window"])
        lines.append(Fact(_("Misma temporada, según"), season))
    if declared.get("gate"):
        lines.append(
            Fact(
                _("Valores que se apartan"),
                _("más lejos de la mediana que %(n)s veces la desviación (MAD)")
                % {"n": numbers.number(Decimal(str(declared["gate"])), 1)},
            )
        )
    return lines


def _column(name: str, schema: FactSchema | None) -> str:
    column = schema.columns.get(name) if schema is not None else None
    return wording.column(column.label) if column is not None and column.label else name


def conditions(found: Sequence[Any], schema: FactSchema | None) -> str:
    """Return conditions as one sentence: «asistió es sí y rol es participantes»."""
    return f" {_('y')} ".join(_condition(one, schema) for one in found)


def _condition(one: Mapping[str, Any] | Condition, schema: FactSchema | None) -> str:
    column, op, value = _parts(one)
    said = f"{_column(column, schema)} {wording.OPERATORS.get(op, op)}"
    return said if value is None else f"{said} {_value(column, value)}"


def _parts(one: Mapping[str, Any] | Condition) -> tuple[str, str, Any]:
    if isinstance(one, Condition):
        return one.column, one.op, one.value
    return one["column"], one["op"], one.get("value")


def _value(column: str, value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_value(column, item) for item in value)
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    return f"«{wording.category(column, str(value))}»"


def _dimensions(declared: Any) -> list[str]:
    return list(declared)
