"""The protocol of ODK Collect, KoboCollect and their like, request by request."""

import base64
import hashlib

import pytest
from defusedxml import ElementTree
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import make
from digna.journal.models import Line
from digna.surveys.models import AppKey, Attachment, Submission, SubmissionVersion
from digna.surveys.services import forms, keys
from surveys import phone, workbooks
from surveys.phone import JPG, LIST, filled

pytestmark = pytest.mark.django_db
CSV = b"name,label\n1,El Alto\n"


def bytes_of(row: Attachment) -> bytes:
    with row.file.open("rb") as file:
        return bytes(file.read())


def test_without_a_key_the_answer_says_how_to_come_in() -> None:
    phone.programme()
    answer = Client().get("/openrosa/bolivia/formList")
    assert answer.status_code == 401
    assert answer["www-authenticate"].startswith('Digest realm="Digna", qop="auth", nonce="')
    assert "Basic" not in answer["www-authenticate"]  # nobody sends a password where it is heard
    over_tls = Client().get("/openrosa/bolivia/formList", secure=True)
    assert 'Basic realm="Digna"' in over_tls["www-authenticate"]
    assert Client().get("/openrosa/otro/formList").status_code == 404
    assert Client().head("/openrosa/bolivia/submission").status_code == 401


def test_a_wrong_password_or_path_or_old_challenge_does_not_open() -> None:
    one = phone.phone()
    assert one.ask("GET", "formList").status_code == 200
    one.secret = keys.Secrets(one.secret.name, "otra", "")
    assert one.ask("GET", "formList").status_code == 401
    two = phone.phone()
    two.ask("GET", "formList")
    header = two._digest("GET", f"{two.base}/formList")
    elsewhere = Client().get(f"{two.base}/submission", headers={"Authorization": header})
    assert elsewhere.status_code == 401
    two.challenge["nonce"] = "68f00000-" + "0" * 32
    stale = Client().get(
        f"{two.base}/formList",
        headers={"Authorization": two._digest("GET", f"{two.base}/formList")},
    )
    assert "stale=true" in stale["www-authenticate"]


def test_basic_and_the_link_open_too_until_the_key_is_retired() -> None:
    phone.form()
    one = phone.phone()
    told = base64.b64encode(f"{one.secret.name}:{one.secret.password}".encode()).decode()
    headers = {"Authorization": f"Basic {told}"}
    link = f"/openrosa/key/{one.secret.token}/formList"
    for path, more in (
        (f"{one.base}/formList", {"headers": headers}),
        (link, {}),
        (f"{link}/", {}),
    ):
        assert Client().get(path, secure=True, **more).status_code == 200, path
    keys.revoke(actor=make.actor(), key=one.key)
    assert Client().get(f"{one.base}/formList", secure=True, headers=headers).status_code == 401
    assert Client().get(link).status_code == 403
    assert Client().get("/openrosa/key/otro/formList").status_code == 404


def test_who_lost_their_role_is_kept_out() -> None:
    user = make.user("Tania", role="trainer")
    one = phone.phone(user)
    user.memberships.all().delete()
    assert one.ask("GET", "formList").status_code == 403


def test_the_list_names_open_forms_with_the_hash_of_their_bytes() -> None:
    form = phone.form()
    phone.form(workbooks.workbook(told=workbooks.settings("otro")), is_open=False)
    one = phone.phone()
    answer = one.ask("GET", "formList")
    assert answer["x-openrosa-version"] == "1.0"
    assert answer["content-type"] == "text/xml; charset=utf-8"
    assert "no-store" in answer["cache-control"]
    (row,) = ElementTree.fromstring(answer.content)
    told = {child.tag.removeprefix(LIST): child.text for child in row}
    assert (told["formID"], told["name"], told["version"]) == (
        "empresas",
        "Empresas del barrio",
        "1",
    )
    assert "manifestUrl" not in told
    got = one.ask("GET", told["downloadUrl"].removeprefix("http://testserver"))
    assert told["hash"] == "md5:" + hashlib.md5(got.content, usedforsecurity=False).hexdigest()
    assert b'id="empresas"' in got.content
    assert one.ask("GET", "formList?formID=otro").content.count(b"<xform>") == 0
    forms.close_form(actor=make.actor(), form=form)
    assert one.ask("GET", "formList").content.count(b"<xform>") == 0


