"""Courses written on screen: begun, changed, discarded; their files; taken in from a folder."""

import copy
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Clash, Refused
from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.learning import contents, editing, keeping
from digna.learning.models import Course, CourseVersion, MediaFile
from digna.learning.services import courses
from digna.programmes import kit_media

State = CourseVersion.State
LETTERS_MOST = 2_000_000


@writes("learning.course.created")
def create_course(
    *, actor: Actor, code: str, name_es: str, name_en: str = "", mode: str = "self_paced"
) -> CourseVersion:
    """Begin a new course: a draft with one unit.

    Raises:
        Refused: `learning.course.code_taken`, `learning.course.code`.
    """
    name = {"es": name_es.strip()} | ({"en": name_en.strip()} if name_en.strip() else {})
    return _begun(actor, code, editing.blank_course(code, name, mode), {}, {}, None)


@writes("learning.course.copied")
def copy_course(*, actor: Actor, course: Course, code: str, name_es: str) -> CourseVersion:
    """Begin a new course as a copy of one in use.

    Raises:
        Refused: `learning.course.code_taken`, `learning.course.code`.
    """
    assert course.current is not None  # noqa: S101 — only such courses are offered
    content = copy.deepcopy(course.current.content)
    declared = content["course"] | {"code": code, "version": "1", "name": {"es": name_es.strip()}}
    return _begun(actor, code, declared, content["pages"], content["media"], course)


def _begun(
    actor: Actor,
    code: str,
    declared: dict[str, Any],
    pages: Mapping[str, Any],
    media: Mapping[str, str],
    copied: Course | None,
) -> CourseVersion:
    _refuse_code(code)
    course = record.add(
        Course(
            code=code,
            name_es=declared["name"]["es"][:200],
            name_en=declared["name"].get("en", "")[:200],
            mode=declared["mode"],
            created_by=actor.user,
        )
    )
    for row in MediaFile.objects.filter(course=copied) if copied is not None else ():
        record.add(
            MediaFile(
                course=course, name=row.name, sha256=row.sha256, kind=row.kind, size=row.size,
                file=row.file, added_by=actor.user, added_at=actor.at,
            )
        )  # fmt: skip
    content = {"course": declared, "pages": dict(pages), "media": dict(media)}
    return keeping.add_version(actor, course, content, State.DRAFT)


def _refuse_code(code: str) -> None:
    from digna_engines.courses.noticing import CODE
    from digna_engines.courses.reading import RESERVED

    if not CODE.fullmatch(code) or code in RESERVED:
        raise Refused(
            "learning.course.code",
            _("El código lleva minúsculas, números y guiones, como «orden-y-limpieza»."),
            field="code",
        )
    if Course.objects.filter(code=code).exists():
        raise Refused(
            "learning.course.code_taken",
            _("Ya hay un curso con el código «%(code)s». Dé otro.") % {"code": code},
            field="code",
        )


@writes("learning.draft.begun")
def begin_draft(*, actor: Actor, course: Course) -> CourseVersion:
    """Begin the next version of a course from the one in use; the draft there is goes on."""
    standing = course.versions.filter(state=State.DRAFT).first()
    if standing is not None:
        return standing
    assert course.current is not None  # noqa: S101 — a course without versions has its draft
    content = copy.deepcopy(course.current.content)
    newest = course.versions.first()
    content["course"]["version"] = str((newest.number if newest is not None else 0) + 1)
    return keeping.add_version(actor, course, content, State.DRAFT)


