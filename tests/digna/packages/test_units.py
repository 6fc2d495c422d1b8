"""cmi5: a session keeps its order, mastery holds, moveOn decides."""

import uuid
from typing import Any

import pytest

import make
import wrapped
from digna.errors import NotAllowed
from digna.packages import records, sessions
from digna.packages.access import Learner
from digna.packages.models import PackageAttempt, PartProgress, UnitSession
from digna.packages.services import attempts, imports, units
from digna.xapi.services import statements

pytestmark = pytest.mark.django_db


def launched(move_on: str = "CompletedAndPassed", anew: PackageAttempt | None = None) -> Any:
    attempt = anew
    if attempt is None:
        package = imports.import_package(
            actor=make.actor(), archive=wrapped.sent(wrapped.cmi5(move_on))
        )
        attempt = attempts.begin(
            actor=make.actor(),
            version=attempts.newest(package),
            learner=Learner(make.person("Rosa"), None),
        )
    units.launch(
        actor=make.actor(),
        attempt=attempt,
        part=attempt.version.pieces[0],
        endpoint="http://c.example/xapi/",
        fetch_base="http://c.example/clave/",
        back="http://c.example/fin",
    )
    return attempt


def say(attempt: PackageAttempt, verb: str, **more: Any) -> None:
    session = UnitSession.objects.order_by("-pk")[0]
    part = attempt.version.pieces[0]
    context = sessions.context(part, more.pop("session", session))
    context["contextActivities"]["category"] = [{"id": sessions.CATEGORY}]
    context["registration"] = str(more.pop("registration", attempt.registration))
    told = {
        "id": str(uuid.uuid4()),
        "actor": records.agent_of(attempt),
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
        "object": {"id": records.activity_id(attempt, part)},
        "context": context,
        **more,
    }
    statements.store(actor=make.actor(), statements=[told], authority=records.authority())


PASSED = {"result": {"success": True, "score": {"scaled": 0.9}}}


@pytest.mark.parametrize(
    ("move_on", "needed"),
    [
        ("Completed", {"completed"}), ("Passed", {"passed"}),
        ("CompletedAndPassed", {"completed", "passed"}),
        ("CompletedOrPassed", {"passed"}), ("NotApplicable", set()),
    ],
)  # fmt: skip
def test_what_lets_a_learner_move_on(move_on: str, needed: set[str]) -> None:
    attempt = launched(move_on)
    say(attempt, "initialized")
    satisfied = []
    for verb in ("completed", "passed"):
        row = PartProgress.objects.get()
        satisfied.append(row.satisfied_at is not None)
        if verb in needed:
            say(attempt, verb, **(PASSED if verb == "passed" else {}))
    row = PartProgress.objects.get()
    assert row.satisfied_at is not None
    assert satisfied[0] is (move_on == "NotApplicable")
    attempt.refresh_from_db()
    assert attempt.completed_at is not None


def test_a_session_keeps_its_order() -> None:
    attempt = launched()
    with pytest.raises(NotAllowed):
        say(attempt, "completed")
    say(attempt, "initialized")
    with pytest.raises(NotAllowed):
        say(attempt, "initialized")
    say(attempt, "passed", **PASSED)
    with pytest.raises(NotAllowed):
        say(attempt, "failed")
    with pytest.raises(NotAllowed):
        say(attempt, "passed", **PASSED)
    say(attempt, "terminated")
    with pytest.raises(NotAllowed):
        say(attempt, "completed")


def test_mastery_and_the_session_hold() -> None:
    attempt = launched()
    say(attempt, "initialized")
    with pytest.raises(NotAllowed) as problem:
        say(attempt, "passed", result={"success": True, "score": {"scaled": 0.5}})
    assert problem.value.code == "packages.unit.mastery"
    with pytest.raises(NotAllowed):
        say(attempt, "completed", registration=uuid.uuid4())
    old = UnitSession.objects.get()
    launched(anew=attempt)
    old.refresh_from_db()
    assert old.is_abandoned
    with pytest.raises(NotAllowed) as problem:
        say(attempt, "completed", session=old)
    assert problem.value.code == "packages.unit.no_session"
