"""What a telephone kept while it had no signal comes in by the same doors, once, in any order."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import make
from cast import cast
from digna.accounts.models import User
from digna.errors import NotVisible, Refused
from digna.journal.actor import Actor
from digna.journal.intake import INTAKES
from digna.learning.models import (
    ChecklistMark,
    Course,
    Enrolment,
    LessonProgress,
    QuizAttempt,
    TaskSubmission,
)
from digna.learning.services import courses, enrolments, tasks
from digna.registry.models import Person
from learning import made

pytestmark = pytest.mark.django_db


def take(
    action: str, row: Enrolment, user: User | None = None, files: Any = None, **values: Any
) -> Any:
    at = values.pop("at", timezone.now())
    intention = values.pop("intention", uuid.uuid4())
    actor = Actor(user=user, at=at, device="teléfono", intention=intention)
    told = {"enrolment": str(row.public_id), **values}
    if user is None:
        told["link"] = row.token
    return INTAKES[f"learning.{action}"](actor, told, files or {})


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.png", made.picture(), "image/png")


def test_everything_done_without_signal_finishes_the_course() -> None:
    row = made.enrolment()
    take("quiz.answered", row, lesson="que-sobra", quiz="repaso", **made.RIGHT_FIRST)
    take("lesson.finished", row, lesson="que-sobra")
    take("checklist.marked", row, lesson="que-sobra", checklist="recorrido", item=["mesa"])
    take("lesson.finished", row, lesson="un-lugar")
    done = take("task.handed_in", row, lesson="un-lugar", task="foto", files={"photo": photo()})
    assert done["lessons"] == [2, 2]
    assert done["answers"] == [4, 6]
    assert done["handed_in"] == 1
    tasks.review(
        actor=make.actor(cast().trainer), submission=TaskSubmission.objects.get(), is_accepted=True
    )
    row.refresh_from_db()
    assert row.state == Enrolment.State.FINISHED
    assert ChecklistMark.objects.get().item_code == "mesa"


def test_the_same_intention_is_taken_once() -> None:
    row, intention = made.enrolment(), uuid.uuid4()
    for _ in range(3):
        done = take(
            "quiz.answered", row, lesson="que-sobra", quiz="repaso", intention=intention,
            **made.RIGHT_FIRST,
        )  # fmt: skip
        assert done["right"] == 4
    assert QuizAttempt.objects.count() == 1


def test_lessons_arrive_in_any_order_and_keep_the_day_they_were_done() -> None:
    row = made.enrolment()
    later, earlier = timezone.now(), timezone.now() - timedelta(days=2)
    take("lesson.finished", row, lesson="un-lugar", at=later)
    take("lesson.finished", row, lesson="que-sobra", at=earlier)
    take("lesson.finished", row, lesson="un-lugar", at=earlier)
    row.refresh_from_db()
    assert row.began_at == earlier
    assert row.latest_at == later
    assert set(LessonProgress.objects.values_list("finished_at", flat=True)) == {earlier}


def test_a_tick_that_arrives_late_does_not_undo_a_later_one() -> None:
    row = made.enrolment()
    now = timezone.now()
    take("checklist.marked", row, lesson="que-sobra", checklist="recorrido", item=["mesa"], at=now)
    take(
        "checklist.marked", row, lesson="que-sobra", checklist="recorrido", item=[],
        at=now - timedelta(hours=1),
    )  # fmt: skip
    assert ChecklistMark.objects.get().is_done


def test_a_task_that_arrives_after_it_was_accepted_is_kept_and_said() -> None:
    row = made.enrolment()
    at = timezone.now() - timedelta(days=1)
    take("task.handed_in", row, lesson="un-lugar", task="foto", files={"photo": photo()})
    tasks.review(
        actor=make.actor(cast().trainer), submission=TaskSubmission.objects.get(), is_accepted=True
    )
    late = take(
        "task.handed_in", row, lesson="un-lugar", task="foto", files={"photo": photo()}, at=at
    )
    assert "ya estaba aceptada" in late["note"]
    assert late["tasks"] == [1, 1]
    assert TaskSubmission.objects.count() == 2


def test_work_of_somebody_who_withdrew_is_kept_and_finishes_nothing() -> None:
    row = made.enrolment()
    enrolments.withdraw(actor=make.actor(), enrolment=row, reason="otro trabajo")
    done = take("lesson.finished", row, lesson="que-sobra")
    assert "retirada/o" in done["note"]
    assert done["lessons"] == [1, 2]
    row.refresh_from_db()
    assert row.state == Enrolment.State.WITHDRAWN


def newer(course: Course, **changes: Any) -> None:
    """A version in which the first lesson has another code."""
    kit = made.kit()
    declared = kit.plain("courses")["courses"][0]
    declared["version"] = "2"
    declared["units"][0]["lessons"][0]["code"] = "mirar-bien"
    files = {name: file.path.read_bytes() for name, file in kit.media.items()}
    courses.load_course(
        actor=make.actor(), kit="orden", declared=declared, pages=kit.pages, files=files
    )
    course.refresh_from_db()


def test_work_in_a_lesson_of_an_older_version_is_kept() -> None:
    row = made.enrolment()
    newer(row.course)
    assert row.course.current is not None
    enrolments.take_version(actor=make.actor(), enrolment=row, version=row.course.current)
    done = take("lesson.finished", row, lesson="que-sobra")
    assert done["lessons"] == [0, 2]
    assert LessonProgress.objects.get().lesson_code == "que-sobra"
    take("lesson.finished", row, lesson="mirar-bien")
    assert LessonProgress.objects.count() == 2


def test_who_began_a_version_keeps_it_and_takes_the_new_one_without_losing_lessons() -> None:
    row = made.enrolment()
    take("lesson.finished", row, lesson="un-lugar")
    newer(row.course)
    row.refresh_from_db()
    assert row.version.number == 1
    assert row.course.current is not None
    enrolments.take_version(actor=make.actor(), enrolment=row, version=row.course.current)
    done = take("lesson.finished", row, lesson="mirar-bien")
    assert done["lessons"] == [2, 2]


def test_what_no_version_ever_asked_is_refused() -> None:
    row = made.enrolment()
    with pytest.raises(Refused) as told:
        take("lesson.finished", row, lesson="otra-cosa")
    assert told.value.code == "learning.lesson.unknown"


def test_nobody_sends_in_the_name_of_another() -> None:
    row = made.enrolment()
    other = make.user("Otra")
    Person.objects.filter(pk=make.person("Otra").pk).update(account=other)
    with pytest.raises(NotVisible):
        take("lesson.finished", row, other, lesson="que-sobra")
    with pytest.raises(NotVisible):
        INTAKES["learning.lesson.finished"](
            Actor(), {"enrolment": str(row.public_id), "lesson": "que-sobra"}, {}
        )
    with pytest.raises(NotVisible):
        INTAKES["learning.lesson.finished"](Actor(), {"link": "nada", "lesson": "x"}, {})
    assert not LessonProgress.objects.exists()


def test_with_an_account_no_link_is_needed() -> None:
    user, person = make.user("Rosa"), make.person("Rosa")
    Person.objects.filter(pk=person.pk).update(account=user)
    person.refresh_from_db()
    row = made.enrolment(person)
    assert take("lesson.finished", row, user, lesson="que-sobra")["lessons"] == [1, 2]
