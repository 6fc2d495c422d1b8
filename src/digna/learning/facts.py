"""The fact tables of this room: people in courses, the lessons they finished, their tasks.

Answers, texts and photographs are in none of them.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from digna.learning.models import Enrolment, LessonProgress, TaskSubmission
from digna.learning.selectors import standing
from digna.registry.models import Person
from digna_engines.indicators.schema import Column, FactSchema

Row = tuple[Any, ...]
CHUNK = 500
PERSON_COLUMNS = {
    "programme_id": Column("integer", label="programa"),
    "enterprise_id": Column("integer", label="empresa"),
    "course": Column("text", nullable=False, label="curso"),
    "mode": Column("text", nullable=False, label="modalidad"),
    "group": Column("text", label="grupo"),
    "partner": Column("text", label="socio"),
    "sex": Column("text", label="sexo"),
    "department": Column("text", label="departamento"),
}
DIMENSIONS = ("course", "mode", "group", "partner", "sex", "department")

ENROLMENT = FactSchema(
    name="learning_enrolment",
    grain="una persona en un curso",
    keys=("enrolment_id", "person_id", "programme_id"),
    columns={
        "enrolment_id": Column("integer", nullable=False, label="inscripción"),
        "person_id": Column("integer", nullable=False, label="persona"),
        "enrolled_on": Column("date", nullable=False, label="inscrita/o el"),
        "began_on": Column("date", label="comenzó el"),
        "finished_on": Column("date", label="terminó el"),
        "state": Column("text", nullable=False, label="estado"),
        "is_finished": Column("boolean", nullable=False, label="terminó"),
        "lessons_done": Column("integer", nullable=False, label="lecciones terminadas"),
        "lesson_count": Column("integer", nullable=False, label="lecciones del curso"),
        **PERSON_COLUMNS,
    },
    dimensions=("state", *DIMENSIONS),
)
LESSON = FactSchema(
    name="learning_lesson",
    grain="una persona y una lección que terminó",
    keys=("lesson_id", "enrolment_id", "person_id", "programme_id"),
    columns={
        "lesson_id": Column("integer", nullable=False, label="lección terminada"),
        "enrolment_id": Column("integer", nullable=False, label="inscripción"),
        "person_id": Column("integer", nullable=False, label="persona"),
        "lesson": Column("text", nullable=False, label="lección"),
        "finished_on": Column("date", nullable=False, label="día"),
        **PERSON_COLUMNS,
    },
    dimensions=("lesson", *DIMENSIONS),
)
TASK = FactSchema(
    name="learning_task",
    grain="una tarea entregada",
    keys=("task_id", "enrolment_id", "person_id", "programme_id"),
    columns={
        "task_id": Column("integer", nullable=False, label="tarea entregada"),
        "enrolment_id": Column("integer", nullable=False, label="inscripción"),
        "person_id": Column("integer", nullable=False, label="persona"),
        "task": Column("text", nullable=False, label="tarea"),
        "handed_in_on": Column("date", nullable=False, label="entregada el"),
        "reviewed_on": Column("date", label="revisada el"),
        "state": Column("text", nullable=False, label="estado"),
        "is_accepted": Column("boolean", label="aceptada; sin dato mientras espera"),
        **PERSON_COLUMNS,
    },
    dimensions=("task", "state", *DIMENSIONS),
)


def enrolment_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return people in courses, of one programme's groups or all."""
    rows = _of(Enrolment.objects.all(), programme_id, "group__programme")
    return ENROLMENT, _enrolments(rows.select_related(*LINKS))


def lesson_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the lessons that people finished."""
    rows = _of(LessonProgress.objects.all(), programme_id, "enrolment__group__programme")
    return LESSON, _lessons(rows.select_related(*OWN_LINKS))


def task_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the tasks handed in."""
    rows = _of(TaskSubmission.objects.all(), programme_id, "enrolment__group__programme")
    return TASK, _tasks(rows.select_related(*OWN_LINKS))


LINKS = ("person__place__parent", "course", "group__partner", "enterprise")
OWN_LINKS = tuple(f"enrolment__{link}" for link in LINKS)


def _of(rows: QuerySet[Any], programme_id: int | None, path: str) -> QuerySet[Any]:
    rows = rows.order_by("pk")
    return rows if programme_id is None else rows.filter(**{path: programme_id})


def _enrolments(rows: QuerySet[Enrolment]) -> Iterator[Row]:
    batch: list[Enrolment] = []
    for row in rows.iterator(chunk_size=CHUNK):
        batch.append(row)
        if len(batch) == CHUNK:
            yield from _told(batch)
            batch = []
    yield from _told(batch)


def _told(batch: list[Enrolment]) -> Iterable[Row]:
    standing.share_versions(batch)
    stands = standing.progress_of_all(batch)
    for row in batch:
        done, total = stands[row.pk].lessons
        yield (
            row.pk,
            row.person_id,
            timezone.localdate(row.enrolled_at),
            _day(row.began_at),
            _day(row.finished_at),
            row.state,
            row.state == Enrolment.State.FINISHED,
            done,
            total,
            *_person(row),
        )


def _lessons(rows: QuerySet[LessonProgress]) -> Iterator[Row]:
    for row in rows.iterator(chunk_size=CHUNK):
        one = row.enrolment
        day = timezone.localdate(row.finished_at)
        yield (row.pk, one.pk, one.person_id, row.lesson_code, day, *_person(one))


def _tasks(rows: QuerySet[TaskSubmission]) -> Iterator[Row]:
    judged = {
        TaskSubmission.State.ACCEPTED.value: True,
        TaskSubmission.State.AGAIN.value: False,
    }
    for row in rows.iterator(chunk_size=CHUNK):
        one = row.enrolment
        yield (
            row.pk,
            one.pk,
            one.person_id,
            row.task_code,
            timezone.localdate(row.at),
            _day(row.reviewed_at),
            row.state,
            judged.get(row.state),
            *_person(one),
        )


def _person(row: Enrolment) -> Row:
    group = row.group
    partner = group.partner if group is not None else None
    return (
        group.programme_id if group is not None else None,
        row.enterprise_id,
        row.course.code,
        row.course.mode,
        group.name if group is not None else None,
        partner.code if partner is not None else None,
        row.person.sex or None,
        _department(row.person),
    )


def _department(person: Person) -> str | None:
    place = person.place
    return (place.department_code or None) if place is not None else None


def _day(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment is not None else None
