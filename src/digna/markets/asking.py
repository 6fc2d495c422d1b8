"""Asking for a reading from a page: at once if it is there, else by the worker."""

from digna.journal.actor import Actor
from digna.markets import tasks
from digna.markets.models import Reading, Release
from digna.markets.services import readings


def ask(
    *,
    actor: Actor,
    release: Release,
    exporter: str,
    product: str,
    national: Release | None = None,
) -> Reading:
    """Ask for a reading and have the worker make it; asked twice, it is made once."""
    row = readings.ask_for_reading(
        actor=actor, release=release, exporter=exporter, product=product, national=national
    )
    if row.state == Reading.State.ASKED:
        tasks.read_market.enqueue(row.pk)
    return row