def test_the_manifest_names_what_the_form_leans_on() -> None:
    rows = (("select_one_from_file municipios.csv", "muni", "Municipio"),)
    csv = SimpleUploadedFile("municipios.csv", CSV)
    content = workbooks.simple(*rows)
    form = phone.form(content, media=[csv])
    one = phone.phone()
    assert b"manifestUrl" in one.ask("GET", "formList").content
    version = forms.newest(form)
    got = one.ask("GET", f"forms/{version.public_id}/manifest").content.decode()
    assert "municipios.csv" in got
    assert "md5:" + hashlib.md5(CSV, usedforsecurity=False).hexdigest() in got
    file = one.ask("GET", f"forms/{version.public_id}/media/municipios.csv")
    assert b"".join(file.streaming_content) == CSV


def test_head_says_where_to_and_how_much() -> None:
    answer = phone.phone().ask("HEAD", "submission")
    assert answer.status_code == 204
    assert answer["location"].endswith("/openrosa/bolivia/submission")
    assert int(answer["x-openrosa-accept-content-length"]) == 100 * 1024 * 1024


def test_a_submission_is_kept_as_it_came_once() -> None:
    phone.form()
    one = phone.phone()
    xml = filled("uuid:1")
    for _time in range(3):
        answer = one.send(xml, {"chompa.jpg": JPG})
        assert answer.status_code == 201, answer.content
        assert b"OpenRosaResponse" in answer.content
    row = Submission.objects.get()
    version = SubmissionVersion.objects.get()
    assert version.plain == xml
    assert version.sha256 == hashlib.sha256(xml).hexdigest()
    assert row.user == one.key.user
    assert version.device == "Celular de Tania collect:abc"
    (file,) = row.attachments.all()
    assert bytes_of(file) == JPG
    assert Line.objects.filter(action="surveys.submission.received").count() == 1


def test_attachments_come_in_several_parts_and_what_lacks_shows() -> None:
    phone.form()
    one = phone.phone()
    xml = filled("uuid:1")
    assert one.send(xml).status_code == 201
    lacking = Submission.objects.get().attachments.filter(file="")
    assert [a.name for a in lacking] == ["chompa.jpg"]
    assert one.send(xml, {"chompa.jpg": JPG, "otra.jpg": JPG}).status_code == 201
    assert not Submission.objects.get().attachments.filter(file="").exists()
    assert one.send(xml, {"chompa.jpg": JPG + b"x"}).status_code == 409
    assert bytes_of(Submission.objects.get().attachments.get(name="chompa.jpg")) == JPG


def test_the_same_id_with_other_content_overwrites_nothing() -> None:
    phone.form()
    one = phone.phone()
    one.send(filled("uuid:1"))
    assert one.send(filled("uuid:1", nombre="Otra")).status_code == 409
    assert SubmissionVersion.objects.get().plain == filled("uuid:1")
    assert Line.objects.filter(action="surveys.submission.refused").count() == 1


def test_a_correction_is_a_new_version_of_the_same() -> None:
    phone.form()
    one = phone.phone()
    one.send(filled("uuid:1"))
    assert one.send(filled("uuid:2", deprecated="uuid:1", nombre="Bien")).status_code == 201
    row = Submission.objects.get()
    assert [(v.number, v.is_current) for v in row.versions.all()] == [(2, True), (1, False)]
    again = one.send(filled("uuid:1"))  # the first one, late: it changes nothing
    assert again.status_code == 201
    assert SubmissionVersion.objects.count() == 2


def test_two_corrections_of_one_are_both_kept_and_asked_about() -> None:
    phone.form()
    one = phone.phone()
    one.send(filled("uuid:1"))
    one.send(filled("uuid:2", deprecated="uuid:1"))
    assert one.send(filled("uuid:3", deprecated="uuid:1")).status_code == 201
    row = Submission.objects.get()
    assert (row.has_clash, row.state) == (True, "has_issues")
    assert row.versions.get(is_current=True).instance_id == "uuid:2"
    assert row.versions.count() == 3


def test_a_correction_may_come_before_what_it_corrects() -> None:
    phone.form()
    one = phone.phone()
    one.send(filled("uuid:2", deprecated="uuid:1", nombre="Bien"))
    assert one.send(filled("uuid:1")).status_code == 201
    row = Submission.objects.get()
    assert row.versions.get(is_current=True).instance_id == "uuid:2"
    assert row.versions.count() == 2


def test_nobody_corrects_or_completes_what_another_sent() -> None:
    phone.form()
    phone.phone().send(filled("uuid:1"))
    other = phone.phone(make.user("Otro", role="trainer"))
    assert other.send(filled("uuid:2", deprecated="uuid:1")).status_code == 403
    assert other.send(filled("uuid:1"), {"chompa.jpg": JPG}).status_code == 403
    assert other.send(filled("uuid:1")).status_code == 201  # told the same, and nothing happens
    assert SubmissionVersion.objects.count() == 1
    office = phone.phone(make.user("Elena", role="lead"))
    assert office.send(filled("uuid:3", deprecated="uuid:1")).status_code == 201


