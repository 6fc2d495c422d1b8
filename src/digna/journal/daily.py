"""What has to be done once a day: each room says what, the worker does it, nobody has to call it.

That a day's duty was begun is a line of the journal with an intention made of its name and the day:
two processes that begin at once are told apart by it, and a restored backup begins again. Duties do
no harm when they are done twice.
"""

import logging
import threading
import uuid
from collections.abc import Callable
from datetime import date

from django.db import close_old_connections
from django.utils import timezone

from digna.journal import actor
from digna.journal.actor import Actor
from digna.journal.writes import writes

logger = logging.getLogger("digna.daily")
NAMESPACE = uuid.UUID("0d5a2c5e-6a0f-4b51-9d59-4d0f7a4c2d11")
LOOK_EVERY = 600.0
"""Seconds between looks at the calendar: an office's machine may be off at night."""

DUTIES: dict[str, Callable[[], str]] = {}
"""By name; a room fills in its own in `apps.ready`. Each writes in transactions of its own and
returns what it did, for the log."""


@writes("journal.duty.begun")
def begin(*, actor: Actor, name: str, token: str) -> dict[str, str]:
    """Begin a duty, once for each intention; return who began it."""
    return {"duty": name, "by": token}


def run_due(today: date | None = None) -> dict[str, str]:
    """Do what nobody began today; return by name what was done, or that it failed.

    One that fails is in the log and is tried again tomorrow; it does not stop the others.
    """
    day = today or timezone.localdate()
    return {name: _done(name, duty) for name, duty in DUTIES.items() if _is_ours(name, day)}


def _is_ours(name: str, day: date) -> bool:
    token = uuid.uuid4().hex
    intention = uuid.uuid5(NAMESPACE, f"{name} {day.isoformat()}")
    begun = begin(actor=actor.system(intention=intention, reason=name), name=name, token=token)
    return begun["by"] == token


def _done(name: str, duty: Callable[[], str]) -> str:
    try:
        told = duty()
    except Exception:
        logger.exception("%s failed; it is tried again tomorrow", name)
        return "failed"
    logger.info("%s: %s", name, told)
    return told


def keep_looking(stop: threading.Event, every: float = LOOK_EVERY) -> None:
    """Do what is due, now and then, until told to stop: a thread of the worker."""
    while not stop.wait(every):
        try:
            run_due()
        except Exception:
            logger.exception("the day's duties could not be looked at")  # no database: later
        finally:
            close_old_connections()
