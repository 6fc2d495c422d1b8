"""From a declaration as it is kept to what the engine reads, and what is wrong with it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from digna.results import sources
from digna_engines.errors import DeclarationError, EngineError, Fault
from digna_engines.indicators import FactSchema, Indicator, check

TITLES = frozenset(
    {"name_es", "name_en", "area", "headline", "so_what_es", "so_what_en", "targets"}
)
"""What a kit writes beside a declaration and the engine has no use for."""


@dataclass(frozen=True, slots=True)
class Read:
    """A declaration as read: the engine's indicator, or every fault that kept it from being one."""

    indicator: Indicator | None
    faults: tuple[Fault, ...]


def read(declared: Mapping[str, Any], schemas: Mapping[str, FactSchema] | None = None) -> Read:
    """Read a declaration and hold it against the fact tables there are."""
    try:
        indicator = Indicator.from_mapping(declared, ignore=TITLES)
    except DeclarationError as error:
        return Read(None, error.faults)
    faults = check(indicator, sources.schemas() if schemas is None else schemas)
    return Read(None if faults else indicator, faults)


def declaration_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a kit's entry that the engine reads."""
    return {key: value for key, value in entry.items() if key not in TITLES}


def shape_of(declaration: Mapping[str, Any]) -> str:
    """Return how a declared value is made: `units`, `rows`, `sum`, `share`, `ratio`, `mean`…

    Empty where nothing is declared: a reported indicator is of no shape.
    """
    measure = declaration.get("measure")
    if not measure:
        return ""
    return Indicator("", "", measure, "", statistic=declaration.get("statistic")).shape


def sentence(fault: Any) -> str:
    """Return a fault, a notice or an engine's error in the language in use."""
    is_english = (get_language() or "").startswith("en")
    return str(fault.message_en if is_english else fault.message_es)


def sentence_of(error: EngineError) -> str:
    """Return an engine's refusal in the language in use."""
    return error.message(get_language() or "")


def sources_of(declaration: Mapping[str, Any]) -> set[str]:
    """Return the fact tables a declaration reads."""
    cohort = declaration.get("cohort")
    named = [declaration.get("source"), cohort.get("source") if cohort else None]
    return {str(name) for name in named if name}
