"""What a telephone must keep to learn a course without signal, and how much it weighs."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from digna.learning import arrivals
from digna.learning.models import Enrolment, MediaFile
from digna.learning.selectors import lessons
from digna_engines import courses
from digna_engines.courses import said


def course_address(enrolment: Enrolment) -> str:
    return reverse("learning:course_page", args=[enrolment.course.code])


def lesson_address(enrolment: Enrolment, lesson: str) -> str:
    return reverse("learning:lesson", args=[enrolment.course.code, lesson])


def manifest(
    enrolment: Enrolment, language: str, pages: Mapping[str, int], *, with_video: bool
) -> dict[str, Any]:
    """Return addresses, bytes and kinds of all that is needed; videos only when asked for.

    Bytes are those of each page as it is now, and of each file: what is stored, before the
    connection packs pages smaller.
    """
    course = course_address(enrolment)
    urls = [
        {"url": url, "bytes": size, "kind": "course" if url == course else "lesson"}
        for url, size in pages.items()
    ]
    urls += [
        {"url": file.get_absolute_url(), "bytes": file.size, "kind": file.kind}
        for file in _files(enrolment, language)
        if with_video or file.kind != MediaFile.Kind.VIDEO
    ]
    return {
        "course": enrolment.course.code,
        "version": enrolment.version.number,
        "sha256": enrolment.version.sha256,
        "enrolment": str(enrolment.public_id),
        "person": str(enrolment.person.public_id),
        "name": f"{enrolment.person.given_names} {enrolment.person.surnames}".strip(),
        "title": said(enrolment.version.course_read.name, language),
        "language": language,
        "urls": urls,
        "total_bytes": sum(entry["bytes"] for entry in urls),
        "progress": arrivals.standing_of(enrolment),
    }


def _files(enrolment: Enrolment, language: str) -> list[MediaFile]:
    """The files that lessons show in a language; recordings of other languages stay behind."""
    version = enrolment.version
    files = lessons.files_of(version)
    spoken: set[str] = set()
    shown: set[str] = set()
    for lesson in version.course_read.lessons():
        for block in lesson.blocks:
            if isinstance(block, courses.Reading):
                spoken |= set(block.audio.values())
                shown.add(block.audio.get(language) or block.audio.get("es", ""))
            if isinstance(block, courses.Media):
                spoken |= set(block.file.values())
                shown.add(said(block.file, language))
    return [file for name, file in sorted(files.items()) if name in shown or name not in spoken]
