"""What a learner sees first: their courses, and one course with its units."""

from collections.abc import Sequence
from dataclasses import dataclass

from digna.learning.models import Course, Enrolment
from digna.learning.selectors import standing
from digna_engines import courses
from digna_engines.courses import said


@dataclass(frozen=True, slots=True)
class CourseCard:
    """One of my courses: n of N lessons, and where I go on."""

    enrolment: Enrolment
    name: str
    progress: courses.Progress
    next_code: str
    next_name: str

    @property
    def percent(self) -> int:
        return int(self.progress.share * 100)


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson in a course's list: whether it is done, and how its tasks stand."""

    code: str
    name: str
    minutes: int
    is_done: bool
    is_next: bool
    tasks: list[str]


@dataclass(frozen=True, slots=True)
class UnitLines:
    """A unit with its lessons, and the day it should be done by."""

    code: str
    name: str
    due: object
    lessons: list[LessonLine]


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course as its learner sees it."""

    card: CourseCard
    about: str
    audience: str
    minutes: int
    units: list[UnitLines]


def cards(enrolments: Sequence[Enrolment], language: str) -> list[CourseCard]:
    """Return my courses, those under way first."""
    standing.share_versions(enrolments)
    stands = standing.progress_of_all(enrolments)
    found = [card(one, stands[one.pk], language) for one in enrolments]
    return sorted(found, key=lambda one: one.enrolment.state != Enrolment.State.ACTIVE)


def card(enrolment: Enrolment, stands: courses.Progress, language: str) -> CourseCard:
    """Return one course of mine."""
    read = enrolment.version.course_read
    following = read.lesson(stands.next_lesson or "")
    return CourseCard(
        enrolment=enrolment,
        name=said(read.name, language),
        progress=stands,
        next_code=following.code if following is not None else "",
        next_name=said(following.name, language) if following is not None else "",
    )


def course_page(enrolment: Enrolment, language: str) -> CoursePage:
    """Return a course with its units and what is done of each."""
    read = enrolment.version.course_read
    done = standing.done_of_all([enrolment])[enrolment.pk]
    stands = courses.progress(read, done)
    group = enrolment.group
    units = [
        UnitLines(
            unit.code,
            said(unit.name, language),
            group.day_of(unit.code) if group is not None else None,
            [_line(lesson, done, stands, language) for lesson in unit.lessons],
        )
        for unit in read.units
    ]
    return CoursePage(
        card=card(enrolment, stands, language),
        about=said(read.about, language),
        audience=said(read.audience, language),
        minutes=read.minutes(),
        units=units,
    )


def _line(
    lesson: courses.Lesson, done: courses.Done, stands: courses.Progress, language: str
) -> LessonLine:
    states = [done.tasks.get((lesson.code, task.code), "") for task in lesson.tasks()]
    return LessonLine(
        code=lesson.code,
        name=said(lesson.name, language),
        minutes=lesson.minutes,
        is_done=lesson.code in done.lessons,
        is_next=lesson.code == stands.next_lesson,
        tasks=states,
    )


def open_courses(enrolments: Sequence[Enrolment]) -> list[Course]:
    """Return the courses that somebody may begin alone: in use, at one's own pace."""
    mine = {one.course_id for one in enrolments}
    rows = Course.objects.filter(mode=Course.Mode.SELF_PACED, retired_on=None)
    return [row for row in rows.exclude(current=None) if row.pk not in mine]
