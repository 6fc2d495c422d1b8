"""What a kit brings to this room: requirements of buyers, steps into the digital market."""

from collections.abc import Mapping, Sequence
from typing import Any

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages.models import MarketStep, Requirement

Entries = Sequence[Mapping[str, Any]]
BILINGUAL = ("name_es", "name_en", "how_es", "how_en", "checked_on", "certainty")


@writes("linkages.requirements.loaded")
def load_requirements(*, actor: Actor, kit: str, entries: Entries) -> int:
    """Add requirements by code; one no longer there is retired, what points at it stays."""
    return _load(Requirement, kit, entries, ("kind",))


@writes("linkages.steps.loaded")
def load_steps(*, actor: Actor, kit: str, entries: Entries) -> int:
    """Add the steps of the digital market by code, with the mini-projects each suggests."""
    names = ("why_es", "why_en", "evidence_es", "evidence_en", "is_channel", "ideas")
    return _load(MarketStep, kit, entries, names)


def _load(
    model: type[Requirement] | type[MarketStep], kit: str, entries: Entries, names: tuple[str, ...]
) -> int:
    standing: dict[str, Any] = {row.code: row for row in model._default_manager.all()}
    for order, entry in enumerate(entries):
        told = {name: entry[name] for name in (*BILINGUAL, *names)} | {
            "order": order,
            "kit": kit,
            "source": ", ".join(entry["sources"])[:200],
            "is_retired": False,
        }
        if entry["code"] in standing:
            record.change(standing[entry["code"]], **told)
        else:
            record.add(model(code=entry["code"], **told))
    for code in {row.code for row in standing.values() if row.kit == kit} - {
        entry["code"] for entry in entries
    }:
        record.change(standing[code], is_retired=True)
    return len(entries)