def test_what_was_filled_before_closing_still_comes_in_marked() -> None:
    form = phone.form()
    one = phone.phone()
    forms.close_form(actor=make.actor(), form=form)
    assert one.send(filled("uuid:1")).status_code == 201
    assert Submission.objects.get().is_late


HEAD = b'<?xml version="1.0"?><!DOCTYPE d ['
BOMB = HEAD + b'<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><data id="empresas">&b;</data>'
XXE = HEAD + b'<!ENTITY x SYSTEM "file:///etc/hostname">]><data id="empresas">&x;</data>'
LONG_ID = b"<data id='empresas'><meta><instanceID>" + b"x" * 300 + b"</instanceID></meta></data>"
UTF16 = BOMB.decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")


@pytest.mark.parametrize(
    ("xml", "status"),
    [
        (b"<data id='empresas'><a></data>", 400), (b"\x00\x01PK", 400), (BOMB, 400), (XXE, 400),
        (UTF16, 400), (b"<a>" * 5000 + b"</a>" * 5000, 400), (b"<data/>", 400),
        (b"<data id='otro'/>", 404), (b"<data id='empresas' encrypted='yes'/>", 400),
        (LONG_ID, 400),
    ],
)  # fmt: skip
def test_what_is_no_submission_is_refused_and_noted(xml: bytes, status: int) -> None:
    phone.form()
    one = phone.phone()
    assert one.send(xml).status_code == status
    assert not Submission.objects.exists()
    line = Line.objects.get(action="surveys.submission.refused")
    assert line.actor == one.key.user


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("../../x.jpg", JPG, 400), ("a\\b.jpg", JPG, 400), ("nota.exe", b"MZ", 415),
        ("foto.jpg", b"MZ\x90", 415), ("foto.jpg", b"<script>", 415), ("página.html", b"<p>", 415),
    ],
)  # fmt: skip
def test_files_with_tricks_are_refused(name: str, content: bytes, status: int) -> None:
    phone.form()
    assert phone.phone().send(filled(), {name: content}).status_code == status
    assert not Submission.objects.exists()


def test_names_with_accents_and_spaces_are_kept() -> None:
    phone.form()
    assert phone.phone().send(filled(), {"café ñ 1.jpg": JPG}).status_code == 201
    assert Submission.objects.get().attachments.filter(name="café ñ 1.jpg").exists()


def test_too_much_at_once_is_refused_before_it_is_read(settings) -> None:  # type: ignore[no-untyped-def]
    phone.form()
    one = phone.phone()
    one.ask("GET", "formList")
    settings.SURVEYS_MOST_BYTES = 100
    assert one.send(filled(), {"a.jpg": JPG * 500}).status_code == 413


def test_a_draft_takes_nothing_and_other_methods_are_not_offered() -> None:
    phone.form(is_open=False)
    one = phone.phone()
    assert one.send(filled()).status_code == 404
    assert one.ask("GET", "submission").status_code == 405
    assert one.ask("DELETE", "formList").status_code == 405
    answer = one.ask("POST", "submission", data=b"{}", content_type="application/json")
    assert answer.status_code == 415


def test_no_instance_id_is_taken_once_by_its_bytes() -> None:
    phone.form()
    one = phone.phone()
    xml = b"<data id='empresas' version='9'><datos><nombre>A</nombre></datos></data>"
    assert [one.send(xml).status_code for _time in range(2)] == [201, 201]
    assert Submission.objects.count() == 1


def test_a_key_s_use_is_noted_and_its_secrets_are_not_kept() -> None:
    one = phone.phone()
    one.ask("GET", "formList")
    row = AppKey.objects.get()
    assert row.last_used_at is not None
    kept = str(Line.objects.first().changes.get().after)  # type: ignore[union-attr]
    assert one.secret.password not in kept
    assert row.ha1 not in kept


def test_what_no_telephone_writes_is_refused_quietly() -> None:
    phone.form()
    one = phone.phone()
    for path in ("formList?formID=a%00b", f"/openrosa/key/{one.secret.token}%00/formList"):
        assert one.ask("GET", path).status_code in (400, 404), path
    told = base64.b64encode(b"tel\x00:x").decode()
    answer = Client().get(f"{one.base}/formList", headers={"Authorization": f"Basic {told}"})
    assert answer.status_code == 401
