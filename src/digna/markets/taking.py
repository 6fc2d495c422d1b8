"""What this room takes from a kit: figures that others published."""

from digna.journal.actor import Actor
from digna.markets.services import data
from digna.programmes.services.kits import Documents, entries


def take(actor: Actor, kit: str, documents: Documents) -> None:
    """Take the `market_figures` section; other kits bring none."""
    if "market_figures" in documents:
        told = entries(documents, "market_figures")
        data.load_figures(actor=actor, kit=kit, figures=told)
