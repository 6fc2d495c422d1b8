"""Where figures come from: the fact tables of the rooms below, found by name.

Shapes are known everywhere; rows are read only where figures are computed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext_lazy as _

from digna_engines.indicators import Column, FactSchema

Reader = Callable[[int | None], tuple[Any, Iterable[tuple[Any, ...]]]]

REGISTER = (
    "registry.person",
    "registry.organisation",
    "registry.place",
    "registry.enterprise",
    "registry.affiliation",
    "registry.sector",
    "registry.legalform",
)


@dataclass(frozen=True, slots=True)
class Source:
    """A published fact table: where its reader is, and the models whose changes move it."""

    name: str
    label: Any
    module: str
    function: str
    reads: tuple[str, ...]

    def reader(self) -> Reader | None:
        """Return the function that reads it; None where the room is not installed."""
        if find_spec(self.module) is None:
            return None
        found: Reader = getattr(import_module(self.module), self.function)
        return found


SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "events.attendance",
            _("asistencias a sesiones"),
            "digna.events.facts",
            "attendance_facts",
            (
                "events.process",
                "events.session",
                "events.enrolment",
                "events.attendance",
                *REGISTER,
            ),
        ),
        Source(
            "registry.enterprise",
            _("empresas registradas"),
            "digna.registry.facts",
            "enterprise_facts",
            REGISTER,
        ),
        Source(
            "programmes.activity",
            _("actividades del programa"),
            "digna.programmes.facts",
            "activity_facts",
            (
                "programmes.activity",
                "programmes.strategicarea",
                "registry.organisation",
                "registry.place",
                "registry.sector",
            ),
        ),
    )
}


def read(name: str, programme_id: int | None) -> tuple[FactSchema, Iterable[tuple[Any, ...]]]:
    """Return the shape and the rows of a source.

    Raises:
        LookupError: no room publishes it.
    """
    source = SOURCES.get(name)
    reader = source.reader() if source is not None else None
    if reader is None:
        raise LookupError(name)
    published, rows = reader(programme_id)
    return _named(name, published), rows


def schemas() -> dict[str, FactSchema]:
    """Return the shape of every source there is; no row is read."""
    found = {}
    for name, source in SOURCES.items():
        reader = source.reader()
        if reader is not None:
            found[name] = _named(name, reader(None)[0])
    return found


def _named(name: str, published: Any) -> FactSchema:
    """Return the engine's shape under the name that declarations use."""
    columns: Mapping[str, Any] = published.columns
    return FactSchema(
        name=name,
        grain=published.grain,
        keys=tuple(published.keys),
        columns={
            column: Column(shape.type, shape.nullable, shape.label)
            for column, shape in columns.items()
        },
        dimensions=tuple(published.dimensions),
    )


def models_read(names: Iterable[str]) -> frozenset[str]:
    """Return the models whose changes can move figures of these sources."""
    return frozenset(model for name in names if name in SOURCES for model in SOURCES[name].reads)
