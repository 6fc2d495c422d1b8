"""cmi5: launching units, handing out their key once, holding them to their order, satisfaction.

Source: cmi5 specification, Quartz edition: 8 (launch), 9 (statements), 10 (LMS).
"""

import base64
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from digna.errors import NotAllowed
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.packages import records, weighing
from digna.packages.models import PackageAttempt, PartProgress, UnitSession
from digna.packages.services import attempts
from digna.packages.standards import runtime
from digna.packages.standards.runtime import Outcome
from digna.packages.standards.values import Part
from digna.xapi import access as xapi
from digna.xapi import texts
from digna.xapi.models import Document, Statement
from digna.xapi.services import documents, keys, statements
from digna.xapi.services.documents import Conditions, Spot

CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
EXTENSIONS = "https://w3id.org/xapi/cmi5/context/extensions"
SESSION_ID = f"{EXTENSIONS}/sessionid"
DONE_BY_UNIT = ("initialized", "completed", "passed", "failed", "terminated")
HOURS = 12


@dataclass(frozen=True, slots=True)
class Launched:
    """A session and where the browser goes to begin it."""

    session: UnitSession
    query: str


@writes("packages.unit.launched")
def launch(
    *, actor: Actor, attempt: PackageAttempt, part: Part, endpoint: str, fetch_base: str, back: str
) -> dict[str, str]:
    """Open a unit: abandon the session that was open, leave its launch data, say it was launched.

    Returns the query its address takes: endpoint, fetch, actor, registration, activityId.
    """
    _abandon(actor, attempt, part)
    row = attempts.progress_of(attempt, part.key)
    mode = "Normal" if row.satisfied_at is None else "Review"
    session = record.add(
        UnitSession(attempt=attempt, key=part.key, mode=mode, started_at=actor.at)
    )
    _leave_launch_data(actor, attempt, part, session, back)
    _say(actor, attempt, "launched", part, session, verbs=records.VERBS, category=CATEGORY)
    if part.settings.get("move_on") == "NotApplicable":
        _satisfy(actor, row, part, session)
    query = {
        "endpoint": endpoint,
        "fetch": f"{fetch_base}{session.public_id}",
        "actor": texts.written(_actor(attempt)),
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
        agent=_actor(attempt),
        registration=attempt.registration,
        activity=records.activity_id(attempt, part),
        secret=secret,
        hours=HOURS,
    )
    return "handed out"


def token_of(secret: keys.Secret) -> str:
    """Return a key as units send it back: the whole of HTTP Basic's credentials."""
    return base64.b64encode(f"{secret.name}:{secret.password}".encode()).decode()


def _actor(attempt: PackageAttempt) -> dict[str, Any]:
    return records.agent_of(attempt)


def _context(part: Part, session: UnitSession) -> dict[str, Any]:
    template: dict[str, Any] = {
        "contextActivities": {"grouping": [{"id": part.key}]},
        "extensions": {SESSION_ID: str(session.public_id)},
    }
    return template


def _leave_launch_data(
    actor: Actor, attempt: PackageAttempt, part: Part, session: UnitSession, back: str
) -> None:
    told: dict[str, Any] = {
        "contextTemplate": _context(part, session),
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
            xapi.agent_digest(_actor(attempt)),
            attempt.registration,
        ),
        content=texts.written(told).encode(),
        content_type="application/json",
        asks=Conditions(),
    )


def _say(
    actor: Actor,
    attempt: PackageAttempt,
    verb: str,
    part: Part,
    session: UnitSession,
    *,
    verbs: str = records.CMI5_VERBS,
    category: str = CATEGORY,
) -> None:
    context = _context(part, session)
    context["contextActivities"]["category"] = [{"id": category}]
    if part.mastery is not None and verb == "launched":
        context["extensions"][f"{EXTENSIONS}/masteryscore"] = float(part.mastery)
    told = records.said(attempt, verb, part=part, context=context, verbs=verbs)
    statements.store(actor=actor, statements=[told], authority=records.authority())


def _abandon(actor: Actor, attempt: PackageAttempt, part: Part) -> None:
    open_ones = attempt.sessions.filter(key=part.key, terminated_at=None, is_abandoned=False)
    for session in open_ones:
        record.change(session, is_abandoned=True)
        if session.initialized_at is not None:
            _say(actor, attempt, "abandoned", part, session)


# --- what units say


def _session_of(said: Mapping[str, Any]) -> UnitSession | None:
    told = ((said.get("context") or {}).get("extensions") or {}).get(SESSION_ID)
    key = texts.as_uuid(told) if isinstance(told, str) else None
    if key is None:
        return None
    rows = UnitSession.objects.select_related("attempt__version__package")
    return rows.filter(public_id=key).first()


