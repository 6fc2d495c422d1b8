"""cmi5: launching units, and handing out their key once.

Source: cmi5 specification, Quartz edition, 8 (launch) and 10 (LMS).
"""

import base64
from typing import Any
from urllib.parse import urlencode

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.packages import records, sessions, settling
from digna.packages.models import PackageAttempt, UnitSession
from digna.packages.standards.values import Part
from digna.xapi import access as xapi
from digna.xapi import texts
from digna.xapi.models import Document
from digna.xapi.services import documents, keys
from digna.xapi.services.documents import Conditions, Spot

HOURS = 12


@writes("packages.unit.launched")
def launch(
    *, actor: Actor, attempt: PackageAttempt, part: Part, endpoint: str, fetch_base: str, back: str
) -> dict[str, str]:
    """Open a unit: abandon the session that was open, leave its launch data, say it was launched.

    Returns the query its address takes: endpoint, fetch, actor, registration, activityId.
    """
    sessions.abandon(actor, attempt, part)
    row = settling.progress_of(attempt, part.key)
    mode = "Normal" if row.satisfied_at is None else "Review"
    session = record.add(UnitSession(attempt=attempt, key=part.key, mode=mode, started_at=actor.at))
    _leave_launch_data(actor, attempt, part, session, back)
    sessions.say(
        actor, attempt, "launched", part, session, verbs=records.VERBS, category=sessions.CATEGORY
    )
    if part.settings.get("move_on") == "NotApplicable":
        sessions.satisfy(actor, row, part, session)
    query = {
        "endpoint": endpoint,
        "fetch": f"{fetch_base}{session.public_id}",
        "actor": texts.written(sessions.agent(attempt)),
        "registration": str(attempt.registration),
        "activityId": records.activity_id(attempt, part),
    }
    return {"query": urlencode(query)}


@writes("packages.unit.fetched")
def fetch(*, actor: Actor, session: UnitSession, secret: keys.Secret) -> str:
    """Hand out the key of a session: once; "" when it was handed out already."""
    row = UnitSession.objects.select_for_update().get(pk=session.pk)
    if row.fetched_at is not None or row.is_abandoned:
        return ""
    record.change(row, fetched_at=actor.at)
    attempt = row.attempt
    part = attempt.version.piece(row.key)
    keys.make_pass(
        actor=actor,
        agent=sessions.agent(attempt),
        registration=attempt.registration,
        activity=records.activity_id(attempt, part),
        secret=secret,
        hours=HOURS,
    )
    return "handed out"


def token_of(secret: keys.Secret) -> str:
    """Return a key as units send it back: the whole of HTTP Basic's credentials."""
    return base64.b64encode(f"{secret.name}:{secret.password}".encode()).decode()


def _leave_launch_data(
    actor: Actor, attempt: PackageAttempt, part: Part, session: UnitSession, back: str
) -> None:
    told: dict[str, Any] = {
        "contextTemplate": sessions.context(part, session),
        "launchMode": session.mode,
        "launchMethod": part.settings.get("launch_method", "AnyWindow"),
        "moveOn": part.settings.get("move_on", "NotApplicable"),
        "returnURL": back,
    }
    if part.settings.get("launch_parameters"):
        told["launchParameters"] = part.settings["launch_parameters"]
    if part.settings.get("entitlement"):
        told["entitlementKey"] = {"courseStructure": part.settings["entitlement"]}
    if part.mastery is not None:
        told["masteryScore"] = float(part.mastery)
    documents.put(
        actor=actor,
        spot=Spot(
            Document.Kind.STATE,
            "LMS.LaunchData",
            texts.digest("activity", records.activity_id(attempt, part)),
            xapi.agent_digest(sessions.agent(attempt)),
            attempt.registration,
        ),
        content=texts.written(told).encode(),
        content_type="application/json",
        asks=Conditions(),
    )