@writes("learning.draft.changed")
def change_draft(
    *, actor: Actor, version: CourseVersion, base: str, content: Mapping[str, Any]
) -> CourseVersion:
    """Write a draft anew; `base` is the digest of what was on screen.

    Raises:
        Clash: `learning.draft.moved_on`; Refused: `learning.course.not_draft`,
            `learning.draft.too_long`.
    """
    row = CourseVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if row.state != State.DRAFT:
        raise Refused("learning.course.not_draft", _("Esa versión ya está publicada."))
    if base and row.sha256 != base:
        raise Clash(
            "learning.draft.moved_on",
            _("Alguien cambió el borrador mientras usted escribía. Revise y guarde otra vez."),
        )
    plain = sealing.plain(content)
    if len(str(plain)) > LETTERS_MOST:
        raise Refused(
            "learning.draft.too_long", _("El curso es demasiado largo. Divídalo en dos cursos.")
        )
    sha256 = contents.sha256_of(plain)
    if sha256 != row.sha256:
        record.change(row, content=plain, sha256=sha256, made_at=actor.at, made_by=actor.user)
    return row


@writes("learning.draft.discarded")
def discard_draft(*, actor: Actor, version: CourseVersion) -> str:
    """Throw a draft away; a course that was never published goes with it.

    Raises:
        Refused: `learning.course.not_draft`.
    """
    if version.state != State.DRAFT:
        raise Refused("learning.course.not_draft", _("Esa versión ya está publicada."))
    course = version.course
    record.remove(version)
    if course.current_id is None and not course.versions.exists():
        for file in course.files.all():
            record.remove(file)
        record.remove(course)
    return course.code


@writes("learning.media.added")
def add_media(*, actor: Actor, version: CourseVersion, name: str, body: bytes) -> MediaFile:
    """Keep a file for a draft; one of the same name takes the place of the other in it.

    Raises:
        Refused: `learning.media.name`, `learning.media.too_big`,
            `learning.media.not_what_it_says`, `learning.media.live_svg`.
    """
    refuse_misfit(name, body)
    keeping.keep_files(actor, version.course, {name: body})
    sha256 = contents.sha256_of_bytes(body)
    content = copy.deepcopy(version.content)
    content.setdefault("media", {})[name] = sha256
    change_draft(actor=actor, version=version, base="", content=content)
    return MediaFile.objects.get(course=version.course, name=name, sha256=sha256)


def refuse_misfit(name: str, body: bytes) -> None:
    """Raise `Refused` for a file that lessons cannot show."""
    wrong = kit_media.misfit(name, body)
    if wrong == "name":
        raise Refused(
            "learning.media.name",
            _(
                "«%(name)s» no se admite. Use letras sin acento y uno de estos tipos: svg, webp, "
                "jpg, png, opus, ogg, mp3, mp4, webm."
            )
            % {"name": name[:80]},
            field="file",
        )
    if wrong == "too_big":
        raise Refused(
            "learning.media.too_big",
            _("«%(name)s» pesa %(size)s kB y el máximo es %(most)s kB. Redúzcalo.")
            % {
                "name": name,
                "size": len(body) // 1000,
                "most": kit_media.MOST[kit_media.kind_of(name)] // 1000,
            },
            field="file",
        )
    if wrong == "not_what_it_says":
        raise Refused(
            "learning.media.not_what_it_says",
            _("El contenido de «%(name)s» no es lo que dice su nombre. Guárdelo de nuevo.")
            % {"name": name},
            field="file",
        )
    if wrong:
        raise Refused(
            "learning.media.live_svg",
            _("El dibujo «%(name)s» trae programas o enlaces. Quítelos y súbalo otra vez.")
            % {"name": name},
            field="file",
        )


@writes("learning.course.taken_in")
def take_folder(
    *,
    actor: Actor,
    declared: Mapping[str, Any],
    pages: Mapping[str, Any],
    files: Mapping[str, bytes],
) -> CourseVersion:
    """Take a course from a folder as the draft of its next version; nothing is published.

    Raises:
        Refused: `learning.course.faulty`, `learning.course.code`.
    """
    content = contents.content_of(declared, pages, files)
    read = courses.read_or_refuse(content["course"])
    course = Course.objects.filter(code=read.code).first()
    if course is None:
        made = _begun(actor, read.code, dict(content["course"]), {}, {}, None)
        course = made.course
    else:
        made = begin_draft(actor=actor, course=course)
    keeping.keep_files(actor, course, files)
    return change_draft(actor=actor, version=made, base="", content=content)
