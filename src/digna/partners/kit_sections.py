"""The sections of a kit that this room takes: progress markers and template actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from digna.journal.actor import Actor
from digna.partners.services import maturity, transition


def take(actor: Actor, kit_code: str, documents: Mapping[str, Any]) -> None:
    """Take in what a kit brings for partners."""
    if "markers" in documents:
        rows = documents["markers"]["markers"]
        maturity.load_markers(actor=actor, markers=[_marker(kit_code, row) for row in rows])
    if "transition" in documents:
        rows = documents["transition"]["actions"]
        transition.load_templates(actor=actor, templates=[_action(kit_code, row) for row in rows])


def _marker(kit: str, row: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("code", "version", "dimension", "depth", "order", "text_es", "text_en", "certainty")
    return {name: row[name] for name in kept} | {
        "kit": kit,
        "source": ", ".join(row["sources"])[:200],
        "checked_on": date.fromisoformat(row["checked_on"]),
    }


def _action(kit: str, row: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("code", "version", "line", "order", "text_es", "text_en", "months")
    return {name: row[name] for name in kept} | {
        "kit": kit,
        "source": ", ".join(row["sources"])[:200],
    }
