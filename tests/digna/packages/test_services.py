"""Bringing in, playing, settling: once each, whatever order words come in."""

import uuid
from typing import Any

import pytest
from django.core.files.storage import default_storage

import cast
import make
import wrapped
from digna.errors import Refused
from digna.packages import access, chapters, settling
from digna.packages.access import Learner
from digna.packages.models import Package, PackageAttempt, PackageVersion, PartProgress
from digna.packages.services import attempts, imports
from digna.registry.services import erasure, merges
from digna.xapi import texts
from digna.xapi.models import Statement

pytestmark = pytest.mark.django_db


def bring(data: bytes = b"", **more: Any) -> Package:
    sent = wrapped.sent(data or wrapped.scorm12())
    return imports.import_package(actor=make.actor(), archive=sent, **more)


def begun(package: Package, **more: Any) -> PackageAttempt:
    more.setdefault("learner", Learner(make.person("Rosa"), None))
    return attempts.begin(actor=make.actor(), version=attempts.newest(package), **more)


def cmi(status: str, raw: str = "") -> dict[str, Any]:
    return {"cmi": {"core": {"lesson_status": status, "score": {"raw": raw, "max": "100"}}}}


def keep(
    attempt: PackageAttempt, data: Any, n: int = 1, key: str = "P1", **more: Any
) -> PartProgress:
    sitting = more.get("sitting") or uuid.UUID(int=5)
    return attempts.keep(
        actor=make.actor(), attempt=attempt, key=key, sitting=sitting, sequence=n, data=data
    )


def test_a_package_is_kept_with_its_files() -> None:
    package = bring(licence="CC BY")
    version = package.versions.get()
    assert (package.title, package.licence, version.number) == ("Costos del taller", "CC BY", 1)
    assert version.file_count == 2
    with default_storage.open(f"{version.folder}/P1/index.html") as file:
        assert b"Terminar" in file.read()


def test_what_is_broken_leaves_nothing_behind() -> None:
    with pytest.raises(Refused) as problem:
        bring(wrapped.scorm12()[:-40])
    assert problem.value.code == "packages.import.broken"
    assert not Package.objects.exists()
    assert not PackageVersion.objects.exists()


def test_the_same_archive_is_not_taken_in_twice() -> None:
    package = bring()
    for again in (
        bring,
        lambda: imports.add_version(
            actor=make.actor(), package=package, archive=wrapped.sent(wrapped.scorm12())
        ),
        lambda: imports.add_version(
            actor=make.actor(), package=package, archive=wrapped.sent(wrapped.h5p())
        ),
    ):
        with pytest.raises(Refused):
            again()
    assert PackageVersion.objects.count() == 1


def test_a_new_version_leaves_the_attempts_before_it_alone() -> None:
    package = bring()
    rosa = Learner(make.person("Rosa"), None)
    attempt = begun(package, learner=rosa)
    newer = imports.add_version(
        actor=make.actor(), package=package, archive=wrapped.sent(wrapped.scorm12("Costos 2"))
    )
    assert attempts.version_for(package, rosa) == attempt.version
    assert attempts.version_for(package, rosa, anew=True) == newer
    keep(attempt, cmi("completed", "90"))
    assert attempts.version_for(package, rosa) == newer


def test_a_word_sent_twice_or_late_has_one_effect() -> None:
    attempt = begun(bring())
    keep(attempt, cmi("incomplete"), 2)
    keep(attempt, cmi("not attempted"), 1)
    keep(attempt, cmi("completed", "90"), 3)
    keep(attempt, cmi("completed", "90"), 3)
    row = PartProgress.objects.get()
    assert (row.sequence, row.is_complete, row.is_passed) == (3, True, True)
    assert texts.read(row.data)["cmi"]["core"]["score"]["raw"] == "90"
    verbs = [texts.read(s.body)["verb"]["display"]["es"] for s in Statement.objects.order_by("pk")]
    assert verbs == ["empezó", "terminó", "aprobó"]


def test_what_was_finished_stays_finished_when_it_is_looked_at_again() -> None:
    attempt = begun(bring())
    keep(attempt, cmi("completed", "90"), 1)
    keep(attempt, cmi("incomplete", "0"), 1, sitting=uuid.UUID(int=6))
    row = PartProgress.objects.get()
    assert (row.is_complete, row.raw) == (True, 90)
    attempt.refresh_from_db()
    assert attempt.completed_at is not None


