"""Declaring what is counted: from a kit, or by hand."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme, StrategicArea
from digna.results import declarations
from digna.results.models import Indicator
from digna.results.services import targets
from digna_engines.errors import Fault


class FaultyDeclaration(Refused):
    """A declaration with faults: all of them, to be shown each beside its field."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        said = " ".join(declarations.sentence(fault) for fault in faults)
        super().__init__(
            "results.indicator.faulty",
            _("La declaración tiene %(n)s falla(s): %(faults)s")
            % {"n": len(faults), "faults": said},
        )
        self.faults = faults


@writes("results.indicators.adopted")
def adopt_indicators(
    *, actor: Actor, programme: Programme, documents: Mapping[str, Any]
) -> list[str]:
    """Take over the indicators and targets of a kit; which indicators are new.

    An indicator the programme already has is left as it is: somebody may have changed it.
    """
    areas = _areas(programme, documents)
    standing = set(Indicator.objects.filter(programme=programme).values_list("code", flat=True))
    adopted = []
    for order, entry in enumerate(
        _entries(documents.get("indicators", []), "indicators"), start=len(standing)
    ):
        if entry["code"] in standing:
            continue
        row = _adopted(programme, areas, entry, order)
        for target in entry.get("targets", ()):
            targets.set_target(
                actor=actor,
                indicator=row,
                period=str(target["period"]),
                written=str(target.get("as_written", target["value"])),
                value=target["value"],
            )
        adopted.append(row.code)
    return adopted


def _entries(document: Any, section: str) -> list[dict[str, Any]]:
    found = document[section] if isinstance(document, Mapping) else document
    return list(found)


def _areas(programme: Programme, documents: Mapping[str, Any]) -> dict[str, StrategicArea]:
    """Return the programme's strategic areas by code, adding those of the kit it lacks."""
    areas = {area.code: area for area in StrategicArea.objects.filter(programme=programme)}
    for entry in _entries(documents.get("strategic_areas", []), "strategic_areas"):
        if entry["code"] not in areas:
            areas[entry["code"]] = record.add(
                StrategicArea(
                    programme=programme,
                    code=entry["code"],
                    name_es=entry["name_es"],
                    name_en=entry.get("name_en", ""),
                    description_es=entry.get("description_es", ""),
                    description_en=entry.get("description_en", ""),
                    order=entry.get("order", 0),
                )
            )
    return areas


def _adopted(
    programme: Programme,
    areas: Mapping[str, StrategicArea],
    entry: Mapping[str, Any],
    order: int,
) -> Indicator:
    declaration = declarations.declaration_of(entry)
    read = declarations.read(declaration)
    unknown_table = {"declaration.unknown_table"}
    if {fault.code for fault in read.faults} - unknown_table:
        raise FaultyDeclaration(read.faults)
    return record.add(
        Indicator(
            programme=programme,
            area=areas.get(entry.get("area", "")),
            code=entry["code"],
            name_es=entry["name_es"],
            name_en=entry.get("name_en", ""),
            declaration=declaration,
            unit=entry["unit"],
            direction=entry.get("direction", Indicator.Direction.ASCENDING),
            so_what_es=entry.get("so_what_es", ""),
            so_what_en=entry.get("so_what_en", ""),
            is_headline=entry.get("headline", False),
            order=order,
        )
    )


@writes("results.indicator.declared")
def declare_indicator(
    *, actor: Actor, programme: Programme, code: str, declaration: Mapping[str, Any], **words: Any
) -> Indicator:
    """Declare an indicator that is computed from records."""
    _refuse_repeated(programme, code)
    sound = _sound(code, declaration)
    return record.add(
        Indicator(
            programme=programme,
            code=code,
            declaration=sound,
            unit=sound["unit"],
            direction=sound.get("direction", Indicator.Direction.ASCENDING),
            **words,
        )
    )


@writes("results.indicator.reported_declared")
def declare_reported(
    *,
    actor: Actor,
    programme: Programme,
    code: str,
    name_es: str,
    unit: str = "",
    direction: str = Indicator.Direction.ASCENDING,
    **words: Any,
) -> Indicator:
    """Declare an indicator whose actuals somebody states, for want of records to count."""
    _refuse_repeated(programme, code)
    return record.add(
        Indicator(
            programme=programme,
            code=code,
            name_es=name_es,
            unit=unit,
            direction=direction,
            declaration={},
            is_reported=True,
            **words,
        )
    )


@writes("results.indicator.changed")
def change_indicator(
    *,
    actor: Actor,
    indicator: Indicator,
    declaration: Mapping[str, Any] | None = None,
    **words: Any,
) -> Indicator:
    """Change an indicator; another declaration is another version."""
    new = dict(words)
    if declaration is not None and not indicator.is_reported:
        sound = _sound(indicator.code, declaration)
        if sound != indicator.declaration:
            new |= {"declaration": sound, "version": indicator.version + 1, "unit": sound["unit"]}
            new["direction"] = sound.get("direction", Indicator.Direction.ASCENDING)
    return record.change(indicator, **new)


def _sound(code: str, declaration: Mapping[str, Any]) -> dict[str, Any]:
    declared = {**declaration, "code": code}
    read = declarations.read(declared)
    if read.faults:
        raise FaultyDeclaration(read.faults)
    return declared


def _refuse_repeated(programme: Programme, code: str) -> None:
    if Indicator.objects.filter(programme=programme, code=code).exists():
        raise Refused(
            "results.indicator.code_taken",
            _("Este programa ya tiene un indicador «%s». Elija otro código.") % code,
            field="code",
        )
