"""Keys and passes: who comes in, how far, and how it ends."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import cast
import make
from cast import client_of
from digna.xapi import access
from digna.xapi.models import AccessKey, LaunchPass
from digna.xapi.services import keys
from xapi.asked import Program, program, said

pytestmark = pytest.mark.django_db


def test_without_a_version_or_a_key_nothing_opens() -> None:
    assert Client().get("/xapi/statements").status_code == 400
    answer = Client().get("/xapi/statements", headers={"X-Experience-API-Version": "1.0.3"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic")
    assert Program("clave-x", "nada").ask("GET", "statements").status_code == 401
    assert Client().get("/xapi/about").json()["version"][-1] == "1.0.3"
    assert program().ask("PATCH", "statements").status_code == 405


def test_a_session_of_ours_opens_nothing() -> None:
    people = cast.cast()
    client = client_of(people.lead)
    headers = {"X-Experience-API-Version": "1.0.3"}
    assert client.get("/xapi/statements", headers=headers).status_code == 401


def test_scopes_hold() -> None:
    everything, reader, writer = program(), program("read"), program("write")
    key = everything.store(said())[0]
    assert reader.found() == [key]
    assert reader.ask("POST", "statements", said()).status_code == 403
    own = writer.store(said())[0]
    assert writer.found() == [own]
    assert writer.ask("GET", "statements", query={"statementId": key}).status_code == 404


def test_a_key_is_kept_as_a_hash_and_ends_when_it_is_revoked() -> None:
    moodle = program()
    moodle.store(said())
    row = AccessKey.objects.get()
    assert moodle.password not in row.secret_hash
    assert row.last_used_at is not None
    keys.revoke(actor=make.actor(), key=row)
    assert moodle.ask("GET", "statements").status_code == 401


def test_a_pass_reaches_its_own_learner_and_attempt_and_no_further() -> None:
    agent, registration = access.account("a1"), uuid.uuid4()
    secret = keys.new_secret("pase")
    keys.make_pass(
        actor=make.actor(),
        agent=agent,
        registration=registration,
        activity="http://a.example/1",
        secret=secret,
        hours=2,
    )
    player = Program(secret.name, secret.password)
    context = {"registration": str(registration)}
    player.store(said(actor=agent, context=context))
    program().store(said())
    assert len(player.found()) == 1
    wrong: list[dict[str, Any]] = [
        said(context=context),
        said(actor=agent),
        said(actor=agent, context={"registration": str(uuid.uuid4())}),
    ]
    for one in wrong:
        assert player.ask("POST", "statements", one).status_code == 403
    LaunchPass.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert player.ask("GET", "statements").status_code == 401


def test_other_origins_ask_only_where_they_are_named(settings: Any) -> None:
    headers = {"Origin": "https://otro.example"}
    assert "Access-Control-Allow-Origin" not in program().ask("GET", "about", headers=headers)
    settings.XAPI_ORIGINS = ["https://otro.example"]
    answer = Client().options("/xapi/statements", headers=headers)
    assert answer["Access-Control-Allow-Origin"] == "https://otro.example"


def test_too_much_at_once_is_told(settings: Any) -> None:
    settings.XAPI_MOST_BYTES = 10
    assert program().ask("POST", "statements", said()).status_code == 413