def test_rooms_above_hear_each_change_once_and_never_of_trials(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[settling.Result] = []
    monkeypatch.setattr(settling, "RESULTS", [lambda _actor, result: heard.append(result)])
    package = bring(wrapped.scorm12(parts=2))
    trial = begun(package, is_trial=True)
    keep(trial, cmi("completed", "90"))
    assert heard == []
    attempt = begun(package)
    keep(attempt, cmi("completed", "90"), 1)
    keep(attempt, cmi("completed", "70"), 1, key="P2")
    keep(attempt, cmi("completed", "70"), 1, key="P2")
    assert [(r.is_complete, r.complete_count, r.part_count) for r in heard] == [
        (False, 1, 2),
        (True, 2, 2),
    ]
    assert str(heard[-1].scaled) == "0.8000"
    assert heard[-1].is_passed is False  # the second part fell short of its 80
    assert heard[-1].parts_with_score == 2


def test_an_attempt_goes_on_until_it_is_begun_anew() -> None:
    package = bring()
    rosa = Learner(make.person("Rosa"), None)
    first = begun(package, learner=rosa)
    assert begun(package, learner=rosa) == first
    again = begun(package, learner=rosa, anew=True)
    assert again.number == 2
    imports.withdraw(actor=make.actor(), package=package)
    with pytest.raises(Refused):
        begun(package, learner=rosa)


def test_a_part_that_is_not_there_or_says_too_much_is_refused() -> None:
    attempt = begun(bring())
    with pytest.raises(Refused):
        keep(attempt, {}, key="otra")
    with pytest.raises(Refused):
        keep(attempt, {"cmi": {"suspend_data": "x" * 600_000}})


def answered(score: int, **more: Any) -> dict[str, Any]:
    return {
        "statement": {
            "actor": {"mbox": "mailto:otra@digna.example"},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
            "object": {"id": "http://a.example/h5p"},
            "result": {"score": {"raw": score, "max": 4}, "completion": True, "success": score > 2},
            **more,
        }
    }


def test_an_h5p_counts_by_what_it_says_of_the_whole() -> None:
    attempt = begun(bring(wrapped.h5p()))
    inner = {"contextActivities": {"parent": [{"id": "http://a.example/h5p"}]}}
    keep(attempt, answered(1, context=inner), 1, key="h5p")
    attempt.refresh_from_db()
    assert attempt.completed_at is None
    keep(attempt, answered(3), 2, key="h5p")
    attempt.refresh_from_db()
    assert (attempt.completed_at is not None, attempt.is_passed) == (True, True)
    assert str(attempt.scaled) == "0.7500"
    actors = {texts.read(s.body)["actor"]["account"]["name"] for s in Statement.objects.all()}
    assert actors == {str(attempt.person.public_id)}  # type: ignore[union-attr]


def test_somebody_with_an_account_learns_as_their_person() -> None:
    owner = cast.cast().owner
    assert access.learner(owner).key == f"cuenta-{owner.public_id}"
    person = make.person("Olga")
    person.account = owner
    person.save()
    assert access.learner(owner).person == person


def test_the_story_tells_it_and_erasing_blanks_what_was_left() -> None:
    person = make.person("Rosa")
    attempt = begun(bring(), learner=Learner(person, None))
    keep(attempt, cmi("completed", "90"))
    entry = chapters.of_person(person)[0]
    assert entry.what == "Terminó la lección «Costos del taller»"
    assert entry.detail == "puntaje 90 de 100"
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=person)
    assert PartProgress.objects.get().data == ""
    assert PackageAttempt.objects.get().completed_at is not None
    assert str(person.public_id) not in "".join(Statement.objects.values_list("body", flat=True))


def test_two_records_of_one_person_become_one_with_both_attempts() -> None:
    package = bring()
    one, other = make.person("Rosa"), make.person("Rosa")
    for person in (one, other):
        begun(package, learner=Learner(person, None))
    merges.merge(actor=make.actor(), keep=one, absorb=other)
    assert PackageAttempt.objects.filter(person=one).count() == 2
