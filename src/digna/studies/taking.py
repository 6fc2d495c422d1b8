"""What this room takes from a kit."""

from digna.journal.actor import Actor
from digna.programmes.services.kits import Documents, entries
from digna.studies.services import schemes


def take(actor: Actor, kit: str, documents: Documents) -> None:
    """Take the `criteria` section; other kits bring none."""
    if "criteria" in documents:
        told = entries({"schemes": documents["criteria"]}, "schemes")
        schemes.load_schemes(actor=actor, kit=kit, schemes=told)
