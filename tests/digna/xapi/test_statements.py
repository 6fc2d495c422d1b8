"""`/xapi/statements`: kept once and for good, found as the specification says, in its forms."""

import hashlib
import json
import uuid
from typing import Any

import pytest
from django.test import Client

from digna.journal.models import Change, Line
from digna.xapi.models import Statement
from digna_engines.statements import checking
from xapi.asked import ANA, Program, program, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def moodle() -> Program:
    return program()


def voiding(key: str) -> dict[str, Any]:
    return said(verb={"id": checking.VOIDED}, object={"objectType": "StatementRef", "id": key})


def test_a_statement_is_kept_and_read_with_what_the_store_adds(moodle: Program) -> None:
    key = moodle.store(said())[0]
    answer = moodle.ask("GET", "statements", query={"statementId": key})
    told = answer.json()
    assert told["id"] == key
    assert told["actor"] == ANA
    assert told["version"] == "1.0.0"
    assert told["timestamp"] == told["stored"]
    assert told["authority"]["account"]["name"] == moodle.name
    assert answer["X-Experience-API-Version"] == "1.0.3"
    assert answer["Last-Modified"]
    line = Line.objects.get(action="xapi.statements.stored")
    assert line.receipt == [key]
    assert "ana@digna.example" not in json.dumps(
        list(Change.objects.values_list("after", flat=True))
    )


def test_the_same_again_is_left_and_another_under_its_id_is_refused(moodle: Program) -> None:
    key = str(uuid.uuid4())
    for _time in range(2):
        answer = moodle.ask("PUT", "statements", said(), query={"statementId": key})
        assert answer.status_code == 204
    other = said(result={"success": True})
    answer = moodle.ask("PUT", "statements", other, query={"statementId": key})
    assert answer.status_code == 409
    assert answer.json()["code"] == "xapi.statement.differs"
    assert Statement.objects.count() == 1


def test_one_fault_keeps_the_whole_batch_out_and_tells_where(moodle: Program) -> None:
    answer = moodle.ask("POST", "statements", [said(), said(verb={"id": "x"})])
    assert answer.status_code == 400
    assert answer.json()["faults"][0]["path"] == "$[1].verb.id"
    assert not Statement.objects.exists()
    twice = said(id=str(uuid.uuid4()))
    assert moodle.ask("POST", "statements", [twice, twice]).status_code == 400


@pytest.mark.parametrize(
    "body", [b"{", b'{"a":1,"a":2}', b"[NaN]", b'{"actor": "\\ud800"}', b"\xff\xfe"]
)
def test_what_is_not_json_is_refused(moodle: Program, body: bytes) -> None:
    assert moodle.ask("POST", "statements", body).status_code == 400


def test_voided_ones_go_and_what_points_at_them_stays(moodle: Program) -> None:
    key = moodle.store(said())[0]
    void = moodle.store(voiding(key))[0]
    assert moodle.ask("GET", "statements", query={"statementId": key}).status_code == 404
    voided = moodle.ask("GET", "statements", query={"voidedStatementId": key})
    assert voided.json()["id"] == key
    assert moodle.found(verb="http://v.example/hizo") == [void]
    assert moodle.ask("POST", "statements", voiding(void)).status_code == 400


def test_a_voiding_that_comes_before_what_it_voids_holds(moodle: Program) -> None:
    key = str(uuid.uuid4())
    moodle.store(voiding(key))
    moodle.store(said(id=key))
    assert Statement.objects.get(statement_id=key).is_voided


def test_references_are_followed_through_others_in_whatever_order(moodle: Program) -> None:
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    third = moodle.store(said(object={"objectType": "StatementRef", "id": second}))[0]
    moodle.store(said(id=second, object={"objectType": "StatementRef", "id": first}))
    moodle.store(said(id=first, verb={"id": "http://v.example/otro"}))
    assert moodle.found(verb="http://v.example/otro") == [first, second, third]


def test_filters_know_direct_from_related(moodle: Program) -> None:
    guide = {"mbox": "mailto:guia@digna.example"}
    reg = str(uuid.uuid4())
    plain = moodle.store(said())[0]
    rich = moodle.store(
        said(
            context={
                "instructor": guide,
                "registration": reg,
                "contextActivities": {"parent": {"id": "http://a.example/curso"}},
            }
        )
    )[0]
    assert moodle.found(agent=json.dumps(ANA)) == [rich, plain]
    assert moodle.found(agent=json.dumps(guide)) == []
    assert moodle.found(agent=json.dumps(guide), related_agents="true") == [rich]
    assert moodle.found(activity="http://a.example/curso") == []
    assert moodle.found(activity="http://a.example/curso", related_activities="true") == [rich]
    assert moodle.found(registration=reg) == [rich]
    assert moodle.found(ascending="true") == [plain, rich]
    stored = Statement.objects.get(statement_id=plain).stored_at.isoformat()
    assert moodle.found(since=stored) == [rich]
    assert moodle.found(until=stored) == [plain]


