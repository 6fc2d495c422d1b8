"""The protocol's promises one by one: known telephones, pieces, waiting, questions, restores."""

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

import make
from cast import cast, client_of
from digna.errors import Refused
from digna.field import envelopes, installation, parts
from digna.field.models import Arrival, Device
from digna.journal import intake, record, selectors
from digna.journal.actor import Actor
from digna.journal.models import Head, Line
from digna.journal.writes import writes
from digna.registry.models import Sector
from sending import Telephone

pytestmark = pytest.mark.django_db

NOW: dict[str, list[str]] = {"name": ["Textiles Illimani"], "phone": ["70000001"]}


@writes("test.sector.added")
def add_sector(*, actor: Actor, name: str) -> Sector:
    return record.add(Sector(code=uuid.uuid4().hex[:12], name_es=name, name_en=name))


def _take(actor: Actor, values: Mapping[str, Any], files: Mapping[str, Any]) -> object:
    said = values.get("name", "")
    if said == "veneno":
        raise ZeroDivisionError("secreto de una persona")
    if said == "lleno":
        raise OperationalError("database or disk is full")
    if said == "mal":
        raise Refused("test.bad", "Eso no se puede.")
    if said == "igual" and not values.get("same"):
        choices = [("new", "Es otra"), ("7", "Es esta")]
        raise intake.Asks("test.near", "¿Es la misma?", answer="same", choices=choices)
    TAKEN.append(({k: values.getlist(k) for k in values}, {k: f.read() for k, f in files.items()}))
    add_sector(actor=actor, name=said)
    return {"row": str(uuid.uuid5(uuid.NAMESPACE_DNS, said))}


TAKEN: list[tuple[dict[str, list[str]], dict[str, bytes]]] = []


@pytest.fixture(autouse=True)
def _intake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(intake.INTAKES, "test.sector.added", _take)
    monkeypatch.setitem(intake.CURRENTS, "test.sector.added", lambda _actor, _values: NOW)
    TAKEN.clear()


def send(phone: Telephone, name: str = "Quinua", **more: Any) -> dict[str, Any]:
    return phone.sends("test.sector.added", {"name": [name], **more.pop("values", {})}, **more)


def phone_of(name: str = "Tania Quispe") -> Telephone:
    return Telephone(make.user(name, role="trainer"))


def test_a_telephone_registers_once_and_its_key_lies_sealed() -> None:
    phone = phone_of()
    key = base64.b64encode(b"k" * 32).decode()
    told = phone.register(recovery=key)
    assert set(told) == {"status", "person", "name", "device", "grant", "server", "now"}
    device = Device.objects.get()
    assert key not in device.recovery
    assert "kkkk" not in device.recovery
    phone.register()
    assert Device.objects.get().recovery == device.recovery
    client = client_of(phone.user)
    told = client.post("/field/device/recovery", {"device": phone.id}, "application/json").json()
    assert told["code"] == "field.recovery.sign_in"


def test_the_key_comes_back_to_who_just_signed_in_and_to_nobody_else() -> None:
    phone = phone_of()
    key = base64.b64encode(b"k" * 32).decode()
    phone.register(recovery=key)
    phone.user.set_password("quinua-real-2026")
    phone.user.email = "tania@example.bo"
    phone.user.save()
    client = client_of(None)
    client.post("/cuenta/login/", {"login": "tania@example.bo", "password": "quinua-real-2026"})
    told = client.post("/field/device/recovery", {"device": phone.id}, "application/json").json()
    assert told.get("recovery") == key, told
    assert Line.objects.filter(action="field.device.opened_again", actor=phone.user).count() == 1
    assert key not in json.dumps(list(Line.objects.values("receipt")))
    other = phone_of("Omar Vaca")
    body = {"device": phone.id}
    told = client_of(other.user).post("/field/device/recovery", body, "application/json").json()
    assert told["code"] == "field.device.not_visible"


def test_a_revoked_telephone_sends_no_more_and_says_what_to_do() -> None:
    phone, page_grant = phone_of(), ""
    page_grant = client_of(phone.user).get("/field/grant").json()["grant"]
    Device.objects.update(revoked_at=timezone.now() + timedelta(seconds=2))
    told = send(phone)
    assert (told["status"], told["code"]) == (401, "field.device.revoked")
    assert phone.asks(uuid.uuid4())["code"] == "field.device.revoked"
    assert phone.register()["code"] == "field.device.revoked"
    phone.grant = page_grant
    told = send(phone)
    assert (told["status"], told["code"]) == (401, "field.grant.over")
    assert TAKEN == []


