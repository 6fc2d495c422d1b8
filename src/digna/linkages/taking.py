"""What this room takes from a kit: handed to `programmes.services.kits.TAKERS`."""

from digna.journal.actor import Actor
from digna.linkages.services import reference
from digna.programmes.services.kits import Documents, entries


def take(actor: Actor, kit_code: str, documents: Documents) -> None:
    """Take requirements and market steps; other kits bring none."""
    if "requirements" in documents:
        rows = entries(documents, "requirements")
        reference.load_requirements(actor=actor, kit=kit_code, entries=rows)
    if "market_steps" in documents:
        steps = entries(documents, "market_steps")
        reference.load_steps(actor=actor, kit=kit_code, entries=steps)