def _verb(said: Mapping[str, Any]) -> str:
    """Return the short name of a verb that cmi5 defines for units; "" of any other."""
    categories = ((said.get("context") or {}).get("contextActivities") or {}).get("category") or []
    if not any(one.get("id") == CATEGORY for one in categories):
        return ""
    base, _slash, name = str(said["verb"]["id"]).rpartition("/")
    is_theirs = name in DONE_BY_UNIT and f"{base}/" == records.VERBS
    return name if is_theirs else ""


def hold(actor: Actor, said: Sequence[Mapping[str, Any]]) -> None:
    """Refuse what breaks the order of a session.

    Raises:
        NotAllowed: `packages.unit.no_session`, `packages.unit.out_of_order`,
            `packages.unit.mastery`.
    """
    done: dict[uuid.UUID, set[str]] = {}
    for one in said:
        verb = _verb(one)
        if not verb:
            continue
        session = _session_of(one)
        if session is None or session.is_abandoned or not _is_registered(one, session):
            raise NotAllowed(
                "packages.unit.no_session", _("La sesión de la unidad no existe o se abandonó.")
            )
        earlier = done.setdefault(session.public_id, _said_before(session))
        _hold_order(verb, earlier)
        _hold_mastery(verb, one, session)
        earlier.add(verb)


def _is_registered(said: Mapping[str, Any], session: UnitSession) -> bool:
    registration = str((said.get("context") or {}).get("registration", "")).lower()
    return registration == str(session.attempt.registration)


def _said_before(session: UnitSession) -> set[str]:
    earlier = set()
    if session.initialized_at is not None:
        earlier.add("initialized")
    if session.terminated_at is not None:
        earlier.add("terminated")
    row = PartProgress.objects.filter(attempt=session.attempt, key=session.key).first()
    if row is not None and row.is_complete:
        earlier.add("completed")
    if row is not None and row.is_passed:
        earlier.add("passed")
    return earlier


def _hold_order(verb: str, earlier: set[str]) -> None:
    is_wrong = (
        "terminated" in earlier
        or (verb == "initialized") == ("initialized" in earlier)
        or (verb in ("completed", "passed") and verb in earlier)
        or (verb == "failed" and "passed" in earlier)
    )
    if is_wrong:
        raise NotAllowed(
            "packages.unit.out_of_order",
            _("La unidad dijo «%(verb)s» fuera de su orden.") % {"verb": verb},
        )


def _hold_mastery(verb: str, said: Mapping[str, Any], session: UnitSession) -> None:
    part = session.attempt.version.piece(session.key)
    scaled = runtime.number(((said.get("result") or {}).get("score") or {}).get("scaled"))
    if part is None or part.mastery is None or scaled is None:
        return
    if (verb == "passed" and scaled < part.mastery) or (verb == "failed" and scaled >= part.mastery):
        raise NotAllowed(
            "packages.unit.mastery", _("El puntaje no corresponde a aprobar o no aprobar.")
        )


def take_in(actor: Actor, rows: Sequence[Statement]) -> None:
    """Count what units said: progress, satisfaction, the end of the session."""
    for row in rows:
        said = texts.read(row.body)
        verb = _verb(said)
        session = _session_of(said) if verb else None
        if session is not None:
            _count(actor, session, verb, said)


def _count(actor: Actor, session: UnitSession, verb: str, said: Mapping[str, Any]) -> None:
    if verb == "initialized":
        record.change(session, initialized_at=actor.at)
        return
    if verb == "terminated":
        record.change(session, terminated_at=actor.at)
        return
    row = attempts.progress_of(session.attempt, session.key)
    attempts.note(actor, row, _outcome(verb, said, weighing.of_row(row)))
    part = session.attempt.version.piece(session.key)
    if part is not None and is_satisfied(str(part.settings.get("move_on")), row):
        _satisfy(actor, row, part, session)


def _outcome(verb: str, said: Mapping[str, Any], before: Outcome) -> Outcome:
    score = (said.get("result") or {}).get("score") or {}
    scaled, raw, most = (runtime.number(score.get(n)) for n in ("scaled", "raw", "max"))
    return Outcome(
        is_complete=True if verb == "completed" else before.is_complete,
        is_passed={"passed": True, "failed": False}.get(verb, before.is_passed),
        scaled=before.scaled if scaled is None else scaled.quantize(runtime.PLACES),
        raw=before.raw if raw is None else raw,
        most=before.most if most is None else most,
        seconds=before.seconds,
    )


def is_satisfied(move_on: str, row: PartProgress) -> bool:
    """Return whether what a unit reported lets its learner move on."""
    completed, passed = row.is_complete is True, row.is_passed is True
    return {
        "NotApplicable": True,
        "Passed": passed,
        "Completed": completed,
        "CompletedAndPassed": completed and passed,
        "CompletedOrPassed": completed or passed,
    }.get(move_on, False)


def _satisfy(actor: Actor, row: PartProgress, part: Part, session: UnitSession) -> None:
    if row.satisfied_at is not None:
        return
    record.change(row, satisfied_at=actor.at)
    _say(actor, session.attempt, "satisfied", part, session)
    attempts.settle(actor, session.attempt)