def test_every_answer_says_which_server_it_is() -> None:
    phone = phone_of()
    first, second = send(phone)["server"], phone.asks()["server"]
    assert (first["id"], first["mark"]) == (second["id"], second["mark"])
    assert send(Telephone(make.user("Omar Vaca", role="trainer")), "mal")["now"]


def test_a_server_put_back_in_time_changes_its_mark() -> None:
    phone = phone_of()
    before = send(phone)["server"]
    head = Head.objects.get(pk=1)
    Head.objects.update(line_count=head.line_count - 1)
    after = phone.asks()["server"]
    assert (after["id"], after["mark"] == before["mark"]) == (before["id"], False)
    assert phone.asks()["server"]["mark"] == after["mark"]


def test_a_request_that_writes_as_much_as_the_backup_lacked_is_noticed_all_the_same() -> None:
    phone = phone_of()
    before = send(phone)["server"]
    head = Head.objects.get(pk=1)
    Head.objects.update(line_count=head.line_count - 1)
    assert send(phone)["server"]["mark"] != before["mark"]


def test_a_telephone_that_saw_more_tells_a_machine_that_remembers_nothing() -> None:
    told = send(phone_of())["server"]
    row = installation.current()
    installation._file(row).unlink()
    Head.objects.update(line_count=1)
    assert installation.told("inventado")["mark"] == told["mark"]
    installation._file(row).unlink()
    assert installation.told(told["seen"])["mark"] != told["mark"]


def test_what_became_of_it_is_told_to_its_person_alone() -> None:
    phone, other = phone_of(), phone_of("Omar Vaca")
    done, asked, never = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    send(phone, id=done)
    assert send(phone, "igual", id=asked)["state"] == "question"
    items = phone.asks(done, asked, never)["items"]
    assert [items[str(one)]["state"] for one in (done, asked, never)] == [
        "done", "question", "unknown",
    ]  # fmt: skip
    assert items[str(asked)]["message"] == "¿Es la misma?"
    assert {one["state"] for one in other.asks(done, asked)["items"].values()} == {"unknown"}
    assert phone.asks(*[uuid.uuid4() for _ in range(501)])["code"] == "field.known.unreadable"


def test_a_large_file_goes_on_where_it_stopped_and_arrives_with_its_intention() -> None:
    phone = phone_of()
    content = bytes(range(256)) * 600
    digest = hashlib.sha256(content).hexdigest()
    file = {"field": "photo", "name": "foto.jpg", "type": "image/jpeg", "sha256": digest,
            "size": len(content)}  # fmt: skip
    told = send(phone, parts=[file])
    assert (told["state"], told["missing"]) == ("parts", [digest])
    assert phone.piece(content, 0)["have"] == 65_536
    assert phone.have(digest)["have"] == 65_536
    wrong = phone.piece(content, 0)
    assert (wrong["status"], wrong["have"]) == (409, 65_536)
    assert phone.piece(content, 65_536)["have"] == 131_072
    assert phone.piece(content, 131_072)["have"] == len(content)
    assert phone_of("Omar Vaca").have(digest)["have"] == 0
    assert send(phone, parts=[file])["state"] == "done"
    assert TAKEN[0][1] == {"photo": content}
    assert phone.have(digest)["have"] == 0


