"""What a telephone sends late: let in by its grant, through its room's own door, once."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client
from django.utils import timezone

import make
from cast import cast, client_of
from digna.errors import NotAllowed, Refused
from digna.field import envelopes, grants, outboxes
from digna.journal import intake
from digna.journal.actor import Actor
from digna.journal.models import Line
from digna.journal.writes import writes

pytestmark = pytest.mark.django_db

TAKEN: list[tuple[Actor, dict[str, list[str]], dict[str, bytes]]] = []


@writes("test.thing.done")
def do_thing(*, actor: Actor, said: str) -> str:
    return f"{said} de {actor.user}"


def _take(
    actor: Actor, values: Mapping[str, Any], files: "Mapping[str, UploadedFile[Any]]"
) -> object:
    if actor.user is None:
        raise NotAllowed("test.nobody", "Entre con su cuenta.")
    if values.get("said") == "mal":
        raise Refused("test.bad", "Eso no se puede.")
    lists = {name: values.getlist(name) for name in values}  # type: ignore[attr-defined]
    TAKEN.append((actor, lists, {name: file.read() for name, file in files.items()}))
    return do_thing(actor=actor, said=values["said"])


@pytest.fixture(autouse=True)
def _intake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(intake.INTAKES, "test.thing.done", _take)
    TAKEN.clear()


def send(grant: str = "", **given: Any) -> tuple[int, dict[str, Any]]:
    body = {
        "id": str(uuid.uuid4()),
        "action": "test.thing.done",
        "at": timezone.now().isoformat(),
        "values": json.dumps({"said": ["hola"]}),
    } | given
    headers = {"authorization": f"Bearer {grant}"} if grant else {}
    answer = Client().post("/field/sync", body, headers=headers)
    told = answer.json()
    told.pop("server"), told.pop("now")
    return answer.status_code, told


def test_a_grant_is_for_whoever_is_signed_in() -> None:
    people = cast()
    given = client_of(people.trainer).get("/field/grant").json()
    assert given["person"] == str(people.trainer.public_id)
    assert grants.holder(given["grant"]) == people.trainer
    assert client_of(None).get("/field/grant").status_code == 302


def test_an_intention_counts_once_at_the_hour_of_the_telephone_with_its_files() -> None:
    user = make.user("Tania Quispe", role="trainer")
    done = timezone.now() - timedelta(days=3)
    key, photo = str(uuid.uuid4()), SimpleUploadedFile("a.jpg", b"foto")
    values = json.dumps({"said": ["hola"], "options": ["a", "b"]})
    first = send(grants.give(user), id=key, at=done.isoformat(), values=values, photo=photo)
    again = send(grants.give(user), id=key, at=done.isoformat(), values=values)
    assert first == again == (200, {"state": "done", "receipt": f"hola de {user}", "code": "",
                                    "message": ""})  # fmt: skip
    assert Line.objects.filter(intention=key).count() == 1
    line = Line.objects.get(intention=key)
    assert (line.actor, line.at, line.device[:8]) == (user, done, "teléfono")
    assert TAKEN[0][1:] == ({"said": ["hola"], "options": ["a", "b"]}, {"photo": b"foto"})


def test_a_session_cookie_alone_lets_nothing_in() -> None:
    client = client_of(make.user("Elena Rocha", role="lead"))
    body = {"id": str(uuid.uuid4()), "action": "test.thing.done", "values": '{"said": ["x"]}'}
    answer = client.post("/field/sync", body)
    assert answer.json()["code"] == "test.nobody"
    assert TAKEN == []


def test_what_a_rule_refuses_is_told_and_what_is_unknown_waits() -> None:
    grant = grants.give(make.user("Tania Quispe", role="trainer"))
    status, told = send(grant, values=json.dumps({"said": ["mal"]}))
    assert (status, told["state"], told["message"]) == (200, "refused", "Eso no se puede.")
    status, told = send(grant, action="surveys.answer.given")
    assert (status, told["state"], told["code"]) == (200, "later", "field.action.unknown")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"values": "[1]"}, "field.values.unreadable"),
        ({"values": '{"a": 1}'}, "field.values.unreadable"),
        ({"values": "{"}, "field.values.unreadable"),
        ({"id": "siete"}, "field.id.missing"),
    ],
)
def test_a_damaged_intention_is_told(given: dict[str, Any], code: str) -> None:
    status, told = send(**given)
    assert (status, told["state"], told["code"]) == (422, "refused", code)


def test_a_grant_ends_with_the_password_the_account_or_a_season() -> None:
    user = make.user("Tania Quispe", role="trainer")
    grant = grants.give(user)
    assert send(f"{grant}x")[0] == 401
    user.set_password("otra-clave-larga")
    user.save()
    assert send(grant)[0] == 401
    renewed = grants.give(user)
    user.is_active = False
    user.save()
    assert send(renewed) == (
        401,
        {
            "state": "refused",
            "code": "field.grant.over",
            "message": "Entre otra vez con su cuenta para enviar. "
            "Lo guardado sigue en este teléfono.",
        },
    )


def test_a_grant_is_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    grant = grants.give(make.user("Tania Quispe", role="trainer"))
    monkeypatch.setattr(grants, "LASTS", -1)
    with pytest.raises(NotAllowed):
        grants.holder(grant)
    with pytest.raises(NotAllowed):
        grants.holder(signing.dumps("otra cosa", salt=grants.SALT))


@pytest.mark.parametrize("said", ["", "ayer", "2026-13-40T00:00:00Z", "2020-01-01T00:00:00"])
def test_an_hour_that_cannot_be_is_now(said: str) -> None:
    now = timezone.now()
    assert envelopes.done_at(said, now) == now


def test_a_clock_that_runs_ahead_does_not_write_the_future() -> None:
    now = timezone.now()
    assert envelopes.done_at((now + timedelta(days=2)).isoformat(), now) == now
    soon: datetime = now + timedelta(minutes=3)
    assert envelopes.done_at(soon.isoformat(), now) == soon


def outbox(**given: Any) -> bytes:
    item = {
        "id": str(uuid.uuid4()),
        "action": "test.thing.done",
        "at": "2026-11-01T10:00:00Z",
        "about": "Lección 2",
        "values": {"said": ["hola"]},
        "files": [{"field": "photo", "name": "a.jpg", "type": "image/jpeg",
                   "blob": "data:image/jpeg;base64,Zm90bw=="}],
    }  # fmt: skip
    return json.dumps({"kind": "digna-outbox", "version": 1, "items": [item | given]}).encode()


def test_an_outbox_handed_in_as_a_file_counts_for_its_own_person_once() -> None:
    people = cast()
    content = outbox(grant=grants.give(people.trainer))
    client = client_of(people.coordinator)
    for _time in (1, 2):
        file = SimpleUploadedFile("digna.json", content)
        page = client.post("/campo/archivo", {"file": file})
        assert "Lección 2" in page.content.decode()
        assert "recibido" in page.content.decode()
    assert Line.objects.filter(action="test.thing.done", actor=people.trainer).count() == 1
    assert TAKEN[0][2] == {"photo": b"foto"}


def test_each_thing_of_a_file_that_does_not_come_in_says_why() -> None:
    grant = grants.give(make.user("Tania Quispe", role="trainer"))
    told = {
        "field.grant.over": outbox(grant="falso"),
        "field.file.damaged": outbox(grant=grant, files=[{"field": "photo"}]),
        "field.id.missing": outbox(grant=grant, id="x"),
        "test.bad": outbox(grant=grant, values={"said": ["mal"]}),
    }
    for code, content in told.items():
        assert [one.answer.code for one in outboxes.hand_in(content)] == [code]


@pytest.mark.parametrize("content", [b"no", b"[]", b'{"kind": "otra"}', b'{"kind": 3, "items": 1}'])
def test_a_file_of_something_else_is_told_on_its_page(content: bytes) -> None:
    client = client_of(make.user("Carla Ortiz", role="coordinator"))
    page = client.post("/campo/archivo", {"file": SimpleUploadedFile("x.json", content)})
    assert page.status_code == 422
    assert "no es de «Por enviar»" in page.content.decode()
