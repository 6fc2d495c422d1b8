"""Forms filled in the field app: who may, what comes down to the telephone, what comes back."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import cast
import make
from digna.accounts.models import User
from digna.errors import Refused
from digna.field import grants
from digna.journal.models import Line
from digna.surveys import taking_along
from digna.surveys.models import Submission, SurveyForm
from digna.surveys.services import forms, reviews
from surveys import featured, phone, workbooks

pytestmark = pytest.mark.django_db
SYNC = "/field/sync"


def trainer() -> User:
    return make.user("Tania Quispe", role="trainer", partner=cast.PARTNER)


def send(user: User | None, xml: bytes, *, own: str = "", **more: Any) -> dict[str, Any]:
    """One intention of a telephone, as `/field/sync` gets it."""
    values = {"programme": ["bolivia"], "form": ["empresas"], "version": ["1"]}
    values |= more.pop("values", {})
    part = SimpleUploadedFile("submission.xml", xml, "text/xml")
    data = {
        "id": own or str(uuid.uuid4()),
        "action": "surveys.submission.received",
        "at": "2026-11-20T10:00:00-04:00",
        "values": json.dumps(values),
        "xml_submission_file": part,
        **more,
    }
    headers = {"Authorization": f"Bearer {grants.give(user)}"} if user else {}
    told: dict[str, Any] = Client().post(SYNC, data, headers=headers).json()
    return told


def test_a_form_filled_without_signal_counts_once() -> None:
    form, who, own = phone.form(), trainer(), str(uuid.uuid4())
    xml = phone.filled(f"uuid:{own}")
    photo = SimpleUploadedFile("chompa.jpg", phone.JPG, "image/jpeg")
    first = send(who, xml, own=own, **{"chompa.jpg": photo})
    photo.seek(0)
    second = send(who, xml, own=own, **{"chompa.jpg": photo})
    row = Submission.objects.get()
    assert (first["state"], second["state"]) == ("done", "done")
    assert first["receipt"] == {"id": str(row.public_id), "submission": str(row.public_id)}
    assert second["receipt"]["id"] == str(row.public_id)
    assert (row.form, row.user, row.source) == (form, who, "field")
    assert row.attachments.get().size == len(phone.JPG)
    line = Line.objects.get(action="surveys.submission.received")
    assert str(line.intention) == own
    assert line.at.isoformat() == "2026-11-20T14:00:00+00:00"


def test_the_same_form_by_collect_and_by_the_field_app_is_one() -> None:
    phone.form()
    collect = phone.phone()
    xml = phone.filled()
    assert collect.send(xml).status_code == 201
    assert send(collect.key.user, xml)["state"] == "done"
    assert Submission.objects.count() == 1


def test_paper_that_was_typed_in_says_so_and_is_counted() -> None:
    phone.form()
    who = trainer()
    told = send(who, phone.filled(), values={"paper": ["1"]})
    assert told["state"] == "done"
    assert Submission.objects.get().source == "paper"


@pytest.mark.parametrize(
    ("values", "xml", "code"),
    [
        ({"programme": ["otro"]}, phone.filled(), "surveys.not_visible"),
        ({}, phone.filled(form_id="nada"), "surveys.submission.unknown_form"),
        ({}, b"<data", "surveys.submission.unreadable"),
        ({}, b"<!DOCTYPE a [<!ENTITY b 'c'>]><data/>", "surveys.submission.unreadable"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_reason(
    values: dict[str, Any], xml: bytes, code: str
) -> None:
    phone.form()
    told = send(trainer(), xml, values=values)
    assert (told["state"], told["code"]) == ("refused", code)
    assert Submission.objects.count() == 0


def test_a_stranger_and_somebody_elses_submission_are_refused_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    form, who = phone.form(), trainer()
    owner = make.user("Olga Mamani", role="owner", partner=cast.PARTNER)
    for one in (None, owner):
        assert send(one, phone.filled())["code"] == "surveys.not_visible"
    own = f"uuid:{uuid.uuid4()}"
    assert send(who, phone.filled(own))["state"] == "done"
    other = make.user("Teo Choque", role="trainer", partner=cast.PARTNER)
    told = send(other, phone.filled(deprecated=own))
    assert (told["state"], told["code"]) == ("refused", "surveys.submission.not_yours")
    assert "refused surveys.submission.not_yours" in caplog.text
    assert form.submissions.count() == 1


@pytest.mark.parametrize("name", ["../../etc/passwd", "nota.exe", "a/b.jpg"])
def test_tricks_in_the_names_of_files_are_refused(name: str) -> None:
    phone.form()
    trick = SimpleUploadedFile("x.jpg", b"MZ", "image/jpeg")
    if name == "nota.exe":
        trick = SimpleUploadedFile(name, b"MZ", "image/jpeg")
    told = send(trainer(), phone.filled(), **{name: trick})
    assert told["state"] == "refused"
    assert told["code"].startswith("surveys.attachment.")
    assert Submission.objects.count() == 0


def test_a_returned_form_is_corrected_by_who_sent_it() -> None:
    form, who, own = phone.form(), trainer(), f"uuid:{uuid.uuid4()}"
    send(who, phone.filled(own))
    row = Submission.objects.get()
    reviews.review(actor=make.actor(), submission=row, state="has_issues", comment="Falta el NIT")
    page = cast.client_of(who).get(f"/campo/formularios/{form.public_id}/").content.decode()
    assert f'data-returned="{row.public_id}"' in page
    assert "Falta el NIT" in page
    assert send(who, phone.filled(deprecated=own, nombre="Tejidos Sajama"))["state"] == "done"
    row.refresh_from_db()
    assert (row.state, row.versions.count()) == ("received", 2)


def test_the_page_lets_the_engine_compile_and_nothing_else() -> None:
    form = phone.form()
    client = cast.client_of(trainer())
    policy = client.get(f"/campo/formularios/{form.public_id}/")["Content-Security-Policy"]
    scripts = next(part for part in policy.split(";") if "script-src" in part)
    assert scripts.split() == ["script-src", "'self'", "'wasm-unsafe-eval'"]
    elsewhere = client.get("/campo/formularios/")["Content-Security-Policy"]
    assert "wasm" not in elsewhere
    assert "data:" not in next(part for part in elsewhere.split(";") if "connect-src" in part)


def media_form() -> SurveyForm:
    content = featured.one(
        featured.row("select_one_from_file oficios.csv", "oficio", "¿Cuál es su oficio?")
    )
    return phone.form(content, media=(featured.list_file(),))


def test_what_comes_down_is_the_version_that_is_asked_for() -> None:
    form = media_form()
    client = cast.client_of(trainer())
    old = forms.newest(form)
    url = taking_along.definition_url(old)
    newer = workbooks.workbook(
        (featured.COLUMNS, featured.row("text", "oficio", "¿Qué oficio tiene?")),
        featured.choices(0),
        workbooks.settings("una", "2"),
    )
    forms.add_version(actor=make.actor(), form=form, workbook=workbooks.sent(newer))
    told = client.get(url).json()
    assert told["xform"].encode() == old.plain
    assert told["hash"] in url
    listed = client.get(told["media"]["oficios.csv"])
    assert b"".join(listed.streaming_content).startswith(b"name,label,rubro")
    assert "immutable" in listed["Cache-Control"]
    assert client.get(f"/campo/formularios/{form.public_id}/archivo/otra.csv").status_code == 404


def test_what_a_telephone_takes_along_is_there_and_changes_with_the_form() -> None:
    form, who = media_form(), trainer()
    client = cast.client_of(who)
    rows = taking_along.urls(who)
    assert [row["kind"] for row in rows] == [
        "page", "page", "definition", "media", "script", "style"
    ]  # fmt: skip
    assert rows[1]["label"] == form.title
    for row in rows[:4]:
        answer = client.get(row["url"])
        assert answer.status_code == 200, row
    told = client.get(rows[2]["url"])
    assert abs(len(told.content) - rows[2]["bytes"]) < 200
    before = {row["url"]: row["revision"] for row in rows}
    replaced = featured.list_file(count=10)
    forms.add_media(actor=make.actor(), version=forms.newest(form), media=(replaced,))
    after = {row["url"]: row["revision"] for row in taking_along.urls(who)}
    assert len(set(before.items()) & set(after.items())) == 2  # the engine and its style stay
    forms.close_form(actor=make.actor(), form=form)
    assert taking_along.urls(who) == []


def test_a_draft_form_is_nobodys_to_fill_and_a_closed_one_only_to_finish() -> None:
    form, client = phone.form(is_open=False), cast.client_of(trainer())
    url = f"/campo/formularios/{form.public_id}/"
    assert client.get(url).status_code == 404
    forms.open_form(actor=make.actor(), form=form)
    forms.close_form(actor=make.actor(), form=form)
    page = client.get(url).content.decode()
    assert "está cerrado" in page
    assert "Llenar uno nuevo" not in page
    assert send(trainer_again(), phone.filled())["state"] == "done"
    assert Submission.objects.get().is_late


def trainer_again() -> User:
    return User.objects.get(name="Tania Quispe")


def test_the_list_costs_the_same_with_one_form_or_many(django_assert_max_num_queries: Any) -> None:
    client = cast.client_of(trainer())
    for number in range(6):
        phone.form(featured.one(featured.row("text", "a", "A"), form_id=f"f{number}"))
    with django_assert_max_num_queries(25):
        assert client.get("/campo/formularios/").content.count(b"ask-offer__link") == 6


def test_a_manifest_of_one_form_leads_to_its_page() -> None:
    form, who = phone.form(), trainer()
    told = cast.client_of(who).get(f"/campo/formularios/{form.public_id}/llevar.json").json()
    assert told["person"] == str(who.public_id)
    home = next(row["url"] for row in told["urls"] if row["kind"] == "course")
    assert home == f"/campo/formularios/{form.public_id}/"
    assert told["total_bytes"] == sum(row["bytes"] for row in told["urls"])


@pytest.mark.parametrize("kind", ["xml-external", "geotrace", "audit", "background-audio"])
def test_what_cannot_be_filled_here_is_refused_by_name(kind: str) -> None:
    content = featured.one(featured.row("text", "a", "A"), featured.row(kind, "b", "B"))
    with pytest.raises(Refused) as problem:
        phone.form(content)
    assert [(f.code, f.value) for f in problem.value.details["faults"]] == [
        ("unsupported_type", kind)
    ]


@pytest.mark.parametrize("call", ["version()", "property('x')", "lookup(1)"])
def test_functions_that_the_engine_lacks_are_refused_by_name(call: str) -> None:
    content = featured.one(
        featured.row("text", "a", "A"), featured.row("calculate", "b", calculation=call)
    )
    with pytest.raises(Refused) as problem:
        phone.form(content)
    assert [f.code for f in problem.value.details["faults"]] == ["function"]
