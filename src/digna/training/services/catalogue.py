"""Modules: taken from a kit or edited on screen; any change is a new version."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.training.models import Module

CONTENT = (
    "order", "kind", "variant_of", "name_es", "name_en", "aims_es", "aims_en", "needs",
    "size_bands", "min_days", "visits", "delivery_modes", "max_firms", "seats", "sessions",
    "areas", "practices", "licence_note_es", "licence_note_en",
)  # fmt: skip
"""What a version says. Where it was read (`sources`…) may be amended without a new one."""


def take(who: Actor, kit_code: str, documents: Mapping[str, Any]) -> None:
    """Take the modules of a kit that is being installed."""
    entries = documents.get("modules", {}).get("modules", [])
    if entries:
        load_modules(actor=who, kit=kit_code, entries=entries)


@writes("training.modules.loaded")
def load_modules(*, actor: Actor, kit: str, entries: list[dict[str, Any]]) -> int:
    """Bring the catalogue to what a kit says; an entry that says the same stays as it is."""
    return sum(_load(actor, kit, entry) for entry in entries)


def _load(actor: Actor, kit: str, entry: Mapping[str, Any]) -> bool:
    standing = Module.objects.filter(code=entry["code"], is_current=True).first()
    values = {name: entry.get(name) for name in CONTENT}
    values["variant_of"] = values["variant_of"] or ""
    values["practices"] = values["practices"] or []
    if standing is not None and not _differs(standing, values):
        return False
    origin = {
        "kit": kit,
        "sources": list(entry.get("sources", [])),
        "checked_on": date.fromisoformat(str(entry["checked_on"])),
        "certainty": entry.get("certainty", ""),
    }
    _new_version(actor, entry["code"], standing, values | origin)
    return True


def _differs(standing: Module, values: Mapping[str, Any]) -> bool:
    return any(_plain(getattr(standing, name)) != _plain(values[name]) for name in values)


def _plain(value: Any) -> Any:
    """Days as numbers, however they were stored."""
    return value if isinstance(value, str | list | type(None)) else float(value)


def _new_version(
    actor: Actor, code: str, standing: Module | None, values: Mapping[str, Any]
) -> Module:
    newest = Module.objects.filter(code=code).order_by("-version").first()
    if standing is not None:
        record.change(standing, is_current=False)
    version = 1 if newest is None else newest.version + 1
    return record.add(
        Module(
            code=code,
            version=version,
            is_retired=standing is not None and standing.is_retired,
            created_by=actor.user,
            **values,
        )
    )


@writes("training.module.revised")
def revise_module(*, actor: Actor, module: Module, **values: Any) -> Module:
    """Make a new version of a module; cycles under way keep the one they began with.

    Raises:
        Refused: `training.module.not_current`, `training.module.no_change`, `.no_mode`.
    """
    if not module.is_current:
        raise Refused(
            "training.module.not_current",
            _("«%(name)s» tiene una versión más nueva. Ábrala y corrija esa.") % {"name": module},
        )
    wanted = {name: getattr(module, name) for name in CONTENT} | values
    if not wanted["delivery_modes"]:
        raise Refused(
            "training.module.no_mode",
            _("Diga al menos una modalidad: sin ella no se puede abrir ningún ciclo."),
            field="delivery_modes",
        )
    if not _differs(module, wanted):
        raise Refused(
            "training.module.no_change",
            _("No cambió nada: la versión %(n)s sigue igual.") % {"n": module.version},
        )
    origin = {name: getattr(module, name) for name in ("kit", "sources", "checked_on", "certainty")}
    return _new_version(actor, module.code, module, wanted | origin)


@writes("training.module.retired")
def retire_module(*, actor: Actor, module: Module) -> Module:
    """Take a module off the offer; its cycles go on and its history stays."""
    return record.change(module, is_retired=True)


@writes("training.module.reinstated")
def reinstate_module(*, actor: Actor, module: Module) -> Module:
    """Offer a retired module again."""
    return record.change(module, is_retired=False)
