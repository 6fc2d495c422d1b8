"""Sessions of cmi5 units, inside the services: what the system says of them, how they end.

Source: cmi5 specification, Quartz edition, 9 and 10.
"""

from typing import Any

from digna.journal import record
from digna.journal.actor import Actor
from digna.packages import records, settling
from digna.packages.models import PackageAttempt, PartProgress, UnitSession
from digna.packages.standards.values import Part
from digna.xapi.services import statements

CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
EXTENSIONS = "https://w3id.org/xapi/cmi5/context/extensions"
SESSION_ID = f"{EXTENSIONS}/sessionid"
DONE_BY_UNIT = ("initialized", "completed", "passed", "failed", "terminated")


def agent(attempt: PackageAttempt) -> dict[str, Any]:
    """Return the learner, as units know them."""
    return records.agent_of(attempt)


def context(part: Part, session: UnitSession) -> dict[str, Any]:
    """Return what every statement of a session bears."""
    template: dict[str, Any] = {
        "contextActivities": {"grouping": [{"id": part.key}]},
        "extensions": {SESSION_ID: str(session.public_id)},
    }
    return template


def say(
    actor: Actor,
    attempt: PackageAttempt,
    verb: str,
    part: Part,
    session: UnitSession,
    *,
    verbs: str = records.CMI5_VERBS,
    category: str = CATEGORY,
) -> None:
    """Keep what the system itself says of a session."""
    told_of = context(part, session)
    told_of["contextActivities"]["category"] = [{"id": category}]
    if part.mastery is not None and verb == "launched":
        told_of["extensions"][f"{EXTENSIONS}/masteryscore"] = float(part.mastery)
    told = records.said(attempt, verb, part=part, context=told_of, verbs=verbs)
    statements.store(actor=actor, statements=[told], authority=records.authority())


def abandon(actor: Actor, attempt: PackageAttempt, part: Part) -> None:
    """Give up the sessions of a unit that are still open."""
    open_ones = attempt.sessions.filter(key=part.key, terminated_at=None, is_abandoned=False)
    for session in open_ones:
        record.change(session, is_abandoned=True)
        if session.initialized_at is not None:
            say(actor, attempt, "abandoned", part, session)


def satisfy(actor: Actor, row: PartProgress, part: Part, session: UnitSession) -> None:
    """Note, once, that a unit lets its learner move on, and say so."""
    if row.satisfied_at is not None:
        return
    record.change(row, satisfied_at=actor.at)
    say(actor, session.attempt, "satisfied", part, session)
    settling.settle(actor, session.attempt)