def test_pages_go_on_without_repeating(moodle: Program) -> None:
    keys = [moodle.store(said())[0] for _n in range(5)]
    answer = moodle.ask("GET", "statements", query={"limit": 2, "verb": "http://v.example/hizo"})
    seen = []
    while True:
        told = answer.json()
        seen += [one["id"] for one in told["statements"]]
        if not told["more"]:
            break
        moodle.store(said())  # newer ones do not disturb who is on the way
        answer = moodle.ask("GET", told["more"].removeprefix("/xapi/"))
    assert seen == keys[::-1]
    assert moodle.ask("GET", "statements", query={"more": "falso"}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"statementId": "x"}, {"verb": "x"}, {"limit": "-1"}, {"agent": "{"}, {"since": "ayer"},
        {"nada": "1"}, {"format": "otro"}, {"ascending": "si"}, {"registration": "x"},
        {"statementId": str(uuid.UUID(int=7)), "verb": "http://v.example"},
    ],
)  # fmt: skip
def test_parameters_that_are_unknown_or_wrong_are_refused(
    moodle: Program, query: dict[str, str]
) -> None:
    answer = moodle.ask("GET", "statements", query=query)
    assert answer.status_code == 400, query
    assert answer.json()["code"].startswith("xapi.")


def test_forms_exact_ids_and_canonical(moodle: Program) -> None:
    definition = {"name": {"es": "Costos", "en": "Costs"}}
    moodle.store(said(object={"id": "http://a.example/9", "definition": definition}))
    key = moodle.store(said(object={"id": "http://a.example/9"}))[0]

    def told(form: str) -> Any:
        query = {"statementId": key, "format": form}
        return moodle.ask(
            "GET", "statements", query=query, headers={"Accept-Language": "en;q=1, es;q=0.5"}
        ).json()

    assert told("ids")["verb"] == {"id": "http://v.example/hizo"}
    assert told("exact")["object"] == {"id": "http://a.example/9"}
    assert told("canonical")["object"]["definition"]["name"] == {"en": "Costs"}
    activity = moodle.ask("GET", "activities", query={"activityId": "http://a.example/9"}).json()
    assert activity["definition"] == definition


def mixed(statement: dict[str, Any], content: bytes, sha2: str) -> bytes:
    head = "--B\r\nContent-Type: application/json\r\n\r\n" + json.dumps(statement) + "\r\n--B\r\n"
    head += "Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n"
    head += f"X-Experience-API-Hash: {sha2}\r\n\r\n"
    return head.encode() + content + b"\r\n--B--\r\n"


def test_files_come_along_and_go_back(moodle: Program) -> None:
    content = b"hola\r\n--x"
    sha2 = hashlib.sha256(content).hexdigest()
    one = said(
        attachments=[
            {
                "usageType": "http://u.example/foto", "display": {"es": "Foto"}, "sha2": sha2,
                "contentType": "text/plain", "length": len(content),
            }
        ]
    )  # fmt: skip
    kind = 'multipart/mixed; boundary="B"'
    bad = moodle.ask("POST", "statements", mixed(one, b"otra", sha2), content_type=kind)
    assert bad.status_code == 400
    good = moodle.ask("POST", "statements", mixed(one, content, sha2), content_type=kind)
    assert good.status_code == 200, good.content
    query = {"statementId": good.json()[0], "attachments": "true"}
    answer = moodle.ask("GET", "statements", query=query)
    assert answer["Content-Type"].startswith("multipart/mixed")
    assert content in answer.content
    assert moodle.ask("POST", "statements", one).status_code == 400  # its file is not here


def test_the_alternate_syntax_reads_all_from_the_form(moodle: Program) -> None:
    answer = Client().post(
        "/xapi/statements?method=GET",
        {
            "limit": "1",
            "Authorization": moodle.authorization,
            "X-Experience-API-Version": "1.0.3",
        },
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 400  # a dict in this type is not a form
    form = "limit=1&Authorization=" + moodle.authorization.replace(" ", "+").replace("=", "%3D")
    answer = Client().generic(
        "POST",
        "/xapi/statements?method=GET",
        (form + "&X-Experience-API-Version=1.0.3").encode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200, answer.content


def test_head_tells_what_get_would_without_its_body(moodle: Program) -> None:
    moodle.store(said())
    answer = moodle.ask("HEAD", "statements")
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer["X-Experience-API-Consistent-Through"]


def test_the_cost_of_a_page_does_not_grow(
    moodle: Program, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    for count in (5, 10):
        moodle.store(*[said() for _n in range(count)])
        with django_assert_max_num_queries(6):
            moodle.found(agent=json.dumps(ANA))
