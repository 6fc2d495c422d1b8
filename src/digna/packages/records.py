"""The statements that Digna itself makes of attempts, in the vocabulary of cmi5 and ADL."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from digna.packages.access import Learner
from digna.packages.models import PackageAttempt, PartProgress
from digna.packages.standards.runtime import Outcome
from digna.packages.standards.values import Part
from digna.xapi import access as xapi
from digna_engines.statements import checking, values

VERBS = "http://adlnet.gov/expapi/verbs/"
CMI5_VERBS = "https://w3id.org/xapi/adl/verbs/"
SCORM_CATEGORY = "https://w3id.org/xapi/scorm"
WORDS = {
    "initialized": {"es": "empezó", "en": "initialized"},
    "completed": {"es": "terminó", "en": "completed"},
    "passed": {"es": "aprobó", "en": "passed"},
    "failed": {"es": "no aprobó", "en": "failed"},
    "launched": {"es": "abrió", "en": "launched"},
    "abandoned": {"es": "abandonó", "en": "abandoned"},
    "satisfied": {"es": "cumplió", "en": "satisfied"},
}


def authority() -> dict[str, Any]:
    """Return the agent that vouches for what Digna says."""
    return xapi.account("digna")


def learner_of(attempt: PackageAttempt) -> Learner:
    """Return whose an attempt is."""
    return Learner(attempt.person, attempt.user)


def agent_of(attempt: PackageAttempt) -> dict[str, Any]:
    """Return the learner of an attempt as an agent: an account that tells no name."""
    return xapi.account(learner_of(attempt).key)


def activity_id(attempt: PackageAttempt, part: Part | None = None) -> str:
    """Return the identifier of a package, or of one of its parts."""
    base = f"{settings.LEARNER_HOME}/paquetes/{attempt.version.package.public_id}"
    if part is None:
        return base
    keys = [one.key for one in attempt.version.pieces]
    return f"{base}/partes/{keys.index(part.key) + 1}"


def _activity(attempt: PackageAttempt, part: Part | None = None) -> dict[str, Any]:
    title = attempt.version.package.title if part is None else part.title
    kind = "course" if part is None else "lesson"
    return {
        "objectType": "Activity",
        "id": activity_id(attempt, part),
        "definition": {
            "name": {_tag(attempt.version.package.language): title},
            "type": f"http://adlnet.gov/expapi/activities/{kind}",
        },
    }


def _tag(language: str) -> str:
    return language if values.LANGUAGE.fullmatch(language) else "und"


def said(
    attempt: PackageAttempt,
    verb: str,
    *,
    part: Part | None = None,
    result: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
    verbs: str = VERBS,
) -> dict[str, Any]:
    """Return one statement about an attempt."""
    told: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "actor": agent_of(attempt),
        "verb": {"id": f"{verbs}{verb}", "display": WORDS[verb]},
        "object": _activity(attempt, part),
        "context": {"registration": str(attempt.registration), **(context or {})},
    }
    if part is not None and "contextActivities" not in told["context"]:
        told["context"]["contextActivities"] = {"parent": [{"id": activity_id(attempt)}]}
    if result:
        told["result"] = dict(result)
    return told


def begun(attempt: PackageAttempt) -> list[dict[str, Any]]:
    """Return what is said when an attempt begins; cmi5 units speak for themselves."""
    if attempt.is_trial or attempt.version.package.kind == "cmi5":
        return []
    return [said(attempt, "initialized")]


def changed(row: PartProgress, before: Outcome, after: Outcome) -> list[dict[str, Any]]:
    """Return what is said when a part was completed, passed or failed."""
    part = row.attempt.version.piece(row.key)
    if row.attempt.is_trial or part is None:
        return []
    found = []
    if after.is_complete and not before.is_complete:
        found.append(said(row.attempt, "completed", part=part, result=_result(after)))
    if after.is_passed is not None and after.is_passed != before.is_passed:
        verb = "passed" if after.is_passed else "failed"
        result = {**_result(after), "success": after.is_passed}
        found.append(said(row.attempt, verb, part=part, result=result))
    return found


def of_h5p(attempt: PackageAttempt, told: Any) -> list[dict[str, Any]]:
    """Return what an H5P said, as the learner's and of this package; nothing if it is malformed.

    Whoever can open a package can make it say anything: who acts and of which attempt is ours.
    """
    if attempt.is_trial or not isinstance(told, Mapping):
        return []
    context = told.get("context")
    one = {name: told[name] for name in ("verb", "object", "result") if name in told}
    one["id"] = str(uuid.uuid4())
    one["actor"] = agent_of(attempt)
    one["context"] = {
        **(context if isinstance(context, Mapping) else {}),
        "registration": str(attempt.registration),
    }
    return [] if checking.faults(one) else [one]


def _result(outcome: Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if outcome.is_complete is not None:
        told["completion"] = outcome.is_complete
    if outcome.scaled is not None:
        told["score"] = {"scaled": float(outcome.scaled)}
    if outcome.seconds is not None:
        told["duration"] = f"PT{outcome.seconds}S"
    return told
