"""Files last or are not there; a full disk loses nothing; what a killed server leaves is swept."""

import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from digna.surveys import receiving, storing
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
