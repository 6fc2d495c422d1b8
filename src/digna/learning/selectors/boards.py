"""The board of a group: people by lessons, who is behind, what to write to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from digna.learning.models import Enrolment, Group, TaskSubmission, UnitAttendance
from digna.learning.selectors import standing
from digna_engines import courses
from digna_engines.courses import said

QUIET_DAYS = 10
"""Without a step for so long, somebody who learns is written to."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a board."""

    enrolment: Enrolment
    progress: courses.Progress
    lessons: list[bool]
    due: int
    is_quiet: bool
    quiet_days: int | None
    meetings: int

    @property
    def done(self) -> int:
        return self.progress.lessons[0]

    @property
    def behind(self) -> int:
        """Lessons that should be done by today and are not."""
        if self.enrolment.state != Enrolment.State.ACTIVE:
            return 0
        return max(self.due - self.done, 0)

    @property
    def is_behind(self) -> bool:
        return self.behind > 0 or self.is_quiet


@dataclass(frozen=True, slots=True)
class Board:
    """A group in numbers and names."""

    lessons: list[tuple[int, str]]
    rows: list[Row]
    finished: int
    began: int
    behind: int
    waiting: int
    due: int

    @property
    def known(self) -> int:
        """How many are in it and did not withdraw."""
        return sum(row.enrolment.is_open for row in self.rows)


def board(group: Group, today: date) -> Board:
    """Return a group's board, in a constant number of reads."""
    people = list(group.enrolments.select_related("person", "enterprise", "course", "group"))
    standing.share_versions(people)
    read = people[0].version.course_read if people else _read(group)
    rows = rows_of(people, today)
    waiting = TaskSubmission.objects.filter(
        enrolment__group=group, state=TaskSubmission.State.WAITING
    ).count()
    lessons = [(number, said(lesson.name, "es")) for number, lesson in enumerate(read.lessons(), 1)]
    return Board(
        lessons=lessons,
        rows=sorted(rows, key=lambda row: not row.is_behind),
        finished=sum(row.enrolment.state == Enrolment.State.FINISHED for row in rows),
        began=sum(row.enrolment.began_at is not None for row in rows),
        behind=sum(row.is_behind for row in rows),
        waiting=waiting,
        due=due_lessons(group, read, today),
    )


def _read(group: Group) -> courses.Course:
    assert group.course.current is not None  # noqa: S101 — a group is opened of a published course
    return group.course.current.course_read


def rows_of(people: Sequence[Enrolment], today: date) -> list[Row]:
    """Return where each of some people stands, behind or not."""
    done = standing.done_of_all(people)
    came = dict(
        UnitAttendance.objects.filter(enrolment__in=[one.pk for one in people], came=True)
        .values_list("enrolment")
        .annotate(Count("pk"))
        .order_by()
    )
    return [_row(one, done[one.pk], came.get(one.pk, 0), today) for one in people]


def _row(one: Enrolment, done: courses.Done, came: int, today: date) -> Row:
    read = one.version.course_read
    quiet = _quiet_days(one, today)
    is_active = one.state == Enrolment.State.ACTIVE
    return Row(
        enrolment=one,
        progress=courses.progress(read, done),
        lessons=[lesson.code in done.lessons for lesson in read.lessons()],
        due=due_lessons(one.group, read, today) if one.group is not None else 0,
        is_quiet=is_active and quiet is not None and quiet >= QUIET_DAYS,
        quiet_days=quiet,
        meetings=came,
    )


def _quiet_days(one: Enrolment, today: date) -> int | None:
    latest = one.latest_at or one.enrolled_at
    return max((today - latest.date()).days, 0)


def due_lessons(group: Group, read: courses.Course, today: date) -> int:
    """Return how many lessons should be done by today.

    By the days of the units where the group has them; else in equal steps from its start to its
    end; without an end, nothing is due.
    """
    total = sum(1 for _lesson in read.lessons())
    if group.schedule:
        days = [(group.day_of(unit.code), len(unit.lessons)) for unit in read.units]
        return sum(count for day, count in days if day is not None and day < today)
    if group.due_on is None or today <= group.starts_on:
        return 0
    length = max((group.due_on - group.starts_on).days, 1)
    gone = min((today - group.starts_on).days, length)
    return total * gone // length


def groups(rows: QuerySet[Group], *, state: str = "", q: str = "") -> QuerySet[Group]:
    """Return groups as a list filters them, with how many are in each and how many finished."""
    if state == "abiertos":
        rows = rows.filter(closed_on=None)
    if state == "cerrados":
        rows = rows.exclude(closed_on=None)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(course__name_es__icontains=q))
    inside = ~Q(enrolments__state=Enrolment.State.WITHDRAWN)
    counted = rows.select_related("course", "partner", "trainer").annotate(
        people=Count("enrolments", filter=inside, distinct=True),
        finished=Count(
            "enrolments", filter=Q(enrolments__state=Enrolment.State.FINISHED), distinct=True
        ),
    )
    return counted.order_by("-starts_on", "name", "pk")
