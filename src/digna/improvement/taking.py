"""What this room takes from a kit: handed to `programmes.services.kits.TAKERS`."""

from collections.abc import Mapping
from typing import Any

from digna.improvement.models import Instrument
from digna.improvement.services.instruments import load_instruments
from digna.journal.actor import Actor
from digna.programmes.services import kits

SECTIONS = {
    "kpis": Instrument.Kind.KPI,
    "practice_sets": Instrument.Kind.PRACTICES,
    "checklists": Instrument.Kind.CHECKLIST,
    "pulses": Instrument.Kind.PULSE,
}


def take(actor: Actor, kit_code: str, documents: Mapping[str, Any]) -> None:
    """Take the instruments of a kit that is being installed."""
    for section, kind in SECTIONS.items():
        if section in documents:
            entries = kits.entries(documents, section)
            load_instruments(actor=actor, kit=kit_code, kind=kind, entries=entries)
