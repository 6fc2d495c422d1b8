"""Once a day: the places that nobody answered for in time are free again."""

from digna.journal import actor
from digna.mentoring.services import pairs


def release_daily() -> str:
    """Free what lapsed by today."""
    count = pairs.release_late(actor=actor.system(reason="mentoring.release"))
    return f"{count} lugares liberados"
