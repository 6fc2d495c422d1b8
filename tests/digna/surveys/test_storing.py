"""Files last or are not there; a full disk loses nothing; what a killed server leaves is swept."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection
from django.http.multipartparser import MultiPartParser

from digna.surveys import receiving, storing, telephones
from digna.surveys.models import Submission, SubmissionVersion
from digna.surveys.services import submissions
from surveys import phone
from surveys.phone import JPG, filled

pytestmark = pytest.mark.django_db


def age(path: Path) -> None:
    old = time.time() - 2 * storing.DAY
    os.utime(path, (old, old))


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file() and "forms" not in path.parts]


def test_the_same_bytes_are_one_file(media: Path) -> None:
    first, again = storing.keep([b"ab", b"c"]), storing.keep([b"abc"])
    assert first == again
    assert (media / first[0]).read_bytes() == b"abc"
    assert len(files(media)) == 1


def test_a_full_disk_is_said_and_the_telephone_sends_again(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.form()
    one = phone.phone()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert one.send(filled("uuid:1"), {"chompa.jpg": JPG}).status_code == 503
    assert (Submission.objects.count(), files(media)) == (0, [])
    assert one.send(filled("uuid:1"), {"chompa.jpg": JPG}).status_code == 201
    assert Submission.objects.get().attachments.get().size == len(JPG)


def broken(problem: Exception) -> Callable[..., Any]:
    def call(*_args: object, **_more: object) -> None:
        raise problem

    return call


class PostgresIsFull(Exception):
    sqlstate = "53100"


def of_the_database() -> OperationalError:
    problem = OperationalError("could not extend file")
    problem.__cause__ = PostgresIsFull()
    return problem


PLACES = [
    (telephones, "_note_use"),
    (receiving, "_parts"),
    (submissions, "receive"),
    (submissions, "note_refusal"),
]


@pytest.mark.parametrize(("module", "name"), PLACES, ids=[name for _m, name in PLACES])
@pytest.mark.parametrize("problem", [of_the_database(), OSError(28, "No space left on device")])
def test_a_full_disk_met_anywhere_is_503_and_says_when_to_come_back(
    module: Any, name: str, problem: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.form()
    one = phone.phone()
    xml = b"<no-form/>" if name == "note_refusal" else filled("uuid:1")
    with monkeypatch.context() as patched:
        patched.setattr(module, name, broken(problem))
        answer = one.send(xml)
        assert (answer.status_code, answer["retry-after"]) == (503, "30")
        assert answer["x-openrosa-version"] == "1.0"
        assert b"no se perdi" in answer.content
    assert one.send(filled("uuid:1")).status_code == 201


def test_a_full_folder_of_uploads_is_no_damaged_submission(monkeypatch: pytest.MonkeyPatch) -> None:
    phone.form()
    one = phone.phone()
    with monkeypatch.context() as patched:
        patched.setattr(MultiPartParser, "parse", broken(OSError(28, "No space left on device")))
        assert one.send(filled("uuid:1")).status_code == 503
    with monkeypatch.context() as patched:
        patched.setattr(MultiPartParser, "parse", broken(OSError("cut")))
        assert one.send(filled("uuid:1")).status_code == 400


def test_what_is_no_full_disk_stays_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    phone.form()
    one = phone.phone()
    monkeypatch.setattr(submissions, "receive", broken(FileNotFoundError(2, "gone")))
    with pytest.raises(FileNotFoundError):
        one.send(filled("uuid:1"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own limit on pages")
def test_a_full_sqlite_answers_503_wherever_the_last_page_was_needed() -> None:
    phone.form()
    one = phone.phone()
    assert one.send(filled("uuid:first")).status_code == 201
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that other tests freed would be taken first
    heard = set()
    for spare in range(12):
        xml = filled(f"uuid:{spare}", nombre="Taller " * 2000)
        with connection.cursor() as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages + spare}")
            heard.add(one.send(xml).status_code)
            cursor.execute("PRAGMA max_page_count = 1073741823")
        assert one.send(xml).status_code == 201
    assert heard == {201, 503}
    assert Submission.objects.count() == 13


def test_killed_between_file_and_row_leaves_a_file_that_is_swept(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.form()
    one = phone.phone()

    def killed(**_given: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(submissions, "receive", killed)
        with pytest.raises(SystemExit):
            one.send(filled("uuid:1"), {"chompa.jpg": JPG})
    (left,) = files(media)
    assert list(storing.orphans()) == []  # it is young: its row may be on the way
    age(left)
    assert list(storing.orphans()) == [left]
    call_command("surveys_sweep", remove=True, verbosity=0)
    assert files(media) == []
    assert one.send(filled("uuid:1"), {"chompa.jpg": JPG}).status_code == 201
    (kept,) = files(media)
    age(kept)
    assert list(storing.orphans()) == []


def test_of_two_at_once_the_second_sees_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    phone.form()
    one, real, tries = phone.phone(), submissions.receive, []

    def raced(**given: object) -> Submission:
        tries.append(1)
        if len(tries) == 1:
            real(**given)  # type: ignore[arg-type]
            raise IntegrityError
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(receiving.submissions, "receive", raced)
    assert one.send(filled("uuid:1")).status_code == 201
    assert (len(tries), SubmissionVersion.objects.count()) == (2, 1)
