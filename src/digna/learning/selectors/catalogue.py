"""Courses as who teaches sees them: how many take each, and what each holds."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from digna.learning import contents
from digna.learning.models import Course, CourseVersion, Enrolment
from digna.web.languages import either


@dataclass(frozen=True, slots=True)
class Line:
    """A course of the list: of those enrolled, how many finished."""

    course: Course
    people: int
    finished: int
    has_draft: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """What a version holds."""

    about: str
    lessons: int
    minutes: int
    quizzes: int
    tasks: int
    languages: list[str]
    units: list[tuple[str, list[tuple[str, str, int]]]]


def lines(rows: QuerySet[Course], people: QuerySet[Enrolment]) -> list[Line]:
    """Return the courses with the counts of the people that may be seen."""
    counts = {
        row["course"]: (row["people"], row["finished"])
        for row in people.exclude(state=Enrolment.State.WITHDRAWN)
        .order_by()
        .values("course")
        .annotate(
            people=Count("pk", distinct=True),
            finished=Count("pk", filter=Q(state=Enrolment.State.FINISHED), distinct=True),
        )
    }
    drafts = set(
        CourseVersion.objects.filter(state=CourseVersion.State.DRAFT).values_list(
            "course", flat=True
        )
    )
    return [Line(row, *counts.get(row.pk, (0, 0)), row.pk in drafts) for row in rows]


def outline(version: CourseVersion) -> Outline:
    """Return what a version holds, in the language in use."""
    read = version.course_read
    lessons = list(read.lessons())

    def say(text: Any) -> str:
        return either(text.get("es", ""), text.get("en", ""))

    return Outline(
        about=say(read.about),
        lessons=len(lessons),
        minutes=read.minutes(),
        quizzes=sum(len(lesson.quizzes()) for lesson in lessons),
        tasks=sum(len(lesson.tasks()) for lesson in lessons),
        languages=[contents.LANGUAGES[one] for one in contents.languages_of(version)],
        units=[
            (say(unit.name), [(one.code, say(one.name), one.minutes) for one in unit.lessons])
            for unit in read.units
        ],
    )


def chips(request: HttpRequest, people: QuerySet[Enrolment]) -> list[dict[str, Any]]:
    """Return the filters of the people of a course, with their counts."""
    counts = dict(people.order_by().values_list("state").annotate(Count("pk")))
    labels = [("", _("Todas/os")), *((s.value, str(s.label).capitalize()) for s in Enrolment.State)]
    asked = request.GET.get("estado", "")
    found = []
    for state, label in labels:
        query = request.GET.copy()
        query.pop("pagina", None)
        query["estado"] = state
        count = counts.get(state, 0) if state else sum(counts.values())
        url = f"?{query.urlencode()}"
        found.append({"label": label, "count": count, "url": url, "is_on": asked == state})
    return found