def test_a_large_file_whose_answer_was_lost_is_not_sent_again() -> None:
    phone, key, content = phone_of(), uuid.uuid4(), b"foto" * 100
    file = {"field": "photo", "name": "foto.jpg", "type": "image/jpeg",
            "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}  # fmt: skip
    phone.piece(content, 0)
    assert send(phone, id=key, parts=[file])["state"] == "done"
    assert send(phone, id=key, parts=[file])["state"] == "done"
    assert len(TAKEN) == 1


def test_a_file_that_is_not_what_its_name_says_starts_again() -> None:
    phone = phone_of()
    digest = hashlib.sha256(b"otra cosa").hexdigest()
    told = phone.piece(b"esto", 0, digest=digest)
    assert (told["status"], told["code"]) == (422, "field.part.damaged")
    assert phone.have(digest)["have"] == 0


def test_pieces_have_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    phone = phone_of()
    assert phone.piece(b"abc", 0, length=parts.MOST_FILE + 1)["code"] == "field.part.too_large"
    assert phone.piece(b"abc", 0, length=2)["code"] == "field.part.unreadable"
    assert phone.piece(b"x" * 70_000, 0, 70_000)["code"] == "field.request.too_large"
    climbing = phone.client.get("/field/parts/../../keys/secret_key", headers=phone.headers)
    assert climbing.status_code == 404
    assert phone.have("no")["code"] == "field.part.unreadable"
    monkeypatch.setattr(parts, "QUOTA", 5)
    assert phone.piece(b"abcdef", 0)["code"] == "field.part.quota"
    phone.grant = ""
    assert phone.piece(b"abc", 0)["status"] == 401


def test_what_must_come_before_is_waited_for_and_its_key_put_in() -> None:
    phone, first = phone_of(), uuid.uuid4()
    born = {"parent": [f"@{first}"]}
    for more in ({"after": [str(first)]}, {"values": born}):
        told = send(phone, **more)
        assert (told["state"], told["code"]) == ("later", "field.predecessor.waits")
    assert send(phone, id=first)["state"] == "done"
    assert send(phone, after=[str(first)], values=born)["state"] == "done"
    line = Line.objects.get(intention=first)
    sector = Sector.objects.get(pk=line.receipt["pk"])
    # A row without a public key cannot be named: the value stays as it was.
    assert not hasattr(sector, "public_id")
    assert TAKEN[-1][0]["parent"] == [f"@{first}"]


def test_what_hangs_on_something_rejected_is_refused() -> None:
    phone, first = phone_of(), uuid.uuid4()
    send(phone, "igual", id=first)
    assert send(phone, after=[str(first)])["code"] == "field.predecessor.waits"
    Arrival.objects.update(state="rejected", reason="No es de aquí")
    assert send(phone, after=[str(first)])["code"] == "field.predecessor.rejected"
    told = send(phone, "igual", id=first)
    assert (told["state"], told["message"]) == ("refused", "La oficina no lo aceptó: No es de aquí")


def test_fields_that_one_side_changed_merge_and_the_rest_is_asked() -> None:
    phone = phone_of()
    base = {"name": ["Textiles Illimani"], "phone": ["70000009"]}
    told = send(phone, "Textiles Illampu", values={"phone": ["70000009"]}, base=base)
    assert told["state"] == "done"
    assert TAKEN[-1][0] == {"name": ["Textiles Illampu"], "phone": ["70000001"]}
    base = {"name": ["Tejidos"], "phone": ["70000001"]}
    told = send(phone, "Textiles Sajama", values={"phone": ["70000001"]}, base=base,
                files={"photo": b"foto"})  # fmt: skip
    assert (told["state"], told["code"]) == ("question", "field.values.clash")
    kept = Arrival.objects.get()
    assert (kept.clashing, kept.base, kept.state) == (["name"], base, "question")
    assert kept.files.get().path.read_bytes() == b"foto"


def test_a_poisoned_intention_is_set_apart_and_the_next_goes_on() -> None:
    phone, key = phone_of(), uuid.uuid4()
    told = send(phone, "veneno", id=key, files={"photo": b"foto"})
    assert (told["status"], told["state"], told["code"]) == (
        200, "question", "field.intention.quarantined",
    )  # fmt: skip
    kept = Arrival.objects.get()
    assert kept.values == {"name": ["veneno"]}
    assert "ZeroDivisionError" in kept.trace
    assert "secreto" not in kept.trace
    assert send(phone, "veneno", id=key)["code"] == "field.intention.quarantined"
    assert Arrival.objects.count() == 1
    assert send(phone)["state"] == "done"


def test_a_server_without_room_says_so_and_keeps_nothing() -> None:
    told = send(phone_of(), "lleno")
    assert (told["status"], told["code"]) == (503, "field.server.full")
    assert Arrival.objects.count() == 0


def test_too_much_in_a_minute_waits(settings: Any) -> None:
    settings.FIELD_MOST_A_MINUTE = 2
    phone = phone_of()
    assert [send(phone)["status"] for _ in range(3)] == [200, 200, 429]


def test_the_intention_of_another_is_refused_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    key = uuid.uuid4()
    send(phone_of(), id=key)
    told = send(phone_of("Omar Vaca"), id=key)
    assert (told["state"], told["code"]) == ("refused", "field.intention.stranger")
    assert "field.intention.stranger" in caplog.text
    assert len(TAKEN) == 1


def test_the_same_again_is_answered_with_the_first_receipt_even_where_a_rule_now_says_no() -> None:
    phone, key = phone_of(), uuid.uuid4()
    assert send(phone, id=key)["state"] == "done"
    assert send(phone, "mal", id=key)["state"] == "done"
    assert Line.objects.filter(intention=key).count() == 1
    assert list(selectors.verify()) == []


def test_an_id_used_for_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    phone, key = phone_of(), uuid.uuid4()
    send(phone, id=key)
    monkeypatch.setitem(intake.INTAKES, "test.other.done", _take)
    told = phone.sends("test.other.done", {"name": ["x"]}, id=key)
    assert told["code"] == "journal.intention_reused"


def test_a_packed_request_is_read_and_a_bomb_is_not() -> None:
    phone = phone_of()
    body = {"id": str(uuid.uuid4()), "action": "test.sector.added", "values": '{"name": ["Chía"]}'}
    assert phone.packed(encode_multipart(BOUNDARY, body), MULTIPART_CONTENT)["state"] == "done"
    assert TAKEN[-1][0] == {"name": ["Chía"]}
    bomb = phone.packed(b"0" * (65 * 1024 * 1024), MULTIPART_CONTENT)
    assert (bomb["status"], bomb["code"]) == (422, "field.request.too_large")
    cut = phone.packed(b"", MULTIPART_CONTENT, as_is=b"no es gzip")
    assert (cut["status"], cut["code"]) == (422, "field.request.unreadable")


@pytest.mark.parametrize(
    "values",
    [
        "[" * 100_000,
        '{"a": ' * 5_000 + "1" + "}" * 5_000,
        '{"a": [["b"]]}',
        '{"a": [{"b": 1}]}',
        '{"a": ["\\u0000"]}',
        '{"a": ["\\ud800"]}',
        json.dumps({str(n): [] for n in range(5_001)}),
    ],
)
def test_values_that_no_form_sends_are_refused(values: str) -> None:
    phone = phone_of()
    body = {"id": str(uuid.uuid4()), "action": "test.sector.added", "values": values}
    answer = phone.client.post("/field/sync", body, headers=phone.headers)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "field.values.unreadable")


