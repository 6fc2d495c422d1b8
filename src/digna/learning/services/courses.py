"""Courses: taken from a kit, published, retired. A published version is never reworded."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.learning import contents, keeping
from digna.learning.models import Course, CourseVersion
from digna_engines import courses
from digna_engines.errors import DeclarationError

State = CourseVersion.State


@writes("learning.course.loaded")
def load_course(
    *,
    actor: Actor,
    kit: str,
    declared: Mapping[str, Any],
    pages: Mapping[str, Any],
    files: Mapping[str, bytes],
) -> Course:
    """Take a course from a kit: what it says newly is a version; who began another keeps it.

    Raises:
        Refused: `learning.course.faulty`.
    """
    content = contents.content_of(declared, pages, files)
    read = read_or_refuse(content["course"])
    course = Course.objects.filter(code=read.code).first()
    if course is None:
        course = record.add(Course(code=read.code, kit=kit, created_by=actor.user, **_card(read)))
    sha256 = contents.sha256_of(content)
    if not course.versions.filter(sha256=sha256, state=State.PUBLISHED).exists():
        keeping.keep_files(actor, course, files)
        _publish(actor, course, keeping.add_version(actor, course, content, State.PUBLISHED))
    return course


@writes("learning.course.published")
def publish_draft(*, actor: Actor, version: CourseVersion) -> CourseVersion:
    """Publish a draft: from now on it is not reworded, and who enrols gets it.

    Raises:
        Refused: `learning.course.faulty`, `learning.course.not_draft`.
    """
    if version.state != State.DRAFT:
        raise Refused("learning.course.not_draft", _("Esa versión ya está publicada."))
    read_or_refuse(version.content["course"])
    refuse_without_pages(version)
    record.change(version, state=State.PUBLISHED, made_at=actor.at, made_by=actor.user)
    _publish(actor, version.course, version)
    return version


@writes("learning.course.retired")
def retire(*, actor: Actor, course: Course) -> Course:
    """Take a course out of use: nobody new enrols, who is in it goes on."""
    return record.change(course, retired_on=timezone.localdate(actor.at))


@writes("learning.course.reinstated")
def reinstate(*, actor: Actor, course: Course) -> Course:
    """Put a course into use again."""
    return record.change(course, retired_on=None)


def read_or_refuse(declared: Mapping[str, Any]) -> courses.Course:
    """Return the course, or refuse with its first faults in words."""
    try:
        return courses.read_course(declared)
    except DeclarationError as error:
        is_english = (get_language() or "").startswith("en")
        told = [
            f"{one.path}: {one.message_en if is_english else one.message_es}"
            for one in error.faults[:5]
        ]
        raise Refused(
            "learning.course.faulty",
            _("El curso tiene %(count)s fallas. %(told)s")
            % {"count": len(error.faults), "told": " ".join(told)},
        ) from error


def refuse_without_pages(version: CourseVersion) -> None:
    """Raise `Refused` where a lesson shows a page that nobody has written."""
    pages = version.content.get("pages", {})
    for lesson in version.course_read.lessons():
        for block in lesson.blocks:
            if isinstance(block, courses.Reading) and f"{block.page}.es" not in pages:
                raise Refused(
                    "learning.course.page_missing",
                    _("La lección «%(lesson)s» muestra una página que no está escrita: %(page)s.")
                    % {"lesson": lesson.name.get("es", lesson.code), "page": block.page},
                )


def _publish(actor: Actor, course: Course, version: CourseVersion) -> None:
    record.change(course, current=version, **_card(version.course_read))


def _card(read: courses.Course) -> dict[str, Any]:
    """What lists show of a course without reading its content."""
    return {
        "name_es": read.name["es"][:200],
        "name_en": read.name.get("en", "")[:200],
        "mode": read.mode,
        "module_code": read.module[:40],
    }
