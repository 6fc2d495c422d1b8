"""The fact tables fit their schema, the kit's indicators compute, a course counts in its cycle."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

import make
import make_results
from digna.journal.actor import Actor
from digna.learning import facts
from digna.learning.models import TaskSubmission
from digna.learning.services import enrolments, groups, tasks
from digna.programmes.models import InstalledKit, Programme
from digna.programmes.services import kits
from digna.results import sources
from digna.results.services import indicators
from digna.training.models import Module
from digna.training.services import certificates, cycles, workshops
from learning import made

pytestmark = pytest.mark.django_db
TABLES = {
    "enrolment": facts.enrolment_facts, "lesson": facts.lesson_facts, "task": facts.task_facts,
}  # fmt: skip


@pytest.fixture
def programme() -> Programme:
    """Three women and a man in a group: two finish, one must do her task again, one never began."""
    made_one = make_results.programme()
    for code in ("bolivia", "learning"):
        kits.install_kit(actor=make.actor(), kit=make.kit(code))
    group = groups.open_group(
        actor=make.actor(), course=made.course(), name="G", starts_on=date(2020, 1, 1),
        programme=made_one,
    )  # fmt: skip
    people = [make.person(sex=sex, place=make.place()) for sex in ("female",) * 3 + ("male",)]
    rows = [made.enrolment(one, course=group.course, group=group) for one in people]
    made.finish(rows[0])
    made.finish(rows[3])
    made.finish(rows[1], is_accepted=False)
    made.enrolment(course=group.course)
    return made_one


def rows_of(table: str, programme: int | None = None) -> list[dict[str, Any]]:
    schema, rows = TABLES[table](programme)
    named = [dict(zip(schema.columns, row, strict=True)) for row in rows]
    for row in named:
        for name, column in schema.columns.items():
            assert column.nullable or row[name] is not None, name
    return named


@pytest.mark.parametrize(("table", "all_of", "own"), [("enrolment", 5, 4), ("lesson", 6, 6),
                                                      ("task", 3, 3)])  # fmt: skip
def test_rows_fit_their_schema(programme: Programme, table: str, all_of: int, own: int) -> None:
    assert len(rows_of(table)) == all_of
    assert len(rows_of(table, programme.pk)) == own
    assert rows_of(table, programme.pk + 99) == []
    assert f"learning.{table}" in sources.SOURCES


def test_the_indicators_of_the_kit_compute(programme: Programme) -> None:
    kit = InstalledKit.objects.get(code="learning")
    indicators.adopt_indicators(actor=make.actor(), programme=programme, documents=kit.documents)
    found = make_results.computed(programme)
    assert found["course_people_finished"].value == 2
    share = found["course_completion"]
    assert (share.numerator, share.denominator) == (2, 4)
    accepted = found["course_tasks_accepted"]
    assert (accepted.numerator, accepted.denominator) == (2, 3)


def test_a_task_that_waits_is_not_a_no(programme: Programme) -> None:
    row = made.enrolment(course=made.course())
    tasks.hand_in(
        actor=Actor(at=timezone.now() - timedelta(days=1)), enrolment=row, lesson="un-lugar",
        task="foto", photos=[made.picture()],
    )  # fmt: skip
    told = [one for one in rows_of("task") if one["enrolment_id"] == row.pk]
    assert [one["is_accepted"] for one in told] == [None]
    assert TaskSubmission.objects.filter(enrolment=row).count() == 1
    enrolments.withdraw(actor=make.actor(), enrolment=row, reason="viaje")
    assert {one["state"] for one in rows_of("enrolment")} == {"active", "finished", "withdrawn"}


def test_the_modules_own_course_counts_in_its_cycle() -> None:
    for code in ("bolivia", "score"):
        kits.install_kit(actor=make.actor(), kit=make.kit(code))
    cycle = cycles.open_cycle(
        actor=make.actor(), module=Module.objects.get(code="m1", is_current=True),
        programmes=[make_results.programme("otro")], mode="on_site", starts_on=date(2020, 1, 1),
    )  # fmt: skip
    firm = cycles.enrol_firm(
        actor=make.actor(), cycle=cycle, enterprise=make.enterprise(), on=date(2020, 1, 1)
    )
    worker = make.person()
    workshops.add_participant(actor=make.actor(), firm=firm, person=worker, role="worker")
    course = made.course()
    type(course).objects.filter(pk=course.pk).update(module_code="m1")
    row = made.enrolment(worker, course=course)
    assert certificates.attenders(cycle) == ([], 0)
    made.finish(row)
    ((one,), _held) = certificates.attenders(cycle)
    assert (one.person, one.meetings, one.hours) == (worker, 0, 4)
    assert one.finished_on is not None
    (issued,) = certificates.issue_certificates(actor=make.actor(), cycle=cycle)
    assert (issued.person, issued.hours) == (worker, 4)
