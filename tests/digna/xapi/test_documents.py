"""State and profiles: tags that keep two programs from overwriting each other."""

import json
import uuid
from typing import Any

import pytest

from digna.journal.models import Change
from digna.xapi.models import Document
from xapi.asked import ANA, Program, program

pytestmark = pytest.mark.django_db

ACTIVITY = "http://a.example/1"


@pytest.fixture
def moodle() -> Program:
    return program()


def state(**more: Any) -> dict[str, Any]:
    return {"activityId": ACTIVITY, "agent": json.dumps(ANA), "stateId": "lugar", **more}


def test_a_state_is_kept_read_merged_listed_and_removed(moodle: Program) -> None:
    path = "activities/state"
    assert moodle.ask("PUT", path, {"a": 1, "b": 2}, query=state()).status_code == 204
    assert moodle.ask("POST", path, {"b": 3}, query=state()).status_code == 204
    answer = moodle.ask("GET", path, query=state())
    assert answer.json() == {"a": 1, "b": 3}
    assert answer["ETag"].strip('"') == Document.objects.get().etag
    reg = str(uuid.uuid4())
    moodle.ask("PUT", path, b"x", query=state(registration=reg), content_type="text/plain")
    named = {"activityId": ACTIVITY, "agent": json.dumps(ANA)}
    assert moodle.ask("GET", path, query=named).json() == ["lugar", "lugar"]
    assert moodle.ask("GET", path, query={**named, "registration": reg}).json() == ["lugar"]
    assert moodle.ask("POST", path, b"{", query=state(registration=reg)).status_code == 400
    assert moodle.ask("DELETE", path, query=state()).status_code == 204
    assert moodle.ask("GET", path, query=state()).status_code == 404
    assert moodle.ask("DELETE", path, query=named).status_code == 204
    assert not Document.objects.exists()


def test_what_is_kept_does_not_reach_the_journal(moodle: Program) -> None:
    moodle.ask("PUT", "activities/state", {"secreto": "xyz"}, query=state())
    assert "xyz" not in json.dumps(list(Change.objects.values_list("after", flat=True)))


def test_profiles_ask_for_a_tag(moodle: Program) -> None:
    query = {"activityId": ACTIVITY, "profileId": "p"}
    path = "activities/profile"
    assert moodle.ask("PUT", path, {"a": 1}, query=query).status_code == 400
    first = {"If-None-Match": "*"}
    assert moodle.ask("PUT", path, {"a": 1}, query=query, headers=first).status_code == 204
    assert moodle.ask("PUT", path, {"a": 2}, query=query, headers=first).status_code == 412
    blind = moodle.ask("PUT", path, {"a": 2}, query=query)
    assert blind.status_code == 409
    assert "ETag" in blind.json()["message"]
    tag = moodle.ask("GET", path, query=query)["ETag"]
    stale, fresh = {"If-Match": '"0"'}, {"If-Match": tag}
    assert moodle.ask("PUT", path, {"a": 2}, query=query, headers=stale).status_code == 412
    assert moodle.ask("PUT", path, {"a": 2}, query=query, headers=fresh).status_code == 204
    assert moodle.ask("GET", path, query=query).json() == {"a": 2}


def test_an_agent_s_profile_is_its_own(moodle: Program) -> None:
    query = {"agent": json.dumps(ANA), "profileId": "gustos"}
    tag = {"If-None-Match": "*"}
    moodle.ask("PUT", "agents/profile", {"a": 1}, query=query, headers=tag)
    other = {**query, "agent": json.dumps({"mbox": "mailto:otra@digna.example"})}
    assert moodle.ask("GET", "agents/profile", query=other).status_code == 404
    person = moodle.ask("GET", "agents", query={"agent": json.dumps({**ANA, "name": "Ana"})})
    assert person.json() == {"objectType": "Person", "name": ["Ana"], "mbox": [ANA["mbox"]]}


@pytest.mark.parametrize("missing", ["activityId", "agent"])
def test_a_state_is_of_something_and_somebody(moodle: Program, missing: str) -> None:
    query = {name: value for name, value in state().items() if name != missing}
    assert moodle.ask("GET", "activities/state", query=query).status_code == 400
