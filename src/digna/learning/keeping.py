"""How versions and files of courses are kept; called within services only."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from digna.journal import record
from digna.journal.actor import Actor
from digna.learning import contents
from digna.learning.models import Course, CourseVersion, MediaFile
from digna.programmes import kit_media


def add_version(
    actor: Actor, course: Course, content: Mapping[str, Any], state: str
) -> CourseVersion:
    """Return a new version of a course, not in use yet."""
    newest = course.versions.first()
    return record.add(
        CourseVersion(
            course=course,
            number=1 if newest is None else newest.number + 1,
            label=str(content["course"].get("version", ""))[:20],
            content=content,
            sha256=contents.sha256_of(content),
            state=state,
            made_at=actor.at,
            made_by=actor.user,
        )
    )


def keep_files(actor: Actor, course: Course, files: Mapping[str, bytes]) -> None:
    """Keep the files a course does not have yet."""
    have = set(course.files.values_list("name", "sha256"))
    for name, body in sorted(files.items()):
        sha256 = contents.sha256_of_bytes(body)
        if (name, sha256) not in have:
            record.add(
                MediaFile(
                    course=course,
                    name=name,
                    sha256=sha256,
                    kind=kit_media.kind_of(name),
                    size=len(body),
                    file=ContentFile(body, name=f"{sha256[:16]}-{name}"),
                    added_by=actor.user,
                    added_at=actor.at,
                )
            )
