"""What cmi5 units say: held to the order of their session, and counted.

Source: cmi5 specification, Quartz edition, 9.3 (verbs) and 10.2 (moveOn).
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import NotAllowed
from digna.journal import record
from digna.journal.actor import Actor
from digna.packages import records, sessions, settling, weighing
from digna.packages.models import PartProgress, UnitSession
from digna.packages.standards import runtime
from digna.packages.standards.runtime import Outcome
from digna.xapi import texts
from digna.xapi.models import Statement


def _session_of(said: Mapping[str, Any]) -> UnitSession | None:
    told = ((said.get("context") or {}).get("extensions") or {}).get(sessions.SESSION_ID)
    key = texts.as_uuid(told) if isinstance(told, str) else None
    if key is None:
        return None
    rows = UnitSession.objects.select_related("attempt__version__package")
    return rows.filter(public_id=key).first()


def _verb(said: Mapping[str, Any]) -> str:
    """Return the short name of a verb that cmi5 defines for units; "" of any other."""
    categories = ((said.get("context") or {}).get("contextActivities") or {}).get("category") or []
    if not any(one.get("id") == sessions.CATEGORY for one in categories):
        return ""
    base, _slash, name = str(said["verb"]["id"]).rpartition("/")
    is_theirs = name in sessions.DONE_BY_UNIT and f"{base}/" == records.VERBS
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
    if (verb == "passed" and scaled < part.mastery) or (
        verb == "failed" and scaled >= part.mastery
    ):
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
    row = settling.progress_of(session.attempt, session.key)
    settling.note(actor, row, _outcome(verb, said, weighing.of_row(row)))
    part = session.attempt.version.piece(session.key)
    if part is not None and is_satisfied(str(part.settings.get("move_on")), row):
        sessions.satisfy(actor, row, part, session)


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