def test_a_name_that_climbs_out_of_its_folder_stays_in_it() -> None:
    phone = phone_of()
    content = b"foto"
    phone.piece(content, 0)
    file = {"field": "../../x", "name": "../../../etc/passwd", "type": "image/jpeg",
            "sha256": hashlib.sha256(content).hexdigest(), "size": 4}  # fmt: skip
    assert send(phone, "igual", parts=[file])["state"] == "question"
    kept = Arrival.objects.get().files.get()
    assert kept.name == "passwd"
    inside = Path(settings.MEDIA_ROOT).resolve()
    assert kept.path.resolve().is_relative_to(inside)


def test_a_clock_that_is_off_is_put_right_by_the_hour_of_sending() -> None:
    now = timezone.now()
    wrong = timedelta(days=400)
    said, sent = now - wrong - timedelta(hours=2), now - wrong
    assert envelopes.done_at(said.isoformat(), now, sent.isoformat()) == now - timedelta(hours=2)
    said, sent = now + wrong - timedelta(hours=2), now + wrong
    assert envelopes.done_at(said.isoformat(), now, sent.isoformat()) == now - timedelta(hours=2)
    assert envelopes.done_at((now - timedelta(hours=2)).isoformat(), now, now.isoformat()) == (
        now - timedelta(hours=2)
    )


def test_a_stranger_to_a_telephone_learns_nothing_of_it() -> None:
    people = cast()
    phone = Telephone(people.trainer)
    told = client_of(None).post("/field/device", {"device": phone.id}, "application/json")
    assert told.status_code == 302
    other = Telephone(people.other_coordinator)
    other.id = phone.id
    other.register()
    assert Device.objects.filter(telephone=phone.id).count() == 2
