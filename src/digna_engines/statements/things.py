"""What: activities and their definitions, references, and the interactions of CMI."""

from collections.abc import Mapping
from typing import Any

from digna_engines.statements import values
from digna_engines.statements.faults import Faults

COMPONENTS = {
    "choice": ("choices",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "true-false": (),
    "fill-in": (),
    "long-fill-in": (),
    "numeric": (),
    "other": (),
}
_ALL_COMPONENTS = ("choices", "scale", "source", "target", "steps")


def _component_id(value: Any, path: str, faults: Faults) -> None:
    values.text(value, path, faults)
    if isinstance(value, str) and any(sign.isspace() for sign in value):
        faults.add(path, "no_space")


_component = values.shape({"id": _component_id}, {"description": values.language_map})


def _components(value: Any, path: str, faults: Faults) -> None:
    values.each(_component)(value, path, faults)
    if isinstance(value, list):
        ids = [str(one.get("id")) for one in value if isinstance(one, Mapping)]
        if len(set(ids)) < len(ids):
            faults.add(path, "twice")


def _interaction_type(value: Any, path: str, faults: Faults) -> None:
    if not isinstance(value, str) or value not in COMPONENTS:
        faults.add(path, "kind")


_definition = values.shape(
    {},
    {
        "name": values.language_map,
        "description": values.language_map,
        "type": values.iri,
        "moreInfo": values.iri,
        "extensions": values.extensions,
        "interactionType": _interaction_type,
        "correctResponsesPattern": values.each(values.text),
        **dict.fromkeys(_ALL_COMPONENTS, _components),
    },
)


def definition(value: Any, path: str, faults: Faults) -> None:
    """The definition of an activity; parts of an interaction only with a type that uses them."""
    _definition(value, path, faults)
    if not isinstance(value, Mapping):
        return
    kind = value.get("interactionType")
    allowed = COMPONENTS.get(kind, ()) if isinstance(kind, str) else ()
    for name in _ALL_COMPONENTS:
        if name in value and name not in allowed:
            faults.add(f"{path}.{name}", "interaction")
    if "correctResponsesPattern" in value and kind is None:
        faults.add(f"{path}.correctResponsesPattern", "interaction")


activity = values.shape(
    {"id": values.iri}, {"objectType": values.exactly("Activity"), "definition": definition}
)
reference = values.shape({"objectType": values.exactly("StatementRef"), "id": values.uuid}, {})
verb = values.shape({"id": values.iri}, {"display": values.language_map})
attachment = values.shape(
    {
        "usageType": values.iri,
        "display": values.language_map,
        "contentType": values.media,
        "length": values.whole,
        "sha2": values.sha2,
    },
    {"description": values.language_map, "fileUrl": values.iri},
)


def activity_or_list(value: Any, path: str, faults: Faults) -> None:
    """One activity, or a list of them."""
    if isinstance(value, list):
        values.each(activity)(value, path, faults)
    else:
        activity(value, path, faults)
