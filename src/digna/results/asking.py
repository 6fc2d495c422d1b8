"""Keeping figures fresh: whoever opens them when they are stale has them computed again."""

from digna.journal import actor
from digna.programmes.models import Programme
from digna.results import tasks
from digna.results.selectors import freshness
from digna.results.selectors.freshness import Freshness
from digna.results.services import figures


def fresh(programme: Programme) -> Freshness:
    """Return how fresh the figures are, having asked for new ones where they are stale.

    One that failed is not asked for again by itself: somebody should see why first.
    """
    found = freshness.of(programme)
    if not found.is_stale or found.is_under_way or found.problem:
        return found
    return ask(programme)


def ask(programme: Programme) -> Freshness:
    """Ask for new figures, unless they are being computed already."""
    if figures.ask_for_figures(actor=actor.system(), programme=programme):
        tasks.recompute.enqueue(programme.pk)
    return freshness.of(programme)
